"""manage.py demo: an empty database becomes an invented Lambeth."""

import sys
import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leap.core.exceptions import Conflict
from leap.ops.demo import figures
from leap.ops.demo.fill import fill

SUMMARY = (
    ("Family", "families"),
    ("Person", "people"),
    ("Contact", "contacts"),
    ("Observation", "observations"),
    ("Referral", "referrals"),
    ("Session", "sessions"),
    ("Booking", "bookings"),
    ("Attendance", "marks in registers"),
    ("User", "practitioners"),
    ("Team", "teams"),
    ("Site", "sites"),
    ("Event", "events in the log"),
    ("Figure", "figures"),
)


class Command(BaseCommand):
    help = "Fill an empty database with a believable, invented Lambeth."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, default=2000, help="how many (2000)")
        parser.add_argument("--seed", type=int, default=1, help="another seed, other people (1)")
        parser.add_argument(
            "--as-at",
            type=date.fromisoformat,
            help="the day on which it is set, as 2026-03-31 (today)",
        )
        parser.add_argument(
            "--figures-later",
            action="store_true",
            help="leave the figures to a worker, which computes them in a minute or two",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        as_at = options["as_at"] or timezone.localdate()
        if as_at > timezone.localdate():
            raise CommandError("The day is in the future. Give today or an earlier one.")
        if options["children"] < 1:
            raise CommandError("Give at least one child.")
        try:
            counts = fill(
                children=options["children"], seed=options["seed"], as_at=as_at, say=self._say
            )
        except Conflict as refusal:
            raise CommandError(str(refusal)) from None
        if options["figures_later"]:
            figures.leave_to_worker(as_at=as_at, say=self._say)
        else:
            counts["Figure"] = figures.compute(as_at=as_at, say=self._say)
        self._say(f"done in {time.monotonic() - began:.0f} seconds")
        self.stdout.write(f"An invented Lambeth on {as_at}, seed {options['seed']}:")
        for model, words in SUMMARY:
            if model in counts:
                self.stdout.write(f"{counts[model]:>9,} {words}")

    def _say(self, what: str) -> None:
        print(f"demo: {what}", file=sys.stderr, flush=True)
