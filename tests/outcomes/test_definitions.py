"""Every indicator says all of itself, and the page that lists them is the one they make."""

import pytest

from outcomes.indicators import INDICATORS, documentation

CONTRACT = [
    "new_birth_visit_14",
    "new_birth_visit_30",
    "review_6_8_weeks",
    "review_1_year",
    "review_1_year_by_15",
    "review_2_year",
    "breastfed_first_feed",
    "breastfed_6_8_weeks",
    "smoking_at_delivery",
    "low_birth_weight_term",
    "obese_at_booking",
    "excess_weight_age_4",
    "obesity_age_4",
    "development_2_years",
    "development_2_years_communication",
    "development_2_years_gross_motor",
    "development_2_years_fine_motor",
    "development_2_years_problem_solving",
    "development_2_years_personal_social",
    "enquiry_domestic_abuse",
    "mood_screened",
    "reach_children",
    "reach_sustained",
    "father_present",
    "was_not_brought",
    "referral_in_time",
]


def test_these_are_the_indicators():
    assert list(INDICATORS) == CONTRACT


@pytest.mark.parametrize("code", CONTRACT)
def test_an_indicator_says_all_of_itself(code):
    indicator = INDICATORS[code]

    assert indicator.code == code
    assert all(
        (
            indicator.title,
            indicator.why,
            indicator.day,
            indicator.unit,
            indicator.source,
            indicator.inputs,
        )
    )
    assert indicator.numerator.endswith(".")
    assert indicator.denominator.endswith(".")


def test_domestic_abuse_has_no_better_direction():
    assert INDICATORS["enquiry_domestic_abuse"].better is None


def test_the_page_in_docs_is_current():
    """If not: python -m outcomes.indicators.documentation"""
    assert documentation.PAGE.read_text(encoding="utf-8") == documentation.as_markdown()
