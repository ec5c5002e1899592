"""Logging what happened and what was found."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, Value
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from families.access import restriction_rules, rules
from families.contacts.rules import (
    check_agree,
    check_outcome,
    check_session,
    check_were_there,
    reviews_of,
    why_not_then,
)
from families.inputs import Audience, NewContact
from families.models import Contact, ContactPerson, Family, FollowUp, Layer, Observation
from families.observations.actions import new_observation
from families.observations.growth.plausibility import plausibility_warnings
from families.observations.rules import check_found_after_birth
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.ids import new_ref
from leap.core.rls.session import bypass_rls


@transaction.atomic
def log_contact(*, family: Family, new: NewContact, team: Team, by: User) -> Contact:
    """Log a contact of `team` with members of `family`, with what was found.

    Raises NotAllowed when the team is not involved, the record is closed, or somebody named is not
    of the family; ValidationError for a time in the future or a finding out of bounds.
    """
    reviews = _check(family, new, team, by)
    contact = Contact.objects.create(
        ref=new_ref("C", 10),
        family=family,
        team=team,
        by=by,
        kind=new.kind,
        occurred_at=new.occurred_at,
        outcome=new.outcome,
        service=new.service,
        site=new.site,
        session_ref=new.session,
        minutes=new.minutes,
        note=new.note,
        tried=new.tried,
        **new.audience.layer_fields(team, by),
    )
    ContactPerson.objects.bulk_create(contact_people(contact, new, reviews))
    Observation.objects.bulk_create(
        new_observation(finding, contact=contact, by=by) for finding in new.findings
    )
    _follow_up(contact, new, by)
    if contact.attended and contact.layer == Layer.SHARED:
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
        review=" ".join(dict.fromkeys(reviews.values())),
        findings=len(new.findings),
        layer=contact.layer,
        next_step_by=new.next_step.due_on.isoformat() if new.next_step else "",
    )
    return contact


def _check(family: Family, new: NewContact, team: Team, by: User) -> dict[int, str]:
    """Whose reviews it was, if all is well."""
    rules.check_is_open(family)
    rules.check_can_work_with(family, team, by)
    restriction_rules.check_audience(family, new.audience)
    found_about = [finding.person for finding in new.findings]
    people = [*new.concerned, *new.present, *new.alone, *found_about]
    rules.check_are_members(family, people, by)
    if problem := why_not_then(new.occurred_at):
        raise ValidationError({"occurred_at": problem})
    if not new.concerned:
        raise ValidationError({"concerned": "Say whom the contact concerned."})
    check_outcome(new)
    check_session(new)
    on = timezone.localdate(new.occurred_at)
    check_were_there(new.concerned, on)
    for finding in new.findings:
        check_found_after_birth(finding, finding.recorded_on or on)
    check_agree(new.findings, timezone.localdate(new.occurred_at))
    if warnings := plausibility_warnings(new.findings, timezone.localdate(new.occurred_at)):
        raise ValidationError({"findings": [warning.sentence for warning in warnings]})
    return reviews_of(family, new)


def _follow_up(contact: Contact, new: NewContact, by: User) -> None:
    """The next step, about the child where the contact concerned one alone."""
    if new.next_step is None:
        return
    about = new.concerned[0] if len(new.concerned) == 1 else None
    FollowUp.objects.create(
        ref=new_ref("N", 10),
        contact=contact,
        family=contact.family,
        person=about,
        what=new.next_step.what,
        due_on=new.next_step.due_on,
        team=contact.team,
        to=by if new.next_step.mine else None,
        by=by,
    )


def contact_people(
    contact: Contact, new: NewContact, reviews: Mapping[int, str]
) -> list[ContactPerson]:
    """One row a person, in the order named: those it concerned, then others there. Whoever was
    seen alone was there."""
    concerned = {person.pk for person in new.concerned}
    alone = {person.pk for person in new.alone}
    present = {person.pk for person in new.present} | (alone - concerned)
    people = [*new.concerned, *new.present, *new.alone]
    named = dict.fromkeys(person.pk for person in people)
    return [
        ContactPerson(
            contact=contact,
            person_id=pk,
            concerned=pk in concerned,
            present=pk in present,
            alone=pk in alone,
            review=reviews.get(pk, ""),
            listed=listed,
        )
        for listed, pk in enumerate(named)
    ]


@transaction.atomic
def change_layer(*, contact: Contact, audience: Audience, why: str, by: User) -> None:
    """Widen or narrow who may see a contact and what was found at it. `why` is one of WHY_CHANGED.

    Whoever wrote it goes on seeing it. Raises NotAllowed for others than they and their managers.
    """
    restriction_rules.check_can_change_layer(contact, by)
    restriction_rules.check_audience(contact.family, audience)
    before = contact.layer
    for name, value in audience.layer_fields(contact.team, contact.by or by).items():
        setattr(contact, name, value)
    with bypass_rls("a manager may keep an entry for others, and not see it any more"):
        contact.save(update_fields=["layer", "agency", "named"])
        contact.observations.update(**contact.layer_fields())
        refresh_last_contact(contact.family)
    record(
        "contact.layer_changed",
        by=by,
        family_ref=contact.family.ref,
        subject=contact,
        team_code=contact.team.code,
        before=before,
        after=contact.layer,
        why=why,
    )


def refresh_last_contact(family: Family) -> None:
    """A family's latest contact is the latest that everybody who works with it may see."""
    shared = family.contacts.filter(layer=Layer.SHARED, outcome=Contact.Outcome.ATTENDED)
    latest = shared.aggregate(at=Max("occurred_at"))["at"]
    Family.objects.filter(pk=family.pk).update(last_contact_at=latest)
