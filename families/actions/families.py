"""Registering and opening families."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from families import rules
from families.actions.involvement import involve
from families.emergencies import to_tell
from families.entries import NewPerson
from families.models import Family, Involvement, Member, Person, Residence
from families.names import sought_as
from families.notices import tell_about
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.notices.kinds import Kind
from leap.refs import free_refs, new_ref
from leap.wall import past


@transaction.atomic
def register_family(
    *,
    name: str,
    people: list[NewPerson],
    lead_team: Team,
    by: User,
    practitioner: User | None = None,
) -> Family:
    """Make a family with its people, led by `lead_team` from the first moment.

    Raises NotAllowed for a team that is not yours; ValidationError, by the place of the person and
    the field, for dates that cannot be and NHS numbers that do not add up.
    """
    rules.check_can_register_for(lead_team, by)
    _check(people)
    family = Family.objects.create(
        ref=free_refs(Family, "LB", 5, 1)[0],
        name=name,
        lead_team=lead_team,
        lead_practitioner=practitioner or by,
    )
    involve(family=family, team=lead_team, reason=Involvement.Reason.REGISTERED, by=by)
    for listed, new in enumerate(people):
        _add(family, new, listed)
    record("family.registered", by=by, family_ref=family.ref, people=len(people))
    return family


def _check(people: list[NewPerson]) -> None:
    wrong = {
        f"people.{place}.{field}": problem
        for place, new in enumerate(people)
        for field, problem in _wrong_with(new)
    }
    if wrong:
        raise ValidationError(wrong)


def _wrong_with(new: NewPerson) -> Iterator[tuple[str, str]]:
    """Each field of `new` that cannot be right, with its sentence."""
    born = ("birth_date", new.birth_date), ("due_date", new.due_date)
    (field, day), (other, needless) = born[::-1] if new.role == Member.Role.UNBORN else born
    if problem := rules.why_not_that_day(new.role, day):
        yield field, problem
    if needless:
        yield other, "Only an unborn baby has a due date, and nobody has both."
    if problem := rules.why_not_number(new.nhs_number):
        yield "nhs_number", problem


def _add(family: Family, new: NewPerson, listed: int) -> None:
    fields: dict[str, Any] = {
        key: value
        for key, value in vars(new).items()
        if key not in ("role", "postcode", "moved_in_on")
    }
    with past("a person just written down is in no family yet"):
        person = Person.objects.create(
            ref=new_ref("P", 8), sought_as=sought_as(new.given_name, new.family_name), **fields
        )
    Member.objects.create(family=family, person=person, role=new.role)
    if new.postcode:
        Residence.objects.create(
            person=person, postcode=new.postcode, moved_in_on=new.moved_in_on, listed=listed
        )


@transaction.atomic
def ask_who_knows(*, families: list[Family], team: Team, by: User) -> None:
    """Ask whoever leads each family to get in touch with `team`, and note that they were asked.

    Whoever asks learns nothing, not even whether there was anybody to ask.
    """
    rules.check_can_register_for(team, by)
    with past("the team that knows a family is asked, and whoever asks does not see it"):
        for family in families:
            said = f"{team} asks you to get in touch about a family."
            tell_about(family, to_tell(family), Kind.IN_TOUCH, said)
            record("family.asked_about", by=by, family_ref=family.ref, team_code=team.code)
