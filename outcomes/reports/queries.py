"""Finding reports, and the periods that one can be issued for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from leap.core.ui.formatting import short_day
from outcomes import periods
from outcomes.models import Figure, Report
from outcomes.periods import Period

KINDS = {
    periods.QUARTER: "Quarters",
    periods.YEAR: "Financial years",
    periods.MONTH: "Months",
}


@dataclass(frozen=True)
class ReportChoice:
    """A period that has published figures, and the latest day they look at."""

    period: Period
    as_at: date

    @property
    def is_over(self) -> bool:
        """Whether its figures saw its last day."""
        return self.period.ends_on <= self.as_at

    @property
    def title(self) -> str:
        unfinished = "" if self.is_over else ", not over"
        return f"{self.period.title} ({self.period.code}{unfinished})"

    @property
    def warning(self) -> str:
        """Why its figures can still change."""
        return (
            f"{self.period.title} is not over in these figures, which are as at"
            f" {short_day(self.as_at)}. They are provisional and can still change."
        )


def choices() -> list[ReportChoice]:
    """Every period with published figures: quarters, then years, then months, the latest first."""
    rows = Figure.objects.published().values_list("period").annotate(as_at=Max("night__as_at"))
    made = [ReportChoice(periods.parse(code), as_at) for code, as_at in rows]
    order = list(KINDS)
    return sorted(
        made,
        key=lambda one: (order.index(one.period.kind), -one.period.starts_on.toordinal()),
    )


def grouped(report_choices: list[ReportChoice]) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """The same for a select: each kind with its codes and titles."""
    for kind, title in KINDS.items():
        if options := [
            (one.period.code, one.title) for one in report_choices if one.period.kind == kind
        ]:
            yield title, options


def latest_report(period: Period) -> Report | None:
    """The report of a period that was issued last."""
    return Report.objects.filter(period=period.code).order_by("-issued_at").first()


def has_newer_figures(report: Report) -> bool:
    """Whether the night has published figures for the period since the report was issued."""
    newer = Figure.objects.published().filter(
        period=report.period, night__finished_at__gt=report.issued_at
    )
    return newer.exists()
