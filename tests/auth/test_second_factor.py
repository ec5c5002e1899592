"""The second step: who must have it, setting it up, codes that work once, recovery codes."""

import re
from datetime import timedelta

import pyotp
import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth import actions, lockout, one_time_codes
from leap.core.auth.models import RecoveryCode, SecondFactor
from leap.core.exceptions import NotAllowed
from leap.core.outbox.models import Message
from tests.conftest import PASSWORD

START = timezone.now().replace(second=5, microsecond=0)


@pytest.fixture(autouse=True)
def clock():
    """A clock that stands still: a code is good for the whole test."""
    with time_machine.travel(START, tick=False) as clock:
        yield clock


@pytest.fixture
def key() -> str:
    return one_time_codes.new_key()


@pytest.fixture
def with_app(grace: User, key: str, clock) -> list[str]:
    """Grace has an authenticator app, set up a minute ago; her recovery codes."""
    clock.shift(-60)
    recovery = actions.set_up_second_factor(user=grace, key=key, code=now(key))
    clock.shift(60)
    return recovery


@pytest.fixture
def required(settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = True


def now(key: str) -> str:
    """What the app shows."""
    import time

    return pyotp.TOTP(key).at(int(time.time()))


def password_of(user: User, client: Client, **more: str):
    return client.post("/sign-in/", {"email": user.email, "password": PASSWORD, **more})


def send_code(client: Client, code: str):
    return client.post("/sign-in/code/", {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def key_on(page: str) -> str:
    return "".join(re.search(r'<code class="leap-key">([A-Z2-7 ]+)</code>', page)[1].split())


def set_up(client: Client, **more: str):
    """As a person does: read the key off the page, type what the app shows."""
    key = key_on(client.get("/account/second-factor/").content.decode())
    return client.post("/account/second-factor/", {"code": now(key), "proof": PASSWORD, **more})


def recovery_codes_on(page: str) -> list[str]:
    return re.findall(r"<li><code>([a-z2-9-]+)</code></li>", page)


def test_grace_sets_up_her_app_and_needs_it_from_then_on(client_of, client, grace, clock):
    page = set_up(client_of(grace)).content.decode()
    assert len(recovery_codes_on(page)) == one_time_codes.HOW_MANY
    clock.shift(60)
    assert password_of(grace, client, next="/families/").url == "/sign-in/code/?next=%2Ffamilies%2F"
    assert not is_in(client)
    key = one_time_codes.decrypt(grace.second_factor.sealed_key)
    answer = client.post("/sign-in/code/", {"code": now(key), "next": "/families/"})
    assert answer.url == "/families/"
    assert is_in(client)


def test_the_qr_code_is_an_image_that_says_the_same_as_the_key(client_of, grace):
    page = client_of(grace).get("/account/second-factor/")
    assert 'src="data:image/svg+xml' in page.content.decode()
    assert page.context["qr"] == one_time_codes.qr(
        one_time_codes.address(key_on(page.content.decode()), grace.email)
    )


def test_the_key_stays_the_same_until_its_code_is_right(client_of, grace):
    hers = client_of(grace)
    key = key_on(hers.get("/account/second-factor/").content.decode())
    wrong = hers.post("/account/second-factor/", {"code": "000000", "proof": PASSWORD})
    assert key_on(wrong.content.decode()) == key
    assert not SecondFactor.objects.exists()


def test_setting_up_asks_for_the_password(client_of, grace):
    assert set_up(client_of(grace), proof="wrong").status_code == 200
    assert not SecondFactor.objects.exists()


def test_a_code_works_once(client, grace, key, with_app):
    code = now(key)
    password_of(grace, client)
    assert send_code(client, code).status_code == 302
    client.post("/sign-out/")
    password_of(grace, client)
    assert send_code(client, code).status_code == 200
    assert not is_in(client)


def test_a_code_of_before_the_last_one_works_no_more(grace, key, with_app):
    earlier = pyotp.TOTP(key).at(START - timedelta(seconds=30))
    assert actions.try_code(user=grace, code=now(key), address="")
    assert not actions.try_code(user=grace, code=earlier, address="")


@pytest.mark.parametrize(("seconds", "good"), [(-60, False), (-30, True), (30, True), (90, False)])
def test_a_telephone_may_be_half_a_minute_off(grace, key, with_app, seconds, good):
    code = pyotp.TOTP(key).at(START + timedelta(seconds=seconds))
    assert actions.try_code(user=grace, code=code, address="") is good


def test_the_code_that_set_it_up_does_not_sign_in(grace, key):
    actions.set_up_second_factor(user=grace, key=key, code=now(key))
    assert not actions.try_code(user=grace, code=now(key), address="")


def test_codes_cannot_be_guessed(client, grace, key, with_app):
    password_of(grace, client)
    for guess in range(lockout.TRIES):
        send_code(client, f"{guess:06}")
    assert send_code(client, now(key)).status_code == 200
    assert not is_in(client)


def test_a_fresh_password_does_not_start_the_codes_count_again(client, grace, key, with_app):
    for guess in range(lockout.TRIES):
        password_of(grace, client)
        send_code(client, f"{guess:06}")
    password_of(grace, client)
    assert send_code(client, now(key)).status_code == 200


def test_the_second_step_waits_ten_minutes(client, grace, key, with_app, clock):
    password_of(grace, client)
    clock.shift(11 * 60)
    assert send_code(client, now(key)).url == "/sign-in/"


def test_a_password_changed_in_between_ends_the_first_step(client, grace, key, with_app):
    password_of(grace, client)
    actions.change_password(user=grace, password="another long password", by=grace)
    assert send_code(client, now(key)).url == "/sign-in/"


def test_the_code_page_is_for_those_who_gave_a_password(client, db):
    assert client.get("/sign-in/code/").url == "/sign-in/"


def test_a_recovery_code_works_once_whatever_its_dashes(client, grace, with_app):
    code = with_app[3].upper().replace("-", " ")
    password_of(grace, client)
    assert send_code(client, code).status_code == 302
    assert not actions.try_code(user=grace, code=code, address="")
    assert Message.objects.filter(to=grace.email, body__contains="9 left").exists()
    assert "9 left" in client.get("/account/").content.decode()


def test_recovery_codes_are_nobody_elses(with_app, sam):
    assert not actions.try_code(user=sam, code=with_app[0], address="")


def test_new_recovery_codes_end_the_old(client_of, grace, with_app):
    page = client_of(grace).post("/account/recovery-codes/", {"proof": PASSWORD})
    fresh = recovery_codes_on(page.content.decode())
    assert len(fresh) == one_time_codes.HOW_MANY
    assert not set(fresh) & set(with_app)
    assert not actions.try_code(user=grace, code=with_app[0], address="")
    assert actions.try_code(user=grace, code=fresh[0], address="")


def test_recovery_codes_come_as_a_file_and_only_ones_own(client_of, grace, with_app):
    codes = " ".join([*with_app, "<script>alert(1)</script>", "aaaa-bbbb-cccc"])
    file = client_of(grace).post("/account/recovery-codes/download/", {"codes": codes})
    assert file["Content-Disposition"] == 'attachment; filename="leap-recovery-codes.txt"'
    text = file.content.decode()
    assert all(code in text for code in with_app)
    assert "script" not in text
    assert "aaaa" not in text


def test_neither_the_key_nor_a_recovery_code_is_stored_as_it_is(grace, key, with_app):
    stored = str([*SecondFactor.objects.values(), *RecoveryCode.objects.values()])
    assert key not in stored
    assert with_app[0] not in stored


def test_a_key_sealed_under_a_secret_that_is_gone_opens_nothing(grace, key, with_app, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another secret"
    assert one_time_codes.decrypt(grace.second_factor.sealed_key) == key
    settings.SECRET_KEY_FALLBACKS = []
    assert one_time_codes.decrypt(grace.second_factor.sealed_key) == ""
    assert not actions.try_code(user=grace, code=now(key), address="")


def test_another_app_takes_the_place_of_the_first(client_of, grace, key, with_app, clock):
    clock.shift(60)
    set_up(client_of(grace))
    grace.refresh_from_db()
    clock.shift(60)
    assert not actions.try_code(user=grace, code=now(key), address="")
    assert not actions.try_code(user=grace, code=with_app[0], address="")


def test_grace_may_go_without_after_giving_her_password(client_of, grace, with_app):
    hers = client_of(grace)
    assert hers.post("/account/second-factor/remove/", {"proof": "wrong"}).status_code == 200
    assert SecondFactor.objects.exists()
    hers.post("/account/second-factor/remove/", {"proof": PASSWORD})
    assert not SecondFactor.objects.exists()
    assert not RecoveryCode.objects.exists()


def test_a_manager_is_led_to_it_before_anything_else(client, miriam, required):
    password_of(miriam, client)
    for path in ("/", "/families/", "/account/", "/account/password/"):
        assert client.get(path).url.startswith("/account/second-factor/?next=")
    assert set_up(client).status_code == 200
    assert is_in(client)


def test_an_admin_is_too_and_on_every_way_in(client, asha, required):
    password_of(asha, client)
    assert client.get("/reports/").url.startswith("/account/second-factor/")
    assert client.get("/api/v1/families/").status_code == 403
    assert client.post("/drafts/register/", {"name": "Silva"}).status_code == 409


def test_whoever_must_and_has_one_is_asked_for_its_code(client, miriam, key, required):
    """Her session began before she became a manager: it has to show a code now."""
    client.force_login(miriam)
    actions.set_up_second_factor(user=miriam, key=key, code=now(key))
    assert client.get("/").url.startswith("/sign-in/code/?next=")
    assert client.get("/account/second-factor/").url.startswith("/sign-in/code/")


def test_a_manager_cannot_go_without(client, miriam, required, client_of):
    hers = client_of(miriam)
    set_up(hers)
    assert hers.post("/account/second-factor/remove/", {"proof": PASSWORD}).status_code == 403


def test_an_admin_helps_whoever_lost_telephone_and_codes(client, client_of, grace, with_app, asha):
    hers = client_of(grace)
    actions.reset_second_factor(user=grace, by=asha)
    assert not is_in(hers)
    password_of(grace, client)
    assert is_in(client)
    assert Message.objects.filter(to=grace.email, body__contains="set up anew").exists()


@pytest.mark.parametrize("name", ["miriam", "asha"])
def test_nobody_else_resets_it_nor_an_admin_their_own(request, grace, asha, name):
    by = request.getfixturevalue(name)
    with pytest.raises(NotAllowed):
        actions.reset_second_factor(user=grace if name == "miriam" else asha, by=by)


def test_the_only_admin_is_helped_from_the_console(asha, key):
    actions.set_up_second_factor(user=asha, key=key, code=now(key))
    call_command("reset_second_factor", asha.email)
    assert not SecondFactor.objects.exists()
    assert Event.objects.get(kind="second_factor.reset").by_name == "the system"


def test_practitioners_and_analysts_need_none(client_of, grace, noor, required):
    assert is_in(client_of(grace))
    assert is_in(client_of(noor))


def test_in_the_demonstration_nobody_needs_one(client, miriam):
    password_of(miriam, client)
    assert is_in(client)


def test_all_of_it_is_in_the_log(client, client_of, grace, key, with_app):
    password_of(grace, client)
    send_code(client, "000000")
    send_code(client, now(key))
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == [
        "second_factor.set_up",
        "recovery_codes.made",
        "sign_in.failed",
        "sign_in.done",
    ]
    assert Event.objects.get(kind="sign_in.done").details == {"how": "password and code"}
