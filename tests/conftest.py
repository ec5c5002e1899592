"""A fixed cast. Stockwell health visiting leads the Okafor family; nobody else can see it.

Grace is a health visitor there and Miriam her manager; Ruth is a midwife at King's, Sam a family
support worker, Dele a social worker; Asha runs the programme and Noor analyses its figures.
"""

import gc
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import time
from traceback import StackSummary, extract_stack, format_list
from typing import Any
from unittest import mock

import pytest
from django.db.backends.postgresql.operations import DatabaseOperations
from django.db.models.sql.compiler import SQLUpdateCompiler
from django.test import Client, override_settings

from families.inputs import NewPerson
from families.models import Family, Person
from families.name_normalisation import normalise_name
from families.people.actions import register_family
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Agency, Membership, Team, User
from leap.core.accounts.permissions import Discipline
from leap.core.audit.declaring import write_declared_kinds
from leap.core.reference_data.models import Postcode, Service, Site
from leap.core.rls import session as rls
from referrals.models import Pathway
from referrals.pathways.standard_pathways import write_standard_pathways

pytest_plugins = ["tests.browser"]

PASSWORD = "correct horse battery"


def pytest_collection_finish() -> None:
    """What is loaded by now stays: looking for rubbish in it again and again takes a sixth of a
    run."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(autouse=True, scope="session")
def conditions_of_updates_stand_in_their_own_table() -> Iterator[None]:
    """PostgreSQL does not look again, after waiting for another transaction, at a condition that
    stands in another table: two who press at once would both be told that they were first."""
    plain = SQLUpdateCompiler.as_sql

    def as_sql(compiler: SQLUpdateCompiler) -> tuple[str, tuple[Any, ...]]:
        sql, params = plain(compiler)
        _, _, condition = sql.partition(" WHERE ")
        if "SELECT" in condition and _is_ours(stack := extract_stack()):
            calls = "".join(format_list(stack[-12:]))
            raise AssertionError(f"lock the row, then look: see leap.core.locking\n{sql}\n{calls}")
        return sql, params

    with mock.patch.object(SQLUpdateCompiler, "as_sql", as_sql):
        yield


def _is_ours(stack: StackSummary) -> bool:
    """Whether the product, and not a test, a migration or the demonstration, asked for it."""
    root = Path(__file__).parent.parent
    files = [Path(frame.filename) for frame in stack]
    ours = [file.relative_to(root).parts for file in files if file.is_relative_to(root)]
    innermost = next(parts for parts in reversed(ours) if parts[0] != ".venv")
    return innermost[0] != "tests" and not {"migrations", "demo"} & set(innermost)


@pytest.fixture(autouse=True, scope="session")
def emptied_after_real_transactions() -> Iterator[None]:
    """Between tests with real transactions every table is emptied, the log too, which refuses it;
    and the pathways and the kinds of events, which came with migrating, are written again. Rows
    are deleted: making a hundred tables and their indexes anew would take ten times as long."""
    plain_flush = DatabaseOperations.execute_sql_flush

    def sql_flush(
        self: DatabaseOperations, _style: object, tables: list[str], **_options: Any
    ) -> list[str]:
        deleting = [f"DELETE FROM {self.quote_name(table)};" for table in tables]
        role = "SET LOCAL session_replication_role = {};"  # no triggers and no foreign keys
        return [role.format("replica"), *deleting, role.format("DEFAULT")]

    def execute_sql_flush(self: DatabaseOperations, statements: list[str]) -> None:
        plain_flush(self, statements)
        write_standard_pathways(Pathway.objects)
        write_declared_kinds(self.connection.alias)

    with (
        mock.patch.object(DatabaseOperations, "sql_flush", sql_flush),
        mock.patch.object(DatabaseOperations, "execute_sql_flush", execute_sql_flush),
    ):
        yield


@pytest.fixture(autouse=True, scope="session")
def files_of_their_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What tests attach is kept where it goes with them."""
    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files")):
        yield


@pytest.fixture
def make_team(db: None) -> Callable[..., Team]:
    def make(code: str, discipline: str = Discipline.HEALTH_VISITING, **fields: str) -> Team:
        agency, _ = Agency.objects.get_or_create(
            code=fields.pop("agency", "gstt"), defaults={"name": "Guy's and St Thomas'"}
        )
        return accounts.create_team(
            code=code,
            name=fields.pop("name", code.replace("-", " ").capitalize()),
            agency=agency,
            discipline=discipline,
            **fields,
        )

    return make


