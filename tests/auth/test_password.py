"""Changing a password, and a new one for somebody who has forgotten theirs."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth.lockout import LINKS_TO_ONE
from leap.core.outbox.actions import deliver_waiting
from leap.core.outbox.models import Message
from tests.conftest import PASSWORD

NEW = "three unrelated words here"


def signs_in(user: User, password: str) -> bool:
    answer = Client().post("/sign-in/", {"email": user.email, "password": password})
    return answer.status_code == 302


def ask(email: str, **headers: str):
    return Client(headers=headers).post("/sign-in/forgotten/", {"email": email})


def link(user: User) -> str:
    """The one that was sent, without the host."""
    body = Message.objects.filter(to=user.email).latest("pk").body
    return re.search(r"https?://[^/]+(/sign-in/new-password/\S+)", body)[1]


def choose(path: str, password: str = NEW):
    client = Client()
    client.get(path)
    return client.post("/sign-in/new-password/", {"new_password": password})


def test_grace_forgets_hers_and_chooses_another(grace: User):
    page = ask(grace.email)
    assert "We have written to the address you gave" in page.content.decode()
    assert choose(link(grace)).url == "/sign-in/"
    assert signs_in(grace, NEW)
    assert not signs_in(grace, PASSWORD)


def test_the_message_goes_by_the_outbox(grace: User, settings):
    ask(grace.email)
    deliver_waiting()
    assert [(one.to, one.subject) for one in mail.outbox] == [
        ([grace.email], "A new password for LEAP")
    ]


def test_a_link_works_once(grace: User):
    ask(grace.email)
    path = link(grace)
    choose(path)
    assert choose(path, "yet another set of words").status_code == 403
    assert signs_in(grace, NEW)


def test_a_link_works_for_an_hour(grace: User):
    ask(grace.email)
    with time_machine.travel(timezone.now() + timedelta(minutes=62)):
        assert choose(link(grace)).status_code == 403
    assert signs_in(grace, PASSWORD)


def test_a_link_for_one_is_no_good_for_another(grace: User, sam: User):
    ask(grace.email)
    path = link(grace).replace(str(grace.ref), str(sam.ref))
    assert choose(path).status_code == 403


def test_somebody_who_has_left_in_between_gets_no_further(grace: User):
    ask(grace.email)
    User.objects.filter(pk=grace.pk).update(is_active=False)
    assert choose(link(grace)).status_code == 403


def test_the_link_leaves_the_address_bar_at_once(grace: User, client: Client):
    ask(grace.email)
    assert client.get(link(grace)).url == "/sign-in/new-password/"


def test_the_link_leads_to_our_own_host_whatever_the_request_says(grace: User, settings):
    settings.ALLOWED_HOSTS = ["*"]
    settings.BASE_URL = "https://leap.example"
    ask(grace.email, Host="evil.example", X_Forwarded_Host="evil.example")
    body = Message.objects.get().body
    assert "https://leap.example/sign-in/new-password/" in body
    assert "evil" not in body


def test_the_page_never_tells_who_has_an_account(grace: User, sam: User):
    User.objects.filter(pk=sam.pk).update(is_active=False)
    pages = {ask(email).content for email in (grace.email, sam.email, "nobody@elsewhere.example")}
    assert len(pages) == 1


def test_the_same_work_is_done_for_everybody(grace: User):
    """So that the time it takes tells nothing either."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for email in (grace.email, "nobody@elsewhere.example"):
        with CaptureQueriesContext(connection) as queries:
            ask(email)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_somebody_without_an_account_hears_so_by_mail_alone(db):
    ask("nobody@elsewhere.example")
    message = Message.objects.get(to="nobody@elsewhere.example")
    assert "There is no account with it" in message.body
    assert "/sign-in/" not in message.body


def test_nobody_is_buried_in_messages(grace: User):
    for _ in range(15):
        ask(grace.email)
    assert Message.objects.count() == LINKS_TO_ONE


def test_changing_it_asks_for_the_one_of_now_and_ends_the_other_sessions(client_of, grace: User):
    here, elsewhere = client_of(grace), client_of(grace)
    fields = {"proof": "wrong", "new_password": NEW}
    assert here.post("/account/password/", fields).status_code == 200
    assert signs_in(grace, PASSWORD)
    assert here.post("/account/password/", {**fields, "proof": PASSWORD}).url == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert Event.objects.filter(kind="password.changed", by_ref=str(grace.ref)).count() == 1
    assert Message.objects.get(to=grace.email).body.startswith("Your password was changed.")


@pytest.mark.parametrize("poor", ["short", "password1234", "gracemensah1"])
def test_a_poor_password_is_refused_with_a_reason(client_of, grace: User, poor: str):
    page = client_of(grace).post("/account/password/", {"proof": PASSWORD, "new_password": poor})
    assert page.context["form"].errors["new_password"]
    assert signs_in(grace, PASSWORD)
