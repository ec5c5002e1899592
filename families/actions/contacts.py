"""Logging what happened and what was found."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from families import rules
from families.codes import CODES
from families.entries import Finding, NewContact
from families.models import Contact, ContactPerson, Family, Observation
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.refs import new_ref


@transaction.atomic
def log_contact(*, family: Family, new: NewContact, team: Team, by: User) -> Contact:
    """Log a contact of `team` with members of `family`, with what was found.

    Raises NotAllowed when the team is not involved, the record is closed, or somebody named is not
    of the family; ValidationError for a time in the future or a finding out of bounds.
    """
    _check(family, new, team, by)
    contact = Contact.objects.create(
        ref=new_ref("C", 10),
        family=family,
        team=team,
        by=by,
        kind=new.kind,
        occurred_at=new.occurred_at,
        outcome=new.outcome,
        review=new.review,
        service=new.service,
        site=new.site,
        minutes=new.minutes,
        note=new.note,
    )
    ContactPerson.objects.bulk_create(_people(contact, new))
    Observation.objects.bulk_create(
        _observation(finding, contact=contact, by=by) for finding in new.findings
    )
    if contact.attended:
        Family.objects.filter(pk=family.pk).update(
            last_contact_at=Greatest(
                Coalesce(F("last_contact_at"), Value(new.occurred_at)), Value(new.occurred_at)
            )
        )
    record(
        "contact.logged",
        by=by,
        family_ref=family.ref,
        subject=contact,
        team_code=team.code,
        contact_kind=new.kind,
        outcome=new.outcome,
        review=new.review,
        findings=len(new.findings),
    )
    return contact


def _check(family: Family, new: NewContact, team: Team, by: User) -> None:
    rules.check_is_open(family)
    rules.check_can_work_with(family, team, by)
    found_about = [finding.person for finding in new.findings]
    rules.check_are_members(family, [*new.concerned, *new.present, *found_about])
    if problem := rules.why_not_then(new.occurred_at):
        raise ValidationError({"occurred_at": problem})
    if not new.concerned:
        raise ValidationError({"concerned": "Say whom the contact concerned."})


def _people(contact: Contact, new: NewContact) -> list[ContactPerson]:
    """One row a person, in the order named: those it concerned, then others there."""
    concerned = {person.pk for person in new.concerned}
    present = {person.pk for person in new.present}
    named = dict.fromkeys([p.pk for p in new.concerned] + [p.pk for p in new.present])
    return [
        ContactPerson(
            contact=contact,
            person_id=pk,
            concerned=pk in concerned,
            present=pk in present,
            listed=listed,
        )
        for listed, pk in enumerate(named)
    ]


def _observation(finding: Finding, *, contact: Contact | None, by: User) -> Observation:
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
    )


@transaction.atomic
def record_observation(
    *, family: Family, finding: Finding, by: User, contact: Contact | None = None
) -> Observation:
    """Record one finding about a member of `family`, with or without the contact it came from."""
    rules.check_is_open(family)
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, [finding.person])
    if contact and contact.family_id != family.pk:
        raise ValidationError({"contact": "This contact was with another family."})
    if finding.recorded_on and finding.recorded_on > timezone.localdate():
        raise ValidationError(
            {"recorded_on": "This is in the future. Give the day it was recorded."}
        )
    observation = _observation(finding, contact=contact, by=by)
    observation.save()
    record(
        "observation.recorded", by=by, family_ref=family.ref, subject=observation, code=finding.code
    )
    return observation
