"""Registering families, adding somebody to one, and putting right what is known of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from families.access import rules
from families.access.involvement_actions import involve
from families.access.notifications import notify_about
from families.access.recipients import responsible_recipients
from families.inputs import Details, NewPerson
from families.models import Family, Involvement, Member, Person, Residence
from families.name_normalisation import search_text
from families.people.duplicate_actions import note_possible_duplicates
from families.people.duplicates import check_not_known, lock_identities
from families.people.rules import check_can_register_for, check_people
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.ids import free_refs, new_ref
from leap.core.notifications.types import NotificationType
from leap.core.reference_data.postcodes import keep_postcode
from leap.core.rls.session import bypass_rls


@transaction.atomic
def register_family(
    *,
    name: str,
    people: list[NewPerson],
    lead_team: Team,
    by: User,
    practitioner: User | None = None,
    are_new: bool = True,
) -> Family:
    """Make a family with its people, led by `lead_team` from the first moment.

    Raises NotAllowed for a team that is not yours; ValidationError, by the place of the person and
    the field, for dates that cannot be and NHS numbers that do not add up. Where nobody has said
    yet that they `are_new`, as whoever fills in a form or calls the API has to, PerhapsKnown if one
    of them may be on record. Those that may be are kept for the data quality officer either way.
    """
    check_can_register_for(lead_team, by)
    check_people(people)
    lock_identities(people)
    if not are_new:
        check_not_known(people, user=by)
    family = Family.objects.create(
        ref=free_refs(Family, "LB", 5, 1)[0],
        name=name,
        lead_team=lead_team,
        lead_practitioner=practitioner or by,
    )
    involve(family=family, team=lead_team, reason=Involvement.Reason.REGISTERED, by=by)
    for listed, new in enumerate(people):
        _add(family, new, listed)
    record("family.registered", by=by, family_ref=family.ref, people=len(people), are_new=are_new)
    note_possible_duplicates(list(family.members.values_list("person", flat=True)))
    return family


def _add(family: Family, new: NewPerson, listed: int) -> Member:
    """Write down somebody who was not there, and that they are of `family`."""
    fields: dict[str, Any] = {
        key: value
        for key, value in vars(new).items()
        if key not in ("role", "postcode", "address", "moved_in_on")
    }
    with bypass_rls("a person just written down is in no family yet"):
        person = Person.objects.create(
            ref=new_ref("P", 8), search_name=search_text(new.given_name, new.family_name), **fields
        )
    member = Member.objects.create(family=family, person=person, role=new.role)
    if new.postcode:
        Residence.objects.create(
            person=person,
            postcode=keep_postcode(new.postcode),
            address=new.address,
            moved_in_on=new.moved_in_on,
            listed=listed,
        )
    return member


@transaction.atomic
def add_person(
    *, family: Family, new: NewPerson, with_children: bool, by: User, are_new: bool = True
) -> Member:
    """Somebody belongs to `family` from today; with `with_children` they live where the children
    do. ValidationError, by field, for what cannot be; PerhapsKnown as in registering a family."""
    rules.check_is_open(family)
    rules.check_is_at_work(family, by)
    check_people([new], beside=family.members.current().select_related("person"))
    lock_identities([new])
    if not are_new:
        check_not_known([new], user=by)
    member = _add(family, new, listed=0)
    member.joined_on = timezone.localdate()
    member.save(update_fields=["joined_on"])
    if with_children and not new.postcode and (home := _home_of_children(family, member)):
        Residence.objects.create(person=member.person, postcode=home.postcode, address=home.address)
    record(
        "family.person_added",
        by=by,
        family_ref=family.ref,
        subject=member.person,
        role=new.role,
    )
    note_possible_duplicates([member.person_id])
    return member


def _home_of_children(family: Family, besides: Member) -> Residence | None:
    """The main home of the first child, or of anybody where there is none."""
    today = timezone.localdate()
    homes = Residence.objects.filter(person__members__in=family.members.current())
    homes = homes.exclude(person=besides.person).exclude(moved_in_on__gt=today)
    of_children = homes.filter(person__members__role__in=Member.CHILD_ROLES)
    for candidates in (of_children, homes):
        latest = candidates.order_by(F("moved_in_on").desc(nulls_last=True), "listed", "pk")
        if home := latest.select_related("postcode").first():
            return home
    return None


@transaction.atomic
def change_person(*, family: Family, member: Member, new: Details, by: User) -> list[str]:
    """Put right what is known of a member of `family`; the names of the fields that changed.

    The log keeps which they were, never what they held. ValidationError, by field, for what cannot
    be.
    """
    rules.check_is_open(family)
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, [member.person], by)
    others = family.members.current().exclude(pk=member.pk).select_related("person")
    check_people([new.as_person()], beside=others)
    person = member.person
    if person.died_on and new.birth_date and new.birth_date > person.died_on:
        raise ValidationError({"birth_date": "This is after the day of death. Check both."})
    was = Details.of(member)
    changed = sorted(name for name in vars(new) if getattr(new, name) != getattr(was, name))
    if not changed:
        return []
    for name in changed:
        setattr(member if name == "role" else person, name, getattr(new, name))
    person.search_name = search_text(person.given_name, person.family_name)
    person.save(update_fields=["search_name", *(name for name in changed if name != "role")])
    member.save(update_fields=["role"])
    record("person.changed", by=by, family_ref=family.ref, subject=person, fields=changed)
    note_possible_duplicates([person.pk])
    return changed


@transaction.atomic
def ask_who_knows(*, families: list[Family], team: Team, by: User) -> None:
    """Ask whoever leads each family to get in touch with `team`, and note that they were asked.

    Whoever asks learns nothing, not even whether there was anybody to ask.
    """
    check_can_register_for(team, by)
    with bypass_rls("the team that knows a family is asked, and whoever asks does not see it"):
        for family in families:
            message = f"{team} asks you to get in touch about a family."
            notify_about(family, responsible_recipients(family), NotificationType.IN_TOUCH, message)
            record("family.asked_about", by=by, family_ref=family.ref, team_code=team.code)
