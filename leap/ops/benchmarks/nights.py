"""The night on its own: how long, how much memory, what a quiet one costs, how it grows, what it
does to those who work meanwhile, and DuckDB as a second yardstick."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from statistics import quantiles

from django.conf import settings
from django.utils import timezone

from families.contacts.actions import log_contact
from families.inputs import NewContact
from families.models import Contact, Family
from leap.core.accounts.models import User
from leap.ops.benchmarks import columnar, memory, work
from leap.ops.benchmarks.database import filled_database
from leap.ops.benchmarks.serving import Client, served
from leap.ops.benchmarks.table import aligned
from leap.ops.benchmarks.timing import TimedResult, take_turns
from outcomes.calculation import counting
from outcomes.indicators import INDICATORS
from outcomes.models import Figure
from outcomes.periods import Period

DUCKDB = "the same counts in DuckDB"
QUIET_REQUESTS = 100
NAME = "leap-bench-night"


@dataclass(frozen=True)
class OneNight:
    """`rebuild_outcomes` in a process of its own: in seconds and MB, and how long each request for
    my work took meanwhile, in seconds."""

    seconds: float
    process_mb: float
    session_mb: float
    requests: tuple[float, ...]


@dataclass(frozen=True)
class NightsResult:
    """What was measured at one size."""

    children: int
    contacts: int
    figures: int
    turns: dict[str, TimedResult]
    differing: int
    alone: tuple[float, ...]  # the same requests while no night runs
    first: OneNight
    unchanged: OneNight
    after_a_contact: OneNight


def measure(
    children: int, database_url: str, *, quarter: Period, until: date, rounds: int
) -> NightsResult:
    """At that many children, with twenty contacts each."""
    with filled_database(children, database_url, until=until) as address:
        copy = columnar.copied(list(INDICATORS.values()))
        works = work.night(quarter, until)
        works[DUCKDB] = partial(columnar.count_everything, copy, [quarter], until)
        turns = take_turns(works, rounds=rounds)
        theirs = columnar.count_everything(copy, [quarter], until)
        copy.close()
        user = User.objects.get(email="bench@leap.example")
        with served("leap.settings", address, walled=True) as port:
            client = Client(port, user)
            alone = tuple(_ask(client) for _ in range(QUIET_REQUESTS))
            first = _night(address, client)
            unchanged = _night(address, client)
            _log_a_contact(user)
            after_a_contact = _night(address, client)
        return NightsResult(
            children=children,
            contacts=Contact.objects.count(),
            figures=Figure.objects.published().count(),
            turns=turns,
            differing=_differing(theirs, quarter, until),
            alone=alone,
            first=first,
            unchanged=unchanged,
            after_a_contact=after_a_contact,
        )


def _ask(client: Client) -> float:
    began = time.perf_counter()
    client.get("/")
    return time.perf_counter() - began


def _log_a_contact(user: User) -> None:
    team = user.teams[0]
    family = Family.objects.led_by([team.pk]).order_by("pk")[0]
    child = family.members.children().select_related("person").order_by("pk")[0].person
    new = NewContact("phone", timezone.now() - timedelta(hours=1), "attended", [child])
    log_contact(family=family, new=new, team=team, by=user)


def _night(address: str, client: Client) -> OneNight:
    environ = {**os.environ, "DATABASE_URL": address, "LEAP_LOCAL": "1", "PGAPPNAME": NAME}
    command = [sys.executable, "manage.py", "rebuild_outcomes"]
    began, process_kb, session_kb, requests = time.perf_counter(), 0, 0, []
    with subprocess.Popen(  # noqa: S603 (our own)
        command,
        env=environ,
        cwd=settings.BASE_DIR,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        while process.poll() is None:
            requests.append(_ask(client))
            process_kb = max(process_kb, memory.of_process(process.pid))
            session_kb = max(session_kb, memory.of_sessions(NAME))
    if process.returncode:
        raise RuntimeError("rebuild_outcomes failed: run it by hand to see why")
    seconds = time.perf_counter() - began
    return OneNight(seconds, process_kb / 1024, session_kb / 1024, tuple(requests))


def _differing(theirs: columnar.Counts, quarter: Period, until: date) -> int:
    """How many counts of the quarter the two engines do not agree on."""
    ours: columnar.Counts = {}
    for sharing in counting.indicators_by_population(INDICATORS.values()):
        for code, counts in counting.count(sharing, [quarter], until).items():
            for one in counts:
                ours[code, quarter.code, one.area_code] = (
                    one.numerator,
                    one.denominator,
                    one.known,
                )
    nobody = (0, 0, 0)
    return sum(ours.get(key, nobody) != theirs.get(key, nobody) for key in {*ours, *theirs})


def lines(results: Sequence[NightsResult]) -> Iterator[str]:
    """A table with a column for each size, and how counting grows from first to last."""
    columns = [_column(result) for result in results]
    head = ("", *(f"{result.children:,} children" for result in results))
    yield from aligned([head, *((name, *(c[name] for c in columns)) for name in columns[0])])
    if len(results) > 1:
        small, large = results[0], results[-1]
        grown = work.exponent(
            small.turns[work.NIGHT], large.turns[work.NIGHT], large.children / small.children
        )
        yield f"\ncounting grows with the children to the power {grown} (goal ≤ 1.05)"


def _column(result: NightsResult) -> dict[str, str]:
    counted, scan, duckdb = (result.turns[name] for name in (work.NIGHT, work.SCAN, DUCKDB))
    first = result.first
    return {
        "contacts": f"{result.contacts:,}",
        "one quarter counted": f"{counted.middle:,.2f} s",
        "× a sequential scan of contacts (goal ≤ 15)": str(counted.against(scan)),
        "× DuckDB, one thread, in memory": str(counted.against(duckdb)),
        "counts on which the two differ": f"{result.differing:,}",
        "first night, all periods": f"{first.seconds:,.1f} s",
        "its figures": f"{result.figures:,}",
        "contacts a second": f"{result.contacts / first.seconds:,.0f}",
        "most memory, its process and its session": (
            f"{first.process_mb:,.0f} MB, {first.session_mb:,.0f} MB"
        ),
        "night after nothing changed": f"{result.unchanged.seconds:,.1f} s",
        "night after one contact": f"{result.after_a_contact.seconds:,.1f} s",
        "my work, 95th percentile, without and during the first night": (
            f"{_p95(result.alone) * 1000:,.0f} ms, {_p95(first.requests) * 1000:,.0f} ms"
        ),
    }


def _p95(seconds: Sequence[float]) -> float:
    return quantiles(seconds, n=20)[-1]
