"""What the pages read of published figures and of nights. Changes nothing."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q
from django.utils import timezone

from leap.core.reference_data.models import AREAS, LEAP, LEAP_WARDS
from outcomes import disclosure, periods, statistics
from outcomes.disclosure import PublishedFigure
from outcomes.indicators import INDICATORS, THEMES, Indicator
from outcomes.models import CalculationStep, Figure, Night
from outcomes.periods import Period

FEWEST = disclosure.FEWEST_FOR_A_PERCENTAGE
SHORT_AREAS = {**LEAP_WARDS, LEAP: "LEAP"}
POINTS_SHOWN = 12
NIGHTS_SHOWN = 14
# A scheduled night that begins later than this after its hour is late.
LATE = timedelta(minutes=15)

MARKS = {
    disclosure.CONFIDENTIAL: "Hidden, because it is a small number of people, or because a small"
    " number could be worked out from it.",
    disclosure.LOW: f"No percentage: it would be of fewer than {FEWEST} after rounding. Where a"
    " longer period has one, that is said.",
    disclosure.NOT_AVAILABLE: "No value: nobody was counted, or too little is known.",
    disclosure.PROVISIONAL: "Provisional: the period was not over.",
}


@dataclass(frozen=True)
class Cell:
    """One figure on a page, as its reader may see it."""

    area: str
    period: Period
    shown: PublishedFigure
    figure: Figure
    longer: Period | None = None  # that has a percentage, where this one is too short for one

    @property
    def label(self) -> str:
        return SHORT_AREAS.get(self.area, self.area)

    @property
    def value(self) -> float | None:
        return self.shown.value

    @property
    def lower(self) -> float | None:
        return self.shown.lower

    @property
    def upper(self) -> float | None:
        return self.shown.upper

    @property
    def note(self) -> str:
        return self.shown.note

    @property
    def reason(self) -> str:
        """Why there is no value, in a sentence about this figure."""
        if self.shown.value is not None:
            return ""
        return why_no_value(self.shown, self.longer)

    @property
    def is_provisional(self) -> bool:
        return disclosure.PROVISIONAL in self.note


@dataclass(frozen=True)
class FigureLine:
    """One indicator's figures in all areas."""

    indicator: Indicator
    cells: list[Cell]
    kept: bool  # the last night failed to compute it, so these are older

    @property
    def as_at(self) -> date:
        return self.cells[-1].figure.night.as_at


def formatter(exact: bool) -> Callable[[Figure], PublishedFigure]:
    return disclosure.exact if exact else disclosure.controlled


def periods_published(indicator: str = "") -> list[Period]:
    """The periods that have figures: years, quarters, months, each from the latest back."""
    figures = Figure.objects.published().filter(area_code=LEAP)
    if indicator:
        figures = figures.filter(indicator=indicator)
    codes = figures.order_by("period").values_list("period", flat=True).distinct()
    latest_first = sorted(
        map(periods.parse, codes), key=lambda period: period.starts_on, reverse=True
    )
    order = (periods.QUARTER, periods.YEAR, periods.MONTH)
    return sorted(latest_first, key=lambda period: order.index(period.kind))


def usual_period(candidates: Sequence[Period], today: date, indicator: str = "") -> Period | None:
    """The one to show first: the latest quarter that is over, else year, in which most figures have
    a percentage that may be shown; where there is none, the one with the most to show."""
    over = [p for p in candidates if p.ends_on < today] or list(candidates)
    order = (periods.QUARTER, periods.YEAR, periods.MONTH)
    latest = [next((p for p in over if p.kind == kind), None) for kind in order]
    first = [p for p in latest if p is not None]
    choices = [*first, *(p for p in over if p not in first)]
    # Of how many figures of each period somebody was counted, how many have a percentage that may
    # be shown, and how many a count.
    figures = Figure.objects.published().filter(denominator__gt=0)
    if indicator:
        figures = figures.filter(indicator=indicator)
    is_published = Q(hidden=False, denominator_hidden=False)
    is_enough = Q(value__isnull=False, denominator__gte=disclosure.rounded_to_at_least(FEWEST))
    rows = figures.values_list("period").annotate(
        counted=Count("pk"),
        shares=Count("pk", filter=is_published & is_enough),
        counts=Count("pk", filter=is_published),
    )
    says = {period: (counted, shares, counts) for period, counted, shares, counts in rows}
    for period in choices:
        counted, with_a_share, _ = says.get(period.code, (0, 0, 0))
        if with_a_share * 2 > counted:
            return period
    return max(choices, key=lambda p: says.get(p.code, (0, 0, 0))[1:], default=None)


