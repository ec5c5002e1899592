"""Telling people: a notice in the transaction of what happened, and e-mail as each has chosen."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.ids import new_ref
from leap.core.notifications.models import Digest, Notification, NotificationPreference
from leap.core.notifications.types import ALWAYS_AT_ONCE, Channel, NotificationType
from leap.core.outbox.actions import queue_email, queue_sms
from leap.core.rls.session import bypass_rls

KEPT = timedelta(days=90)
MORNING = time(7, 30)  # in London
BODY = """{said}

Sign in to see it: {url}

This message says nothing about any family, on purpose. Please do not write about them by e-mail.
"""
DIGEST = """Since yesterday morning:

{lines}

Sign in to see them: {notices}
To be told in another way: {choices}

This message says nothing about any family, on purpose. Please do not write about them by e-mail.
"""


@transaction.atomic
def notify(
    people: Iterable[User],
    kind: NotificationType,
    sentence: str,
    path: str,
    *,
    family_ref: str = "",
    about: str = "",
) -> None:
    """Put a notice before each of these practitioners, in the caller's transaction.

    `sentence` says nothing of a family; `family_ref` and `about`, a referral's
    reference, name what it is about. E-mail goes at once to those who want this kind so.
    """
    recipients = {user.pk: user for user in people if user.is_active}
    if not recipients:
        return
    with bypass_rls("notices are for others, each of whom has chosen how to be told"):
        chosen = NotificationPreference.objects.in_bulk(
            list(recipients), field_name="practitioner_id"
        )
        choices = {
            pk: chosen.get(pk) or NotificationPreference(practitioner=user)
            for pk, user in recipients.items()
        }
        Notification.objects.bulk_create(
            Notification(
                ref=new_ref("NT", 10),
                to=user,
                kind=kind,
                said=sentence,
                path=path,
                family_ref=family_ref,
                about=about,
                for_digest=choices[pk].of(kind) == Channel.DAILY,
            )
            for pk, user in recipients.items()
        )
    for pk, user in recipients.items():
        choice = choices[pk]
        if choice.of(kind) == Channel.AT_ONCE:
            mail(user.email, sentence, path)
        if choice.by_text and kind in ALWAYS_AT_ONCE:
            queue_sms(to=user, body=f"LEAP: {sentence} Sign in to see it.")


def mail(address: str, sentence: str, path: str) -> None:
    """Put an e-mail of one sentence in the outbox, in the caller's transaction."""
    body = BODY.format(said=sentence, url=settings.BASE_URL + path)
    queue_email(to=address, subject=sentence.rstrip("."), body=body)


def tell(
    to: Iterable[User | Team],
    kind: NotificationType,
    sentence: str,
    path: str,
    *,
    family_ref: str = "",
    about: str = "",
) -> None:
    """Tell practitioners as each has chosen, and teams by their mailbox, at once."""
    addressed = list(to)
    people = [recipient for recipient in addressed if isinstance(recipient, User)]
    notify(people, kind, sentence, path, family_ref=family_ref, about=about)
    for team in addressed:
        if isinstance(team, Team):
            mail(team.email, sentence, path)


def open_notice(*, notice: Notification, by: User) -> None:
    """Note that it has been read. Once it has, later times change nothing."""
    mine = Notification.objects.visible_to(by).unread().filter(pk=notice.pk)
    mine.update(read_at=timezone.now(), for_digest=False)


def read_all(*, until: datetime, by: User) -> int:
    """Note that one's own have been read, up to those made at `until`; how many had not been."""
    mine = Notification.objects.visible_to(by).unread()
    return mine.filter(made_at__lte=until).update(read_at=timezone.now(), for_digest=False)


@transaction.atomic
def choose(*, how: dict[str, str], by_text: bool, by: User) -> None:
    """Choose how to be told of each kind. What always comes at once is not for choosing."""
    channels = {kind: way for kind, way in how.items() if kind not in ALWAYS_AT_ONCE}
    NotificationPreference.objects.update_or_create(
        practitioner=by, defaults={"how": channels, "by_text": by_text and bool(by.telephone)}
    )
    record("notices.chosen", by=by, subject=by)


def send_digests(*, now: datetime) -> int:
    """Send this morning's e-mail to whoever has something unread waiting for it; to how many.

    One for each practitioner and day, whatever is run twice. What happens after the hour waits for
    the next morning; a morning on which no worker ran is made up for later that day.
    """
    today = timezone.localdate(now)
    until = timezone.make_aware(datetime.combine(today, MORNING))
    if now < until:
        return 0
    waiting = Notification.objects.filter(for_digest=True, made_at__lt=until)
    whose = waiting.order_by("to").values_list("to", flat=True).distinct()
    return sum(_send_digest(pk, today, until) for pk in list(whose))


@transaction.atomic
def _send_digest(pk: int, today: date, until: datetime) -> bool:
    """What is made before the hour and committed after this waits for the next morning."""
    waiting = Notification.objects.filter(to=pk, for_digest=True, made_at__lt=until)
    kind_of = dict(waiting.values_list("pk", "kind"))
    _, is_new = Digest.objects.get_or_create(to_id=pk, on=today, defaults={"notices": len(kind_of)})
    if not kind_of or not is_new:
        return False
    Notification.objects.filter(pk__in=kind_of).update(for_digest=False)
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user:
        kinds = Counter(kind_of.values())
        count = kinds.total()
        lines = "\n".join(
            f"{kinds[kind]} × {kind.label}" for kind in NotificationType if kinds[kind]
        )
        body = DIGEST.format(
            lines=lines,
            notices=settings.BASE_URL + reverse("notices"),
            choices=settings.BASE_URL + reverse("choose_notices"),
        )
        subject = (
            f"{count} notice{'' if count == 1 else 's'} wait{'s' if count == 1 else ''} for you"
        )
        queue_email(to=user.email, subject=subject, body=body)
    return user is not None


def clear_out(*, now: datetime) -> int:
    """Throw away notices that are older than they are kept; how many."""
    gone, _ = Notification.objects.filter(made_at__lt=now - KEPT).delete()
    return gone
