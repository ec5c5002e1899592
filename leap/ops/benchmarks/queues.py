"""The queue of one team that was sent a thousand referrals, and of one that was sent a million.

Nobody has a million. What is measured is that the page reads as far as it shows: half of them wait,
and no list may be counted or sorted to its end.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial

from django.db import connection, transaction

from leap.core.accounts.models import User
from leap.ops.benchmarks.database import migrated_database
from leap.ops.benchmarks.population import lay_ground, trust_foreign_keys
from leap.ops.benchmarks.serving import Client, served
from leap.ops.benchmarks.table import BenchmarkRow
from leap.ops.benchmarks.timing import TimedResult, Work, take_turns

SENDERS = 20
PAGES = {
    "waiting": "/referrals/",
    "waiting, late ones": "/referrals/?late=on",
    "waiting, page 10": "/referrals/?page=10",
    "in progress": "/referrals/?show=progress",
    "mine": "/referrals/?show=progress&who=me",
    "finished": "/referrals/?show=finished",
}


def fill(referrals: int) -> None:
    """Fill an empty, migrated database: so many referrals to the first team from twenty others."""
    with transaction.atomic():
        teams = lay_ground(SENDERS + 1)
        user = User.objects.get(email="bench@leap.example")
        with connection.cursor() as cursor:
            trust_foreign_keys(cursor)
            values = {"many": referrals, "team": teams[0].pk, "senders": SENDERS, "me": user.pk}
            for statement in STATEMENTS:
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def measure(sizes: list[int], database_url: str, *, rounds: int) -> dict[str, TimedResult]:
    """The seconds of each page at each size, all sizes standing at once and taking turns."""
    with ExitStack() as stack:
        works: dict[str, Work] = {}
        for size in sizes:
            name = f"leap_bench_queue_{size}"
            address = stack.enter_context(
                migrated_database(name, database_url, partial(fill, size))
            )
            user = User.objects.get(email="bench@leap.example")
            port = stack.enter_context(served("leap.settings", address, walled=True))
            client = Client(port, user)
            works |= {_name(page, size): partial(client.get, PAGES[page]) for page in PAGES}
        return take_turns(works, rounds=rounds, repeats=9)


def rows(seconds: dict[str, TimedResult], sizes: list[int]) -> Iterator[BenchmarkRow]:
    """Each page at each size, as so many times itself at the smallest."""
    smallest, *others = sizes
    for page in PAGES:
        base = seconds[_name(page, smallest)]
        yield BenchmarkRow(_name(page, smallest), base, "")
        for size in others:
            taken = seconds[_name(page, size)]
            of = f"× {smallest:,} referrals"
            yield BenchmarkRow(_name(page, size), taken, of, taken.against(base), "≤ 1.5")


def _name(page: str, size: int) -> str:
    return f"{page}, {size:,} referrals"


# Families are led by the twenty teams that send, each with four referrals in its time.
STATEMENTS = (
    """
    INSERT INTO families_family (id, ref, name, lead_team_id, opened_at, closed_reason, source,
                                 source_ref)
    SELECT i, 'LB-Q' || translate(lpad(i::text, 8, '0'), '01', 'XY'), 'Family ' || i,
           %(team)s + 1 + i %% %(senders)s, now(), '', '', ''
      FROM generate_series(1, 1 + %(many)s / 4) AS i
    """,
    """
    INSERT INTO families_involvement (family_id, team_id, reason, note, started_at)
    SELECT id, lead_team_id, 'registered', '', now() FROM families_family
    """,
    """
    INSERT INTO referrals_referral (ref, family_id, pathway_id, from_team_id, to_team_id, status,
        reason, made_at, sent_at, acknowledge_by, first_contact_by, acknowledged_at, accepted_at,
        first_contact_at, closed_at, allocated_to_id, decline_reason, alternative, outcome, source,
        source_ref)
    SELECT 'RF-Q' || translate(lpad(i::text, 8, '0'), '01', 'XY'), f.id, p.id, f.lead_team_id,
           %(team)s, status, 'Asked for.', sent_at, sent_at, sent_at::date + 3, sent_at::date + 14,
           CASE WHEN status <> 'sent' THEN sent_at + interval '1 day' END,
           CASE WHEN status IN ('accepted', 'in_progress', 'closed')
                THEN sent_at + interval '2 days' END,
           CASE WHEN status IN ('in_progress', 'closed') THEN sent_at + interval '3 days' END,
           CASE WHEN status = 'closed' THEN sent_at + interval '9 days' END,
           CASE WHEN status IN ('accepted', 'in_progress') AND i %% 7 = 0 THEN %(me)s END,
           '', '', '', '', ''
      FROM (SELECT i,
                   now() - i %% 400 * interval '1 day' - i * interval '7 microseconds' AS sent_at,
                   (ARRAY['sent', 'sent', 'sent', 'acknowledged', 'acknowledged', 'accepted',
                          'in_progress', 'closed', 'closed', 'closed'])[1 + i %% 10] AS status
              FROM generate_series(1, %(many)s) AS i) AS made
      JOIN families_family AS f ON f.id = 1 + made.i / 4
     CROSS JOIN (SELECT min(id) AS id FROM referrals_pathway) AS p
    """,
)
