"""What is recorded of a person beside name, age and number: each thing, declared once.

Forms, the API, merging and the exchange format go through this list. What else a new one needs is
in docs/adding.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from families.models.people import ETHNICITIES


class Kind(IntEnum):
    """How it is answered, in the order in which forms ask: what is typed, then what is chosen."""

    TEXT = 1
    YES_NO = 2
    CHOICE = 3


@dataclass(frozen=True)
class PersonField:
    label: str
    kind: Kind
    max_length: int = 0  # of a text
    choices: Mapping[str, str] = field(default_factory=dict)  # and what yes and no are called
    label_of_record: str = ""  # where two records stand side by side; blank: the same


PERSON_FIELDS: dict[str, PersonField] = {
    "ethnicity": PersonField("Ethnicity", Kind.CHOICE, choices=ETHNICITIES),
    "language": PersonField("First language", Kind.TEXT, max_length=60),
    "interpreter": PersonField(
        "Interpreter",
        Kind.YES_NO,
        choices={"yes": "Needed", "no": "Not needed"},
        label_of_record="Interpreter needed",
    ),
}
