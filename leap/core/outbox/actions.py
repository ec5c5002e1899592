"""Getting out what must be sent, and clearing out what nobody needs any more."""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.outbox import sms
from leap.core.outbox.models import Draft, IdempotencyKey, Message

KEPT_FOR = timedelta(days=90)
AT_ONCE = 10_000  # rows in one statement
LONGEST_WAIT = timedelta(hours=6)
log = logging.getLogger("leap.core.outbox")


def clear_out() -> int:
    """Drop what nobody has touched for ninety days: drafts, and what makes sending twice safe. How
    many rows went."""
    before = timezone.now() - KEPT_FOR
    gone, _ = Draft.objects.filter(saved_at__lt=before).delete()
    old = IdempotencyKey.objects.filter(made_at__lt=before).order_by("made_at")
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        gone += IdempotencyKey.objects.filter(pk__in=keys).delete()[0]
    return gone


def queue_email(*, to: str, subject: str, body: str) -> None:
    """Write a message to the outbox, in the caller's transaction, and hand it over after commit.

    Neither subject nor body may say anything about a family: e-mail is read by anybody. If the
    broker is down the message stays here, and goes when `deliver_waiting` next looks.
    """
    if not to:
        return
    _write(Message(to=to, subject=subject, body=body))


def queue_email_or_hold_back(*, to: str, subject: str, body: str, is_sent: bool) -> None:
    """As `queue_email`; or, where it is not to be sent, the same work, of which nothing is left.

    For answers that must take as long either way, so that no clock tells which it was.
    """
    with transaction.atomic():
        _insert(Message(to=to, subject=subject, body=body))
        transaction.set_rollback(not is_sent)
    transaction.on_commit(_ask_for_delivery, robust=True)


def queue_sms(*, to: User, body: str) -> None:
    """Write a text message to a practitioner to the outbox, where there is a provider for them.

    It takes a practitioner and no number, so that nothing can be sent to a family by it: what may
    reach a family is decided by safe contact, and nothing here knows of that.
    """
    if sms.is_on() and to.telephone:
        _write(Message(channel=Message.Channel.TEXT, to=to.telephone, body=body))


def _write(message: Message) -> None:
    _insert(message)
    transaction.on_commit(_ask_for_delivery, robust=True)


def _insert(message: Message) -> None:
    with connection.cursor() as cursor:  # saving would read the row back, which pages may not
        cursor.execute(
            "INSERT INTO outbox_message"
            ' (channel, "to", subject, body, made_at, attempts, last_error)'
            " VALUES (%s, %s, %s, %s, %s, 0, '')",
            [message.channel, message.to, message.subject, message.body, message.made_at],
        )


def _ask_for_delivery() -> None:
    from leap.core.outbox.tasks import deliver_outbox  # tasks import actions, never the reverse

    deliver_outbox.delay()


def deliver_waiting(*, at_most: int = 200) -> int:
    """Send what waits in the outbox, each in its own transaction; how many went.

    A message that another worker is sending is skipped. One that fails stays, with its error, and
    is tried again after longer and longer: at once, then 1, 3, 7 … minutes, at most six hours.
    """
    due = Message.objects.waiting().filter(next_try_at__lte=timezone.now())
    waiting = due.order_by("made_at", "pk")
    return sum(_deliver(pk) for pk in list(waiting.values_list("pk", flat=True)[:at_most]))


def back_off(attempts: int) -> timedelta:
    """How long to wait after a failure that `attempts` others came before."""
    return min(timedelta(minutes=2 ** min(attempts, 20) - 1), LONGEST_WAIT)


@transaction.atomic
def _deliver(pk: int) -> bool:
    claimed = Message.objects.waiting().select_for_update(skip_locked=True)
    message = claimed.filter(pk=pk).first()
    if message is None:
        return False
    try:
        _send(message)
    except OSError as error:  # refused, or nobody there; what smtplib raises are OSErrors
        log.warning("message %s not delivered: %s", pk, type(error).__name__)
        Message.objects.filter(pk=pk).update(
            attempts=F("attempts") + 1,
            last_error=type(error).__name__,
            next_try_at=timezone.now() + back_off(message.attempts),
        )
        return False
    Message.objects.filter(pk=pk).update(
        attempts=F("attempts") + 1, delivered_at=timezone.now(), last_error=""
    )
    return True


def _send(message: Message) -> None:
    """A worker that dies between the other side's yes and our commit sends it again: under the
    same name, by which a mail server or a provider drops the second."""
    if message.channel == Message.Channel.TEXT:
        sms.send_text(to=message.to, body=message.body, key=str(message.key))
        return
    name = f"<{message.key}@{urlsplit(settings.BASE_URL).hostname}>"
    headers = {"Message-ID": name}
    mail = EmailMessage(message.subject, message.body, None, [message.to], headers=headers)
    get_connection().send_messages([mail])


@transaction.atomic
def try_again(*, message: Message, by: User) -> None:
    """Send it as soon as a worker looks, whatever its turn was."""
    if not Message.objects.waiting().filter(pk=message.pk).update(next_try_at=timezone.now()):
        raise Conflict("This has been delivered, or somebody has told them. Look again.")
    record("message.tried_again", by=by, subject=None, message=str(message.key))
    transaction.on_commit(_ask_for_delivery, robust=True)


@transaction.atomic
def mark_phoned(*, message: Message, by: User) -> None:
    """Note that somebody has told them by telephone. It is not sent any more."""
    waiting = Message.objects.waiting().filter(pk=message.pk)
    if not waiting.update(told_at=timezone.now(), told_by=by):
        raise Conflict("This has been delivered, or somebody has told them. Look again.")
    record("message.told", by=by, subject=None, message=str(message.key))
