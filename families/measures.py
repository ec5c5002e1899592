"""Which measures a review calls for, and how their values are said."""

from families.codes import ASQ3_DOMAINS, ASQ3_MONTHS, ASQSE2_MONTHS, CODES

# The child's, then the mother's.
FOR_REVIEW: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "antenatal": ((), ("booking_on_weeks", "booking_bmi", "epds_total", "domestic_abuse_enquiry")),
    "new_birth": (
        ("first_feed", "birth_weight_g", "gestation_weeks"),
        ("smoking_at_delivery", "domestic_abuse_enquiry"),
    ),
    "six_to_eight_week": (
        ("feeding_6_8_weeks", "weight_kg"),
        ("epds_total", "epds_item_10", "domestic_abuse_enquiry"),
    ),
    "one_year": (("weight_kg", "height_cm"), ("domestic_abuse_enquiry",)),
    "two_year": (
        (*(f"asq3_{domain}" for domain in ASQ3_DOMAINS), "asqse2", "weight_kg", "height_cm"),
        ("domestic_abuse_enquiry",),
    ),
}

# Domestic abuse and thoughts of self-harm reach no print: a paper lies on a kitchen table.
NEVER_PRINTED = frozenset(
    {
        "domestic_abuse_enquiry",
        "domestic_abuse_disclosed",
        "dash_score",
        "marac_referral",
        "epds_item_10",
    }
)

_ASQ3 = {"above": "On track", "monitoring": "Monitor", "below": "Below the cut-off"}
_YES_NO = {"yes": "Yes", "no": "No"}
WORDS: dict[str, dict[str, str]] = {
    "first_feed": {"breast_milk": "Breast milk", "other": "Other milk"},
    "feeding_6_8_weeks": {
        "exclusive": "Breast milk only",
        "partial": "Breast milk and other milk",
        "none": "No breast milk",
    },
    "smoking_at_delivery": _YES_NO,
    "asqse2": {
        "below": "No concern (below the cut-off)",
        "monitoring": "Monitor",
        "above": "Concern (above the cut-off)",
    },
    "domestic_abuse_enquiry": {
        "asked": "Asked",
        "not_asked_not_alone": "Not asked: not alone",
        "declined": "Declined to answer",
    },
    "domestic_abuse_disclosed": _YES_NO,
    "marac_referral": _YES_NO,
    **{f"asq3_{domain}": _ASQ3 for domain in ASQ3_DOMAINS},
    "asq3_months": {str(months): f"{months} months" for months in ASQ3_MONTHS},
    "asqse2_months": {str(months): f"{months} months" for months in ASQSE2_MONTHS},
    "home_conditions": {
        "good": "Good: warm, safe, and clean enough, every day",
        "fair": "Mostly good: small things to put right",
        "poor": "Often not good enough for a child",
        "harmful": "Harmful to a child now",
    },
}


def worded(code: str, value: str) -> str:
    """A recorded value as people say it, with its unit."""
    if code in WORDS:
        return WORDS[code].get(value, value)
    unit = CODES[code].unit if code in CODES else ""
    return f"{value} {unit}".strip()
