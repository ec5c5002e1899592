"""Writes figures to a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from outcomes import periods
from outcomes.figures import export_actions, exports


class Command(BaseCommand):
    help = "Writes published figures as CSV, disclosure-controlled unless asked otherwise."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--period",
            action="append",
            required=True,
            metavar="P",
            help="2016-05, 2016-Q1 or 2016-17; give it again for more",
        )
        parser.add_argument(
            "--disclosive",
            action="store_true",
            help="exact figures, for use inside the partnership only; logged as such",
        )
        parser.add_argument("--output", required=True, type=Path, metavar="FILE.csv")

    def handle(self, *args: Any, **options: Any) -> None:
        output: Path = options["output"]
        exact: bool = options["disclosive"]
        try:
            chosen = [periods.parse(code) for code in dict.fromkeys(options["period"])]
            written = export_actions.export_figures(periods=chosen, exact=exact, by=None)
        except (periods.NotAPeriod, exports.NoFigures) as refusal:
            raise CommandError(str(refusal)) from None
        try:
            output.write_text(written, encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(f"{output} could not be written: {error.strerror}.") from None
        figures = written.count("\r\n") - 1
        kind = "exact, not to leave the partnership" if exact else "disclosure-controlled"
        self.stdout.write(f"{figures:,} rows ({kind}) written to {output}.")
