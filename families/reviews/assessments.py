"""What was assessed of one person: mood, domestic abuse, feeding and development, with what each
result calls for. Only results are kept; the questions belong to those who publish them.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from families.models import Member, Observation, Person
from families.observations.asq import DETAILS, OF_RESULT, months_code, score_code
from families.observations.codes import CODES, codes_of_group
from families.observations.declaration import Group
from families.observations.display import FOR_WHOM, ObservationDisplay
from leap.core.accounts.models import User

GROUPS: dict[str, tuple[str, ...]] = {
    str(group): codes_of_group(group)
    for group in (Group.MOOD, Group.DOMESTIC_ABUSE, Group.FEEDING, Group.DEVELOPMENT, Group.HOME)
}
OF_CHILDREN, OF_ADULTS = ("Feeding", "Development", "Home"), ("Mood", "Domestic abuse", "Home")
MOST = 400  # results shown; more than anybody has


@dataclass(frozen=True)
class Result:
    """One result, with the day, and for whom it is kept if not for everybody."""

    on: date
    found: ObservationDisplay
    by: str
    kept_for: str
    contact: str
    detail: str = ""  # which questionnaire it was, and the score, where they were recorded

    @property
    def calls_for(self) -> str:
        """What the result asks of whoever reads it. It never decides."""
        code = self.found.code
        return CODES[code].calls_for(self.found.value) if code in CODES else ""


class ResultsOfGroup(NamedTuple):
    """What was found of one kind, the newest first."""

    title: str
    results: list[Result]

    @property
    def is_printed(self) -> bool:
        """Nothing of domestic abuse reaches paper, not even that nothing was found."""
        return self.title != Group.DOMESTIC_ABUSE


def groups_for(member: Member) -> tuple[str, ...]:
    return OF_CHILDREN if member.is_child else OF_ADULTS


def history(person: Person, groups: tuple[str, ...], *, by: User) -> list[ResultsOfGroup]:
    """The results that `by` may see, in one statement, by group, the newest first."""
    named = {code: group for group in groups for code in GROUPS[group]}
    codes = [*named, *(DETAILS if "Development" in groups else ())]
    observations = Observation.objects.visible_to(by).filter(person=person, code__in=codes)
    latest = observations.select_related("by", "contact").order_by("-recorded_on", "-pk").distinct()
    rows = list(latest[:MOST])
    details = {(row.recorded_on, row.code): row.value for row in reversed(rows)}
    results: dict[str, list[Result]] = defaultdict(list)
    for row in rows:
        if row.code in named:
            results[named[row.code]].append(
                Result(
                    on=row.recorded_on,
                    found=ObservationDisplay(row.code, row.value, ""),
                    by=row.by.name if row.by else "",
                    kept_for=FOR_WHOM.get(row.layer, ""),
                    contact=row.contact.ref if row.contact else "",
                    detail=_detail(row, details),
                )
            )
    return [ResultsOfGroup(group, results[group]) for group in groups]


def _detail(row: Observation, details: dict[tuple[date, str], str]) -> str:
    """Which questionnaire a result is of, and its score, as recorded on the same day."""
    if row.code not in OF_RESULT:
        return ""
    months = details.get((row.recorded_on, months_code(OF_RESULT[row.code])))
    score = details.get((row.recorded_on, score_code(row.code)))
    parts = [f"{months} month questionnaire" if months else "", f"score {score}" if score else ""]
    return ", ".join(part for part in parts if part)


def gestation_of(person: Person, *, by: User) -> int | None:
    observations = Observation.objects.visible_to(by).filter(person=person, code="gestation_weeks")
    weeks = observations.order_by("-recorded_on", "-pk").values_list("number", flat=True).first()
    return int(weeks) if weeks else None
