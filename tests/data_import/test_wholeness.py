"""Whatever mixture of good and bad rows arrives, families come in whole, and once."""

from dataclasses import dataclass, field

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.models import ContactPerson, Family, Member
from tests.data_import.conftest import Files

FAMILIES = ["F1", "F2", "F3", "F4", "F5"]
PEOPLE = ["P1", "P2", "P3", "P4", "P5", "P6"]


@dataclass
class World:
    """Who belongs where, whom contacts name, and which families have a bad row of their own."""

    homes: dict[str, set[str]]
    contacts: list[tuple[str, list[str], bool]]
    bad_people: set[str]
    waiting: set[str] = field(default_factory=set)

    def families(self) -> set[str]:
        return set().union(*self.homes.values())

    def comes_in(self) -> set[str]:
        """Worked out one family at a time, until nothing changes any more."""
        waiting = {f for person in self.bad_people for f in self.homes[person]}
        waiting |= {family for family, _, bad in self.contacts if bad}
        before = None
        while before != waiting:
            before = set(waiting)
            for families in self.homes.values():
                waiting |= families if families & waiting else set()
            for family, people, _ in self.contacts:
                if any(self.homes[person] & waiting for person in people):
                    waiting.add(family)
        return self.families() - waiting


@st.composite
def worlds(draw) -> World:
    some_families = st.sets(st.sampled_from(FAMILIES), min_size=1, max_size=2)
    homes = {person: draw(some_families) for person in PEOPLE}
    known = sorted(set().union(*homes.values()))
    a_contact = st.tuples(
        st.sampled_from(known),
        st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=2, unique=True),
        st.sampled_from([False, False, False, True]),
    )
    return World(
        homes=homes,
        contacts=draw(st.lists(a_contact, max_size=5)),
        bad_people=draw(st.sets(st.sampled_from(PEOPLE), max_size=1)),
    )


def write(world: World, files: Files) -> None:
    for name in ("people", "families", "contacts"):
        (files.path / f"{name}.csv").unlink(missing_ok=True)
    for person, families in world.homes.items():
        for family in sorted(families):
            bad = {"nhs_number": "1"} if person in world.bad_people else {}
            files.person(person, family, **bad)
    for family in world.families():
        files.add("families", family_ref=family)
    for n, (family, people, bad) in enumerate(world.contacts):
        cells = {"minutes": "long"} if bad else {}
        files.add(
            "contacts",
            contact_ref=f"C{n}",
            family_ref=family,
            person_refs=";".join(people),
            **cells,
        )


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(world=worlds())
def test_families_come_in_whole_and_once(files, take_in, counts, world):
    write(world, files)
    with transaction.atomic():
        take_in(files)
        came = set(Family.objects.values_list("source_ref", flat=True))
        members = set(Member.objects.values_list("person__source_ref", "family__source_ref"))
        named = ContactPerson.objects.filter(concerned=True).count()
        before = counts()
        take_in(files)
        after = counts()
        transaction.set_rollback(True)

    assert came == world.comes_in()
    assert members == {(p, f) for p, fs in world.homes.items() for f in fs if f in came}
    assert named == sum(len(people) for family, people, _ in world.contacts if family in came)
    assert after == before