def last_night() -> Night | None:
    """The latest night that was published."""
    return Night.objects.filter(status=Night.Status.PUBLISHED).order_by("finished_at").last()


def failed_in(night: Night | None) -> set[str]:
    """The indicators that a night could not compute."""
    if night is None:
        return set()
    failed = night.steps.filter(status=CalculationStep.Status.FAILED)
    return set(failed.values_list("indicator", flat=True))


def group_by_theme(
    period: Period, *, exact: bool, failed: set[str]
) -> list[tuple[str, list[FigureLine]]]:
    """Every indicator's figures for a period, by theme, in the order of the areas."""
    figures = Figure.objects.published().filter(period=period.code).select_related("night")
    lines = _lines(figures, period, exact=exact, failed=failed)
    themes = (
        (theme, [lines[indicator.code] for indicator in family if indicator.code in lines])
        for theme, family in THEMES.items()
    )
    return [(theme, theme_lines) for theme, theme_lines in themes if theme_lines]


def line_of(
    indicator: Indicator, period: Period, *, exact: bool, failed: set[str]
) -> FigureLine | None:
    """One indicator's figures for a period."""
    figures = Figure.objects.published().filter(indicator=indicator.code, period=period.code)
    return _lines(figures.select_related("night"), period, exact=exact, failed=failed).get(
        indicator.code
    )


def _lines(
    figures: Iterable[Figure], period: Period, *, exact: bool, failed: set[str]
) -> dict[str, FigureLine]:
    show = formatter(exact)
    cells: dict[str, list[Cell]] = {}
    ordered = sorted(figures, key=lambda figure: list(AREAS).index(figure.area_code))
    longer = {} if exact else longer_with_a_percentage(ordered)
    for figure in ordered:
        cell = Cell(figure.area_code, period, show(figure), figure, longer.get(figure.pk))
        cells.setdefault(figure.indicator, []).append(cell)
    return {
        code: FigureLine(INDICATORS[code], line_cells, code in failed)
        for code, line_cells in cells.items()
        if code in INDICATORS
    }


def why_no_value(published: PublishedFigure, longer: Period | None) -> str:
    """Why a figure has no percentage, in a sentence; nothing where it has one."""
    if published.value is not None:
        return ""
    if disclosure.CONFIDENTIAL in published.note:
        return MARKS[disclosure.CONFIDENTIAL]
    if not published.denominator:
        return "Nobody was counted here in this period."
    if disclosure.LOW in published.note:
        where = f"{longer.title} has one." if longer else "No longer period has one yet."
        return f"Of fewer than {FEWEST} after rounding: too few for a percentage. {where}"
    known = published.share_known or 0
    return f"Not published: the status of only {known:.0%} is known."


def longer_with_a_percentage(figures: Iterable[Figure]) -> dict[int, Period]:
    """For figures of too few for a percentage, by their key, the shortest longer period in which
    the same figure has one."""
    low = [figure for figure in figures if disclosure.LOW in disclosure.controlled(figure).note]
    codes = {code for figure in low for code in _longer(figure)}
    others = Figure.objects.published().filter(
        period__in=codes, indicator__in={figure.indicator for figure in low}
    )
    has_one = {
        (*_of_what(other), other.period)
        for other in (others if codes else ())
        if disclosure.controlled(other).value is not None
    }
    longer = {}
    for figure in low:
        codes_ = [code for code in _longer(figure) if (*_of_what(figure), code) in has_one]
        if codes_:
            longer[figure.pk] = periods.parse(codes_[0])
    return longer


def _longer(figure: Figure) -> list[str]:
    return [period.code for period in periods.parse(figure.period).longer]


def _of_what(figure: Figure) -> tuple[str, str, str, str]:
    return figure.indicator, figure.area_code, figure.breakdown, figure.category


@dataclass(frozen=True)
class Point:
    """LEAP's figure for one period, on the line through time."""

    label: str
    cell: Cell

    @property
    def value(self) -> float | None:
        return self.cell.value

    @property
    def lower(self) -> float | None:
        return self.cell.lower

    @property
    def upper(self) -> float | None:
        return self.cell.upper

    @property
    def note(self) -> str:
        return self.cell.note


