"""Pages, saves and calls, each against the barest view that does the same work."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from families.contacts.actions import log_contact
from families.inputs import NewContact
from families.models import Contact, Family, Member
from leap.core.accounts.models import User
from leap.core.reference_data.models import Service, Site
from leap.ops.benchmarks.serving import Client, served
from leap.ops.benchmarks.table import BenchmarkRow
from leap.ops.benchmarks.timing import TimedResult, Work, take_turns
from sites.models import Session

WRITE, READ = "bare write", "bare read"
GOALS = {
    "save a contact, page": (WRITE, "≤ 4"),
    "save a contact, API": (WRITE, "≤ 4"),
    "book a place": (WRITE, "≤ 4"),
    "family page, 50 entries": (READ, "≤ 3"),
    "referral queue, 20 rows": (READ, "≤ 2"),
    "my work": (READ, "≤ 4"),
    "search by name": (READ, "≤ 3"),
}
BASELINE = "leap.ops.benchmarks.baseline_settings"
WITHOUT_RLS = "without row-level security: "
UNPREPARED = "without prepared statements: "
GROWS = ("family page, 50 entries", "referral queue, 20 rows", "my work", "search by name")


def measure(database_url: str, *, rounds: int) -> dict[str, TimedResult]:
    """The seconds of each, taken in turn through real servers."""
    user = User.objects.get(email="bench@leap.example")
    with (
        served("leap.settings", database_url, walled=True) as ours,
        served("leap.ops.benchmarks.no_rls_settings", database_url, walled=False) as no_rls,
        served("leap.settings", database_url, walled=True, prepares=False) as unprepared,
        served(BASELINE, database_url, walled=False, prepares=False) as bare,
    ):
        works = _works(user, Client(ours, user), Client(bare))
        for prefix, port in ((WITHOUT_RLS, no_rls), (UNPREPARED, unprepared)):
            same = _works(user, Client(port, user), Client(bare))
            works |= {prefix + name: same[name] for name in GOALS}
        return take_turns(works, rounds=rounds, repeats=15)


def rows(seconds: dict[str, TimedResult]) -> Iterator[BenchmarkRow]:
    """Each as so many times its bare view."""
    yield BenchmarkRow(WRITE, seconds[WRITE], "")
    yield BenchmarkRow(READ, seconds[READ], "")
    for name, (base, goal) in GOALS.items():
        yield BenchmarkRow(
            name, seconds[name], f"× {base}", seconds[name].against(seconds[base]), goal
        )


def cost_rows(seconds: dict[str, TimedResult]) -> Iterator[BenchmarkRow]:
    """What row-level security costs and preparing saves: each against the same without."""
    for name in GOALS:
        ratio = seconds[name].against(seconds[WITHOUT_RLS + name])
        of = "× without it"
        yield BenchmarkRow(f"{name}, behind row-level security", seconds[name], of, ratio, "≤ 1.1")
    for name in GOALS:
        ratio = seconds[name].against(seconds[UNPREPARED + name])
        yield BenchmarkRow(f"{name}, statements prepared", seconds[name], "× as text", ratio)


def growth(
    small: dict[str, TimedResult], large: dict[str, TimedResult], sizes: str
) -> Iterator[BenchmarkRow]:
    """Pages at the larger size, each against its bare page, beside the same at the smaller."""
    for name in GROWS:
        here = TimedResult(large[name].against(large[READ]).rounds)
        there = TimedResult(small[name].against(small[READ]).rounds)
        yield BenchmarkRow(
            f"{name}, {sizes}", large[name], "× the smaller", here.against(there), "≤ 1.3"
        )


def _works(user: User, ours: Client, bare: Client) -> dict[str, Work]:
    team = user.teams[0]
    family = _family_with_fifty_contacts(user)
    child = family.members.children().select_related("person").order_by("pk")[0].person
    return {
        WRITE: lambda: bare.post(f"/write/?team={team.pk}", {"note": "Rang."}),
        "save a contact, page": lambda: ours.post(
            f"/families/{family.ref}/contacts/new/", _typed(team.code, child.ref)
        ),
        "save a contact, API": lambda: ours.post_json(
            "/api/v1/contacts/",
            json.dumps(
                {
                    "family": family.ref,
                    "team": team.code,
                    "kind": "phone",
                    "occurred_at": (timezone.now() - timedelta(minutes=1)).isoformat(),
                    "outcome": "attended",
                    "concerned": [child.ref],
                    "note": f"Rang to ask how the night had been, {uuid4()}.",
                }
            ).encode(),
            key=str(uuid4()),
        ),
        "book a place": _booking(user, ours),
        READ: lambda: bare.get(f"/read/?team={team.pk}"),
        "family page, 50 entries": lambda: ours.get(f"/families/{family.ref}/"),
        "referral queue, 20 rows": lambda: ours.get("/referrals/"),
        "my work": lambda: ours.get("/"),
        "search by name": lambda: ours.get("/families/?q=child17"),
    }


def _family_with_fifty_contacts(user: User) -> Family:
    team = user.teams[0]
    family = Family.objects.led_by([team.pk]).order_by("pk")[0]
    child = family.members.children().select_related("person").order_by("pk")[0].person
    for day in range(50 - Contact.objects.filter(family=family).count()):
        new = NewContact("phone", timezone.now() - timedelta(days=day + 1), "attended", [child])
        log_contact(family=family, new=new, team=team, by=user)
    return family


def _typed(team: str, child_ref: str) -> dict[str, object]:
    now = timezone.localtime() - timedelta(minutes=1)
    return {
        "submission": str(uuid4()),
        "team": team,
        "concerned": [child_ref],
        "kind": "phone",
        "on": now.date().isoformat(),
        "at": now.strftime("%H:%M"),
        "outcome": "attended",
        "note": f"Rang to ask how the night had been, {uuid4()}.",
    }


def _booking(user: User, ours: Client) -> Work:
    """Each call books another child; a new session begins when the team's children run out."""
    children = list(
        Member.objects.children()
        .filter(family__lead_team=user.teams[0])
        .order_by("pk")
        .values_list("family__ref", "person__ref")
    )

    def places() -> Iterator[tuple[str, str, str]]:
        while True:
            starts_at = timezone.now() + timedelta(days=7)
            count = Session.objects.count()
            ref = Session.objects.create(
                ref=f"SE-BENCH{chr(65 + count)}",
                site=Site.objects.get(code="bench"),
                service=Service.objects.get(code="bench"),
                during=DateTimeTZRange(starts_at, starts_at + timedelta(hours=2)),
                capacity=100_000,
            ).ref
            yield from ((ref, family, child) for family, child in children)

    free = places()

    def book() -> bytes:
        session, family, child = next(free)
        return ours.post(
            f"/sessions/{session}/book/?family={family}",
            {"submission": str(uuid4()), "people": [child]},
        )

    return book
