"""What speaks for two records being of one person, and what speaks against it."""

from datetime import date

import pytest
from django.db import connection

from families.inputs import NewPerson
from families.people.likeness import ENOUGH, Described, compare, phonetic_key
from families.people.match_details import newly_described
from families.people.pairing import pairs
from leap.core.reference_data.models import Postcode

BORN = date(2025, 4, 9)


def ana(**other):
    return Described(**{"given": "ana", "family": "silva", "birth_date": BORN} | other)


@pytest.mark.parametrize(
    "other",
    [
        ana(given="anna"),
        ana(family="sylva"),
        ana(birth_date=date(2025, 9, 4)),
        ana(birth_date=date(2025, 4, 8)),
        ana(given="silva", family="ana"),
        ana(family="costa", parents=frozenset({"silva"})),
        ana(family=""),
        ana(given="ane", family="silva", homes=frozenset({("SW9 9TX", "")})),
    ],
)
def test_one_person_written_in_two_ways(other):
    assert compare(ana(), other).weight >= ENOUGH
    assert len(list(pairs({1: ana(), 2: other}))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ana(given="catherine"), ana(given="kate")),
        (ana(given="elizabeth", birth_date=None, telephone="7700900123"),
         ana(given="betty", birth_date=None, telephone="7700900123")),
        (ana(birth_date=None, homes=frozenset({("SW9 9TX", "14 lingham street")})),
         ana(birth_date=None, homes=frozenset({("SW9 9TX", "14 lingam st")}))),
        (ana(nhs_number="9434765919"),
         ana(given="baby", birth_date=date(2024, 1, 1), nhs_number="9434765919")),
    ],
)  # fmt: skip
def test_nicknames_telephones_addresses_and_numbers(one, other):
    assert compare(one, other).weight >= ENOUGH
    assert len(list(pairs({1: one, 2: other}))) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ana(homes=frozenset({("SW9 9TX", "1 a")})),
         ana(given="maya", homes=frozenset({("SW9 9TX", "1 a")}))),
        (ana(), ana(given="anabela")),
        (ana(), ana(birth_date=date(2023, 1, 30))),
        (ana(nhs_number="9434765919"), ana(nhs_number="9990000018")),
        (ana(sex="female"), ana(sex="male")),
        (ana(birth_date=None), ana(birth_date=None)),
        (ana(), ana(given="bruno", family="costa")),
    ],
)  # fmt: skip
def test_twins_cousins_namesakes_and_strangers_are_two(one, other):
    assert compare(one, other).weight < ENOUGH
    assert list(pairs({1: one, 2: other})) == []


def test_no_fixed_abode_is_not_a_home_in_common():
    nowhere = Postcode(postcode="ZZ99 3VZ")
    known = newly_described(NewPerson("child", "Ana", "Silva", BORN, postcode=nowhere), [])

    assert known.homes == frozenset()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    ["siobhan", "mohammed ali", "phyllis quick", "caoimhe", "gerrard", "wang xiao ming", "mhmd",
     "aaliyah", "tchaikovsky", "schmidt", "djibril", "jessica yeung", "o", "hh"],
)  # fmt: skip
def test_names_sound_the_same_here_and_in_the_database(name):
    with connection.cursor() as cursor:
        cursor.execute("SELECT leap_phonetic_name(%s)", [name])
        assert cursor.fetchone()[0].strip() == phonetic_key(name)
