"""E-mail goes to a real mail server on this machine; what it refuses waits longer each time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from leap.core.audit.models import Event
from leap.core.outbox.actions import LONGEST_WAIT, back_off, deliver_waiting, queue_email
from leap.core.outbox.models import Message
from tests.letterbox import letterbox as letterbox_on_this_machine


@pytest.fixture
def letterbox(settings):
    with letterbox_on_this_machine() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        yield server


@pytest.mark.django_db
def test_it_arrives_once(letterbox):
    queue_email(to="support@leap.example", subject="A referral waits", body="Sign in.")
    assert deliver_waiting() == 1
    assert deliver_waiting() == 0
    assert len(letterbox.kept) == 1
    assert "Subject: A referral waits" in letterbox.kept[0]


@pytest.mark.django_db
def test_what_is_refused_waits_and_goes_when_the_address_is_right(letterbox):
    letterbox.refused.add("support@leap.example")
    queue_email(to="support@leap.example", subject="A referral waits", body="Sign in.")
    assert (deliver_waiting(), deliver_waiting()) == (0, 0)
    assert Message.objects.get().attempts == 2
    assert deliver_waiting() == 0
    assert Message.objects.get().attempts == 2  # not tried again within the minute

    letterbox.refused.clear()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver_waiting() == 1
    assert len(letterbox.kept) == 1


def test_the_wait_doubles_and_stops_at_six_hours():
    assert [back_off(n).total_seconds() / 60 for n in range(5)] == [0, 1, 3, 7, 15]
    assert back_off(400) == LONGEST_WAIT


@pytest.mark.django_db
def test_asha_sees_to_whom_it_could_not_go_and_nothing_else(letterbox, asha, grace, client_of):
    letterbox.refused.add("support@leap.example")
    queue_email(to="support@leap.example", subject="A referral waits", body="Sign in.")
    deliver_waiting()
    page = client_of(asha).get("/admin/undelivered/").content.decode()
    assert "support@leap.example" in page
    assert "SMTPRecipientsRefused" in page
    assert "A referral waits" not in page
    assert client_of(grace).get("/admin/undelivered/").status_code == 403


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_page_is_accessible(letterbox, asha, phone, sign_in_as, axe):
    sign_in_as(asha, phone).goto("/admin/undelivered/")
    phone.get_by_text("Everything has been delivered.").wait_for()
    letterbox.refused.add("support@leap.example")
    queue_email(to="support@leap.example", subject="A referral waits", body="Sign in.")
    deliver_waiting()
    phone.reload()
    assert axe(phone) == []


@pytest.fixture
def refused(letterbox):
    """One that has failed, and is not due again for an hour."""
    letterbox.refused.add("support@leap.example")
    queue_email(to="support@leap.example", subject="A referral waits", body="Sign in.")
    deliver_waiting()
    Message.objects.update(next_try_at=timezone.now() + timedelta(hours=1))
    return Message.objects.get()


@pytest.mark.django_db
def test_asha_has_it_tried_again_at_once(refused, letterbox, asha, grace, client_of):
    address = f"/admin/undelivered/{refused.key}/try-again/"
    assert client_of(grace).post(address).status_code == 403
    letterbox.refused.clear()
    assert client_of(asha).post(address).status_code == 302
    assert deliver_waiting() == 1
    assert client_of(asha).post(address).status_code == 409


@pytest.mark.django_db
def test_asha_rings_instead_and_it_is_not_sent_any_more(refused, letterbox, asha, client_of):
    form = {"submission": "1"}
    for _ in range(2):
        client_of(asha).post(f"/admin/undelivered/{refused.key}/told/", form)
    letterbox.refused.clear()
    Message.objects.update(next_try_at=timezone.now())
    assert deliver_waiting() == 0
    page = client_of(asha).get("/admin/undelivered/").content.decode()
    assert "Everything has been delivered." in page
    assert "Told by telephone" in page
    assert Event.objects.filter(kind="message.told").count() == 1


@pytest.mark.django_db
def test_every_try_bears_the_same_message_id(letterbox):
    queue_email(to="support@leap.example", subject="A referral waits", body="Sign in.")
    deliver_waiting()
    Message.objects.update(delivered_at=None)  # the worker died before it could note it
    deliver_waiting()
    assert len(letterbox.names) == 2
    assert len(set(letterbox.names)) == 1
