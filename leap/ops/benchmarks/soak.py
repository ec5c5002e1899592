"""Many requests by several roles to two servers, one of which prepares its statements: every answer
must be the other's. What memory the preparing one and its sessions hold meanwhile is printed."""

import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.core.management import call_command

from families.models import Family
from leap.core.accounts.models import User
from leap.ops.benchmarks import memory
from leap.ops.benchmarks.database import migrated_database
from leap.ops.benchmarks.serving import HOST, Client, served
from leap.ops.demo.partnership import SIGN_INS
from referrals.models import Referral
from sites.models import Session

ROLES = tuple(SIGN_INS)
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
PARTS = 5  # after each of so many memory is looked at


@dataclass
class Soak:
    """What came of it."""

    statuses: Counter[int] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)
    # After so many requests, of the web and of its sessions in the database, in KB.
    memory: list[tuple[int, int, int]] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """In words."""
        yield ", ".join(f"{count:,} × {status}" for status, count in sorted(self.statuses.items()))
        differ = len(self.different)
        requests = self.statuses.total()
        yield f"{requests:,} requests by {len(ROLES)} roles, prepared and as text"
        yield f"{differ:,} answered differently" + (":" if differ else "")
        yield from self.different[:SHOWN]
        for after, web, database in self.memory:
            megabytes = f"web {web / 1024:,.0f} MB, database {database / 1024:,.0f} MB"
            yield f"after {after / requests:4.0%}: {megabytes}"


def run(requests: int, database_url: str, *, children: int) -> Soak:
    """Ask each server for the same `requests` addresses in one order, drawn by seed."""
    soak = Soak()

    def fill() -> None:
        call_command("demo", children=children, seed=1, verbosity=0)

    with (
        migrated_database("leap_soak", database_url, fill) as address,
        served("leap.settings", address, walled=True) as prepared,
        served("leap.settings", address, walled=True, prepares=False) as as_text,
    ):
        users = [User.objects.get(email=f"{role}@leap.example") for role in ROLES]
        pairs = [(Client(prepared, user), Client(as_text, user)) for user in users]
        addresses = [*LISTS * 10, *_things()]
        draw = random.Random(11)  # noqa: S311 which page comes next is no secret
        for number in range(requests):
            if number % max(requests // PARTS, 1) == 0:
                soak.memory.append((number, *_memory(prepared)))
            role = draw.randrange(len(ROLES))
            path = draw.choice(addresses)
            first, second = (_answer(client, path) for client in pairs[role])
            soak.statuses[first[0]] += 1
            if first != second:
                soak.different.append(f"{ROLES[role]} at {path}: {first[0]}, {second[0]}")
        soak.memory.append((requests, *_memory(prepared)))
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
    status, content = client.ask("GET", path)
    return status, ALWAYS_NEW.sub(rb"\1\2", content)


def _memory(port: int) -> tuple[int, int]:
    """Of the web's processes, and of their sessions in the database."""
    return memory.of_command(f"{HOST}:{port}"), memory.of_sessions(f"leap-bench-{port}")
