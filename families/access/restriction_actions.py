"""Keeping a family's or a person's record for named people, and opening it again.

While a family is restricted its teams' spells go on and open nothing; the people named for it have
spells of their own. A restricted person's family stays as visible as it was, and the person is read
by those named only.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone

from families.access import restriction_rules
from families.access.involvement_actions import name_practitioner, view_permission
from families.models import (
    Family,
    FamilyGroupObjectPermission,
    FamilyUserObjectPermission,
    Involvement,
    Person,
    PersonReader,
)
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.rls.session import bypass_rls

NAMED = Involvement.Reason.NAMED


@transaction.atomic
def restrict_family(*, family: Family, kind: str, named: list[User], by: User) -> None:
    """Keep a family's record for these people and `by`, who decides it. `kind` is a Restriction.

    Raises NotAllowed unless `by` leads it, and two are named with somebody who answers for it.
    """
    restriction_rules.check_can_keep(family, by)
    _hold(family)
    if family.restriction:
        raise Conflict("This record is for named people already.")
    people = {user.pk: user for user in [by, *named]}
    restriction_rules.check_names(family, set(people))
    for user in people.values():
        restriction_rules.check_may_be_named(family, user)
    # Whoever looked in for an emergency does not stay in a record that has just been closed.
    alone = family.involvements.live().exclude(practitioner=None)
    alone.update(ended_at=timezone.now(), ended_by=by, ended_why="Kept for named people since")
    FamilyUserObjectPermission.objects.filter(content_object=family).delete()
    for user in people.values():
        name_practitioner(family=family, practitioner=user, by=by)
    family.involvements.live().exclude(team=None).update(names_only=True)
    FamilyGroupObjectPermission.objects.filter(content_object=family).delete()
    family.restriction = kind
    Family.objects.filter(pk=family.pk).update(restriction=kind)
    record("family.restricted", by=by, family_ref=family.ref, restriction=kind, named=_refs(people))


def _hold(family: Family) -> None:
    """Nobody restricts, opens or names at the same time; `family` says how it stands now."""
    now = Family.objects.select_for_update(of=("self",)).get(pk=family.pk)
    family.restriction = now.restriction
    family.lead_practitioner_id, family.lead_team_id = now.lead_practitioner_id, now.lead_team_id


def _refs(people: Iterable[int]) -> list[str]:
    return sorted(
        str(ref) for ref in User.objects.filter(pk__in=people).values_list("ref", flat=True)
    )


def _named_for(family: Family) -> set[int]:
    spells = family.involvements.live().filter(reason=NAMED)
    return {pk for pk in spells.values_list("practitioner", flat=True) if pk is not None}


@transaction.atomic
def unrestrict_family(*, family: Family, by: User) -> None:
    """Open a restricted family's record to the teams that work with it again."""
    restriction_rules.check_can_keep(family, by)
    _hold(family)
    if not family.restriction:
        raise Conflict("This record is open to the teams at work with the family already.")
    before = family.restriction
    teams = family.involvements.live().exclude(team=None)
    teams.update(names_only=False)
    for spell in teams.select_related("team__group"):
        assert spell.team is not None
        FamilyGroupObjectPermission.objects.get_or_create(
            content_object=family, group=spell.team.group, permission=view_permission()
        )
    family.restriction = ""
    Family.objects.filter(pk=family.pk).update(restriction="")
    family.involvements.live().filter(reason=NAMED).update(
        ended_at=timezone.now(), ended_by=by, ended_why="The record was opened again"
    )
    FamilyUserObjectPermission.objects.filter(content_object=family).delete()
    record("family.opened_again", by=by, family_ref=family.ref, restriction=before)


@transaction.atomic
def add_named_readers_to_family(*, family: Family, named: list[User], by: User) -> None:
    """Name more people for a restricted family. Whoever is named already stays so."""
    restriction_rules.check_can_keep(family, by)
    _hold(family)
    if not family.restriction:
        raise Conflict("This record is open to everybody at work with the family.")
    already = _named_for(family)
    new = {user.pk: user for user in named if user.pk not in already}
    for user in new.values():
        restriction_rules.check_may_be_named(family, user)
        name_practitioner(family=family, practitioner=user, by=by)


