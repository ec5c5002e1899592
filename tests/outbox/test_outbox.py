import smtplib

import pytest
from django.core import mail

from leap.core.outbox import actions
from leap.core.outbox.models import Message
from tests.broker import NOWHERE, broker_at


def post() -> None:
    actions.queue_email(
        to="team@leap.example", subject="A referral is waiting", body="Sign in to see it."
    )


@pytest.mark.django_db
def test_a_message_goes_once():
    post()

    assert actions.deliver_waiting() == 1
    assert actions.deliver_waiting() == 0
    assert [message.to for message in mail.outbox] == [["team@leap.example"]]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_loses_nothing_and_stops_nobody():
    with broker_at(NOWHERE):
        post()

    assert Message.objects.get().delivered_at is None
    assert actions.deliver_waiting() == 1


@pytest.mark.django_db
def test_a_mail_server_that_refuses_leaves_it_waiting(monkeypatch):
    class Refusing:
        def send_messages(self, _messages: object) -> None:
            raise smtplib.SMTPServerDisconnected("away")

    post()
    with monkeypatch.context() as away:
        away.setattr(actions, "get_connection", Refusing)
        assert actions.deliver_waiting() == 0

    message = Message.objects.get()
    assert (message.attempts, message.last_error) == (1, "SMTPServerDisconnected")
    assert actions.deliver_waiting() == 1
