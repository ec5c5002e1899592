"""What earlier reports have told, so that hiding it now would shield nobody."""

from collections.abc import Collection

from django.db import connection

from outcomes.disclosure import Cell, round_count, tabulate
from outcomes.models import Figure
from outcomes.periods import Period, periods_overlapping, year_of

REPORTED_FIGURES = """
SELECT indicator ->> 'code', figure ->> 'area_code', report.period,
       figure ->> 'breakdown', figure ->> 'category',
       (figure ->> 'numerator')::int, (figure ->> 'denominator')::int, (figure ->> 'known')::int
  FROM outcomes_report AS report,
       jsonb_array_elements(report.content -> 'indicators') AS indicator,
       jsonb_array_elements(indicator -> 'figures') AS figure
 WHERE indicator ->> 'code' = ANY(%s) AND figure ->> 'denominator' IS NOT NULL"""

REPORTED_ACTIVITY = """
SELECT report.period, strand ->> 'strand',
       (strand -> 'contacts' ->> 'count')::int, (strand -> 'attendances' ->> 'count')::int
  FROM outcomes_report AS report,
       jsonb_array_elements(report.content -> 'delivered' -> 'rows') AS strand
 WHERE report.period = ANY(%s)"""


def activity_reported(period: Period) -> list[tuple[str, str, int | None, int | None]]:
    """What reports of the same financial year showed of services: period, strand, contacts and
    attendances."""
    year = year_of(period.starts_on)
    codes = [overlap.code for overlap in periods_overlapping(year.starts_on, year.ends_on)]
    with connection.cursor() as cursor:
        cursor.execute(REPORTED_ACTIVITY, [codes])
        return [tuple(row) for row in cursor.fetchall()]


def cells_reported(figures: Collection[Figure]) -> set[Cell]:
    """The counts of figures that an issued report showed as they still would be."""
    with connection.cursor() as cursor:
        cursor.execute(REPORTED_FIGURES, [sorted({figure.indicator for figure in figures})])
        rows = cursor.fetchall()
    tabulation = tabulate(figures)
    cells: set[Cell] = set()
    for indicator, area, period, breakdown, category, *numbers in rows:
        now = tabulation.cells.get((indicator, (area, period, breakdown, category)))
        if now is None:
            continue
        for cell, number in zip((now.numerator, now.denominator, now.known), numbers, strict=True):
            if cell and number is not None and round_count(tabulation.counts[cell][0]) == number:
                cells.add(cell)
    return cells
