"""Gathering a report: every published figure of a period with its definition, reach and services.

What comes out is plain JSON that may leave the partnership as it is. The exact numbers never enter
it, so nothing that reads a report can leak them.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import cast

from django.utils import timezone

from leap.core.reference_data.models import AREAS, LEAP, LEAP_WARDS
from leap.core.ui.formatting import short_day, when
from outcomes import disclosure, periods
from outcomes.disclosure import CONFIDENTIAL, LOW, NOT_AVAILABLE
from outcomes.figures.exports import NoFigures
from outcomes.figures.queries import longer_with_a_percentage, why_no_value
from outcomes.indicators import INDICATORS, THEMES
from outcomes.indicators import Indicator as Declared
from outcomes.models import Figure, Report
from outcomes.periods import Period
from outcomes.reports import activity, reach
from outcomes.reports.schema import (
    FORMAT,
    Before,
    Content,
    Headline,
    NamedItem,
    PeriodPart,
    Reach,
    ReportFigure,
    ReportIndicator,
)
from outcomes.reports.wording import (
    FUNDER,
    HIGHER,
    LOWER,
    NOTES,
    REDEFINED,
    UNCLEAR,
    number_text,
    share_text,
    why_not,
)

FIRST_SHOWN = [LEAP, *LEAP_WARDS]
HEADLINES = ("new_birth_visit_14", "breastfed_6_8_weeks", "development_2_years", "referral_in_time")

Found = dict[tuple[str, str, str], list[Figure]]  # by indicator, period and area


def gather(
    *, period: Period, ref: str, issued_at: datetime, issued_by: str
) -> tuple[Content, date]:
    """The content of a report issued now, and its as-at date. Raises NoFigures."""
    before = previous(period)
    by_place = _find(period, before)
    if not any(code == period.code for _, code, _ in by_place):
        raise NoFigures(
            f"There are no figures for {period.code} ({period.title}) yet. They are made overnight;"
            " manage.py rebuild_outcomes makes them now."
        )
    as_at = max(f.night.as_at for fs in by_place.values() for f in fs if f.period == period.code)
    indicators = [
        _indicator(declared, theme, period, before, by_place)
        for theme, declared in _declared()
        if (declared.code, period.code, LEAP) in by_place
    ]
    counted_on = timezone.localdate(issued_at)
    reached = reach.gather(period, as_at, counted_on)
    content = Content(
        format=FORMAT,
        ref=ref,
        title=f"Report to the {FUNDER}: {period.title}",
        period=_period(period),
        before=_before(before, by_place),
        as_at=short_day(as_at),
        issued_at=when(issued_at),
        issued_by=issued_by,
        provisional=period.ends_on > as_at,
        headlines=_headlines(reached, indicators),
        indicators=indicators,
        missing=[
            NamedItem(code=declared.code, title=declared.title)
            for _, declared in _declared()
            if (declared.code, period.code, LEAP) not in by_place
        ],
        reach=reached,
        delivered=activity.gather(period, as_at, counted_on),
        notes=list(NOTES),
    )
    return content, as_at


def previous(period: Period) -> Period:
    """The month, quarter or year before."""
    day = period.starts_on - timedelta(days=1)
    made = {
        periods.MONTH: periods.month_of,
        periods.QUARTER: periods.quarter_of,
        periods.YEAR: periods.year_of,
    }
    return made[period.kind](day)


def _find(period: Period, before: Period) -> Found:
    """Both periods' published figures in one statement, so that all are of one moment."""
    figures = (
        Figure.objects.published()
        .filter(period__in=[period.code, before.code])
        .select_related("night")
        .order_by("breakdown", "category")
    )
    by_place: Found = {}
    for figure in figures:
        declared = INDICATORS.get(figure.indicator)
        is_as_declared = declared is not None and declared.version == figure.version
        if figure.period == period.code and not is_as_declared:
            continue  # made by an older definition than the one that would be printed beside it
        by_place.setdefault((figure.indicator, figure.period, figure.area_code), []).append(figure)
    return by_place


def _declared() -> Iterable[tuple[str, Declared]]:
    return ((theme, declared) for theme, family in THEMES.items() for declared in family)


def _period(period: Period) -> PeriodPart:
    return PeriodPart(
        code=period.code,
        title=period.title,
        kind=period.kind,
        starts_on=short_day(period.starts_on),
        ends_on=short_day(period.ends_on),
    )


