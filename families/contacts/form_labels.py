"""How the form of a contact calls people and measures."""

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BoundField

from families.models import Member, Person
from leap.core.ui.formatting import age, short_day


def by_field(problem: ValidationError) -> dict[str | None, Any]:
    if not hasattr(problem, "error_dict"):
        return {None: problem.messages}
    known = {"occurred_at": "on", "concerned": "concerned", "session": "session"}
    return {known.get(name): errors for name, errors in problem.message_dict.items()}


def named(member: Member) -> str:
    """Ada Okafor, mother · Chidi Okafor, 10 months."""
    person = member.person
    if member.is_child:
        how_old = f"died {short_day(person.died_on)}" if person.died_on else age(person.birth_date)
        return f"{person.name}, {how_old}" if how_old else person.name
    return f"{person.name}, {member.get_role_display().lower()}"


def there_field(father: Person) -> str:
    return f"there-{father.ref}"


def measure(person: Person, code: str) -> str:
    return f"{person.ref}-{code}"


@dataclass(frozen=True)
class MeasuredFields:
    """For the page: somebody, and the fields to be filled in about them, each with the codes of the
    reviews that call for it."""

    person: Person
    is_child: bool
    fields: list[tuple[BoundField, str]] = field(default_factory=list)
