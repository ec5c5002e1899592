"""Running an indicator's SQL: one statement for all wards and all periods asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from leap.directory.models import AREAS, LEAP, LEAP_WARDS
from outcomes.indicators import Indicator
from outcomes.periods import Period


@dataclass(frozen=True)
class Count:
    """How many were counted in one area and period."""

    area_code: str
    period: Period
    numerator: int
    denominator: int
    known: int


# Where somebody lived on a day: the latest move on or before it. A blank one means from birth. On
# a tie the first listed is the main home.
WARD = """
    SELECT postcode.ward_2011
      FROM families_residence AS home
      JOIN directory_postcode AS postcode ON postcode.id = home.postcode_id
      JOIN families_person AS lives ON lives.id = home.person_id
     WHERE home.person_id = unit.resident_id
       AND (home.moved_in_on IS NULL OR home.moved_in_on <= unit.on_day)
     ORDER BY coalesce(home.moved_in_on, lives.birth_date, '-infinity') DESC, home.listed, home.id
     LIMIT 1"""


def placed(indicator: Indicator) -> str:
    """SQL of the units counted in LEAP's area, each with its ward. Needs `parameters`."""
    return f"""
    WITH period (code, starts_on, ends_on) AS (
        SELECT * FROM unnest(%(codes)s::text[], %(starts)s::date[], %(ends)s::date[])
    ), unit AS ({indicator.sql})
    SELECT unit.period, unit.unit, unit.resident_id, unit.on_day, unit.met, unit.known,
           ward.ward_2011 AS area_code
      FROM unit CROSS JOIN LATERAL ({WARD}) AS ward
     WHERE ward.ward_2011 = ANY(%(wards)s)"""


def parameters(periods: Sequence[Period], as_at: date) -> dict[str, Any]:
    """What `placed` reads. Periods that are not over end on the as-at date."""
    starts = [period.starts_on for period in periods]
    ends = [period.ends_by(as_at) for period in periods]
    return {
        "codes": [period.code for period in periods],
        "starts": starts,
        "ends": ends,
        "first": min(starts),
        "last": max(ends),
        "as_at": as_at,
        "wards": list(LEAP_WARDS),
    }


def count(indicator: Indicator, periods: Sequence[Period], as_at: date) -> list[Count]:
    """The counts of every area in every period, those of nobody included."""
    if not periods:
        return []
    statement = f"""
    SELECT period, coalesce(area_code, '{LEAP}'),
           count(*) FILTER (WHERE met), count(*), count(*) FILTER (WHERE known)
      FROM ({placed(indicator)}) AS placed
     GROUP BY GROUPING SETS ((period, area_code), (period))"""
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters(periods, as_at))
        counted = {(code, area): numbers for code, area, *numbers in cursor.fetchall()}
    nobody = [0, 0, 0]
    return [
        Count(area, period, *counted.get((period.code, area), nobody))
        for period in periods
        for area in AREAS
    ]
