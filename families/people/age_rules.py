"""Which dates of birth and due dates somebody can have: asked by forms, actions, API and files."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from django.utils import timezone

from families.models import Member

OLDEST, GROWN, TOO_YOUNG = 120, 18, 10  # years
PARENTS = (Member.Role.MOTHER, Member.Role.FATHER)
ELDERS = (Member.Role.STEP_PARENT, Member.Role.GRANDPARENT, Member.Role.FOSTER_CARER)


def why_not_that_day(role: str, day: date | None, *, died_on: date | None = None) -> str | None:
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
    return _why_not_at_that_age(role, ((died_on or today) - day).days // 365)


def _why_not_at_that_age(role: str, years: int) -> str | None:
    if role == Member.Role.CHILD and years >= GROWN:
        return (
            f"This makes them {years} years old, and a child here is under {GROWN}. Check the year,"
            " or choose who else this is."
        )
    if role in (*PARENTS, *ELDERS) and years < TOO_YOUNG:
        role_name = str(Member.Role(role).label).lower()
        old = f"{years} year{'' if years == 1 else 's'}"
        return f"A {role_name} of {old} cannot be. Check the year, or choose “Child”."
    return None


def _why_not_due_on(day: date | None, today: date) -> str | None:
    if day is None:
        return "Enter the date the baby is due."
    if day < today - timedelta(weeks=6) or is_too_far(day):
        return "A baby who is not yet born is due within 42 weeks from now. Check the date."
    return None


def is_too_far(due_on: date) -> bool:
    """Whether no pregnancy that anybody knows of today can end on this day."""
    return due_on > timezone.localdate() + timedelta(weeks=42)


def why_not_parents(family: Iterable[tuple[str, date | None]]) -> Iterator[tuple[int, str]]:
    """Of the people of a family, as roles with birth dates: the place of each mother or father who
    is too young for even its youngest child, with a sentence."""
    people = list(family)
    children = [born for role, born in people if role == Member.Role.CHILD and born]
    youngest = max(children, default=None)
    for place, (role, born) in enumerate(people):
        if role not in PARENTS or born is None or youngest is None:
            continue
        years = (youngest - born).days // 365
        if years < TOO_YOUNG:
            role_name = str(Member.Role(role).label).lower()
            yield (
                place,
                (
                    f"The {role_name} would have been {max(years, 0)} years old when the youngest"
                    " child was born. Check both dates, or choose who else this is."
                ),
            )