def _before(before: Period, by_place: Found) -> NamedItem | None:
    if any(code == before.code for _, code, _ in by_place):
        return NamedItem(code=before.code, title=before.title)
    return None


def _indicator(
    declared: Declared, theme: str, period: Period, before: Period, by_place: Found
) -> ReportIndicator:
    figures = [
        f for area in FIRST_SHOWN for f in by_place.get((declared.code, period.code, area), [])
    ]
    earlier = {
        (f.area_code, f.breakdown, f.category): f
        for area in FIRST_SHOWN
        for f in by_place.get((declared.code, before.code, area), [])
    }
    longer = longer_with_a_percentage(figures)
    return ReportIndicator(
        code=declared.code,
        version=figures[0].version,
        theme=theme,
        title=declared.title,
        why=declared.why,
        numerator=declared.numerator,
        denominator=declared.denominator,
        day=declared.day,
        unit=declared.unit,
        direction=declared.direction,
        method=declared.method,
        publication=declared.publication,
        source=declared.source,
        details=list(declared.details),
        as_at=short_day(min(figure.night.as_at for figure in figures)),
        asks_known=declared.min_known_share is not None,
        figures=[
            _shown(f, earlier.get((f.area_code, f.breakdown, f.category)), longer.get(f.pk))
            for f in figures
        ],
    )


def _shown(figure: Figure, earlier: Figure | None, longer: Period | None) -> ReportFigure:
    published = disclosure.controlled(figure)
    before = None
    if earlier:
        was = disclosure.controlled(earlier)
        before = Before(value=was.value, lower=was.lower, upper=was.upper, note=was.note)
    return ReportFigure(
        area_code=figure.area_code,
        area_name=AREAS.get(figure.area_code, figure.area_code),
        breakdown=figure.breakdown,
        category=figure.category,
        numerator=published.numerator,
        denominator=published.denominator,
        known=published.known,
        share_known=published.share_known,
        value=published.value,
        lower=published.lower,
        upper=published.upper,
        note=published.note,
        before=before,
        change=_change(
            published, before, same=earlier is None or earlier.version == figure.version
        ),
        reason=why_no_value(published, longer) if disclosure.LOW in published.note else "",
    )


def _change(published: disclosure.PublishedFigure, before: Before | None, *, same: bool) -> str:
    """Whether the two ranges lie apart, judged on what is shown so that a reader can check it."""
    if not same:
        return REDEFINED
    notes = published.note + (before["note"] if before else "")
    if CONFIDENTIAL in notes or LOW in notes:
        return why_not(notes)
    if before is None or None in (
        published.lower,
        published.upper,
        before["lower"],
        before["upper"],
    ):
        return NOT_AVAILABLE
    if cast(float, published.lower) > cast(float, before["upper"]):
        return HIGHER
    return LOWER if cast(float, published.upper) < cast(float, before["lower"]) else UNCLEAR


def _headlines(reached: Reach, indicators: list[ReportIndicator]) -> list[Headline]:
    """The few numbers that a reader in a hurry takes away."""
    met = next(term["meaning"] for term in reached["terms"] if term["term"] == "Reached")
    people = [
        Headline(
            label=f"{row['group']} reached in the four wards",
            text=number_text(row["reached"]),
            meaning=met,
        )
        for row in reached["rows"]
        if row["area_code"] == LEAP
    ]
    by_code = {indicator["code"]: indicator for indicator in indicators}
    chosen = [by_code[code] for code in HEADLINES if code in by_code]
    wholes = [(indicator, indicator["figures"][0]) for indicator in chosen]
    return people + [
        Headline(
            label=indicator["title"],
            text=share_text(whole["value"], whole["note"]),
            meaning=f"{indicator['numerator']} Out of: {indicator['denominator']}",
        )
        for indicator, whole in wholes
    ]


# Reading


def content_of(report: Report) -> Content:
    """A report's content, as frozen."""
    return cast(Content, report.content)


def canonical(content: Mapping[str, object]) -> str:
    """The one way its JSON is written."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, indent=1)


def fingerprint(report: Report) -> str:
    """What tells one content from any other: printed in every format and kept in the log."""
    return hashlib.sha256(canonical(report.content).encode()).hexdigest()
