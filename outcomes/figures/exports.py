"""Figures as rows of a file. What may be in it is decided by `disclosure`, not here."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from leap.core.reference_data.models import AREAS
from outcomes import disclosure
from outcomes.disclosure import PublishedFigure
from outcomes.indicators import INDICATORS
from outcomes.models import Figure
from outcomes.periods import Period

COLUMNS = (
    *("indicator", "version", "area_code", "area_name", "period", "breakdown", "category"),
    *("numerator", "denominator", "value", "lower", "upper", "note"),
)
STATUS, KNOWN = "status", "known"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class NoFigures(LookupError):
    """Its message is a sentence: for which period, and what to do."""


def published_figures(periods: Sequence[Period]) -> list[Figure]:
    """The published figures of some periods, by indicator, then period and area as given.

    One statement, so that all of them are of one moment. Raises NoFigures for a period without any.
    """
    codes = [period.code for period in periods]
    figures = list(Figure.objects.published().filter(period__in=codes).select_related("night"))
    missing = set(codes) - {figure.period for figure in figures}
    if missing:
        raise NoFigures(
            f"There are no figures for {', '.join(sorted(missing))} yet. They are made overnight;"
            " manage.py rebuild_outcomes makes them now."
        )
    places = {code: place for place, code in enumerate([*INDICATORS, *codes, *AREAS])}
    unknown = len(places)
    return sorted(
        figures,
        key=lambda f: [places.get(c, unknown) for c in (f.indicator, f.period, f.area_code)],
    )


def rows(figures: Iterable[Figure], *, exact: bool) -> Iterator[list[str]]:
    """The rows of COLUMNS. Where the status must be known, its share has a row of its own, before
    the figure it is about."""
    show = disclosure.exact if exact else disclosure.controlled
    for figure in figures:
        public_figure = show(figure)
        if public_figure.known is not None:
            # The row of those whose status is known. Its share has no limits: they are counted,
            # and not a sample.
            share, note = public_figure.share_known, public_figure.note
            if share is not None:
                note = disclosure.PROVISIONAL if disclosure.PROVISIONAL in figure.note else ""
            elif public_figure.denominator:
                note = note.replace(
                    disclosure.CONFIDENTIAL, disclosure.LOW
                )  # the row that is [c] is not this
            yield _row(
                figure,
                STATUS,
                KNOWN,
                PublishedFigure(
                    public_figure.known, public_figure.denominator, None, share, None, None, note
                ),
            )
        yield _row(figure, figure.breakdown, figure.category, public_figure)


def _row(
    figure: Figure, breakdown: str, category: str, public_figure: PublishedFigure
) -> list[str]:
    area = AREAS.get(figure.area_code, "")
    values = [figure.indicator, figure.version, figure.area_code, area, figure.period]
    values += [breakdown, category, public_figure.numerator, public_figure.denominator]
    values += [public_figure.value, public_figure.lower, public_figure.upper, public_figure.note]
    return [cell(value) for value in values]


def cell(value: object) -> str:
    """A number in full, nothing as nothing, and no text that a spreadsheet would run."""
    if value is None:
        return ""
    text = repr(value) if isinstance(value, float) else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(_FORMULA) else text


def as_csv(figures: Iterable[Figure], *, exact: bool) -> str:
    """A whole file, header row first."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(rows(figures, exact=exact))
    return written.getvalue()
