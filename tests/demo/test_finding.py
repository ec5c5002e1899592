"""Finding people of an invented Lambeth by what somebody typed in a hurry, and how often it works.

The names are those of tests/demo/misspelt.py, each given to somebody of the demonstration who bears
it. The reader works with all families at once, which is more than anybody has to look through.
"""

from collections.abc import Iterator
from datetime import date
from itertools import cycle

import pytest
from django.db import transaction

from families.models import Family, Involvement, Person
from families.name_normalisation import normalise_name
from families.people.search import read, search
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Agency, User
from leap.core.accounts.permissions import Discipline
from leap.ops.demo.fill import fill
from tests.demo.conftest import silence
from tests.demo.misspelt import GIVEN, SURNAMES, ways

ENOUGH = 0.95
QUERIES = 200


@pytest.fixture(scope="module")
def reader(django_db_setup, django_db_blocker) -> Iterator[User]:
    with django_db_blocker.unblock(), transaction.atomic():
        fill(children=600, seed=3, as_at=date(2024, 6, 28), say=silence)
        yield _who_sees_everybody()
        transaction.set_rollback(True)


def _who_sees_everybody() -> User:
    team = accounts.create_team(
        code="everybody",
        name="Everybody",
        agency=Agency.objects.all()[0],
        discipline=Discipline.HEALTH_VISITING,
    )
    user = User.objects.create_user("everybody@leap.example", "x", name="Eve Rybody")
    accounts.join_team(user=user, team=team)
    registered = Involvement.Reason.REGISTERED
    Involvement.objects.bulk_create(
        Involvement(family=family, team=team, reason=registered) for family in Family.objects.all()
    )
    return user


def _labelled() -> Iterator[tuple[str, Person]]:
    """What is typed, and who is meant: names misspelt, in either order, with a day, or in part."""
    shapes, of_surnames = cycle(GIVEN_SHAPES), cycle(SURNAME_SHAPES)
    people = list(Person.objects.exclude(given_name="").exclude(family_name="").order_by("pk"))
    for name, ways_to_type in ways(GIVEN).items():
        theirs = [p for p in people if p.given_name == name]
        for typed, person, shape in zip(ways_to_type, theirs, shapes, strict=False):
            yield shape(typed, person), person
    for name, ways_to_type in ways(SURNAMES).items():
        theirs = [p for p in people if p.family_name.split()[0] == name]
        for typed, person, shape in zip(cycle(ways_to_type), theirs[:2], of_surnames):
            yield shape(typed, person), person


def _misspelt(surname: str) -> str:
    return ways(SURNAMES).get(surname, [surname])[0]


def _day(person: Person) -> str:
    return f"{person.birth_date or person.due_date:%d/%m/%Y}"


GIVEN_SHAPES = (
    lambda typed, person: f"{typed} {person.family_name}",
    lambda typed, person: f"{normalise_name(person.family_name)} {typed.lower()}",
    lambda typed, person: f"{typed} {_day(person)}",
    lambda typed, person: f"{normalise_name(person.family_name)[:5]} {typed}",
    lambda typed, person: f"{person.family_name.split()[-1]}, {typed}",
    lambda typed, person: f"{typed} {_misspelt(person.family_name.split()[0])}",
)
SURNAME_SHAPES = (
    lambda typed, person: f"{person.given_name} {typed}",
    lambda typed, person: f"{typed.lower()} {normalise_name(person.given_name)[:4]}",
    lambda typed, person: f"{_day(person)} {typed}",
    lambda typed, person: f"{person.given_name[0]} {typed} {_day(person)}",
)


@pytest.mark.django_db
def test_nearly_all_are_among_the_first_three(reader, record_property):
    tried = list(_labelled())
    missed = [
        f"{typed!r} for {person.name}"
        for typed, person in tried
        if not any(person.pk in _people(match) for match in search(read(typed), user=reader)[:3])
    ]
    share = 1 - len(missed) / len(tried)
    record_property("share", share)
    print(f"{len(tried)} queries, {share:.1%} in the first three; missed: {missed}")

    assert len(tried) >= QUERIES
    assert share >= ENOUGH, missed


def _people(family: Family) -> set[int]:
    return set(family.members.values_list("person_id", flat=True))
