"""Who may do what with a family, and when. Raise a sentence; change nothing."""

from datetime import date, datetime, timedelta

import nhs_number
from django.utils import timezone

from families.models import Family, Member, Person
from leap.accounts.models import Discipline, Team, User
from leap.errors import NotAllowed

HOLD_NO_FAMILIES = (Discipline.CHAMPIONS, Discipline.PROGRAMME)


def check_is_open(family: Family) -> None:
    if family.closed_at:
        raise NotAllowed("This family's record is closed. Reopen it before adding to it.")


def check_can_work_with(family: Family, team: Team, user: User) -> None:
    """Only somebody of an involved team writes to a record, and only for their own team."""
    if not user.works_in(team):
        raise NotAllowed(f"You are not in {team.name}, so you cannot write for it.")
    if not family.involvements.live().filter(team=team).exists():
        raise NotAllowed(f"{team.name} is not working with this family.")


def check_is_at_work(family: Family, user: User) -> None:
    """Only somebody of an involved team adds to a record; looking in an emergency is not enough."""
    if not family.involvements.live().filter(team__in=user.team_ids).exists():
        raise NotAllowed("None of your teams is working with this family.")


def check_can_allocate(team: Team, user: User) -> None:
    """Who in a team leads which of its families is for its managers to say, and for admins."""
    if not (user.is_admin or user.manages(team)):
        raise NotAllowed(f"Only the managers of {team} and the programme’s admins can do this.")


def teams_that_hold_families(user: User) -> list[Team]:
    """Those of the reader's teams. Champions' teams and the programme's hold none."""
    return [team for team in user.teams if team.discipline not in HOLD_NO_FAMILIES]


def check_can_register_for(team: Team, user: User) -> None:
    """A family is led from its first moment by a team of whoever registers it."""
    if not user.works_in(team):
        raise NotAllowed(f"You are not in {team.name}, so you cannot register families for it.")
    if team.discipline in HOLD_NO_FAMILIES:
        raise NotAllowed("Families are registered by the teams that work with them.")


def teams_to_register_for(user: User) -> list[Team]:
    """The teams that this practitioner may register a family for."""
    teams = teams_that_hold_families(user)
    if not teams:
        raise NotAllowed("Families are registered by the teams that work with them.")
    return teams


def why_not_then(occurred_at: datetime) -> str | None:
    """Why a contact cannot have happened at this time, if it cannot."""
    if occurred_at > timezone.now():
        return "This is in the future. Give the time it happened, or book it as a session."
    return None


def why_not_that_day(role: str, day: date | None) -> str | None:
    """Why somebody in this role cannot have this birth date (or due date, for an unborn baby)."""
    today = timezone.localdate()
    if role == Member.Role.UNBORN:
        return _why_not_due_on(day, today)
    if day is None:
        return "Enter the child’s date of birth." if role == Member.Role.CHILD else None
    if day > today:
        return "This is in the future. For a baby not yet born choose “Unborn baby”."
    if day < today.replace(year=today.year - OLDEST, day=1):
        return f"This is more than {OLDEST} years ago. Check the year."
    return None


OLDEST = 120


def _why_not_due_on(day: date | None, today: date) -> str | None:
    if day is None:
        return "Enter the date the baby is due."
    if not today - timedelta(weeks=6) <= day <= today + timedelta(weeks=42):
        return "A baby who is not yet born is due within 42 weeks from now. Check the date."
    return None


def check_are_members(family: Family, people: list[Person]) -> None:
    known = set(family.members.filter(person__in=people).values_list("person_id", flat=True))
    if any(person.pk not in known for person in people):
        raise NotAllowed("A contact concerns people of this family only.")


def why_not_number(number: str) -> str | None:
    """Why this is not an NHS number, if it is not. None given is no error."""
    if number and not (len(number) == 10 and nhs_number.is_valid(number)):
        return "This is not an NHS number: its digits do not add up. Check it against a letter."
    return None
