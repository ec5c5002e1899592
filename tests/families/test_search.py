"""Finding a family from what somebody remembers of it."""

from datetime import date

import pytest

from families.inputs import NewPerson
from families.models import Family, Person
from families.people import actions
from families.people.search import read, search
from families.people.search_query import SearchQuery


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Zoë O'Hara", SearchQuery(words="zoe ohara")),
        ("okafor 25/12/2025", SearchQuery(words="okafor", born_on=date(2025, 12, 25))),
        ("25 Dec 2025", SearchQuery(born_on=date(2025, 12, 25))),
        ("25th December 2025", SearchQuery(born_on=date(2025, 12, 25))),
        ("2025-12-25", SearchQuery(born_on=date(2025, 12, 25), external_ref="2025-12-25")),
        ("31/02/2025", SearchQuery(words="31 02 2025", external_ref="31/02/2025")),
        ("943 476 5919", SearchQuery(nhs_number="9434765919")),
        ("sw99tx", SearchQuery(postcode="SW9 9TX", external_ref="sw99tx")),
        ("lb-7k3m9", SearchQuery(ref="LB-7K3M9", external_ref="lb-7k3m9")),
        ("F-000123", SearchQuery(words="f 000123", external_ref="F-000123")),
        (" \x00 ", SearchQuery()),
    ],
)
def test_what_was_typed_is_taken_apart(typed, expected):
    assert read(typed) == expected


@pytest.fixture
def garcias(grace, stockwell):
    people = [
        NewPerson("mother", "María José", "García", date(1995, 5, 5)),
        NewPerson("child", "Íñigo", "García", date(2025, 12, 25), nhs_number="9434765919"),
    ]
    family = actions.register_family(name="García", lead_team=stockwell, by=grace, people=people)
    Family.objects.filter(pk=family.pk).update(source="gstt", source_ref="F-000123")
    return family


@pytest.mark.parametrize(
    "typed",
    [
        "garcia",
        "GARCIA maria",
        "Maria Jose Garcia",
        "Gracia Maria",
        "inigo",
        "inigo garcia 25/12/2025",
        "25 dec 2025",
        "943 476 5919",
        "9434765919",
        "f-000123",
    ],
)
def test_a_family_is_found(okafors, garcias, grace, typed):
    assert search(read(typed), user=grace)[:1] == [garcias]


@pytest.mark.parametrize(
    "typed", ["Okafur", "Chidy Okafor", "Adda Okafor", "SW9 9TX", "okafor sw9 9tx"]
)
def test_so_is_one_misspelt_or_by_where_it_lives(okafors, garcias, grace, typed):
    assert search(read(typed), user=grace) == [okafors]


def test_our_reference_finds_exactly_one(okafors, garcias, grace):
    assert search(read(garcias.ref.lower()), user=grace) == [garcias]


def test_the_people_who_match_are_named(okafors, grace, chidi):
    (match,) = search(read("chidi"), user=grace)

    assert match.matched == [chidi.pk]


@pytest.mark.parametrize("typed", ["Okafor", "SW9 9TX", "20/01/2026"])
def test_somebody_elses_family_is_not_found(okafors, sam, typed):
    assert search(read(typed), user=sam) == []


def test_nothing_typed_finds_nothing(okafors, grace):
    assert search(read("  "), user=grace) == []


def test_a_name_with_the_wrong_birth_date_is_not_found(okafors, grace):
    assert search(read("Chidi 21/01/2026"), user=grace) == []
    assert Person.objects.filter(given_name="Chidi").exists()
