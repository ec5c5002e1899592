"""A value of a record in words, for looking at two side by side."""

from collections.abc import Callable
from datetime import date
from typing import Any

from families.models import Family, Person
from families.models.person_fields import PERSON_FIELDS
from leap.core.ui.formatting import nhs_number, short_day

# What is chosen between where two records differ.
FIELDS = (
    "given_name", "family_name", "birth_date", "due_date", "died_on", "sex", "nhs_number",
    *PERSON_FIELDS, "telephone",
)  # fmt: skip
SAFE_CONTACT, NAME, LEAD = "safe_contact", "name", "lead"


def display_value(record: Any, name: str) -> str:
    """The value in words; empty where nothing is recorded."""
    if way := WAYS.get(name):
        return way(record)
    words = getattr(record, f"get_{name}_display", None)
    if words:
        return str(words())
    value = getattr(record, name)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return str(value or "")


def _lead(family: Family) -> str:
    names = [str(holder) for holder in (family.lead_practitioner, family.lead_team) if holder]
    return ", ".join(names)


def _safe_contact_in_words(person: Person) -> str:
    safe = getattr(person, "safe_contact", None)
    return f"{safe.in_words or 'no safe way'} {safe.telephone} {safe.times}".strip() if safe else ""


WAYS: dict[str, Callable[[Any], str]] = {
    "lead": _lead,
    "safe_contact": _safe_contact_in_words,
    "nhs_number": lambda person: nhs_number(person.nhs_number),
}
