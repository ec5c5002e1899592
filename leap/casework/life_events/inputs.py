"""What happened, as a form gives it to an action."""

from dataclasses import dataclass, field
from datetime import date

from families.models import Person


@dataclass(frozen=True)
class NewBaby:
    """One baby of a birth. `expected` is who was on the way, or None for a twin nobody knew of.

    `findings` are observations by code, as typed: weight, gestation, first feed.
    """

    expected: Person | None
    on: date
    is_live: bool = True
    given_name: str = ""
    family_name: str = ""
    sex: str = Person.Sex.UNKNOWN
    findings: dict[str, str] = field(default_factory=dict)
