"""The observation codes, each declared once: what it may hold, who says so, in which group and at
which reviews it is asked, and whether it may be printed. Whatever lists codes reads it from here.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from families.observations.declaration import Advice, Code, Concern, Group, Paper, Source

_INSTEAD: dict[str, tuple[tuple[str, Decimal], ...]] = {
    "weight_kg": (
        ("grams", Decimal("0.001")),
        ("pounds", Decimal("0.45359237")),
        ("stones", Decimal("6.35029")),
    ),
    "birth_weight_g": (
        ("kilograms", Decimal(1000)),
        ("ounces", Decimal("28.3495")),
        ("pounds", Decimal("453.592")),
    ),
    "height_cm": (
        ("metres", Decimal(100)),
        ("inches", Decimal("2.54")),
        ("millimetres", Decimal("0.1")),
    ),
}
ASQ3_DOMAINS = ("communication", "gross_motor", "fine_motor", "problem_solving", "personal_social")
ASQ3_MONTHS = (2, 4, 6, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 33, 36, 42, 48, 54, 60)
ASQSE2_MONTHS = (2, 6, 12, 18, 24, 30, 36, 48, 60)

_YES_NO = {"yes": "Yes", "no": "No"}
_ASQ3 = {"above": "On track", "monitoring": "Monitor", "below": "Below the cut-off"}
ANTENATAL, NEW_BIRTH, SIX_WEEKS = "antenatal", "new_birth", "six_to_eight_week"
ONE_YEAR, TWO_YEARS = "one_year", "two_year"
MARAC = 14  # the DASH score from which a MARAC is called for
LIKELY_DEPRESSION = 13  # the EPDS total from which depression is likely
REVIEWS = (ANTENATAL, NEW_BIRTH, SIX_WEEKS, ONE_YEAR, TWO_YEARS)


def _number(least: str, most: str, unit: str = "", *, whole: bool = True) -> dict[str, Any]:
    return {"least": Decimal(least), "most": Decimal(most), "unit": unit, "whole": whole}


def _months(of: Iterable[int]) -> dict[str, str]:
    return {str(age): f"{age} months" for age in of}


def _feeding() -> Iterator[Code]:
    same: dict[str, Any] = {
        "source": Source.CARER,
        "group": Group.FEEDING,
        "paper": Paper.PRINTED,
    }
    yield Code(
        "first_feed",
        "First feed",
        values={"breast_milk": "Breast milk", "other": "Other milk"},
        reviews=(NEW_BIRTH,),
        **same,
    )
    yield Code(
        "feeding_6_8_weeks",
        "Feeding at 6 to 8 weeks",
        values={
            "exclusive": "Breast milk only",
            "partial": "Breast milk and other milk",
            "none": "No breast milk",
        },
        reviews=(SIX_WEEKS,),
        **same,
    )


def _birth_and_pregnancy() -> Iterator[Code]:
    measured: dict[str, Any] = {"source": Source.MEASURED, "paper": Paper.PRINTED}
    of_mother = measured | {"group": Group.PREGNANCY, "of_child": False}
    yield Code(
        "birth_weight_g",
        "Birth weight",
        group=Group.GROWTH,
        instead=_INSTEAD["birth_weight_g"],
        reviews=(NEW_BIRTH,),
        **_number("200", "8000", "grams"),
        **measured,
    )
    yield Code(
        "gestation_weeks",
        "Gestation",
        group=Group.GROWTH,
        reviews=(NEW_BIRTH,),
        **_number("20", "45", "completed weeks"),
        **measured,
    )
    yield Code(
        "smoking_at_delivery",
        "Smoking at delivery",
        values=_YES_NO,
        reviews=(NEW_BIRTH,),
        **(of_mother | {"source": Source.THEMSELVES}),
    )
    yield Code(
        "booking_on_weeks",
        "Booked at",
        reviews=(ANTENATAL,),
        **_number("0", "45", "weeks of pregnancy", whole=False),
        **of_mother,
    )
    yield Code(
        "booking_bmi",
        "BMI at booking",
        reviews=(ANTENATAL,),
        **_number("10", "90", "kg/m²", whole=False),
        **of_mother,
    )


def _development() -> Iterator[Code]:
    same: dict[str, Any] = {
        "source": Source.CARER,
        "group": Group.DEVELOPMENT,
        "paper": Paper.PRINTED,
    }
    detail = same | {"is_detail": True}
    names = {domain: f"ASQ-3 {domain.replace('_', ' ')}" for domain in ASQ3_DOMAINS}
    for domain, name in names.items():
        yield Code(
            f"asq3_{domain}",
            name,
            values=_ASQ3,
            concern=Concern(words=("below",)),
            reviews=(TWO_YEARS,),
            **same,
        )
    yield Code(
        "asqse2",
        "ASQ:SE-2",
        values={
            "below": "No concern (below the cut-off)",
            "monitoring": "Monitor",
            "above": "Concern (above the cut-off)",
        },
        concern=Concern(words=("above",)),
        reviews=(TWO_YEARS,),
        **same,
    )
    for domain, name in names.items():
        yield Code(
            f"asq3_{domain}_score", f"{name} score", **_number("0", "60", whole=False), **detail
        )
    sheet = detail | {"source": Source.MEASURED}
    yield Code("asq3_months", "ASQ-3 questionnaire", values=_months(ASQ3_MONTHS), **sheet)
    yield Code("asqse2_score", "ASQ:SE-2 score", **_number("0", "600", whole=False), **detail)
    yield Code("asqse2_months", "ASQ:SE-2 questionnaire", values=_months(ASQSE2_MONTHS), **sheet)


def _growth() -> Iterator[Code]:
    same: dict[str, Any] = {
        "source": Source.MEASURED,
        "group": Group.GROWTH,
        "paper": Paper.PRINTED,
    }
    yield Code(
        "weight_kg",
        "Weight",
        instead=_INSTEAD["weight_kg"],
        reviews=(SIX_WEEKS, ONE_YEAR, TWO_YEARS),
        **_number("0.2", "250", "kg", whole=False),
        **same,
    )
    yield Code(
        "height_cm",
        "Height",
        instead=_INSTEAD["height_cm"],
        reviews=(ONE_YEAR, TWO_YEARS),
        **_number("20", "220", "cm", whole=False),
        **same,
    )


def _mood() -> Iterator[Code]:
    same: dict[str, Any] = {
        "source": Source.THEMSELVES,
        "group": Group.MOOD,
        "of_child": False,
    }
    printed = same | {"paper": Paper.PRINTED}
    likely = Concern(least=Decimal(LIKELY_DEPRESSION))
    thoughts_of_harm = Concern(least=Decimal(1))
    yield Code(
        "epds_total",
        "EPDS total",
        concern=likely,
        advice=(
            Advice(
                likely,
                f"{LIKELY_DEPRESSION} or more: depression is likely."
                " Repeat after two weeks if in doubt.",
            ),
        ),
        reviews=(ANTENATAL, SIX_WEEKS),
        **_number("0", "30"),
        **printed,
    )
    yield Code(
        "epds_item_10",
        "EPDS item 10",
        paper=Paper.WITHOUT_NOTE,
        nothing_told="0",
        concern=thoughts_of_harm,
        advice=(
            Advice(
                thoughts_of_harm,
                "Above nought: speak with her today, whatever the total.",
            ),
        ),
        reviews=(SIX_WEEKS,),
        **_number("0", "3"),
        **same,
    )
    yield Code("wemwbs_total", "WEMWBS total", **_number("14", "70"), **printed)
    yield Code("swemwbs_total", "SWEMWBS total", **_number("7", "35", whole=False), **printed)


def _home() -> Iterator[Code]:
    yield Code(
        "home_conditions",
        "Home conditions",
        source=Source.PRACTITIONER,
        group=Group.HOME,
        values={
            "good": "Good: warm, safe, and clean enough, every day",
            "fair": "Mostly good: small things to put right",
            "poor": "Often not good enough for a child",
            "harmful": "Harmful to a child now",
        },
        paper=Paper.PRINTED,
        concern=Concern(words=("poor", "harmful")),
        advice=(
            Advice(
                Concern(words=("poor",)), "Agree with the family what is put right, and by when."
            ),
            Advice(Concern(words=("harmful",)), "Act today, and write in a contact what you saw."),
        ),
    )


def _domestic_abuse() -> Iterator[Code]:
    """Nothing of it is printed."""
    same: dict[str, Any] = {"group": Group.DOMESTIC_ABUSE, "of_child": False}
    yield Code(
        "domestic_abuse_enquiry",
        "Domestic abuse enquiry",
        source=Source.MEASURED,
        values={
            "asked": "Asked",
            "not_asked_not_alone": "Not asked: not alone",
            "declined": "Declined to answer",
        },
        paper=Paper.WITHOUT_FINDING,
        reviews=REVIEWS,
        **same,
    )
    yield Code(
        "domestic_abuse_disclosed",
        "Domestic abuse disclosed",
        source=Source.THEMSELVES,
        values=_YES_NO,
        nothing_told="no",
        concern=Concern(words=("yes",)),
        **same,
    )
    yield Code(
        "dash_score",
        "DASH score",
        source=Source.PRACTITIONER,
        concern=Concern(least=Decimal(0)),
        advice=(
            Advice(Concern(least=Decimal(MARAC)), f"{MARAC} or more: MARAC."),
            Advice(
                Concern(least=Decimal(0)),
                f"Below {MARAC}: judgement can still call for MARAC.",
            ),
        ),
        **_number("0", "24"),
        **same,
    )
    yield Code(
        "marac_referral",
        "Referred to MARAC",
        source=Source.MEASURED,
        values=_YES_NO,
        nothing_told="no",
        concern=Concern(words=("yes",)),
        **same,
    )


_PARTS = (_feeding, _birth_and_pregnancy, _development, _growth, _mood, _home, _domestic_abuse)
CODES: dict[str, Code] = {definition.code: definition for part in _PARTS for definition in part()}


def is_printable(code: str) -> bool:
    """Whether a finding may be printed: only where its declaration says so."""
    return code in CODES and CODES[code].printable


def value_on_paper(code: str, value: str) -> Paper:
    """What may be printed of a contact at which this was found: nothing, if the code is unknown."""
    return CODES[code].on_paper(value) if code in CODES else Paper.NOTHING


def codes_of_group(group: Group) -> tuple[str, ...]:
    """The codes of a group, without the details of others."""
    return tuple(
        code
        for code, definition in CODES.items()
        if definition.group == group and not definition.is_detail
    )


def codes_asked_at(review: str, *, of_child: bool) -> tuple[str, ...]:
    """What a review calls for, of the child or of the mother."""
    return tuple(
        code
        for code, definition in CODES.items()
        if review in definition.reviews and definition.of_child == of_child
    )


def value_in_words(code: str, value: str) -> str:
    """A recorded value as people say it, with its unit."""
    if code not in CODES:
        return value
    kind = CODES[code]
    return kind.values.get(value, value) if kind.values else f"{value} {kind.unit}".strip()
