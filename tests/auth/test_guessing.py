"""Guessing is slowed down, and tells nobody who has an account."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone
from redis.exceptions import ConnectionError as Unreachable

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth import lockout
from leap.core.auth.models import LoginAttempt
from tests.conftest import PASSWORD


def send(email: str, password: str, address: str = "10.0.0.1"):
    headers = {"REMOTE_ADDR": address}
    return Client(**headers).post("/sign-in/", {"email": email, "password": password})


def page_without_input(answer) -> str:
    """The page, without what differs between any two: the token, and what was typed."""
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", answer.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", page)


def guess_at(email: str, times: int = lockout.TRIES, address: str = "10.0.0.1") -> None:
    for _ in range(times):
        send(email, "wrong", address)


def test_after_ten_wrong_passwords_even_the_right_one_has_to_wait(grace: User):
    guess_at(grace.email)
    assert send(grace.email, PASSWORD).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert send(grace.email, PASSWORD).status_code == 302


def test_trying_on_does_not_make_the_wait_longer(grace: User):
    guess_at(grace.email, 2 * lockout.TRIES)
    assert LoginAttempt.objects.count() == lockout.TRIES


def test_a_right_password_starts_the_count_again(grace: User):
    guess_at(grace.email, lockout.TRIES - 1)
    assert send(grace.email, PASSWORD).status_code == 302
    guess_at(grace.email, lockout.TRIES - 1)
    assert send(grace.email, PASSWORD).status_code == 302


def test_guessing_at_grace_locks_out_neither_miriam_nor_grace_elsewhere(grace: User, miriam: User):
    guess_at(grace.email)
    assert send(miriam.email, PASSWORD).status_code == 302
    assert send(grace.email, PASSWORD, address="10.0.0.2").status_code == 302


def test_guessing_at_one_account_from_many_places_is_slowed_down_too(grace: User, monkeypatch):
    monkeypatch.setattr(lockout, "TRIES_FROM_ANYWHERE", 6)
    for place in range(6):
        guess_at(grace.email, 1, f"10.0.1.{place}")
    assert send(grace.email, PASSWORD, address="10.0.2.1").status_code == 200


def test_many_wrong_tries_from_one_address_leave_fewer_for_each_account(
    grace: User, miriam: User, monkeypatch
):
    monkeypatch.setattr(lockout, "MANY_FROM_ONE_ADDRESS", 6)
    for one in range(6):
        guess_at(f"somebody{one}@leap.example", 1)
    guess_at(grace.email, lockout.FEWER_TRIES)
    assert send(grace.email, PASSWORD).status_code == 200
    assert send(miriam.email, PASSWORD).status_code == 302


def test_unknown_left_wrong_and_locked_get_the_same_page(grace: User, sam: User, ruth: User):
    User.objects.filter(pk=sam.pk).update(is_active=False)
    guess_at(ruth.email)
    pages = {
        page_without_input(send(email, password))
        for email, password in [
            (grace.email, "wrong"),
            ("nobody@leap.example", "wrong"),
            (sam.email, PASSWORD),
            (ruth.email, PASSWORD),
        ]
    }
    assert len(pages) == 1


def test_unknown_left_and_locked_cost_one_hash_as_wrong_does(
    grace: User, sam: User, ruth: User, settings, monkeypatch
):
    """What an answer costs does not tell who has an account: hashing is nearly all of it."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    for user in (grace, sam, ruth):
        user.set_password(PASSWORD)
        user.is_active = user != sam
        user.save()
    guess_at(ruth.email)
    hashes: list[str] = []
    for name in ("encode", "verify"):
        real = getattr(Argon2PasswordHasher, name)

        def counted(*args, _real=real, _name=name, **kwargs):
            hashes.append(_name)
            return _real(*args, **kwargs)

        monkeypatch.setattr(Argon2PasswordHasher, name, counted)
    for email in (grace.email, "nobody@leap.example", sam.email, ruth.email):
        hashes.clear()
        send(email, "wrong")
        assert len(hashes) == 1, email


@pytest.mark.django_db(transaction=True)
def test_tries_that_come_all_at_once_are_counted_one_by_one():
    def one(_: int) -> bool:
        try:
            return lockout.start_attempt("grace@leap.example", "10.0.0.1") is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as crowd:
        assert sum(crowd.map(one, range(40))) <= lockout.TRIES


def test_a_cache_that_is_down_switches_nothing_off(grace: User, monkeypatch):
    def unreachable(*args: object, **kwargs: object) -> None:
        raise Unreachable

    for name in ("get", "add", "incr", "delete", "set"):
        monkeypatch.setattr(type(cache._connections["default"]), name, unreachable)
    guess_at(grace.email)
    assert send(grace.email, PASSWORD).status_code == 200


def test_failures_are_in_the_log_without_what_was_typed(grace: User):
    send(grace.email, "my-wrong-secret")
    send("stranger@leap.example", "my-wrong-secret")
    known, unknown = Event.objects.filter(kind="sign_in.failed").order_by("pk")
    assert (known.subject_ref, unknown.subject_ref) == (str(grace.ref), "")
    assert (known.by_ref, known.details) == ("", {"at": "password"})
    assert "stranger" not in str(vars(unknown))


def test_behind_the_front_places_are_told_apart_by_what_it_says(grace: User, settings, rf):
    from leap.core.http import address_of

    request = rf.get("/", headers={"X-Forwarded-For": "6.6.6.6, 10.1.2.3"})
    settings.SECURE = True
    assert address_of(request) == "10.1.2.3"
    settings.SECURE = False  # nobody in front: anybody could say so
    assert address_of(request) == "127.0.0.1"


def test_old_guesses_are_thrown_away(grace: User):
    guess_at(grace.email, 2)
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert lockout.forget_old() == 2
