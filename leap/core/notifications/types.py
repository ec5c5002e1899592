"""What there is to be told of, and the ways to be told."""

from django.db import models


class Channel(models.TextChoices):
    AT_ONCE = "at_once", "E-mail at once"
    DAILY = "daily", "One e-mail each morning"
    HERE = "here", "On this page alone"


class NotificationType(models.TextChoices):
    RECEIVED = "received", "A referral waits for us"
    HANDOVER = "handover", "A family is handed over to us"
    ANSWERED = "answered", "What we asked about a referral has been answered"
    WITHDRAWN = "withdrawn", "A referral to us was withdrawn or ran out"
    ACKNOWLEDGED = "acknowledged", "My referral was acknowledged"
    ACCEPTED = "accepted", "My referral was accepted"
    ASKED = "asked", "Something is asked about my referral"
    DECLINED = "declined", "My referral was declined"
    REDIRECTED = "redirected", "My referral was sent on to another team"
    WORKED = "worked", "First contact was made, or my referral was closed"
    RETURNED = "returned", "My referral came back without an answer"
    CLOCK = "clock", "A clock was paused or goes on"
    DISAGREEMENT = "disagreement", "A disagreement about a referral"
    FAMILY = "family", "Who works with a family, and who leads it, has changed"
    IN_TOUCH = "in_touch", "A team asks me to get in touch about a family"
    SESSION = "session", "A session with places for a family of mine was changed or cancelled"
    MERGED = "merged", "Records were made one, or two again"
    REVIEW = "review", "I am asked to review an opening of a record"
    ESCALATED = "escalated", "Something is late, or nobody leads a family"
    EMERGENCY = "emergency", "A record of mine was opened in an emergency"
    LOSS = "loss", "A record must be read again before the family is met"


# Late, or somebody's safety: nobody chooses to hear of these later.
ALWAYS_AT_ONCE = frozenset(
    {
        NotificationType.REVIEW,
        NotificationType.ESCALATED,
        NotificationType.EMERGENCY,
        NotificationType.LOSS,
    }
)
# Where nobody has chosen anything else. What is for somebody by name does not wait for the morning.
USUALLY_AT_ONCE = frozenset(
    {
        NotificationType.RETURNED,
        NotificationType.DISAGREEMENT,
        NotificationType.IN_TOUCH,
        NotificationType.SESSION,
        NotificationType.MERGED,
    }
)
TO_CHOOSE = tuple(kind for kind in NotificationType if kind not in ALWAYS_AT_ONCE)


def default_channel(kind: str) -> Channel:
    """How somebody is told who has chosen nothing."""
    return Channel.AT_ONCE if kind in ALWAYS_AT_ONCE | USUALLY_AT_ONCE else Channel.DAILY
