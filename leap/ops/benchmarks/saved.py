"""What a run measured, kept in a file, and a later run beside it."""

import json
import platform
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils import timezone

from leap.ops.benchmarks.table import BenchmarkRow, aligned

Baseline = dict[str, Any]


def machine() -> str:
    """Where and when: ratios compare between machines, times do not."""
    on = timezone.localdate()
    return f"{platform.machine()}, Python {platform.python_version()}, {on:%-d %B %Y}"


def save(path: Path, rows: Mapping[str, Sequence[BenchmarkRow]]) -> None:
    """Write the middle ratio of each row that has one, by table."""
    ratios = {
        table: {row.what: row.ratio.middle for row in those if row.ratio}
        for table, those in rows.items()
    }
    path.write_text(json.dumps({"machine": machine(), "ratios": ratios}, indent=1) + "\n")


def load(path: Path) -> Baseline:
    """What `save` wrote. ValueError where it is something else."""
    baseline = json.loads(path.read_text())
    if not isinstance(baseline, dict) or not {"machine", "ratios"} <= set(baseline):
        raise ValueError(f"{path} holds no ratios that --save wrote")
    return baseline


def compare(baseline: Baseline, rows: Mapping[str, Sequence[BenchmarkRow]]) -> Iterator[str]:
    """Each ratio beside the earlier one: below 1 it has become faster."""
    yield f"against {baseline['machine']}"
    cells = [("table", "work", "before", "now", "now / before")]
    for table, those in rows.items():
        earlier = baseline["ratios"].get(table, {})
        for row in those:
            if row.ratio and (before := earlier.get(row.what)):
                now = row.ratio.middle
                figures = (f"{before:.2f}", f"{now:.2f}", f"{now / before:.2f}")
                cells.append((table, row.what, *figures))
    yield from aligned(cells)
