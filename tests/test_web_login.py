"""The login that web processes have in production."""

import psycopg2
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

LOGIN = "leap_pages_of_the_tests"


@pytest.fixture
def web(transactional_db, monkeypatch):
    """A connection as a web process makes it, with a login that owns nothing."""
    monkeypatch.setenv("WEB_PASSWORD", "letters and 1 digit")
    call_command("web_login", LOGIN, verbosity=0)
    call_command("web_login", LOGIN, verbosity=0)  # again: nothing breaks
    settings = connection.get_connection_params()
    login = psycopg2.connect(
        host=settings.get("host"),
        port=settings.get("port"),
        dbname=settings["dbname"],
        user=LOGIN,
        password="letters and 1 digit",
        options="-c role=leap_web",
    )
    yield login
    login.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP ROLE {LOGIN}")


def test_pages_see_nobody_until_they_say_who_reads(web, okafors, grace):
    with web.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM families_person")
        assert cursor.fetchone() == (0,)
        keys = ",".join(map(str, grace.access_keys))
        cursor.execute("SELECT set_config('leap.access_keys', %s, false)", [keys])
        cursor.execute("SELECT count(*) FROM families_person")
        assert cursor.fetchone() == (3,)


def test_pages_cannot_bypass_row_level_security(web, okafors):
    with web.cursor() as cursor:
        cursor.execute("SET ROLE NONE")
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            cursor.execute("SELECT count(*) FROM families_person")


@pytest.mark.django_db
def test_a_login_without_a_password_is_not_made(monkeypatch):
    monkeypatch.delenv("WEB_PASSWORD", raising=False)
    with pytest.raises(CommandError, match="WEB_PASSWORD"):
        call_command("web_login", LOGIN)
