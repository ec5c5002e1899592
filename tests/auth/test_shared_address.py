"""People behind one address do not keep each other out; guessing at one account stays slow."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.auth import lockout
from leap.core.auth.models import LoginAttempt
from leap.core.outbox.models import Message
from tests.conftest import PASSWORD

HOSPITAL = "10.0.0.1"


def browser(address: str = HOSPITAL) -> Client:
    return Client(REMOTE_ADDR=address)


def sign_in(client: Client, email: str, password: str = PASSWORD) -> int:
    return client.post("/sign-in/", {"email": email, "password": password}).status_code


def forget(email: str, address: str = HOSPITAL) -> str:
    answer = browser(address).post("/sign-in/forgotten/", {"email": email})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def known(grace: User) -> Client:
    """Grace's own browser, in which she has signed in before."""
    hers = browser()
    assert sign_in(hers, grace.email) == 302
    hers.post("/sign-out/")
    return hers


def guess_at(email: str, times: int, client: Client | None = None) -> None:
    for _ in range(times):
        sign_in(client or browser(), email, "wrong")


def test_after_205_tries_from_one_address_everybody_else_there_signs_in(
    grace: User, miriam: User, sam: User
):
    whom = [f"nobody{n}@leap.example" for n in range(41)]
    LoginAttempt.objects.bulk_create(
        [
            LoginAttempt(who=lockout._hash("who", email), whence=lockout._hash("from", HOSPITAL))
            for email in whom[:35]
            for _ in range(5)
        ]
    )
    for email in whom[35:] * 5:
        forget(email)

    for user in (grace, miriam, sam):
        assert sign_in(browser(), user.email) == 302


def test_forgetting_is_no_guess(grace: User):
    for _ in range(2 * lockout.TRIES):
        forget(grace.email)
    assert sign_in(browser(), grace.email) == 302


def test_a_colleague_who_guesses_at_grace_keeps_her_out_of_new_browsers_alone(
    grace: User, known: Client
):
    guess_at(grace.email, lockout.TRIES)
    assert sign_in(browser(), grace.email) == 200
    assert sign_in(known, grace.email) == 302


def test_nor_can_guessers_from_everywhere_keep_her_out_of_her_own(
    grace: User, known: Client, monkeypatch
):
    monkeypatch.setattr(lockout, "TRIES_FROM_ANYWHERE", 4)
    for n in range(5):
        guess_at(grace.email, 1, browser(f"10.0.9.{n}"))
    assert sign_in(browser("10.0.9.99"), grace.email) == 200
    assert sign_in(known, grace.email) == 302


def test_the_second_step_is_counted_by_browser_too(grace: User, known: Client):
    account = f"code:{grace.ref}"
    for _ in range(lockout.TRIES):
        lockout.start_attempt(account, HOSPITAL)
    assert lockout.start_attempt(account, HOSPITAL) is None
    assert lockout.start_attempt(account, HOSPITAL, device="hers") is not None


def test_guessing_in_a_known_browser_is_slow_too(grace: User, known: Client):
    """Its own ten, then those of any other browser behind the address, and no more."""
    guess_at(grace.email, 2 * lockout.TRIES, known)
    assert sign_in(known, grace.email) == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(known, grace.email) == 302


def test_the_cookie_of_one_account_is_no_help_with_another(grace: User, miriam: User, known):
    guess_at(miriam.email, lockout.TRIES, known)
    assert sign_in(known, miriam.email) == 200


@pytest.mark.parametrize("forged", ["", "x", "eyJhIjoiYiJ9:1:abc"])
def test_a_forged_cookie_is_none(grace: User, forged):
    mine = browser()
    mine.cookies["device"] = forged
    guess_at(grace.email, lockout.TRIES, mine)
    assert sign_in(mine, grace.email) == 200


def test_a_browser_shared_by_many_knows_them_all(grace: User, miriam: User, sam: User):
    shared = browser()
    for user in (grace, miriam, sam):
        sign_in(shared, user.email)
        shared.post("/sign-out/")
    for user in (grace, miriam, sam):
        guess_at(user.email, lockout.TRIES)
        assert sign_in(shared, user.email) == 302
        shared.post("/sign-out/")


def test_the_cookie_is_for_the_server_alone_and_signs_nobody_in(grace: User, known: Client):
    cookie = known.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert grace.email not in cookie.value
    assert known.get("/").status_code == 302


def test_a_new_password_by_e_mail_makes_the_browser_known(grace: User):
    guess_at(grace.email, lockout.TRIES)
    forget(grace.email)
    address = Message.objects.get().body.split("http", 1)[1].split()[0].split("/", 3)[3]
    hers = browser()
    hers.get(f"/{address}")
    hers.post("/sign-in/new-password/", {"new_password": "three odd words here"})
    assert sign_in(hers, grace.email, "three odd words here") == 302


# Links for new passwords


def test_an_account_is_written_to_three_times_an_hour(grace: User):
    pages = {forget(grace.email, f"10.1.0.{n}").split("csrf")[0] for n in range(8)}
    assert len(pages) == 1
    assert Message.objects.filter(to=grace.email).count() == lockout.LINKS_TO_ONE
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        forget(grace.email)
    assert Message.objects.filter(to=grace.email).count() == lockout.LINKS_TO_ONE + 1


def test_strangers_are_not_written_to_without_limit(grace: User, monkeypatch):
    for n in range(3 * lockout.TO_STRANGERS_FROM_ONE_ADDRESS):
        forget(f"stranger{n}@else.example")
    assert Message.objects.count() == lockout.TO_STRANGERS_FROM_ONE_ADDRESS
    monkeypatch.setattr(lockout, "TO_STRANGERS", lockout.TO_STRANGERS_FROM_ONE_ADDRESS + 3)
    for n in range(9):
        forget(f"stranger{n}@another.example", f"10.2.0.{n}")
    assert Message.objects.count() < lockout.TO_STRANGERS_FROM_ONE_ADDRESS + 3


def test_strangers_do_not_use_up_what_accounts_are_sent(grace: User, miriam: User):
    for n in range(2 * lockout.TO_STRANGERS_FROM_ONE_ADDRESS):
        forget(f"stranger{n}@else.example")
    for user in (grace, miriam):
        forget(user.email)
        assert Message.objects.filter(to=user.email).exists()


def test_sent_or_held_back_known_or_not_the_same_statements_are_made(
    grace: User, django_assert_max_num_queries
):
    def statements(email: str) -> list[str]:
        with django_assert_max_num_queries(50) as queries:
            forget(email)
        return [query["sql"].split()[0] for query in queries if "SAVEPOINT" not in query["sql"]]

    forget("warm@else.example")
    first = statements(grace.email)
    assert statements("nobody@else.example") == first
    for _ in range(4):
        forget(grace.email)
        forget("nobody@else.example")
    assert statements(grace.email) == statements("nobody@else.example") == first
