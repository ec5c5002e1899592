"""Questions about a measurement that hardly any child has: mostly it was taken in another unit.

They are asked once. Whoever says that the value was checked has it recorded as it stands.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from families.inputs import ObservationInput
from families.models import Observation, Person
from families.observations.codes import CODES
from families.observations.growth.reference import DAYS_IN_A_YEAR, Method, lms
from families.observations.growth.series import corrected_age

UNLIKELY = 6.0  # standard deviations; fewer than one child in a hundred million
LIKELY = 3.0
METHODS: dict[str, tuple[Method, float]] = {
    "weight_kg": ("weight", 1),
    "birth_weight_g": ("weight", 0.001),
    "height_cm": ("height", 1),
}


@dataclass(frozen=True)
class PlausibilityWarning:
    """What is asked about one finding."""

    finding: ObservationInput
    sentence: str


def plausibility_warnings(
    findings: Iterable[ObservationInput], on: date
) -> list[PlausibilityWarning]:
    """What to ask about these findings of a day, but for those that were checked."""
    inputs = list(findings)
    known = [finding for finding in inputs if finding.code == "gestation_weeks"]
    weeks = {
        finding.person.pk: int(CODES[finding.code].read(finding.value)[1] or 0) for finding in known
    }
    questions = [
        (finding, _ask(finding, finding.recorded_on or on, weeks))
        for finding in inputs
        if not finding.checked
    ]
    return [PlausibilityWarning(finding, sentence) for finding, sentence in questions if sentence]


def _ask(finding: ObservationInput, on: date, weeks: dict[int, int]) -> str:
    born = finding.person.birth_date
    if finding.code not in METHODS or born is None or on < born:
        return ""
    at = 0.0 if finding.code == "birth_weight_g" else (on - born).days / DAYS_IN_A_YEAR
    value, age = float(CODES[finding.code].read(finding.value)[1] or 0), at
    if not _is_far(finding, age, value, UNLIKELY):
        return ""
    gestation = weeks.get(finding.person.pk) or gestation_known(finding.person)
    corrected = corrected_age(age, gestation)
    if corrected is not None and not _is_far(finding, corrected, value, UNLIKELY):
        return ""
    return _sentence(finding, age if corrected is None else corrected, value)


def _is_far(finding: ObservationInput, age: float, value: float, limit: float) -> bool:
    method, unit = METHODS[finding.code]
    at = lms(method, finding.person.sex, age) or lms(method, "female", age)
    return at is not None and not abs(at.deviates(value * unit)) <= limit


def gestation_known(person: Person) -> int | None:
    """The completed weeks that everybody who works with the family may know."""
    observations = Observation.objects.filter(person=person, code="gestation_weeks", layer="shared")
    latest = observations.order_by("-recorded_on", "-pk").values_list("number", flat=True).first()
    return int(latest) if latest else None


def _sentence(finding: ObservationInput, age: float, value: float) -> str:
    code = CODES[finding.code]
    method, unit = METHODS[finding.code]
    at = lms(method, finding.person.sex, age) or lms(method, "female", age)
    direction = "more" if at and value * unit > at.median else "less"
    hint = next(
        (
            f" If it was in {name}, it is {_short(value * float(times))} {code.unit}."
            for name, times in code.instead
            if not _is_far(finding, age, value * float(times), LIKELY)
        ),
        "",
    )
    who = finding.person.given_name or "This child"
    return (
        f"{_short(value)} {code.unit} is far {direction} than children of {who}’s age have.{hint}"
        " Correct it, or say that it was checked."
    )


def _short(number: float) -> str:
    return f"{Decimal(str(round(number, 2))).normalize():f}"