@transaction.atomic
def remove_named_reader_from_family(*, family: Family, practitioner: User, by: User) -> None:
    """Take somebody's name off a restricted family, as long as enough are left."""
    restriction_rules.check_can_keep(family, by)
    _hold(family)
    already = _named_for(family)
    if practitioner.pk not in already:
        raise Conflict(f"{practitioner} is not named for this record any more.")
    restriction_rules.check_not_lead(family, practitioner)
    restriction_rules.check_names(family, already - {practitioner.pk})
    spells = family.involvements.live().filter(reason=NAMED, practitioner=practitioner)
    spells.update(ended_at=timezone.now(), ended_by=by, ended_why="No longer named")
    with bypass_rls("whoever takes their own name off sees the family no longer"):
        grants = FamilyUserObjectPermission.objects.filter(content_object=family)
        grants.filter(user=practitioner).delete()
    record("family.name_taken_off", by=by, family_ref=family.ref, named=[str(practitioner.ref)])


# One person in a family that others go on seeing


@transaction.atomic
def restrict_person(
    *, person: Person, family: Family, kind: str, named: list[User], by: User
) -> None:
    """Keep one person for these people and `by`; for everybody else they are in no family.

    What was written about them goes out of sight with them. `family` is the one it is decided in.
    """
    restriction_rules.check_can_keep(family, by)
    _hold_person(person)
    if person.restriction:
        raise Conflict("This person is for named people already.")
    people = {user.pk: user for user in [by, *named]}
    restriction_rules.check_names(family, set(people))
    for user in people.values():
        restriction_rules.check_may_be_named(family, user)
    PersonReader.objects.bulk_create(
        PersonReader(person=person, practitioner=user, by=by) for user in people.values()
    )
    person.restriction = kind
    with bypass_rls("whoever is not named cannot see the person from here on"):
        Person.objects.filter(pk=person.pk).update(restriction=kind)
    _note("person.restricted", person, family, by, restriction=kind, named=_refs(people))


def _hold_person(person: Person) -> None:
    person.restriction = Person.objects.select_for_update().get(pk=person.pk).restriction


def _note(kind: str, person: Person, family: Family, by: User, **details: Any) -> None:
    record(kind, by=by, family_ref=family.ref, subject=person, **details)


@transaction.atomic
def unrestrict_person(*, person: Person, family: Family, by: User) -> None:
    """Let everybody at work with the person's families see them again."""
    restriction_rules.check_can_keep(family, by)
    _hold_person(person)
    if not person.restriction:
        raise Conflict("This person is not for named people any more.")
    before, person.restriction = person.restriction, ""
    Person.objects.filter(pk=person.pk).update(restriction="")
    person.readers.all().delete()
    _note("person.opened_again", person, family, by, restriction=before)


@transaction.atomic
def add_named_readers_to_person(
    *, person: Person, family: Family, named: list[User], by: User
) -> None:
    """Name more people for a restricted person."""
    restriction_rules.check_can_keep(family, by)
    _hold_person(person)
    if not person.restriction:
        raise Conflict("This person is not for named people any more.")
    already = set(person.readers.values_list("practitioner", flat=True))
    new = {user.pk: user for user in named if user.pk not in already}
    for user in new.values():
        restriction_rules.check_may_be_named(family, user)
    PersonReader.objects.bulk_create(
        PersonReader(person=person, practitioner=user, by=by) for user in new.values()
    )
    if new:
        _note("person.named", person, family, by, named=_refs(new))


@transaction.atomic
def remove_named_reader_from_person(
    *, person: Person, family: Family, practitioner: User, by: User
) -> None:
    """Take somebody's name off a restricted person, as long as enough are left."""
    restriction_rules.check_can_keep(family, by)
    _hold_person(person)
    already = set(person.readers.values_list("practitioner", flat=True))
    if practitioner.pk not in already:
        raise Conflict(f"{practitioner} is not named for this person any more.")
    restriction_rules.check_names(family, already - {practitioner.pk})
    person.readers.filter(practitioner=practitioner).delete()
    _note("person.name_taken_off", person, family, by, named=[str(practitioner.ref)])
