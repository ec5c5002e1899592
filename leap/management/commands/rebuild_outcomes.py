"""Runs the night in the foreground."""

import sys
import time
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leap.core.exceptions import NotAllowed
from leap.core.ui.formatting import short_day
from outcomes import periods
from outcomes.calculation import nights
from outcomes.models import CalculationStep, Night

BAR = 30


class Command(BaseCommand):
    help = "Computes the indicators and publishes their figures: the night, now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--as-at", metavar="DATE", help="count up to this day; today by default"
        )
        parser.add_argument(
            "--periods", nargs="+", metavar="P", help="only these: 2016-05, 2016-Q1 or 2016-17"
        )
        parser.add_argument("--indicators", nargs="+", metavar="CODE", help="only these")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            chosen = [periods.parse(code) for code in dict.fromkeys(options["periods"] or [])]
            night = nights.start_night(
                as_at=_date(options["as_at"]),
                periods=chosen or None,
                indicators=list(dict.fromkeys(options["indicators"] or [])) or None,
            )
        except (periods.NotAPeriod, NotAllowed) as refusal:
            raise CommandError(str(refusal)) from None
        _Progress(night, self.stderr.write).process_steps()
        self._sum_up(Night.objects.get(pk=night.pk))

    def _sum_up(self, night: Night) -> None:
        steps = list(night.steps.all())
        tally = Counter(step.status for step in steps)
        assert night.finished_at
        self.stdout.write(
            f"Night of {short_day(night.as_at)}, over {len(night.periods)} periods:"
            f" {tally[CalculationStep.Status.DONE]} indicators computed"
            f" ({sum(step.figures for step in steps):,} figures),"
            f" {tally[CalculationStep.Status.UNCHANGED]} unchanged,"
            f" {tally[CalculationStep.Status.FAILED]} failed,"
            f" in {(night.finished_at - night.started_at).total_seconds():.1f} seconds."
        )
        if failed := [step for step in steps if step.status == CalculationStep.Status.FAILED]:
            lines = [f"  {step.indicator}: {step.error}" for step in failed]
            raise CommandError("\n".join(["These kept their last good figures:", *lines]))


def _date(text: str | None) -> date:
    if text is None:
        return timezone.localdate()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a date. Write it as 2016-09-30.") from None


class _Progress:
    """The bar while a night is worked off: drawn on a terminal, plain lines elsewhere."""

    def __init__(self, night: Night, write: Callable[..., None]) -> None:
        self.night = night
        self.write = write
        self.drawn = sys.stderr.isatty()
        self.steps = night.steps.count()

    def process_steps(self) -> None:
        """Until it is published, also where a worker has joined in and computes the last step."""
        while not nights.process_steps(night=self.night, done=self.show):
            time.sleep(0.2)
        if self.drawn:
            self.write("", ending="\n")

    def show(self, step: CalculationStep) -> None:
        finished = self.night.steps.exclude(status=CalculationStep.Status.WAITING).count()
        if not self.drawn:
            self.write(f"{finished} of {self.steps}: {step.indicator} {step.status}")
            return
        filled = BAR * finished // self.steps
        bar = "█" * filled + "░" * (BAR - filled)
        self.write(f"\r{bar} {finished} of {self.steps} {step.indicator:<40}", ending="")
