"""Putting a contact right. How it stood is kept; figures read how it stands."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from families.access import rules
from families.contacts.actions import contact_people, refresh_last_contact
from families.contacts.corrections import contact_values, differences
from families.contacts.rules import (
    check_agree,
    check_can_correct,
    check_outcome,
    reviews_of,
    why_not_of_session,
    why_not_then,
)
from families.inputs import NewContact
from families.models import Contact, ContactPerson, ContactVersion, Observation, Person
from families.observations.actions import new_observation
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.rls.session import bypass_rls


@transaction.atomic
def correct_contact(
    *, contact: Contact, new: NewContact, members: list[Person], seen: int, why: str, by: User
) -> ContactVersion | None:
    """Put `contact` right, and keep how it stood; None when nothing differs.

    `members` are those whom the corrector could see and say something of: what the entry says of
    others stays. `seen` is how many versions there were when they began. Raises Conflict when
    somebody has corrected it since, and NotAllowed for people of other teams.
    """
    Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    contact.refresh_from_db()
    reviews = _check(contact, new, seen, by)
    was, people = contact_values(contact), list(contact.people.values_list("person", flat=True))
    _write(contact, new, reviews, members, by)
    changed = [name for name, _, _ in differences(was, contact_values(contact))]
    if not changed:
        return None
    version = ContactVersion.objects.create(
        contact=contact, number=seen + 1, was=was, people=people, why=why, by=by
    )
    with bypass_rls("the latest contact counts, whoever corrects"):
        refresh_last_contact(contact.family)
    record(
        "contact.corrected",
        by=by,
        family_ref=contact.family.ref,
        subject=contact,
        team_code=contact.team.code,
        changed=changed,
        version=version.number,
    )
    return version


def _check(contact: Contact, new: NewContact, seen: int, by: User) -> dict[int, str]:
    rules.check_is_open(contact.family)
    check_can_correct(contact, by)
    if contact.versions.count() != seen:
        raise Conflict("Somebody else has corrected this contact since you opened it.")
    people = [
        *new.concerned,
        *new.present,
        *new.alone,
        *(finding.person for finding in new.findings),
    ]
    rules.check_are_members(contact.family, people, by)
    if problem := why_not_then(new.occurred_at):
        raise ValidationError({"occurred_at": problem})
    if not new.concerned:
        raise ValidationError({"concerned": "Say whom the contact concerned."})
    check_outcome(new)
    check_agree(new.findings, timezone.localdate(new.occurred_at))
    were = contact.people.exclude(review="").values_list("person", "review")
    return reviews_of(contact.family, new, were=were)


def _write(
    contact: Contact,
    new: NewContact,
    reviews: dict[int, str],
    members: list[Person],
    by: User,
) -> None:
    for name in CHANGES:
        setattr(contact, name, getattr(new, name))
    if why_not_of_session(contact.session_ref, new):
        contact.session_ref = ""  # put right to another day, service or site, it is not part of it
    contact.save(update_fields=[*CHANGES, "session_ref"])
    contact.refresh_from_db(fields=["occurred_on"])
    contact.people.filter(person__in=members).delete()
    ContactPerson.objects.bulk_create(contact_people(contact, new, reviews))
    # What stands is as now found: changed in place, added, or taken out.
    findings = new.findings
    observations = contact.observations.filter(person__in=members)
    there = {
        (observation.person_id, observation.code): observation
        for observation in observations.order_by("pk")
    }
    for finding in findings:
        replacement = new_observation(finding, contact=contact, by=by)
        old = there.pop((finding.person.pk, finding.code), None)
        if old is None:
            replacement.save()
        elif (old.value, old.recorded_on) != (replacement.value, replacement.recorded_on):
            old.value, old.number, old.recorded_on = (
                replacement.value,
                replacement.number,
                replacement.recorded_on,
            )
            old.save(update_fields=["value", "number", "recorded_on"])
    Observation.objects.filter(pk__in=[observation.pk for observation in there.values()]).delete()


CHANGES = ["kind", "occurred_at", "outcome", "note", "tried", "minutes", "service", "site"]
