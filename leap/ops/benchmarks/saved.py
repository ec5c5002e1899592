"""What a run measured, kept in a file, and a later run beside it."""

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median

from django.utils import timezone

from leap.ops.benchmarks.table import BenchmarkRow, aligned


def machine() -> str:
    """Where and when: ratios compare between machines, times do not."""
    on = timezone.localdate()
    return f"{platform.machine()}, Python {platform.python_version()}, {on:%-d %B %Y}"


def save(path: Path, rows: Mapping[str, Sequence[BenchmarkRow]]) -> None:
    """Write the middle ratio of each row that has one, by table."""
    ratios = {
        table: {row.what: median(row.ratio.rounds) for row in those if row.ratio}
        for table, those in rows.items()
    }
    path.write_text(json.dumps({"machine": machine(), "ratios": ratios}, indent=1) + "\n")


def compare_with_saved(path: Path, rows: Mapping[str, Sequence[BenchmarkRow]]) -> Iterator[str]:
    """Each ratio beside that of the file: below 1 it has become faster."""
    baseline = json.loads(path.read_text())
    yield f"against {baseline['machine']}"
    cells = [("table", "work", "before", "now", "now / before")]
    for table, those in rows.items():
        earlier = baseline["ratios"].get(table, {})
        for row in those:
            if row.ratio and (before := earlier.get(row.what)):
                now = median(row.ratio.rounds)
                figures = (f"{before:.2f}", f"{now:.2f}", f"{now / before:.2f}")
                cells.append((table, row.what, *figures))
    yield from aligned(cells)
