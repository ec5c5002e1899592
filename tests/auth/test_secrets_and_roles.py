"""As the pages' role: nobody reads another's secrets, changes who may do what, or signs the log
in another's name. Asked of the database itself, without any of our querysets."""

import pyotp
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from rest_framework.authtoken.models import Token

from leap.core.accounts.models import Membership, User
from leap.core.audit.models import Event
from leap.core.auth import actions, one_time_codes
from leap.core.auth.models import UserSession
from leap.core.outbox.actions import queue_email
from leap.core.outbox.models import Message
from leap.core.rls import session as rls
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db

REFUSED = "insufficient_privilege"
SQLSTATE = "42501"


def rows(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def attempt(statement, *values):
    """What comes of it: rows, a number of rows, or that the database refused."""
    try:
        with transaction.atomic():
            return rows(statement, *values)
    except DatabaseError as error:
        return REFUSED if error.__cause__.pgcode == SQLSTATE else str(error)


@pytest.fixture
def secrets(miriam):
    """Miriam has each kind of secret: a password, a session, a token, an app and its codes."""
    Client().force_login(miriam)
    Token.objects.create(user=miriam)
    key = one_time_codes.new_key()
    assert actions.set_up_second_factor(user=miriam, key=key, code=pyotp.TOTP(key).now())
    return miriam


SECRETS = {
    "accounts_credential": "user_id",
    "leap_auth_usersession": "user_id",
    "leap_auth_secondfactor": "user_id",
    "leap_auth_recoverycode": "user_id",
    "authtoken_token": "user_id",
}


@pytest.mark.parametrize("table", SECRETS)
def test_a_colleague_reads_no_secret_and_ends_none(table, secrets, grace, reading_as):
    from_clause = f"FROM {table} WHERE user_id = %s"
    assert rows(f"SELECT count(*) {from_clause}", secrets.pk)[0][0] > 0

    reading_as(grace)

    assert attempt(f"SELECT count(*) {from_clause}", secrets.pk) == [(0,)]
    assert attempt(f"SELECT count(*) FROM {table}") in ([(0,)], [(1,)])  # her own at most
    assert attempt(f"DELETE {from_clause}", secrets.pk) == 0
    assert attempt(f"UPDATE {table} SET user_id = user_id WHERE user_id = %s", secrets.pk) == 0
    assert attempt(f"UPDATE {table} SET user_id = %s", secrets.pk) in (0, REFUSED)


def test_nor_does_an_admin(secrets, asha, reading_as):
    reading_as(asha)

    for table in SECRETS:
        assert attempt(f"SELECT count(*) FROM {table} WHERE user_id = %s", secrets.pk) == [(0,)]


def test_nor_whoever_is_signed_out(secrets, reading_as):
    rls._read_for(rls.NOBODY)
    try:
        for table in SECRETS:
            assert attempt(f"SELECT count(*) FROM {table}") == [(0,)]
    finally:
        rls._read_for(rls.SYSTEM)


def test_a_password_is_not_among_what_is_known_of_colleagues(grace):
    columns = rows(
        "SELECT column_name FROM information_schema.columns WHERE table_name = 'accounts_user'"
    )
    assert ("password",) not in columns


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_credential VALUES (%(other)s, 'x')"
        " ON CONFLICT (user_id) DO UPDATE SET password = 'x'",
        "INSERT INTO leap_auth_recoverycode (user_id, digest) VALUES (%(other)s, 'x')",
        "INSERT INTO leap_auth_secondfactor (user_id, sealed_key, last_step, set_up_at)"
        " VALUES (%(other)s, 'x', 0, now()) ON CONFLICT (user_id) DO UPDATE SET sealed_key = 'x'",
        "INSERT INTO authtoken_token VALUES ('x', now(), %(other)s)",
        "INSERT INTO authtoken_token VALUES ('x', now(), %(me)s)",
        "INSERT INTO leap_auth_usersession (session_key, session_data, expire_date, user_id,"
        " device, since_at, seen_at, ref)"
        " VALUES ('x', '', now(), %(other)s, '', now(), now(), 'x')",
        "INSERT INTO outbox_draft (user_id, form, fields, saved_at)"
        " VALUES (%(other)s, '/', '{}', now())",
        "INSERT INTO outbox_idempotencykey (user_id, key, route, answer, made_at)"
        " VALUES (%(other)s, 'x', '/', '{}', now())",
        "SELECT leap_forget_password(%(other)s)",
        "SELECT leap_end_sessions(%(other)s)",
        "SELECT leap_end_tokens(%(other)s)",
        "SELECT leap_forget_second_factor(%(other)s)",
        "SELECT body FROM outbox_message",
        "SELECT * FROM outbox_message",
        "UPDATE outbox_message SET body = ''",
        "DELETE FROM outbox_message",
        'INSERT INTO outbox_message (channel, "to", subject, body, made_at, attempts,'
        " last_error) VALUES ('email', 'a@b.example', '', 'x', now(), 0, '') RETURNING body",
    ],
)
def test_a_page_writes_no_secret_of_anybody_else(statement, secrets, grace, reading_as):
    reading_as(grace)

    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as c:
        c.execute(statement, {"other": secrets.pk, "me": grace.pk})
    assert refused.value.__cause__.pgcode == SQLSTATE


