"""Running an indicator's SQL: one statement for all wards and all periods asked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count as count_from
from typing import Any

from django.db import connection, transaction

from leap.core.reference_data.models import AREAS, LEAP, LEAP_WARDS
from leap.core.rls.session import bypass_rls
from outcomes.indicators.registry import Indicator, Population
from outcomes.periods import Period


@dataclass(frozen=True)
class Count:
    """How many were counted in one area and period."""

    area_code: str
    period: Period
    numerator: int
    denominator: int
    known: int


# The rows of `unit` with the ward where their resident lived on the day: the latest move on or
# before it. A blank move means from birth. On a tie the first listed is the main home. Written as
# "no better home", which the database can answer for a million people by hashing; the date of birth
# is looked up for those few who have more than one.
_BORN_ON = "(SELECT lives.birth_date FROM families_person AS lives WHERE lives.id = home.person_id)"
_RANK = f"""(coalesce({{0}}.moved_in_on, {_BORN_ON}, '-infinity'), -{{0}}.listed, -{{0}}.id)"""
PLACED = f"""
    SELECT unit.*, postcode.ward_2011 AS area_code
      FROM unit
      JOIN families_residence AS home
        ON home.person_id = unit.resident_id
       AND (home.moved_in_on IS NULL OR home.moved_in_on <= unit.on_day)
      JOIN reference_data_postcode AS postcode ON postcode.id = home.postcode_id
     WHERE postcode.ward_2011 = ANY(%(wards)s)
       AND NOT EXISTS (
        SELECT FROM families_residence AS other
         WHERE other.person_id = home.person_id AND other.id <> home.id
           AND (other.moved_in_on IS NULL OR other.moved_in_on <= unit.on_day)
           AND {_RANK.format("other")} > {_RANK.format("home")})"""
# These few statements read much: they get memory to hash in, and no time is spent compiling them.
# What they read is mostly in memory already, where looking up costs little more than reading on.
ROOM = """
    SET LOCAL work_mem = '64MB'; SET LOCAL jit = off;
    SET LOCAL seq_page_cost = 0.2; SET LOCAL random_page_cost = 0.2"""
PERIODS = """
    period (code, starts_on, ends_on) AS (
        SELECT * FROM unnest(%(codes)s::text[], %(starts)s::date[], %(ends)s::date[])
    ), calendar (period, day) AS (
        SELECT period.code, day::date
          FROM period, generate_series(period.starts_on, period.ends_on, interval '1 day') AS day
    )"""


def placed_units_sql(population: Population) -> str:
    """SQL of the population's units in LEAP's area, each with its `period` and ward (`area_code`):
    a row for each period it is in. Needs `parameters`."""
    if population.per_period:
        return f"WITH {PERIODS}, unit AS ({population.sql}) {PLACED}"
    return f"""
    WITH {PERIODS}, unit AS ({population.sql}), placed AS ({PLACED})
    SELECT calendar.period, placed.*
      FROM placed JOIN calendar ON calendar.day = placed.on_day"""


def parameters(periods: Sequence[Period], as_at: date) -> dict[str, Any]:
    """What `placed_units_sql` reads. Periods that are not over end on the as-at date."""
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


def fetch(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """The rows of a statement that counts over everybody's records.

    Figures and reports are made by the system, for whoever asks: row-level security would leave out
    those whom the reader may not open, and a count without them is wrong. Every statement of this
    app that reads families' records is run here.
    """
    with bypass_rls("what is counted does not depend on who asks"), connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def indicators_by_population(indicators: Iterable[Indicator]) -> list[list[Indicator]]:
    """The indicators that share a population, in groups."""
    groups: dict[Population, list[Indicator]] = {}
    for indicator in indicators:
        groups.setdefault(indicator.population, []).append(indicator)
    return list(groups.values())


def counts_sql(indicators: Sequence[Indicator]) -> str:
    """SQL of the counts of indicators that share a population: for each period and ward, and for
    each period over all wards, of each indicator how many meet it, are in it and are known. Needs
    `parameters`."""
    [population] = {indicator.population for indicator in indicators}
    numbers = ", ".join(map(_numbers, indicators))
    return f"""
    SELECT period, coalesce(area_code, '{LEAP}'), {numbers}
      FROM ({placed_units_sql(population)}) AS placed
     GROUP BY GROUPING SETS ((period, area_code), (period))"""


@transaction.atomic
def count(
    indicators: Sequence[Indicator], periods: Sequence[Period], as_at: date
) -> dict[str, list[Count]]:
    """The counts of indicators that share a population, in one pass over it, by indicator's code.

    Every area in every period has its count, those of nobody included.
    """
    with connection.cursor() as cursor:
        cursor.execute(ROOM)
    rows = fetch(counts_sql(indicators), parameters(periods, as_at))
    counts_by_place = {(code, area): counted for code, area, *counted in rows}
    nobody = [0] * 3 * len(indicators)
    return {
        indicator.code: [
            Count(area, period, *counts_by_place.get((period.code, area), nobody)[at : at + 3])
            for period in periods
            for area in AREAS
        ]
        for at, indicator in zip(count_from(0, 3), indicators, strict=False)
    }


def _numbers(indicator: Indicator) -> str:
    among = f"({indicator.denominator_sql})"
    return f"""
           count(*) FILTER (WHERE {among} AND ({indicator.numerator_sql})),
           count(*) FILTER (WHERE {among}),
           count(*) FILTER (WHERE {among} AND ({indicator.known_sql}))"""
