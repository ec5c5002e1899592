"""Writes the report of a period to a file."""

import os
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leap.core.ui.formatting import short_day, when
from outcomes import periods
from outcomes.figures.exports import NoFigures
from outcomes.models import Report
from outcomes.periods import Period
from outcomes.reports import actions, payload, queries
from outcomes.reports.output import FORMATS


class Command(BaseCommand):
    help = "Writes a period's report: the one issued last, or one issued now where there is none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period", required=True, metavar="P", help="2016-Q1, 2016-17 or 2016-05"
        )
        parser.add_argument("--format", required=True, metavar="|".join(FORMATS))
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        text = options["format"]
        if text not in FORMATS:
            raise CommandError(f"“{text}” is not a format. There are: {', '.join(FORMATS)}.")
        file_format, output = text, _writable(options["output"])
        try:
            period = periods.parse(options["period"])
        except periods.NotAPeriod as refusal:
            raise CommandError(str(refusal)) from None
        report, is_issued = _report(period)
        written = actions.export(report=report, file_format=file_format, by=None)
        try:
            output.write_bytes(written)
        except OSError as error:
            raise _unwritable(output, error.strerror) from None
        self._sum_up(report, is_issued, len(written), output)

    def _sum_up(self, report: Report, was_issued: bool, size: int, output: Path) -> None:
        frozen = payload.content_of(report)
        figures = [figure for indicator in frozen["indicators"] for figure in indicator["figures"]]
        confidential = sum(1 for figure in figures if figure["numerator"] is None)
        self.stdout.write(
            f"Report {report.ref}, {frozen['period']['title']}, as at {short_day(report.as_at)},"
            f" {'issued ' + when(report.issued_at) if was_issued else 'issued now'}:"
            f" {len(frozen['indicators'])} indicators, {len(figures)} figures, {confidential} of"
            f" them confidential; {size:,} bytes written to {output}."
        )
        if frozen["provisional"]:
            self.stdout.write("The period was not over: everything in it is provisional.")
        if was_issued and queries.has_newer_figures(report):
            self.stdout.write(
                "There are newer figures than this report has. An admin can issue it again at"
                " /reports/."
            )


def _report(period: Period) -> tuple[Report, bool]:
    """The report, and whether it had been issued before."""
    if issued := queries.latest_report(period):
        return issued, True
    try:
        return actions.issue(period=period, by=None), False
    except NoFigures as refusal:
        raise CommandError(str(refusal)) from None


def _writable(output: Path) -> Path:
    """Looked at before anything is issued, so that a mistyped path issues nothing."""
    if output.is_dir():
        raise _unwritable(output, "It is a folder")
    if not output.parent.is_dir():
        raise _unwritable(output, "There is no such folder")
    if not os.access(output if output.exists() else output.parent, os.W_OK):
        raise _unwritable(output, "Permission denied")
    return output


def _unwritable(output: Path, why: str | None) -> CommandError:
    return CommandError(f"{output} could not be written: {why}.")
