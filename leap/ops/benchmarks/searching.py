"""Finding people among ten thousand and among a million, by turns in one run.

The larger database is of a partnership with more teams, not of larger ones: whoever searches works
with about four hundred families in both, and finds them among all the others.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter

from django.db import connection, transaction

from families.inputs import NewPerson
from families.models import Family, Person
from families.people import duplicates
from families.people.search import read, search
from leap.core.accounts.models import User
from leap.core.rls.session import as_reader
from leap.ops.benchmarks.database import migrated_database, use
from leap.ops.benchmarks.synthetic_people import fill
from leap.ops.benchmarks.table import BenchmarkRow, lines
from leap.ops.benchmarks.timing import TimedResult

ASKED = 12  # families looked for, each in every way
FIRST = 3
GOAL = "≤ 1.5"
REGISTERING = "registering somebody whom another team knows"


@dataclass(frozen=True)
class KnownPerson:
    """Somebody to look for, with what a practitioner may remember of them."""

    family: Family
    mother: Person
    child: Person
    postcode: str


Way = Callable[[KnownPerson], str]


def _misspelt(name: str) -> str:
    """Two letters of the middle changed about."""
    at = len(name) // 2
    return name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]


WAYS: dict[str, Way] = {
    "name, misspelt": lambda known: f"{known.mother.given_name} {_misspelt(known.family.name)}",
    "name, surname first": lambda known: f"{known.family.name} {known.mother.given_name}",
    "beginning of a surname, first name": lambda known: (
        f"{known.family.name[:5]} {known.child.given_name}"
    ),
    "name and date of birth": lambda known: f"{known.family.name} {known.child.birth_date}",
    "date of birth": lambda known: f"{known.child.birth_date:%d/%m/%Y}",
    "NHS number": lambda known: known.mother.nhs_number,
    "postcode": lambda known: known.postcode,
    "telephone number": lambda known: known.mother.telephone,
    "our reference": lambda known: known.family.ref,
    "an agency’s reference": lambda known: known.family.source_ref,
}


def search_timings(sizes: list[int], *, rounds: int) -> list[str]:
    """Fill a database for each size, search both by turns, and say how it grows, as a table."""
    address, previous = os.environ["DATABASE_URL"], str(connection.settings_dict["NAME"])
    names = [f"leap_bench_{size}_persons" for size in sizes]
    with ExitStack() as databases:
        for name, persons in zip(names, sizes, strict=True):
            databases.enter_context(migrated_database(name, address, partial(fill, persons)))
        turns = [(name, Searches()) for name in names * (rounds + 1)]
        for name, searches in turns:
            use(name)
            searches.take()
        use(previous)
    small, large = ([searches for name, searches in turns[2:] if name == size] for size in names)
    rows = []
    for way in small[0].seconds:
        few = TimedResult([searches.seconds[way] for searches in small])
        many = TimedResult([searches.seconds[way] for searches in large])
        against = f"× among {sizes[0]:,}: {few.middle * 1000:,.1f} ms"
        rows.append(BenchmarkRow(f"{way}, {sizes[1]:,}", many, against, many.against(few), GOAL))
    found = []
    for size, of_size in zip(sizes, (small, large), strict=True):
        shares = of_size[0].found
        every = sum(shares.values()) / len(shares)
        missed = [f"{way} {share:.0%}" for way, share in shares.items() if share < 1]
        besides = f" (least: {', '.join(missed)})" if missed else ""
        found.append(f"among {size:,} persons, {every:.1%} in the first three{besides}")
    return [*lines(rows), "", *found]


class Searches:
    """One turn in one database: each way of looking, for each of a few families."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.found: dict[str, float] = {}

    def take(self) -> None:
        """Search for them all, behind row-level security, as somebody who works with their
        families."""
        user = User.objects.get(email="bench@leap.example")
        people = list(_people_of(user))
        of_others = Person.objects.exclude(members__family__lead_team__in=user.teams)
        stranger = of_others.exclude(nhs_number="").order_by("-pk")[0]
        with transaction.atomic(), as_reader(user):
            for name, way in WAYS.items():
                tries = [_search(way(known), known.family, user) for known in people]
                self.seconds[name] = median(seconds for seconds, _ in tries)
                self.found[name] = sum(is_first for _, is_first in tries) / len(tries)
            self._register(stranger, user)

    def _register(self, stranger: Person, user: User) -> None:
        typed = [NewPerson("mother", stranger.given_name, stranger.family_name,
                           stranger.birth_date, nhs_number=stranger.nhs_number)]  # fmt: skip
        taken = []
        for _ in range(ASKED):
            start = perf_counter()
            alike = duplicates.possible_duplicates(typed, user=user)
            known = duplicates.families_elsewhere(typed, user=user)
            taken.append(perf_counter() - start)
        self.seconds[REGISTERING] = median(taken)
        self.found[REGISTERING] = float(bool(known) and not alike)


def _people_of(user: User) -> Iterator[KnownPerson]:
    """Some families of this practitioner, spread over all of them."""
    numbered = Person.objects.exclude(nhs_number="").filter(members__role="mother")
    families = list(Family.objects.visible_to(user).filter(members__person__in=numbered))
    for family in families[:: max(len(families) // ASKED, 1)][:ASKED]:
        members = {member.role: member.person for member in family.members.select_related("person")}
        home = members["mother"].residences.select_related("postcode").get()
        yield KnownPerson(family, members["mother"], members["child"], home.postcode.postcode)


def _search(typed: str, family: Family, user: User) -> tuple[float, bool]:
    start = perf_counter()
    matches = search(read(typed), user=user)
    return perf_counter() - start, family in matches[:FIRST]
