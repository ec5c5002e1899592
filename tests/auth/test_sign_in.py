"""Signing in and out."""

import pytest
from django.test import Client

from leap.core.accounts.models import User
from leap.core.auth.models import UserSession
from leap.ops.runtime.up import SIGN_INS
from tests.conftest import PASSWORD

WRONG = "The e-mail address or the password is not right."


def send(client: Client, email: str, password: str, **more: str):
    return client.post("/sign-in/", {"email": email, "password": password, **more})


def test_grace_signs_in_and_goes_on_to_where_she_was_heading(client: Client, grace: User):
    answer = send(client, "Grace@LEAP.example", PASSWORD, next="/families/LB-7K3M9/")
    assert (answer.status_code, answer.url) == (302, "/families/LB-7K3M9/")
    assert client.session["_auth_user_id"] == str(grace.pk)


def test_a_page_opened_signed_out_leads_to_signing_in_and_back(client: Client, grace: User):
    assert client.get("/sign-in/?next=/referrals/").context["next"] == "/referrals/"


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "https:///evil"]
)
def test_signing_in_never_leads_elsewhere(client: Client, grace: User, elsewhere: str):
    assert client.get("/sign-in/", {"next": elsewhere}).context["next"] == ""


def test_a_wrong_password_and_an_unknown_email_get_the_same_answer(client: Client, grace: User):
    known = send(client, grace.email, "wrong")
    unknown = send(client, "nobody@leap.example", "wrong")
    assert WRONG in known.content.decode()
    assert WRONG in unknown.content.decode()


def test_what_was_typed_comes_back_but_never_the_password(client: Client, grace: User):
    page = send(client, grace.email, "my-wrong-secret").content.decode()
    assert grace.email in page
    assert "my-wrong-secret" not in page


def test_somebody_who_has_left_cannot_sign_in(client: Client, grace: User):
    User.objects.filter(pk=grace.pk).update(is_active=False)
    assert WRONG in send(client, grace.email, PASSWORD).content.decode()


def test_signing_in_gives_the_browser_a_new_key(client: Client, grace: User):
    """Whoever had planted the old one is not signed in with it."""
    client.get("/sign-in/provider/")
    session = client.session
    session["planted"] = True
    session.save()
    before = client.cookies["sessionid"] = session.session_key
    send(client, grace.email, PASSWORD)
    assert client.cookies["sessionid"].value != before
    assert not UserSession.objects.filter(pk=before).exists()


def test_whoever_is_in_at_once_goes_on(client: Client, grace: User):
    send(client, grace.email, PASSWORD)
    assert client.get("/sign-in/?next=/families/").url == "/families/"


def test_signing_out_takes_a_form_and_ends_the_session(client: Client, grace: User):
    client.force_login(grace)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").url == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_roles_to_look_around_as_are_listed_in_demonstration_only(client: Client, db, settings):
    settings.DEMO = True
    listed = client.get("/sign-in/").content.decode()
    assert all(f"{name}@leap.example" in listed for name in SIGN_INS)
    assert listed.index("champion@leap.example") < listed.index("dataquality@leap.example")
    settings.DEMO = False
    page = client.get("/sign-in/").content.decode()
    assert "leap-demo" not in page
    assert "leap.example" not in page
