"""The night against a sequential scan, the visibility filter against hand-written SQL, and import
against a bare COPY."""

import csv
import math
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date
from io import StringIO
from pathlib import Path

from django.core.management import call_command
from django.db import connection, transaction

from families.models import Family
from leap.core.accounts.models import User
from leap.ops.benchmarks.table import BenchmarkRow
from leap.ops.benchmarks.timing import TimedResult, Work, take_turns
from outcomes.calculation import counting
from outcomes.indicators import INDICATORS
from outcomes.periods import Period

SCAN = "sequential scan of contacts"
NIGHT = "the night, one quarter"


def night(quarter: Period, as_at: date) -> dict[str, Work]:
    """Every indicator's count for one quarter, and reading every contact once."""
    return {SCAN: _scan, NIGHT: lambda: _count_everything(quarter, as_at)}


def _scan() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL max_parallel_workers_per_gather = 0")
        cursor.execute("SET LOCAL enable_indexscan = off")
        cursor.execute("SET LOCAL enable_indexonlyscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SELECT count(*) FROM families_contact WHERE minutes > 1000")


def _count_everything(quarter: Period, as_at: date) -> None:
    for sharing in counting.indicators_by_population(INDICATORS.values()):
        counting.count(sharing, [quarter], as_at)


def night_rows(seconds: dict[str, TimedResult], children: int) -> Iterator[BenchmarkRow]:
    ratio = seconds[NIGHT].against(seconds[SCAN])
    yield BenchmarkRow(
        f"{NIGHT}, {children:,} children", seconds[NIGHT], f"× {SCAN}", ratio, "≤ 15"
    )


def exponent(small: TimedResult, large: TimedResult, times: float) -> str:
    """How time grows with the number of children: 1 is in proportion."""
    return f"{math.log(large.middle / small.middle) / math.log(times):.2f}"


OURS, BY_HAND = "visibility filter, one page", "the same by hand"


def visibility(*, rounds: int) -> Iterator[BenchmarkRow]:
    """The 20 families seen latest: the queryset against SQL written by hand on the same table."""
    user = User.objects.get(email="bench@leap.example")
    seconds = take_turns(
        {OURS: lambda: _page(user), BY_HAND: lambda: _by_hand(user)}, rounds=rounds, repeats=15
    )
    ratio = seconds[OURS].against(seconds[BY_HAND])
    yield BenchmarkRow(OURS, seconds[OURS], f"× {BY_HAND}", ratio, "≤ 2")


def _page(user: User) -> None:
    list(Family.objects.visible_to(user).order_by("-last_contact_at").values_list("pk")[:20])


def _by_hand(user: User) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM families_family f WHERE EXISTS (SELECT FROM families_involvement i"
            " WHERE i.family_id = f.id AND i.who = ANY(%s)"
            " AND (i.ended_at IS NULL OR i.ended_at > now()))"
            " ORDER BY last_contact_at DESC LIMIT 20",
            [user.access_keys],
        )
        cursor.fetchall()


def importing(families: int) -> Iterator[BenchmarkRow]:
    """Take in a directory of families with their people and contacts; and COPY the same lines."""
    with tempfile.TemporaryDirectory() as folder:
        rows = _write(Path(folder), families)
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            seconds = take_turns(
                {
                    "import": lambda: call_command("import_records", folder, "--dry-run"),
                    "copy": lambda: _copy(Path(folder)),
                },
                rounds=3,
            )
    a_second = rows / seconds["import"].middle
    ratio = seconds["import"].against(seconds["copy"])
    yield BenchmarkRow(
        f"import {rows:,} rows: {a_second:,.0f} a second",
        seconds["import"],
        "× a bare COPY of the lines",
        ratio,
        "≥ 5,000 a second",
    )


def _write(folder: Path, families: int) -> int:
    people = [
        line
        for i in range(families)
        for line in (
            (f"c{i}", f"f{i}", "child", f"Child{i}", "Bench", "2024-05-01", "SW2 0AA"),
            (f"m{i}", f"f{i}", "mother", f"Mother{i}", "Bench", "1994-05-01", "SW2 0AA"),
        )
    ]
    contacts = [
        (
            f"k{i}-{n}",
            f"f{i}",
            f"c{i}",
            "bench-0",
            "phone",
            f"2025-0{n}-03T10:00:00",
            "attended",
            f"m{i}",
        )
        for i in range(families)
        for n in range(1, 7)
    ]
    _csv(
        folder / "people.csv",
        "person_ref,family_ref,role,given_name,family_name,birth_date,postcode",
        people,
    )
    _csv(
        folder / "contacts.csv",
        "contact_ref,family_ref,person_refs,team,kind,occurred_at,outcome,present",
        contacts,
    )
    return len(people) + len(contacts)


def _csv(path: Path, header: str, rows: Sequence[tuple[str, ...]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(header.split(","))
        writer.writerows(rows)


def _copy(folder: Path) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE line (text text) ON COMMIT DROP")
        for path in sorted(folder.glob("*.csv")):
            with path.open(encoding="utf-8") as lines:
                cursor.copy_expert("COPY line FROM STDIN WITH (DELIMITER E'\\x01')", lines)
