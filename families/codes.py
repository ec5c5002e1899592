"""The observation codes: what each may hold, in which unit, and within which bounds."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from leap import parse


@dataclass(frozen=True)
class Code:
    """One kind of observation: a closed list of words, or a number with bounds and a unit."""

    code: str
    title: str
    words: tuple[str, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""
    whole: bool = True
    # Units that it is mistaken for, with what a value in one has to be multiplied by.
    instead: tuple[tuple[str, Decimal], ...] = ()

    def read(self, text: str) -> tuple[str, Decimal | None]:
        """The value as kept, and as a number where it is one; ValidationError if it is neither."""
        if self.words:
            return self._word(text), None
        number = self._number(text)
        return f"{number.normalize():f}", number

    def _word(self, text: str) -> str:
        if text not in self.words:
            raise ValidationError(f"{self.title} is one of {', '.join(self.words)}, not “{text}”.")
        return text

    def _number(self, text: str) -> Decimal:
        try:
            number = parse.number(text)
        except parse.Unreadable:
            kind = "whole number" if self.whole else "number"
            shown = parse.quoted(text)
            raise ValidationError(f"{self.title} is a {kind}, in figures, not {shown}.") from None
        if self.whole and number != number.to_integral_value():
            raise ValidationError(f"{self.title} is a whole number, not “{text}”.")
        assert self.least is not None
        assert self.most is not None
        if not self.least <= number <= self.most:
            raise ValidationError(
                f"{self.title} is between {self.least} and {self.most} {self.unit}".rstrip()
                + f", not {text}. {self._in_another_unit(number)}"
            )
        return number

    def _in_another_unit(self, number: Decimal) -> str:
        """What it would be in the first unit that makes sense of it."""
        assert self.least is not None
        assert self.most is not None
        for name, times in self.instead:
            if self.least <= (meant := round(number * times, 2)) <= self.most:
                return f"If it was in {name}, write {meant.normalize():f}."
        return "Check the unit."


def _words(code: str, title: str, *words: str) -> Code:
    return Code(code, title, words=words)


def _number(
    code: str, title: str, least: str, most: str, unit: str = "", whole: bool = True
) -> Code:
    return Code(
        code,
        title,
        least=Decimal(least),
        most=Decimal(most),
        unit=unit,
        whole=whole,
        instead=_INSTEAD.get(code, ()),
    )


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


_ASQ3 = ("above", "monitoring", "below")
ASQ3_DOMAINS = ("communication", "gross_motor", "fine_motor", "problem_solving", "personal_social")

ASQ3_MONTHS = (2, 4, 6, 8, 9, 10, 12, 14, 16, 18, 20, 22, 24, 27, 30, 33, 36, 42, 48, 54, 60)
ASQSE2_MONTHS = (2, 6, 12, 18, 24, 30, 36, 48, 60)

CODES: dict[str, Code] = {
    each.code: each
    for each in (
        _words("first_feed", "First feed", "breast_milk", "other"),
        _words("feeding_6_8_weeks", "Feeding at 6 to 8 weeks", "exclusive", "partial", "none"),
        _number("birth_weight_g", "Birth weight", "200", "8000", "grams"),
        _number("gestation_weeks", "Gestation", "20", "45", "completed weeks"),
        _words("smoking_at_delivery", "Smoking at delivery", "yes", "no"),
        _number("booking_on_weeks", "Booked at", "0", "45", "weeks of pregnancy", whole=False),
        _number("booking_bmi", "BMI at booking", "10", "90", "kg/m²", whole=False),
        _number("height_cm", "Height", "20", "220", "cm", whole=False),
        _number("weight_kg", "Weight", "0.2", "250", "kg", whole=False),
        *(
            _words(f"asq3_{domain}", f"ASQ-3 {domain.replace('_', ' ')}", *_ASQ3)
            for domain in ASQ3_DOMAINS
        ),
        *(
            _number(
                f"asq3_{domain}_score",
                f"ASQ-3 {domain.replace('_', ' ')} score",
                "0",
                "60",
                whole=False,
            )
            for domain in ASQ3_DOMAINS
        ),
        _words("asq3_months", "ASQ-3 questionnaire", *map(str, ASQ3_MONTHS)),
        _words("asqse2", "ASQ:SE-2", "below", "monitoring", "above"),
        _number("asqse2_score", "ASQ:SE-2 score", "0", "600", whole=False),
        _words("asqse2_months", "ASQ:SE-2 questionnaire", *map(str, ASQSE2_MONTHS)),
        _number("epds_total", "EPDS total", "0", "30"),
        _number("epds_item_10", "EPDS item 10", "0", "3"),
        _number("wemwbs_total", "WEMWBS total", "14", "70"),
        _number("swemwbs_total", "SWEMWBS total", "7", "35", whole=False),
        _words("home_conditions", "Home conditions", "good", "fair", "poor", "harmful"),
        _words(
            "domestic_abuse_enquiry",
            "Domestic abuse enquiry",
            "asked",
            "not_asked_not_alone",
            "declined",
        ),
        _words("domestic_abuse_disclosed", "Domestic abuse disclosed", "yes", "no"),
        _number("dash_score", "DASH score", "0", "24"),
        _words("marac_referral", "Referred to MARAC", "yes", "no"),
    )
}
