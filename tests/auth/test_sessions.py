"""Where one is signed in: seen, ended, and ended for somebody who has left."""

from time import time

import pytest
from django.test import Client
from rest_framework.authtoken.models import Token

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth import actions, devices
from leap.core.auth.models import UserSession
from tests.conftest import PASSWORD

WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) {}"
CHROME = WINDOWS.format("Chrome/140.0.0.0 Safari/537.36")
EDGE = WINDOWS.format("Chrome/140.0.0.0 Safari/537.36 Edg/140.0")
IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15"
    " (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1"
)


@pytest.fixture
def enter():
    """A browser in which somebody signed in as people do."""

    def signed_in(user: User, agent: str = CHROME) -> Client:
        client = Client(headers={"User-Agent": agent})
        client.post("/sign-in/", {"email": user.email, "password": PASSWORD})
        return client

    return signed_in


def is_in(client: Client) -> bool:
    return client.get("/account/").status_code == 200


def ref_of(client: Client) -> str:
    return UserSession.objects.get(pk=client.cookies["sessionid"].value).ref


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome on Windows"),
        (EDGE, "Edge on Windows"),
        (IPHONE, "Safari on iPhone"),
        ("curl/8", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_called_what_people_call_it(agent, words):
    assert devices.in_words(agent) == words


def test_grace_sees_her_desk_and_her_telephone_and_nobody_elses(enter, grace: User, sam: User):
    desk, _, _ = enter(grace), enter(grace, IPHONE), enter(sam, EDGE)
    page = desk.get("/account/").content.decode()
    assert "Chrome on Windows" in page
    assert "Safari on iPhone" in page
    assert "Edge on Windows" not in page
    assert page.count("This one") == 1


def test_no_key_of_a_session_is_on_the_page(enter, grace: User):
    desk, telephone = enter(grace), enter(grace, IPHONE)
    page = desk.get("/account/").content.decode()
    assert telephone.cookies["sessionid"].value not in page
    assert ref_of(telephone) in page


def test_grace_ends_the_one_on_the_telephone_she_lost(enter, grace: User):
    desk, telephone = enter(grace), enter(grace, IPHONE)
    desk.post(f"/account/sessions/{ref_of(telephone)}/end/")
    assert not is_in(telephone)
    assert is_in(desk)
    assert Event.objects.filter(kind="session.ended", by_ref=str(grace.ref)).exists()


def test_grace_ends_all_but_this_one(enter, grace: User):
    desk, others = enter(grace), [enter(grace, IPHONE), enter(grace, EDGE)]
    desk.post("/account/sessions/end-others/")
    assert is_in(desk)
    assert not any(is_in(one) for one in others)


def test_nobody_ends_somebody_elses(enter, grace: User, sam: User):
    hers = enter(grace)
    enter(sam).post(f"/account/sessions/{ref_of(hers)}/end/")
    assert is_in(hers)


def test_since_stays_and_last_seen_goes_on(enter, grace: User):
    import time_machine

    desk = enter(grace)
    began = UserSession.objects.get(ref=ref_of(desk))
    with time_machine.travel(time() + 600):
        desk.get("/account/")
        later = UserSession.objects.get(ref=ref_of(desk))
    assert later.since_at == began.since_at
    assert (later.seen_at - began.seen_at).total_seconds() >= 600


def test_somebody_who_has_left_is_out_at_once_and_stays_out(enter, grace: User, asha: User):
    hers, token = enter(grace), Token.objects.create(user=grace)
    system = Client(headers={"Authorization": f"Token {token.key}"})
    assert system.get("/api/v1/sites/").status_code == 200
    User.objects.filter(pk=grace.pk).update(is_active=False)
    assert not is_in(hers)
    assert system.get("/api/v1/sites/").status_code == 401
    actions.shut_out(user=grace, by=asha)
    User.objects.filter(pk=grace.pk).update(is_active=True)
    assert not is_in(hers)
    assert system.get("/api/v1/sites/").status_code == 401


def test_signing_out_ends_it_in_the_database_too(enter, grace: User):
    hers = enter(grace)
    hers.post("/sign-out/")
    assert not UserSession.objects.filter(user=grace).exists()
    assert Event.objects.filter(kind="sign_in.ended").exists()


def test_what_has_ended_is_cleared_out(enter, grace: User):
    import time_machine

    enter(grace)
    with time_machine.travel(time() + 31 * 60):
        actions.clear_out()
    assert not UserSession.objects.exists()
