"""Names outside Latin script are found, misspelt and in either order, and suggested as doubles."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import psycopg2
import pytest

from families.inputs import NewPerson
from families.models import Family, Involvement, Member, Person
from families.name_normalisation import normalise_name
from families.people import actions, duplicates
from families.people.search import read, search
from leap.casework.merging import suggestions
from leap.core.encoding import keeps_every_script
from tests.app_processes import database_url
from tests.families.names_of_scripts import labelled

ENOUGH = 0.99
SCRIPTS = [
    ("عبد الرحمن", "الزهراني", "عبدالرحمن", "الزهرني"),
    ("সুনীতা", "চক্রবর্তী", "সুনিতা", "চক্রবর্তি"),
    ("ትዕግስት", "ገብረማርያም", "ትግስት", "ገብረማሪያም"),
    ("小明", "欧阳", "小名", "歐陽"),
    ("Γιώργος", "Παπαδόπουλος", "Γιωργος", "Παπαδοπουλος"),
    ("Наталья", "Ковальчук", "Наталия", "Ковалчук"),
    ("கார்த்திக்", "சுப்பிரமணியம்", "கார்திக்", "சுப்ரமணியம்"),
    ("สุภาพร", "วงศ์สวัสดิ์", "สุภาภร", "วงสวัสดิ์"),
    ("सुनीता", "विश्वकर्मा", "सुनिता", "विश्वकरमा"),
    ("ਗੁਰਪ੍ਰੀਤ", "ਢਿੱਲੋਂ", "ਗੁਰਪਰੀਤ", "ਢਿੱਲੋ"),
    ("ნინო", "ბერიძე", "ნინო", "ბერიზე"),
    ("민준", "김", "민준", "김"),
]


@pytest.fixture
def everybody(grace, stockwell) -> None:
    """A family for each of the names, all of one team."""
    listed = [(given_name, family) for given_name, family, _ in labelled()]
    families = Family.objects.bulk_create(
        Family(ref=f"LB-{n:05}", name=family, lead_team=stockwell)
        for n, (_, family) in enumerate(listed)
    )
    people = Person.objects.bulk_create(
        Person(ref=f"P-{n:08}", given_name=given_name, family_name=family)
        for n, (given_name, family) in enumerate(listed)
    )
    Member.objects.bulk_create(
        Member(family=family, person=person, role="mother")
        for family, person in zip(families, people, strict=True)
    )
    Involvement.objects.bulk_create(
        Involvement(family=family, team=stockwell, reason="registered") for family in families
    )


def test_nearly_all_are_among_the_first_three(everybody, grace):
    queries = [
        (given_name, family, typed) for given_name, family, ways in labelled() for typed in ways
    ]
    missed = []
    for given_name, family, typed in queries:
        first = search(read(typed), user=grace)[:3]
        people = Person.objects.filter(members__family__in=first)
        if not people.filter(given_name=given_name, family_name=family).exists():
            missed.append(f"{typed} for {given_name} {family}")
    share = 1 - len(missed) / len(queries)
    print(f"{len(queries)} queries, {share:.1%} in the first three; missed: {missed}")

    assert len(queries) >= 100
    assert share >= ENOUGH, missed


@pytest.fixture
def registered(grace, stockwell):
    """Register one person in a family that is called by their family name."""

    def register(given_name: str, family: str, **fields: object) -> Family:
        person = NewPerson("child", given_name, family, date(2026, 2, 3), **fields)
        return actions.register_family(name=family, lead_team=stockwell, by=grace, people=[person])

    return register


@pytest.mark.parametrize(("given_name", "family", "misheard", "misspelt"), SCRIPTS)
def test_one_is_found_in_either_order_and_suggested_as_a_double(
    registered, grace, given_name, family, misheard, misspelt
):
    known = registered(given_name, family)
    registered("Unrelated", "Otherwise")

    for typed in (f"{misheard} {misspelt}", f"{misspelt} {misheard}", family, f"{given_name}"):
        assert search(read(typed), user=grace)[:1] == [known], typed
    again = NewPerson("child", misheard, misspelt, date(2026, 2, 3))
    assert [a.member.family for a in duplicates.possible_duplicates([again], user=grace)] == [known]


@pytest.mark.parametrize(("given_name", "family", "misheard", "misspelt"), SCRIPTS)
def test_two_records_of_one_are_offered_for_merging(
    registered, grace, given_name, family, misheard, misspelt
):
    registered(given_name, family)
    registered(misheard, misspelt)

    (pair,) = suggestions.pairs(grace)

    assert {pair.one.family_name, pair.other.family_name} == {family, misspelt}


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("শ্রীযুক্ত", "shriyukt"),
        ("Ольга", "olga"),
        ("مُحَمَّد", "mhmd"),
        ("\u200bAda\u200b", "ada"),
        ("क\u200dमल", "kml"),
        ("王小明", "wang xiao ming"),
        ("\U0001e900", "a"),
        ("Zoë O’Hara", "zoe ohara"),
        ("😀", ""),
    ],
)
def test_a_key_is_in_plain_latin_letters(name, key):
    assert normalise_name(name) == key
    assert normalise_name(name).isascii()


def test_a_family_is_found_by_what_it_is_called(registered, grace):
    family = registered("Unrelated", "Otherwise")
    family.name = "Ковальчук"
    family.save()

    assert search(read("ковалчук"), user=grace) == [family]


def test_a_database_of_another_encoding_is_refused_in_a_sentence(django_db_setup):
    with latin1() as url:
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--noinput"],
            env={**os.environ, "DATABASE_URL": url, "DEMO": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    assert done.returncode != 0
    output = " ".join((done.stdout + done.stderr).split())
    assert "The database keeps text as LATIN1, in which most names cannot be written." in output
    assert "ENCODING 'UTF8'" in output


@pytest.mark.django_db
def test_the_database_we_have_keeps_every_script():
    assert keeps_every_script(databases=["default"]) == []


@contextmanager
def latin1() -> Iterator[str]:
    """A database that somebody made with the encoding of another age."""
    name = "in_latin1"
    server = psycopg2.connect(database_url())
    server.autocommit = True
    try:
        with server.cursor() as cursor:
            cursor.execute(f"DROP DATABASE IF EXISTS {name}")
            cursor.execute(
                f"CREATE DATABASE {name} ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
            )
            yield database_url().rpartition("/")[0] + f"/{name}"
            cursor.execute(f"DROP DATABASE {name}")
    finally:
        server.close()
