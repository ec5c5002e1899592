"""Unmistakable words: into which fields they are written, and what is known of one set of them."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models

from families.models import Family

TEXT = (models.CharField, models.TextField, models.JSONField)
# Text of a family's record that no word can be written into, and why.
NO_WORD = {
    "families.Person.nhs_number": "a number with a check digit: one of its own is looked for",
    "families.Person.search_name": "made from the names, which are looked for",
    "families.Family.search_name": "made from the name, which is looked for",
    "families.PossibleDuplicate.reasons": "our own words, with nothing of anybody's in them",
    "families.Contact.session_ref": "the reference of a session, which has to be there",
    "families.Observation.code": "one of the codes that the indicators know",
    "families.SafeContact.channels": "a list of channels to choose from",
    "referrals.Task.about": "the name of a clock or of a stage",
    "audit.Event": "written by actions alone, which put no free text into it",
    "audit.ChainHead": "the names of chains are families' references, which are looked for",
    "audit.ChainAnchor": "the names of chains are families' references, which are looked for",
    "outbox.IdempotencyKey": "of one practitioner's own form, and never what was typed",
    "outbox.Message": "what goes out by e-mail says nothing of a family: read below",
    "notifications.NotificationPreference": "names of kinds and of ways to be told of them",
    "merging.Merge": "names of fields alone",
    "merging.MergedRow.table": "the name of a table",
    "life_events.Loss.stopped": "references of what was stopped, by what it was",
    "subject_access.DisclosureItem.label": "the name of a model's field",
}
NHS_NUMBER, POSTCODE = "9990000018", "SE99 9ZQ"


@dataclass
class Canary:
    """The family, its rows by the labels of their models, and where each word stands."""

    family: Family
    rows: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def refs(self) -> list[str]:
        named = (str(getattr(row, "ref", "")) for row in self.rows.values())
        return sorted(filter(None, named))

    @property
    def tell_tales(self) -> dict[str, str]:
        """Everything that gives it away, and what that is."""
        return self.words | dict.fromkeys(self.refs, "a reference")


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """Those of a model that take any text: not its references, nor words to choose from."""
    return [column for column in model._meta.concrete_fields if _takes_text(column)]


def _takes_text(column: models.Field) -> bool:
    is_list = isinstance(column, ArrayField) and isinstance(column.base_field, TEXT)
    return (isinstance(column, TEXT) or is_list) and not column.choices and column.name != "ref"


def is_excused(label: str, name: str) -> bool:
    return label in NO_WORD or f"{label}.{name}" in NO_WORD


def word_for(label: str, name: str, mark: str = "zyx") -> str:
    """A mark and letters only, so that it is looked for as a word and stands in no other."""
    return mark + f"{label.partition('.')[2]}{name}".replace("_", "").lower()
