"""Observations as pages and papers show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from families.models import Layer, Observation
from families.observations.codes import CODES, is_printable, value_in_words, value_on_paper
from families.observations.declaration import Paper


@dataclass(frozen=True)
class ObservationDisplay:
    """One observation made at a contact."""

    code: str
    value: str
    person: str

    @property
    def title(self) -> str:
        return CODES[self.code].title if self.code in CODES else self.code

    @property
    def words(self) -> str:
        return value_in_words(self.code, self.value)

    @property
    def is_printed(self) -> bool:
        return is_printable(self.code)

    @property
    def on_paper(self) -> Paper:
        """What of the contact at which it was found may be printed."""
        return value_on_paper(self.code, self.value)


def note_is_printed(findings: Iterable[ObservationDisplay | Observation]) -> bool:
    """Whether the note beside these findings can speak of nothing that reaches no paper."""
    papers = {value_on_paper(finding.code, finding.value) for finding in findings}
    return papers.isdisjoint({Paper.NOTHING, Paper.WITHOUT_NOTE})


FOR_WHOM: dict[str, str] = {
    Layer.AGENCY: "Your agency only",
    Layer.RESTRICTED: "Named people only",
}
