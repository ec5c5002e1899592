"""The ASQ-3 and the ASQ:SE-2: which questionnaire is for which age, and what a score comes to.

Only results are kept. The cut-offs belong to the publisher: an admin whose partnership is licensed
enters them; until then whoever reads the score sheet records the band itself.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

from families.inputs import ObservationInput
from families.models import CutOff, Person
from families.observations.codes import ASQ3_DOMAINS
from families.observations.growth.series import days_early

TITLES = {"asq3": "ASQ-3", "asqse2": "ASQ:SE-2"}
# The months by which a questionnaire is called, and the months of age from and before which it
# is used.
QUESTIONNAIRES: dict[str, dict[int, tuple[float, float]]] = {
    "asq3": {
        2: (1, 3), 4: (3, 5), 6: (5, 7), 8: (7, 9), 9: (9, 10), 10: (9, 11), 12: (11, 13),
        14: (13, 15), 16: (15, 17), 18: (17, 19), 20: (19, 21), 22: (21, 23), 24: (23, 25.5),
        27: (25.5, 28.5), 30: (28.5, 31.5), 33: (31.5, 34.5), 36: (34.5, 39), 42: (39, 45),
        48: (45, 51), 54: (51, 57), 60: (57, 66),
    },
    "asqse2": {
        2: (1, 3), 6: (3, 9), 12: (9, 15), 18: (15, 21), 24: (21, 27), 30: (27, 33),
        36: (33, 42), 48: (42, 54), 60: (54, 72),
    },
}  # fmt: skip
# Each result, and the domain by which its cut-offs are kept.
RESULTS: dict[str, dict[str, str]] = {
    "asq3": {f"asq3_{domain}": domain for domain in ASQ3_DOMAINS},
    "asqse2": {"asqse2": ""},
}
HIGHEST = {"asq3": 60, "asqse2": 600}
OF_RESULT = {code: instrument for instrument, codes in RESULTS.items() for code in codes}


def months_code(instrument: str) -> str:
    """The code under which the questionnaire that was used is kept."""
    return f"{instrument}_months"


def score_code(result: str) -> str:
    """The code of the score behind a result."""
    return f"{result}_score"


CORRECTED_UNTIL = 24  # months since birth, as the questionnaires' publisher says
DETAILS = frozenset(map(months_code, RESULTS)) | frozenset(map(score_code, OF_RESULT))


def age_in_months(born: date, on: date) -> float:
    """Completed months and the part of the next, a month being 31 days at most."""
    whole = (on.year - born.year) * 12 + on.month - born.month
    days = on.day - born.day
    return whole + days / 31 if days >= 0 else whole - 1 + (31 + days) / 31


def age_of(person: Person, gestation: int | None, on: date) -> float | None:
    """Months of age, counted until two years from the day an early baby was due. A chart goes on
    correcting; the questionnaires are made for ages that stop being corrected."""
    born = person.birth_date
    if born is None:
        return None
    since_birth = age_in_months(born, on)
    if since_birth >= CORRECTED_UNTIL:
        return since_birth
    return age_in_months(born + timedelta(days=days_early(gestation)), on)


def questionnaire_for_age(
    instrument: str, person: Person, gestation: int | None, on: date
) -> int | None:
    """The questionnaire for a child's age on a day; None before the first and after the last."""
    age = age_of(person, gestation, on)
    if age is None:
        return None
    spans = QUESTIONNAIRES[instrument].items()
    return next((months for months, (start, end) in spans if start <= age < end), None)


def why_not(
    instrument: str, months: int | None, person: Person, gestation: int | None, on: date
) -> str | None:
    """Why a child cannot well have had this questionnaire, or any where None, on this day."""
    fits = questionnaire_for_age(instrument, person, gestation, on)
    title, spans = TITLES[instrument], QUESTIONNAIRES[instrument]
    if months is None and fits is None:
        first, last = next(iter(spans.values()))[0], list(spans.values())[-1][1]
        return (
            f"The {title} is for children from {first:g} to {last:g} months, counted from the day"
            " an early baby was due. Check the date, or leave its results blank."
        )
    age = age_of(person, gestation, on)
    if months is None or age is None or spans[months][0] <= age < spans[months][1]:
        return None
    instead = f"The one for this age is {fits} months. " if fits else ""
    return (
        f"{person.given_name or 'This child'} was {int(age)} months old on that day, counted from"
        f" the day an early baby was due: too {'young' if age < spans[months][0] else 'old'} for"
        f" the {title} of {months} months. {instead}Correct it, or say that it was checked."
    )


def with_questionnaires(
    findings: Iterable[ObservationInput], gestations: Mapping[int, int | None], on: date
) -> Iterator[ObservationInput]:
    """The findings, and for the results of a questionnaire which one it was, by the age.
    `gestations` holds the weeks of pregnancy by the key of a person."""
    used: dict[tuple[int, str], ObservationInput] = {}
    for finding in findings:
        yield finding
        if instrument := OF_RESULT.get(finding.code):
            used.setdefault((finding.person.pk, instrument), finding)
    for (_, instrument), finding in used.items():
        months = questionnaire_for_age(
            instrument, finding.person, gestations.get(finding.person.pk), on
        )
        if months:
            yield ObservationInput(
                finding.person, months_code(instrument), str(months), finding.recorded_on
            )


def cut_offs() -> dict[tuple[str, int, str], CutOff]:
    """Those that were entered, by instrument, questionnaire and domain, in one statement."""
    return {
        (cut_off.instrument, cut_off.months, cut_off.domain): cut_off
        for cut_off in CutOff.objects.all()
    }


def band(cut_off: CutOff, score: Decimal) -> str:
    """What a score comes to. A high one is good in the ASQ-3 and a concern in the ASQ:SE-2."""
    if cut_off.instrument == "asqse2":
        if score >= cut_off.concern:
            return "above"
        return "monitoring" if score >= cut_off.monitoring else "below"
    if score <= cut_off.concern:
        return "below"
    return "monitoring" if score <= cut_off.monitoring else "above"