@pytest.fixture
def make_user(db: None) -> Callable[..., User]:
    def make(
        name: str, *teams: Team, role: str = Membership.Role.PRACTITIONER, **fields: str
    ) -> User:
        user = User.objects.create_user(
            f"{normalise_name(name).split()[0]}@leap.example", PASSWORD, name=name, **fields
        )
        for team in teams:
            accounts.join_team(user=user, team=team, role=role)
        return user

    return make


@pytest.fixture
def reading_as(db: None) -> Iterator[Callable[[User], None]]:
    """Say for whom the connection reads from here to the end of the test."""
    yield rls.set_reader
    rls._read_for(rls.SYSTEM)


@pytest.fixture
def stockwell(make_team: Callable[..., Team]) -> Team:
    return make_team(
        "stockwell-health-visiting",
        name="Stockwell health visiting",
        email="stockwell@leap.example",
    )


@pytest.fixture
def midwives(make_team: Callable[..., Team]) -> Team:
    return make_team(
        "kings-midwifery", Discipline.MIDWIFERY, agency="kch", email="kings@leap.example"
    )


@pytest.fixture
def family_support(make_team: Callable[..., Team]) -> Team:
    return make_team(
        "family-support", Discipline.FAMILY_SUPPORT, agency="lambeth", email="support@leap.example"
    )


@pytest.fixture
def social_work(make_team: Callable[..., Team]) -> Team:
    return make_team(
        "social-work", Discipline.SOCIAL_WORK, agency="lambeth", email="social@leap.example"
    )


@pytest.fixture
def grace(make_user: Callable[..., User], stockwell: Team) -> User:
    return make_user("Grace Mensah", stockwell)


@pytest.fixture
def miriam(make_user: Callable[..., User], stockwell: Team) -> User:
    return make_user("Miriam Levy", stockwell, role=Membership.Role.MANAGER)


@pytest.fixture
def ruth(make_user: Callable[..., User], midwives: Team) -> User:
    return make_user("Ruth Bailey", midwives)


@pytest.fixture
def sam(make_user: Callable[..., User], family_support: Team) -> User:
    return make_user("Sam Ortiz", family_support)


@pytest.fixture
def dele(make_user: Callable[..., User], social_work: Team) -> User:
    return make_user("Dele Akande", social_work)


@pytest.fixture
def asha(make_user: Callable[..., User]) -> User:
    return make_user("Asha Rao", programme_role=User.ProgrammeRole.ADMIN)


@pytest.fixture
def noor(make_user: Callable[..., User]) -> User:
    return make_user("Noor Aziz", programme_role=User.ProgrammeRole.ANALYST)


@pytest.fixture
def sw9(db: None) -> Postcode:
    """A postcode in Stockwell."""
    return Postcode.objects.create(postcode="SW9 9TX", ward_2011="E05000429", imd_decile=2)


@pytest.fixture
def okafors(grace: User, stockwell: Team, sw9: Postcode) -> Family:
    """Chidi's family: mother Ada, father Emeka, led by Stockwell health visiting."""
    return register_family(
        name="Okafor",
        lead_team=stockwell,
        by=grace,
        people=[
            NewPerson("mother", "Ada", "Okafor", date(1992, 3, 14), sex="female", postcode=sw9),
            NewPerson("father", "Emeka", "Okafor", date(1990, 7, 1), sex="male", postcode=sw9),
            NewPerson("child", "Chidi", "Okafor", date(2026, 1, 20), sex="male", postcode=sw9),
        ],
    )


@pytest.fixture
def chidi(okafors: Family) -> Person:
    return Person.objects.get(given_name="Chidi", members__family=okafors)


@pytest.fixture
def larkhall(sw9: Postcode) -> Site:
    return Site.objects.create(code="larkhall", name="Larkhall children's centre", postcode=sw9)


@pytest.fixture
def baby_massage(db: None) -> Service:
    return Service.objects.create(
        code="pairs-together-time",
        name="PAIRS Together Time",
        strand="social_and_emotional",
        kind="course",
    )


@pytest.fixture
def client_of() -> Callable[[User], Client]:
    """A browser signed in as somebody."""

    def signed_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        session = client.session
        # Noted for a good while, so that pages cost what they always cost on a slow machine, too.
        session["here_at"] = int(time()) + 5 * 60
        session.save()
        return client

    return signed_in
