"""Recording an observation."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from families.access import rules
from families.inputs import ObservationInput
from families.models import Contact, Family, Observation
from families.observations.codes import CODES
from families.observations.growth.plausibility import plausibility_warnings
from families.observations.rules import (
    NOTHING_MEASURED,
    check_found_after_birth,
    contradictions_among,
    values_already_recorded,
)
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.ids import new_ref


def new_observation(finding: ObservationInput, *, contact: Contact | None, by: User) -> Observation:
    """The row of a finding, not yet saved. ValidationError for a value out of bounds."""
    value, number = CODES[finding.code].read(finding.value)
    recorded_on = finding.recorded_on
    if recorded_on is None:
        recorded_on = timezone.localdate(contact.occurred_at if contact else None)
    return Observation(
        ref=new_ref("O", 10),
        person=finding.person,
        code=finding.code,
        value=value,
        number=number,
        recorded_on=recorded_on,
        contact=contact,
        by=by,
        **(contact.layer_fields() if contact else {}),
    )


@transaction.atomic
def record_observation(
    *, family: Family, finding: ObservationInput, by: User, contact: Contact | None = None
) -> Observation:
    """Record one finding about a member of `family`, with or without the contact it came from."""
    rules.check_is_open(family)
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, [finding.person], by)
    if contact and contact.family_id != family.pk:
        raise ValidationError({"contact": "This contact was with another family."})
    if contact and not contact.attended:
        raise ValidationError({"contact": NOTHING_MEASURED})
    if finding.recorded_on and finding.recorded_on > timezone.localdate():
        raise ValidationError(
            {"recorded_on": "This is in the future. Give the day it was recorded."}
        )
    observation = new_observation(finding, contact=contact, by=by)
    check_found_after_birth(finding, observation.recorded_on)
    beside = values_already_recorded(finding, observation.recorded_on, contact, by=by)
    if wrong := contradictions_among([finding], observation.recorded_on, beside=beside):
        raise ValidationError({"value": wrong[0].sentence})
    if warnings := plausibility_warnings([finding], observation.recorded_on):
        raise ValidationError({"value": warnings[0].sentence})
    observation.save()
    record(
        "observation.recorded", by=by, family_ref=family.ref, subject=observation, code=finding.code
    )
    return observation
