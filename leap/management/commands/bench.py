"""`manage.py bench`: how fast, as ratios taken in one run."""

import os
from argparse import ArgumentParser
from datetime import timedelta
from pathlib import Path

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from leap.ops.benchmarks import pages, queues, saved, searching, work
from leap.ops.benchmarks import soak as soaking
from leap.ops.benchmarks.database import filled_database
from leap.ops.benchmarks.table import BenchmarkRow, lines
from leap.ops.benchmarks.timing import TimedResult, take_turns
from outcomes.periods import Period, periods_overlapping

Seconds = dict[str, TimedResult]


class Command(BaseCommand):
    """Fills databases of its own, measures, and leaves nothing behind."""

    help = "Measure saves, pages, the night and imports, as ratios to the barest way in one run."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--children", type=int, nargs="+", default=[10_000, 100_000])
        parser.add_argument("--rounds", type=int, default=5)
        parser.add_argument("--queue", type=int, nargs="+", help="only the queue, of so many each")
        parser.add_argument(
            "--search", type=int, nargs=2, metavar="PERSONS", help="only finding, at two sizes"
        )
        parser.add_argument(
            "--soak", type=int, metavar="REQUESTS", help="only that preparing changes no answer"
        )
        parser.add_argument(
            "--night", type=int, nargs="+", metavar="CHILDREN", help="only the night, at each size"
        )
        parser.add_argument("--save", type=Path, metavar="FILE.json", help="keep the ratios")
        parser.add_argument("--against", type=Path, metavar="FILE.json", help="beside those kept")

    def handle(
        self,
        *,
        children: list[int],
        rounds: int,
        queue: list[int] | None,
        search: list[int] | None,
        soak: int | None,
        night: list[int] | None,
        save: Path | None,
        against: Path | None,
        **options: object,
    ) -> None:
        """Print one table for each size, and how each grows from the first size to the last."""
        if (save or against) and (queue or search or soak or night):
            raise CommandError("--save and --against go with the whole run: leave the others out.")
        try:
            baseline = saved.load(against) if against else None
        except (OSError, ValueError) as error:
            raise CommandError(f"--against cannot be read: {error}") from error
        if queue:
            self._queue(sorted(queue), rounds)
        if search:
            self._search(sorted(search), rounds)
        if soak:
            self._soak(soak)
        if night:
            self._nights(sorted(night), rounds)
        if not (queue or search or soak or night):
            self._everything(sorted(children), rounds, save, baseline)

    def _everything(
        self, sizes: list[int], rounds: int, save: Path | None, baseline: saved.Baseline | None
    ) -> None:
        taken = [self._size(size, rounds) for size in sizes]
        tables = {
            f"{size:,} children": rows for size, (_, _, rows) in zip(sizes, taken, strict=True)
        }
        if len(sizes) > 1:
            (small, small_night, _), (large, large_night, _) = taken[0], taken[-1]
            named = f"{sizes[-1]:,} against {sizes[0]:,} children"
            tables["growth"] = list(pages.growth(small, large, named))
            self.stdout.write("\n" + "\n".join(lines(tables["growth"])) + "\n")
            grows = work.exponent(
                small_night[work.NIGHT], large_night[work.NIGHT], sizes[-1] / sizes[0]
            )
            self.stdout.write(
                f"\nthe night grows with the children to the power {grows} (goal ≤ 1.05)\n"
            )
        if save:
            saved.save(save, tables)
        if baseline:
            self.stdout.write("\n" + "\n".join(saved.compare(baseline, tables)) + "\n")

    def _queue(self, sizes: list[int], rounds: int) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stderr.write("filling databases and measuring …")
        taken = queues.measure(sizes, os.environ["DATABASE_URL"], rounds=rounds)
        self.stdout.write(f"\nthe queue of one team, {rounds} rounds in turn\n\n")
        self.stdout.write("\n".join(lines(queues.rows(taken, sizes))) + "\n")

    def _search(self, sizes: list[int], rounds: int) -> None:
        self.stderr.write("filling databases and searching …")
        self.stdout.write("\n".join(searching.search_timings(sizes, rounds=rounds)) + "\n")

    def _soak(self, requests: int) -> None:
        call_command("collectstatic", interactive=False, verbosity=0)
        outcome = soaking.run(requests, os.environ["DATABASE_URL"], children=200)
        self.stdout.write("\n".join(outcome.lines()) + "\n")
        if outcome.different:
            raise CommandError("Preparing statements changed an answer.")

    def _nights(self, sizes: list[int], rounds: int) -> None:
        try:
            from leap.ops.benchmarks import nights  # with DuckDB, which the app does without
        except ImportError as error:
            hint = "Install requirements/dev.lock, as manage.py test does."
            raise CommandError(f"The night is measured beside DuckDB. {hint}") from error
        call_command("collectstatic", interactive=False, verbosity=0)
        results = []
        for children in sizes:
            self.stderr.write(f"filling a database with {children:,} children, then its night …")
            url, today = os.environ["DATABASE_URL"], timezone.localdate()
            results.append(
                nights.measure(children, url, quarter=_last_quarter(), until=today, rounds=rounds)
            )
            self.stdout.write("\n" + "\n".join(nights.lines(results)) + "\n")

    def _size(self, children: int, rounds: int) -> tuple[Seconds, Seconds, list[BenchmarkRow]]:
        call_command("collectstatic", interactive=False, verbosity=0)
        until = timezone.localdate()
        self.stderr.write(f"filling a database with {children:,} children …")
        with filled_database(children, os.environ["DATABASE_URL"], until=until) as database_url:
            self.stderr.write("measuring …")
            through_pages = pages.measure(database_url, rounds=rounds)
            night = take_turns(work.night(_last_quarter(), until), rounds=rounds)
            rows = [
                *pages.rows(through_pages),
                *pages.cost_rows(through_pages),
                *work.visibility(rounds=rounds),
                *work.night_rows(night, children),
                *work.importing(families=2_500),
            ]
        self.stdout.write(f"\n{children:,} children, {rounds} rounds in turn\n\n")
        self.stdout.write("\n".join(lines(rows)) + "\n")
        return through_pages, night, rows


def _last_quarter() -> Period:
    """The last financial quarter that is over."""
    today = timezone.localdate()
    recent = periods_overlapping(today - timedelta(days=200), today)
    return [period for period in recent if "-Q" in period.code and period.ends_on < today][-1]