def time_series(indicator: Indicator, period: Period, *, exact: bool) -> list[Point]:
    """LEAP's figures for periods of the same kind, in order of time, up to the one shown."""
    show = formatter(exact)
    figures = Figure.objects.published().filter(indicator=indicator.code, area_code=LEAP)
    points = [
        Point(other.code, Cell(LEAP, other, show(figure), figure))
        for figure in figures.select_related("night")
        if (other := periods.parse(figure.period)).kind == period.kind
        and other.starts_on <= period.starts_on
    ]
    return sorted(points, key=lambda point: point.cell.period.starts_on)[-POINTS_SHOWN:]


def trend(points: Sequence[Point], indicator: Indicator) -> str:
    """The last five finished periods in a sentence; empty when they do not all have a value."""
    finished = [p for p in points if not p.cell.is_provisional][-statistics.TREND_POINTS :]
    estimates = [
        statistics.Estimate(p.value, p.lower, p.upper)
        for p in finished
        if p.value is not None and p.lower is not None and p.upper is not None
    ]
    fit = statistics.trend(estimates) if len(estimates) == len(finished) else None
    if fit is None:
        return ""
    if not fit.direction.endswith("creasing"):
        return "Over the last five finished periods there is no significant change."
    way = "higher" if fit.slope > 0 else "lower"
    judged = statistics.judge(way, indicator.better)
    meaning = f": it is getting {judged}" if judged in ("better", "worse") else ""
    return f"Over the last five finished periods it is {fit.direction}{meaning}."


@dataclass(frozen=True)
class Past:
    """A night in the list of nights, or a date on which none was begun."""

    on: date
    night: Night | None

    @property
    def failed(self) -> int:
        """How many indicators could not be computed."""
        steps = self.night.steps.all() if self.night else []
        return sum(step.status == CalculationStep.Status.FAILED for step in steps)

    @property
    def began_late(self) -> timedelta | None:
        """How long after its hour a scheduled night began, when that is worth saying."""
        if self.night is None or not self.night.scheduled:
            return None
        late = self.night.started_at - _hour(self.on)
        return late if late > LATE else None


def _hour(on: date) -> datetime:
    return datetime.combine(on, Night.BEGINS_AT, timezone.get_current_timezone())


def recent_nights(today: date) -> list[Past]:
    """The nights begun in the last fortnight, latest first, and the dates that had none."""
    since = today - timedelta(days=NIGHTS_SHOWN)
    nights = Night.objects.filter(started_at__date__gt=since).prefetch_related("steps")
    past_nights = [
        Past(timezone.localdate(night.started_at), night) for night in nights.order_by("pk")
    ]
    first = min((past.on for past in past_nights), default=today)
    had = {past.night.as_at for past in past_nights if past.night and past.night.scheduled}
    dates = (first + timedelta(days=n) for n in range((today - first).days))
    missed = [Past(day, None) for day in dates if day not in had and day > first]
    return sorted(
        [*past_nights, *missed],
        key=lambda past: past.night.started_at if past.night else _hour(past.on),
        reverse=True,
    )


@dataclass(frozen=True)
class Ran:
    """One indicator's share of a night, with the night whose figures stand if it failed."""

    step: CalculationStep
    title: str
    kept: Night | None

    @property
    def seconds(self) -> float | None:
        if self.step.started_at is None or self.step.finished_at is None:
            return None
        return (self.step.finished_at - self.step.started_at).total_seconds()


def steps_of(night: Night) -> list[Ran]:
    """What the night did of each indicator, failures first."""
    steps = list(night.steps.order_by("pk"))
    failed = [step.indicator for step in steps if step.status == CalculationStep.Status.FAILED]
    standing = (
        Figure.objects.published()
        .filter(indicator__in=failed, area_code=LEAP)
        .select_related("night")
        .order_by("night__started_at")
    )
    nights = {figure.indicator: figure.night for figure in standing}
    titles = {
        step.indicator: (
            INDICATORS[step.indicator].title if step.indicator in INDICATORS else step.indicator
        )
        for step in steps
    }
    ran = [Ran(step, titles[step.indicator], nights.get(step.indicator)) for step in steps]
    return sorted(ran, key=lambda run: run.step.status != CalculationStep.Status.FAILED)
