"""Many requests by several roles to two servers, one of which prepares its statements: every answer
must be the other's, and neither the web's memory nor the database's may go on growing."""

import http.client
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from families.models import Family
from leap.core.accounts.models import User
from leap.ops.benchmarks.database import migrated_database
from leap.ops.benchmarks.serving import Client, served
from referrals.models import Referral
from sites.models import Session

ROLES = (
    "midwife", "healthvisitor", "familysupport", "socialworker", "manager", "admin", "analyst",
    "champion",
)  # fmt: skip
LISTS = (
    "/", "/families/?q=Ada", "/families/?q=Okafor", "/referrals/", "/referrals/?show=late",
    "/sites/", "/outcomes/", "/reports/", "/families/due/", "/api/v1/families/",
    "/api/v1/contacts/", "/api/v1/referrals/",
)  # fmt: skip
# What is new on a page each time it is made.
ALWAYS_NEW = re.compile(
    rb'(csrfmiddlewaretoken" value="|nonce[=-]"?|name="submission" value="|submission=|chart-)'
    rb"[^\"'; ]+|(127\.0\.0\.1:)\d+"
)
NAMED = 150  # families and referrals that are opened by name, most of which a role may not see
SHOWN = 10


@dataclass
class Soak:
    """What came of it."""

    requests: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)
    memory: list[tuple[int, int]] = field(default_factory=list)  # of the web, of the database; KB

    def lines(self) -> Iterator[str]:
        """In words."""
        yield ", ".join(f"{count:,} × {status}" for status, count in sorted(self.statuses.items()))
        differ = len(self.different)
        yield f"{self.requests:,} requests by {len(ROLES)} roles, prepared and as text"
        yield f"{differ:,} answered differently" + (":" if differ else "")
        yield from self.different[:SHOWN]
        for number, (web, database) in enumerate(self.memory):
            megabytes = f"web {web / 1024:,.0f} MB, database {database / 1024:,.0f} MB"
            yield f"after {number / (len(self.memory) - 1):4.0%}: {megabytes}"


def run(requests: int, database_url: str, *, children: int, parts: int = 5) -> Soak:
    """Ask each server for the same `requests` addresses in one order, drawn by seed."""
    soak = Soak()

    def fill() -> None:
        call_command("demo", children=children, seed=1, verbosity=0)

    with (
        migrated_database("leap_soak", database_url, fill) as address,
        served("leap.settings", address, walled=True) as prepared,
        served("leap.ops.benchmarks.unprepared_settings", address, walled=True) as as_text,
    ):
        users = [User.objects.get(email=f"{role}@leap.example") for role in ROLES]
        pairs = [(Client(prepared, user), Client(as_text, user)) for user in users]
        addresses = [*LISTS * 10, *_things()]
        draw = random.Random(11)  # noqa: S311 which page comes next is no secret
        for number in range(requests):
            if number % max(requests // parts, 1) == 0:
                soak.memory.append((_web_memory(prepared), _database_memory()))
            role = draw.randrange(len(ROLES))
            path = draw.choice(addresses)
            first, second = (_answer(client, path) for client in pairs[role])
            soak.requests += 1
            soak.statuses[first[0]] += 1
            if first != second:
                soak.different.append(f"{ROLES[role]} at {path}: {first[0]}, {second[0]}")
        soak.memory.append((_web_memory(prepared), _database_memory()))
    return soak


def _things() -> Iterator[str]:
    for ref in Family.objects.order_by("ref").values_list("ref", flat=True)[:NAMED]:
        yield f"/families/{ref}/"
        yield f"/families/{ref}/contacts/new/"
        yield f"/api/v1/families/{ref}/"
    for ref in Referral.objects.order_by("ref").values_list("ref", flat=True)[:NAMED]:
        yield f"/referrals/{ref}/"
    for ref in Session.objects.order_by("ref").values_list("ref", flat=True)[:20]:
        yield f"/sessions/{ref}/"


def _answer(client: Client, path: str) -> tuple[int, bytes]:
    client.connection.request("GET", path, headers=client.headers)
    answer: http.client.HTTPResponse = client.connection.getresponse()
    return answer.status, ALWAYS_NEW.sub(rb"\1\2", answer.read())


def _web_memory(port: int) -> int:
    commands = (path for path in Path("/proc").glob("[0-9]*/cmdline"))
    return sum(
        _memory_of(path.parent.name) for path in commands if f":{port}".encode() in _read(path)
    )


def _database_memory() -> int:
    """Of the sessions of this database that pages use, without what they share."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return sum(_memory_of(str(pid)) for (pid,) in cursor.fetchall())


def _memory_of(process: str) -> int:
    found = re.search(
        rb"^RssAnon:\s+(\d+) kB", _read(Path("/proc", process, "status")), re.MULTILINE
    )
    return int(found[1]) if found else 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
