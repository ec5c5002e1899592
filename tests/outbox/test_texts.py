"""Text messages go to practitioners who want them, by a provider on this machine."""

import json
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import time_machine
from django.utils import timezone

from leap.core.notifications.actions import choose, notify
from leap.core.notifications.types import NotificationType
from leap.core.outbox.actions import deliver_waiting
from leap.core.outbox.models import Message

NUMBER = "020 7946 0101"


class Provider(BaseHTTPRequestHandler):
    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.headers["Authorization"], message))
        self.send_response(self.server.answer)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def provider(settings):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    server.asked, server.answer = [], 202
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    settings.TEXT_URL = f"http://127.0.0.1:{server.server_address[1]}/messages"
    settings.TEXT_TOKEN = "secret"
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def grace(grace):
    grace.telephone = NUMBER
    grace.save()
    choose(how={}, by_text=True, by=grace)
    return grace


def urgent(user):
    notify([user], NotificationType.ESCALATED, "A referral is late.", "/referrals/RF-23456789/")


def texts():
    return Message.objects.filter(channel=Message.Channel.TEXT)


@pytest.mark.django_db
def test_what_is_urgent_reaches_grace_by_text_as_well(provider, grace, miriam):
    urgent(grace)
    urgent(miriam)  # has not asked for it
    notify([grace], NotificationType.ACCEPTED, "Accepted.", "/")  # can wait
    assert deliver_waiting() == 3
    ((key, message),) = provider.asked
    assert key == "Bearer secret"
    assert (message["to"], message["text"]) == (
        NUMBER,
        "LEAP: A referral is late. Sign in to see it.",
    )
    assert deliver_waiting() == 0


@pytest.mark.django_db
def test_one_that_is_refused_goes_again_under_the_same_name(provider, grace):
    provider.answer = 503
    urgent(grace)
    deliver_waiting()
    assert texts().get().last_error == "NotTakenError"
    provider.answer = 202
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        assert deliver_waiting() == 1
    assert len({message["reference"] for _, message in provider.asked}) == 1 < len(provider.asked)


@pytest.mark.django_db
def test_where_nobody_answers_it_waits(provider, grace, settings):
    settings.TEXT_URL = "http://127.0.0.1:1/"
    urgent(grace)
    deliver_waiting()
    assert texts().get().attempts == 1


@pytest.mark.django_db
def test_without_a_provider_there_are_none_and_nothing_is_offered(grace, client_of):
    urgent(grace)
    assert not texts().exists()
    assert "text message" not in client_of(grace).get("/account/notices/").content.decode()


@pytest.mark.django_db
def test_with_one_grace_is_offered_them_to_her_own_number(provider, grace, client_of):
    assert f"To {NUMBER}." in client_of(grace).get("/account/notices/").content.decode()
