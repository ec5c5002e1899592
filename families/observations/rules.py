"""When something can have been observed of somebody, and what cannot all be true of one person in
one assessment. Form, action and import ask here.

Each rule reads the results of one person and one day, by code, and says what is wrong as pairs of a
code and a sentence. Nothing is said of what is only unlikely:
`families.observations.growth.plausibility` asks about that.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError

from families.inputs import ObservationInput
from families.models import Contact, CutOff, Observation
from families.observations.asq import OF_RESULT, RESULTS, band, cut_offs, months_code, score_code
from families.observations.codes import CODES as ALL
from families.observations.codes import value_in_words
from leap.core.accounts.models import User

NOTHING_MEASURED = (
    "Nothing was measured at a contact that was not attended. Take it out, or correct the outcome."
)
Values = Mapping[str, str]
CutOffs = Mapping[tuple[str, int, str], CutOff]


def check_found_after_birth(finding: ObservationInput, on: date) -> None:
    """ValidationError for what was found of somebody before they were born."""
    born = finding.person.birth_date
    if born and on < born:
        raise ValidationError({"recorded_on": "This is before the birth. Check the date."})


@dataclass(frozen=True)
class ContradictionRule:
    """The codes that a rule reads: it is asked where at least two of them were recorded."""

    codes: frozenset[str]
    problems: Callable[[Values, CutOffs], Iterable[tuple[str, str]]]


def _mood(values: Values, known: CutOffs) -> Iterator[tuple[str, str]]:
    """The total of an EPDS is the sum of ten items from 0 to 3, of which item 10 is one."""
    if not {"epds_total", "epds_item_10"} <= set(values):
        return
    total, harm = int(values["epds_total"]), int(values["epds_item_10"])
    if not harm <= total <= harm + 27:
        side = "below" if total < harm else "above"
        most = harm if total < harm else harm + 27
        yield (
            "epds_total",
            f"The total includes item 10, so with {harm} there it cannot be {side} {most}. Add it"
            " up again.",
        )


def _wellbeing(values: Values, known: CutOffs) -> Iterator[tuple[str, str]]:
    """The short scale is seven of the fourteen items of the long one, each from 1 to 5; its total
    is converted, by up to three."""
    if not {"wemwbs_total", "swemwbs_total"} <= set(values):
        return
    long, short = Decimal(values["wemwbs_total"]), Decimal(values["swemwbs_total"])
    if not short + 7 - 3 <= long <= short + 35 + 3:
        yield (
            "wemwbs_total",
            f"The fourteen items include the seven of the SWEMWBS, so with {short} there the total"
            f" cannot be {long}. Add both up again.",
        )


def _abuse(values: Values, known: CutOffs) -> Iterator[tuple[str, str]]:
    """What was disclosed needs an answer; a DASH score or a MARAC referral needs a disclosure."""
    enquiry, disclosed = (
        values.get("domestic_abuse_enquiry"),
        values.get("domestic_abuse_disclosed"),
    )
    if disclosed and enquiry in ("not_asked_not_alone", "declined"):
        answer = value_in_words("domestic_abuse_enquiry", enquiry).lower()
        yield (
            "domestic_abuse_enquiry",
            f"The enquiry says “{answer}”, and whether abuse was disclosed is recorded, too. Choose"
            " “Asked”; or where it was told unasked, leave the enquiry blank.",
        )
    if disclosed != "no":
        return
    if "dash_score" in values:
        yield (
            "dash_score",
            "A DASH score is of abuse that was disclosed, and here none was. Correct one of them.",
        )
    if values.get("marac_referral") == "yes":
        yield (
            "marac_referral",
            "A referral to MARAC is of abuse that was disclosed, and here none was. Correct one of"
            " them.",
        )


def _build(values: Values, known: CutOffs) -> Iterator[tuple[str, str]]:
    """The BMI at booking is that of the weight and height taken with it."""
    if not {"booking_bmi", "weight_kg", "height_cm"} <= set(values):
        return
    height = Decimal(values["height_cm"]) / 100
    bmi, booking_bmi = Decimal(values["weight_kg"]) / height**2, Decimal(values["booking_bmi"])
    if abs(bmi - booking_bmi) > 1:
        yield (
            "booking_bmi",
            f"{values['weight_kg']} kg at {values['height_cm']} cm is a BMI of {bmi:.1f}, not"
            f" {booking_bmi}. Correct one of them.",
        )


def _birth(values: Values, known: CutOffs) -> Iterator[tuple[str, str]]:
    """No baby of so few weeks weighs so much: the 99.9th centile by far, at every week."""
    if not {"gestation_weeks", "birth_weight_g"} <= set(values):
        return
    weeks, grams = int(values["gestation_weeks"]), Decimal(values["birth_weight_g"])
    most = HEAVIEST.get(weeks)
    if most and grams > most:
        yield (
            "birth_weight_g",
            f"A baby born at {weeks} completed weeks does not weigh {grams:f} grams. Check the"
            " weight and its unit, and the weeks.",
        )


# Grams that no baby born at these weeks reaches: about six standard deviations above the mean.
HEAVIEST = {
    20: 900, 21: 1000, 22: 1100, 23: 1250, 24: 1400, 25: 1600, 26: 1800, 27: 2000, 28: 2300,
    29: 2600, 30: 2900, 31: 3300, 32: 3700, 33: 4200, 34: 4700, 35: 5200, 36: 5800,
}  # fmt: skip


def _questionnaire(instrument: str) -> Callable[[Values, CutOffs], Iterator[tuple[str, str]]]:
    """A result is the band that its score falls in, by the cut-offs where they were entered."""

    def problems(values: Values, known: CutOffs) -> Iterator[tuple[str, str]]:
        months = values.get(months_code(instrument))
        for result, domain in RESULTS[instrument].items():
            score = values.get(score_code(result))
            cut_off = known.get((instrument, int(months), domain)) if months else None
            if score is None or cut_off is None or result not in values:
                continue
            if (right := band(cut_off, Decimal(score))) != values[result]:
                yield (
                    score_code(result),
                    f"By the cut-offs for {months} months, {score} is"
                    f" “{value_in_words(result, right)}”."
                    " Correct the score, or the result beside it.",
                )

    return problems


RULES = (
    ContradictionRule(frozenset({"epds_total", "epds_item_10"}), _mood),
    ContradictionRule(frozenset({"wemwbs_total", "swemwbs_total"}), _wellbeing),
    ContradictionRule(
        frozenset(
            {"domestic_abuse_enquiry", "domestic_abuse_disclosed", "dash_score", "marac_referral"}
        ),
        _abuse,
    ),
    ContradictionRule(frozenset({"booking_bmi", "weight_kg", "height_cm"}), _build),
    ContradictionRule(frozenset({"gestation_weeks", "birth_weight_g"}), _birth),
    *(
        ContradictionRule(
            frozenset([months_code(instrument), *results, *map(score_code, results)]),
            _questionnaire(instrument),
        )
        for instrument, results in RESULTS.items()
    ),
)
CODES = frozenset().union(*(rule.codes for rule in RULES))  # that any rule reads


SCORES = frozenset(map(score_code, OF_RESULT))  # that can only be judged by cut-offs


def assessment_contradictions(values: Values, known: CutOffs) -> list[tuple[str, str]]:
    """Each contradiction among results of one person and day: the code to put right, and why."""
    return [
        problem
        for rule in RULES
        if len(rule.codes & set(values)) > 1
        for problem in rule.problems(values, known)
    ]


@dataclass(frozen=True)
class Contradiction:
    """What is to be put right: of which finding, and why."""

    finding: ObservationInput
    sentence: str


def contradictions_among(
    findings: Iterable[ObservationInput], on: date, *, beside: Values | None = None
) -> list[Contradiction]:
    """The contradictions among findings of a day, each person's by themselves. `beside` is what was
    recorded before in the same assessment."""
    groups: dict[tuple[int, date], dict[str, ObservationInput]] = {}
    for finding in findings:
        groups.setdefault((finding.person.pk, finding.recorded_on or on), {})[finding.code] = (
            finding
        )
    codes = {code for group in groups.values() for code in group} | set(beside or {})
    known = cut_offs() if codes & SCORES else {}
    contradictions = []
    for group in groups.values():
        values = {
            **(beside or {}),
            **{code: ALL[finding.code].read(finding.value)[0] for code, finding in group.items()},
        }
        for code, sentence in assessment_contradictions(values, known):
            contradictions.append(
                Contradiction(group.get(code) or next(iter(group.values())), sentence)
            )
    return contradictions


def values_already_recorded(
    finding: ObservationInput, on: date, contact: Contact | None, *, by: User
) -> dict[str, str]:
    """What stands for the same person, day and contact already, of what any rule reads: the latest
    of each code that `by` may see."""
    there = Observation.objects.in_layers_of(by).filter(
        person=finding.person, recorded_on=on, contact=contact, code__in=CODES
    )
    return dict(there.order_by("pk").values_list("code", "value"))