def test_a_message_is_written_by_anybody_and_its_body_read_by_no_page(grace, asha, reading_as):
    reading_as(grace)
    queue_email(to="ruth@leap.example", subject="A link", body="https://leap.example/secret")
    assert attempt("SELECT count(*) FROM outbox_message") == [(0,)]

    reading_as(asha)
    assert Message.objects.without_body().get().subject == "A link"
    assert attempt("SELECT body FROM outbox_message") == REFUSED


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET programme_role = 'admin' WHERE id = %(me)s",
        "UPDATE accounts_user SET programme_role = 'analyst' WHERE id = %(other)s",
        "UPDATE accounts_user SET is_superuser = true WHERE id = %(me)s",
        "UPDATE accounts_user SET is_active = false WHERE id = %(other)s",
        "UPDATE accounts_user SET email = 'x@leap.example' WHERE id = %(other)s",
        "UPDATE accounts_user SET email = 'x@leap.example' WHERE id = %(me)s",
        "UPDATE accounts_user SET ref = gen_random_uuid() WHERE id = %(me)s",
        "DELETE FROM accounts_user WHERE id = %(other)s",
        "INSERT INTO accounts_user (email, name, programme_role, telephone, home_postcode,"
        " is_superuser, is_active, joined_at, ref, has_password, credential_version)"
        " VALUES ('x@leap.example', 'X', 'admin', '', '', false, true, now(), gen_random_uuid(),"
        " false, gen_random_uuid())",
        "UPDATE accounts_membership SET role = CASE role WHEN 'manager' THEN 'practitioner'"
        " ELSE 'manager' END WHERE user_id = %(me)s",
        "UPDATE accounts_membership SET team_id = %(team)s WHERE user_id = %(me)s",
        "UPDATE accounts_membership SET user_id = %(me)s WHERE user_id = %(other)s",
        "DELETE FROM accounts_membership WHERE user_id = %(other)s",
        "INSERT INTO accounts_membership (user_id, team_id, role, started_on)"
        " VALUES (%(me)s, %(team)s, 'practitioner', current_date)",
        "INSERT INTO accounts_user_groups (user_id, group_id)"
        " SELECT %(me)s, group_id FROM accounts_team WHERE id = %(team)s",
        "INSERT INTO accounts_user_groups (user_id, group_id)"
        " SELECT %(me)s, group_id FROM accounts_team WHERE id = %(team)s ON CONFLICT DO NOTHING",
        "DELETE FROM accounts_user_groups WHERE user_id = %(other)s",
        "UPDATE accounts_team SET agency_id = agency_id, name = 'x' WHERE id = %(team)s",
        "INSERT INTO auth_group (name) VALUES ('x')",
        "INSERT INTO accounts_agency (code, name) VALUES ('x', 'x')",
        "INSERT INTO accounts_user_user_permissions (user_id, permission_id) VALUES (%(me)s, 1)",
        "UPDATE auth_permission SET codename = 'x'",
        "ALTER TABLE accounts_user DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "TRUNCATE accounts_membership",
        "SELECT pg_read_file('PG_VERSION')",
    ],
)
@pytest.mark.parametrize("role", ["practitioner", "manager"])
def test_a_page_changes_nobodys_role_or_team(
    statement, role, grace, miriam, ruth, midwives, reading_as
):
    reading_as(miriam if role == "manager" else grace)
    named = {"me": (miriam if role == "manager" else grace).pk, "other": ruth.pk}

    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as c:
        c.execute(statement, {**named, "team": midwives.pk})
    assert refused.value.__cause__.pgcode == SQLSTATE


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accounts_user SET programme_role = '' WHERE id = %(me)s",
        "UPDATE accounts_user SET is_superuser = true WHERE id = %(other)s",
        "UPDATE accounts_user SET is_active = false WHERE id = %(me)s",
        "INSERT INTO accounts_membership (user_id, team_id, role, started_on)"
        " VALUES (%(me)s, %(team)s, 'manager', current_date)",
        "INSERT INTO accounts_user_groups (user_id, group_id)"
        " SELECT %(me)s, group_id FROM accounts_team WHERE id = %(team)s",
    ],
)
def test_nor_does_an_admin_their_own(statement, asha, grace, midwives, reading_as):
    reading_as(asha)

    values = {"me": asha.pk, "other": grace.pk, "team": midwives.pk}
    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as c:
        c.execute(statement, values)
    assert refused.value.__cause__.pgcode == SQLSTATE


