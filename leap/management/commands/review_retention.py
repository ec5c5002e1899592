"""What a review would let go: manage.py review_retention [--on DATE]. Deletes nothing."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from leap.core.ui.formatting import short_day
from leap.governance.retention import review


class Command(BaseCommand):
    help = "List what is past its time on a day, by which rule, and what is held. Deletes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, default=None, metavar="DATE")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each kind with its rule and source, then each family by its reference."""
        on = options["on"] or timezone.localdate()
        self.stdout.write(f"What a review on {short_day(on)} would let go. Nothing is deleted.\n")
        for kind in review.kinds(on):
            held = f", {kind.held} held" if kind.held else ""
            self.stdout.write(f"{kind.would_go:>6}  {kind.kept.what}{held}")
            self.stdout.write(f"        {kind.kept.words}. {kind.kept.source}")
        for due in review.families(on):
            held = "held; " if due.held else ""
            self.stdout.write(f"{due.ref}: {held}{due.kept.words}, over on {due.review_on}")
