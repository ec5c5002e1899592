"""What earlier reports have told, so that hiding it now would shield nobody."""

from django.db import connection

from outcomes.disclosure import Cell, Counts, Numbers, nearest

TOLD = """
SELECT figure ->> 'area_code', report.period,
       (figure ->> 'numerator')::int, (figure ->> 'denominator')::int,
       coalesce((figure ->> 'known')::int, 0)
  FROM outcomes_report AS report,
       jsonb_array_elements(report.content -> 'indicators') AS indicator,
       jsonb_array_elements(indicator -> 'figures') AS figure
 WHERE indicator ->> 'code' = %s AND figure ->> 'breakdown' = ''
   AND figure ->> 'numerator' IS NOT NULL"""


def told(indicator: str, counts: Counts) -> set[Cell]:
    """The cells of an indicator that an issued report showed with the counts they still have."""
    with connection.cursor() as cursor:
        cursor.execute(TOLD, [indicator])
        rows = cursor.fetchall()
    return {(area, period) for area, period, *shown in rows if _same(shown, counts, area, period)}


def _same(shown: list[int], counts: Counts, area: str, period: str) -> bool:
    now: Numbers | None = counts.get((area, period))
    return now is not None and [nearest(number) for number in now] == shown
