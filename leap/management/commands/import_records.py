"""Take in the records that an agency sends as files: manage.py import_records DIRECTORY."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leap.data_import import summary
from leap.data_import.csv_reader import survey
from leap.data_import.importing import Abandoned, carry_out

ROWS_REFUSED, NOTHING_READ = 1, 2


class Command(BaseCommand):
    help = (
        "Import a directory of CSV files in the exchange formats (docs/importing.md). Exits with "
        "0 when all is in, 1 when rows were refused, 2 when nothing could be read."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("directory", type=Path, metavar="DIRECTORY")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would happen, and write nothing"
        )
        parser.add_argument(
            "--agency", default="", metavar="CODE", help="whose references the files use"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Survey the files, import them, and say what became of every row."""
        directory, dry_run = options["directory"], options["dry_run"]
        sources, bars = survey(directory)
        for bar in bars:
            self.stdout.write(bar)
        if bars:
            raise CommandError(
                "Nothing was imported. Correct this and try again.", returncode=NOTHING_READ
            )
        try:
            outcome = carry_out(
                sources,
                agency=options["agency"],
                dry_run=dry_run,
                report=self.stdout.write,
                progress=self._progress,
            )
        except Abandoned as error:
            raise CommandError(f"{error} Nothing was written.", returncode=NOTHING_READ) from error
        for line in summary.lines(outcome, dry_run=dry_run):
            self.stdout.write(line)
        if outcome.left_out:
            raise CommandError("Not everything came in.", returncode=ROWS_REFUSED)

    def _progress(self, words: str) -> None:
        self.stderr.write(words, style_func=str)