def test_an_admin_changes_somebody_elses(asha, grace, midwives, reading_as):
    reading_as(asha)

    User.objects.filter(pk=grace.pk).update(programme_role="analyst")
    Membership.objects.create(user=grace, team=midwives)
    grace.refresh_from_db()
    assert grace.programme_role == "analyst"


def test_somebody_who_left_is_admin_no_longer(asha, grace, reading_as):
    User.objects.filter(pk=asha.pk).update(is_active=False)
    reading_as(asha)

    changed = "UPDATE accounts_user SET programme_role = 'analyst' WHERE id = %s"
    assert attempt(changed, grace.pk) == REFUSED


EVENT = (
    "INSERT INTO audit_event (at, kind, by_ref, by_name, team_code, family_ref, subject_type,"
    " subject_ref, details, chain, position, previous_hash, hash)"
    " VALUES (now(), %(kind)s, %(ref)s, %(name)s, '', '', '', '', '{}', %(chain)s, 0, '', '')"
)


@pytest.mark.parametrize(
    "forged",
    [
        {"ref": "ruth"},
        {"ref": "", "name": "Ruth Bailey"},
        {"ref": "", "name": "the system"},
        {"ref": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_an_event_in_anothers_name_is_refused(forged, grace, ruth, reading_as):
    values = {"kind": "family.opened", "name": ruth.name, "chain": "system", **forged}
    values["ref"] = str(ruth.ref) if values["ref"] == "ruth" else values["ref"]
    reading_as(grace)

    with pytest.raises(DatabaseError) as refused, transaction.atomic(), connection.cursor() as c:
        c.execute(EVENT, values)
    assert refused.value.__cause__.pgcode == SQLSTATE


def test_an_event_says_truly_who_did_it_and_stands_in_their_chain(grace, ruth, reading_as):
    reading_as(grace)
    values = {
        "kind": "family.opened",
        "ref": str(grace.ref),
        "name": ruth.name,
        "chain": f"by:{ruth.ref}",
    }
    with connection.cursor() as cursor:
        cursor.execute(EVENT, values)

    event = Event.objects.get(by_ref=grace.ref)
    assert (event.by_name, event.chain) == (grace.name, f"by:{grace.ref}")


@pytest.fixture
def as_pages(settings):
    """Requests leave the connection with the pages' role, as in a process that serves pages."""
    settings.WEB = True
    yield
    rls._read_for(rls.SYSTEM)


def test_signing_in_changing_the_password_and_going_work_in_a_process_of_pages(grace, as_pages):
    browser = Client()
    fields = {"email": grace.email, "password": PASSWORD}
    assert browser.post("/sign-in/", fields).status_code == 302
    new = {"proof": PASSWORD, "new_password": "three unlike words"}
    assert browser.post("/account/password/", new).status_code == 302
    assert browser.get("/account/").status_code == 200
    assert browser.post("/sign-out/").status_code == 302
    assert browser.post("/sign-in/", fields).status_code == 200
    assert (
        browser.post("/sign-in/", {**fields, "password": "three unlike words"}).status_code == 302
    )
    assert UserSession.objects.filter(user=grace).exists()


def test_a_token_works_in_a_process_of_pages(grace, as_pages):
    token = Token.objects.create(user=grace)
    system = Client(headers={"authorization": f"Token {token.key}"})
    rls._read_for(rls.NOBODY)
    assert system.get("/api/v1/families/").status_code == 200
    wrong = Client(headers={"authorization": "Token wrong"})
    assert wrong.get("/api/v1/families/").status_code == 401
