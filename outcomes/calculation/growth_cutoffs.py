"""Filling the table of growth cut-offs."""

from statistics import NormalDist

from django.db import connection

from outcomes.models import GrowthCutoff

# Every age in days at which a child can be four: the fifth birthday comes 1826 or 1827 days in.
AGES = range(1461, 1827)
DAYS_IN_A_YEAR = 365.25
OVERWEIGHT, OBESE = 0.85, 0.95


def fill_growth_cutoffs() -> None:
    """Compute the cut-offs from the UK90 reference, unless they are there. Takes seconds, once.

    The reference's library is large, so it is loaded here and not when the web starts.
    """
    if GrowthCutoff.objects.exists():
        return
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE outcomes_growthcutoff IN EXCLUSIVE MODE")
    if not GrowthCutoff.objects.exists():
        GrowthCutoff.objects.bulk_create(
            cutoff for sex in ("female", "male") for cutoff in _of(sex)
        )


def _of(sex: str) -> list[GrowthCutoff]:
    from rcpchgrowth.global_functions import (
        fetch_lms,
        lms_value_array_for_measurement_for_reference,
    )

    reference = lms_value_array_for_measurement_for_reference(
        reference="uk-who",  # which is UK90 from the fourth birthday
        age=AGES[-1] / DAYS_IN_A_YEAR,
        measurement_method="bmi",
        sex=sex,
        default_youngest_reference=False,
    )
    of_age = [(days, fetch_lms(days / DAYS_IN_A_YEAR, reference)) for days in AGES]
    return [
        GrowthCutoff(
            sex=sex,
            age_days=days,
            overweight_from=_bmi(lms, OVERWEIGHT),
            obese_from=_bmi(lms, OBESE),
        )
        for days, lms in of_age
    ]


def _bmi(lms: dict[str, float], centile: float) -> float:
    """The BMI at a centile, by the reference's skewness, median and variation."""
    deviates = NormalDist().inv_cdf(centile)
    return float(lms["m"] * (1 + lms["l"] * lms["s"] * deviates) ** (1 / lms["l"]))
