"""Of several who sign in, or try a code, at the same moment: the rules hold for all of them."""

import time
from functools import partial

import pyotp
import pytest
from django.contrib.auth.tokens import default_token_generator
from django.test import Client

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth import actions as signing_in
from leap.core.auth import one_time_codes
from leap.core.auth.models import RecoveryCode, SecondFactor
from tests.hardening.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_recovery_code_works_once(grace):
    code, *_ = signing_in.make_recovery_codes(user=grace)

    came = at_once(
        *[
            partial(signing_in.try_code, user=grace, code=code, address=f"10.0.0.{n}")
            for n in range(8)
        ]
    )

    assert came.count(True) == 1
    assert (
        Event.objects.get(kind="recovery_code.used").details["left"] == one_time_codes.HOW_MANY - 1
    )


def test_new_recovery_codes_made_twice_are_ten(grace):
    at_once(*[partial(signing_in.make_recovery_codes, user=grace)] * 6)
    assert RecoveryCode.objects.filter(user=grace).count() == one_time_codes.HOW_MANY


def test_a_code_of_the_app_works_once(grace):
    key = one_time_codes.new_key()
    SecondFactor.objects.create(user=grace, sealed_key=one_time_codes.encrypt(key), last_step=0)
    code = pyotp.TOTP(key).generate_otp(int(time.time()) // one_time_codes.EVERY)

    came = at_once(
        *[
            partial(signing_in.try_code, user=grace, code=code, address=f"10.0.0.{n}")
            for n in range(8)
        ]
    )

    assert came.count(True) == 1


def test_a_link_for_a_new_password_works_once(grace):
    token = default_token_generator.make_token(grace)

    def use(number: int) -> bool:
        mine = User.objects.get(pk=grace.pk)
        return signing_in.use_link(user=mine, token=token, password=f"a new password {number}")

    assert at_once(*[partial(use, n) for n in range(6)]).count(True) == 1
    assert Event.objects.filter(kind="password.changed").count() == 1


def test_nobody_signs_in_on_tries_beyond_the_limit(grace):
    """Tries that come all at once are counted before any of them is judged."""
    browsers = [Client(REMOTE_ADDR="10.0.0.1") for _ in range(16)]
    credentials = {"email": grace.email, "password": "wrong"}
    at_once(*[partial(browser.post, "/sign-in/", credentials) for browser in browsers])
    assert Event.objects.filter(kind="sign_in.failed").count() <= 10
