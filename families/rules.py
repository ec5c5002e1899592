"""Who may do what with a family, and when. Raise a sentence; change nothing."""

from datetime import datetime

from django.utils import timezone

from families.models import Family, Person
from leap.accounts.models import Team, User
from leap.errors import NotAllowed


def check_is_open(family: Family) -> None:
    if family.closed_at:
        raise NotAllowed("This family's record is closed. Reopen it before adding to it.")


def check_can_work_with(family: Family, team: Team, user: User) -> None:
    """Only somebody of an involved team writes to a record, and only for their own team."""
    if not user.works_in(team):
        raise NotAllowed(f"You are not in {team.name}, so you cannot write for it.")
    if not family.involvements.live().filter(team=team).exists():
        raise NotAllowed(f"{team.name} is not working with this family.")


def why_not_then(occurred_at: datetime) -> str | None:
    """Why a contact cannot have happened at this time, if it cannot."""
    if occurred_at > timezone.now():
        return "This is in the future. Give the time it happened, or book it as a session."
    return None


def check_are_members(family: Family, people: list[Person]) -> None:
    known = set(family.members.filter(person__in=people).values_list("person_id", flat=True))
    if any(person.pk not in known for person in people):
        raise NotAllowed("A contact concerns people of this family only.")
