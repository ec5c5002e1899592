"""How a model's fields are declared."""

from dataclasses import dataclass
from typing import Literal

# Whom a row is about. FAMILY: of everybody in it at once.
Subject = Literal["person", "family", "practitioner", "nobody"]


@dataclass(frozen=True)
class Declared:
    """What is said of a model's fields, each named once.

    `sensitive` is what the law calls special (health, ethnicity, abuse) and whatever could put
    somebody in danger. `of_others` are those of the private fields that may speak of people besides
    the subject: what somebody typed, mostly. A person reads them before they leave.
    """

    about: Subject
    personal: frozenset[str]
    sensitive: frozenset[str]
    neither: frozenset[str]
    of_others: frozenset[str]

    @property
    def private(self) -> frozenset[str]:
        return self.personal | self.sensitive

    @property
    def fields(self) -> frozenset[str]:
        return self.private | self.neither

    def kind_of(self, field: str) -> str:
        """personal, sensitive or neither. KeyError for a field not declared."""
        for kind in ("personal", "sensitive", "neither"):
            if field in getattr(self, kind):
                return kind
        raise KeyError(field)


def declaration_about(
    subject: Subject,
    *,
    personal: str = "",
    sensitive: str = "",
    neither: str = "",
    of_others: str = "",
) -> Declared:
    """A declaration; fields are named with spaces between."""
    return Declared(
        subject,
        personal=frozenset(personal.split()),
        sensitive=frozenset(sensitive.split()),
        neither=frozenset(neither.split()),
        of_others=frozenset(of_others.split()),
    )
