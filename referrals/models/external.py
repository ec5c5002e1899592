"""A referral to people without an account: what was asked, the links to it, and each step.

It moves by the same table as every other. It is never held by anybody but its sender: whoever is
outside answers, and the family stays with the team here that leads it.
"""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from families.models import Family, Involvement
from leap.core.accounts.models import Team, User
from referrals.models.pathways import Pathway
from referrals.models.statuses import (
    COMES_BACK,
    OUTSIDE,
    TO_ACKNOWLEDGE,
    UNANSWERED,
    UNFINISHED,
    Status,
)
from referrals.models.transitions import moves_of

KINDS_OUTSIDE = (Pathway.Kind.REFERRAL, Pathway.Kind.HANDOVER, Pathway.Kind.NOTIFICATION)
# What the table allows and nobody outside does: they send nothing on, and their work here begins
# and ends with what they tell us. A notification asks for a receipt alone.
_NEVER_OUTSIDE = set(Status) - set(OUTSIDE)
_ONLY_RECEIPTED = {Status.ACCEPTED, Status.DECLINED}


def moves_outside(kind: str, status: str) -> frozenset[str]:
    """Where a referral of this kind to somebody outside may go from `status`."""
    moves = moves_of(kind, status) - _NEVER_OUTSIDE
    if kind != Pathway.Kind.NOTIFICATION:
        return moves
    unheard = {Status.EXPIRED} if status in TO_ACKNOWLEDGE else set()
    return (moves | unheard) - _ONLY_RECEIPTED


class ExternalReferralQuerySet(models.QuerySet["ExternalReferral"]):
    def visible_to(self, user: User) -> Self:
        """Those my teams sent, and those of families I can see; a restricted family's for whoever
        is named for it."""
        visible = Family.objects.visible_to(user)
        restricted = Involvement.objects.filter(family=OuterRef("family"), names_only=True)
        return self.filter(
            Q(from_team__in=user.team_ids) | Q(family__in=visible),
            ~Exists(restricted) | Q(family__in=visible),
        )

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def unanswered(self) -> Self:
        return self.filter(status__in=UNANSWERED)

    def came_back(self) -> Self:
        """Those that nobody took on, while nobody has said what was done instead."""
        return self.filter(status__in=COMES_BACK, settled_at=None)


class ExternalReferral(models.Model):
    """What one team asks somebody without an account to do for a family."""

    class Way(models.TextChoices):
        LINK = "link", "By a secure link"
        POST = "post", "On paper, by post"
        HAND = "hand", "On paper, by hand"

    class Knows(models.TextChoices):
        AGREES = "agrees", "They know and agree"
        KNOWS = "knows", "They know and do not agree: it is for somebody’s safety"
        NOT_TOLD = "not_told", "They were not told: telling them could put somebody in danger"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="outside")
    kind = models.CharField(
        max_length=20, choices=[(kind.value, kind.label) for kind in KINDS_OUTSIDE]
    )
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.SENT)
    way = models.CharField(max_length=10, choices=Way.choices)
    organisation = models.CharField(max_length=200)
    receiver_name = models.CharField(max_length=200, blank=True)  # or a role, such as duty desk
    receiver_email = models.EmailField(blank=True)
    receiver_telephone = models.CharField(max_length=30, blank=True)  # on which the code is given
    reason = models.TextField()  # why, and what is asked
    reach = models.TextField(blank=True)  # how to reach the family: for whoever has accepted
    knows = models.CharField(max_length=10, choices=Knows.choices)
    why_without = models.TextField(blank=True)  # why it goes without their agreement
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    answer_by = models.DateField()  # the last day in time; after it, it is back with its sender
    acknowledged_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    declined_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # withdrawn or expired
    outcome = models.TextField(blank=True)
    # Declined or expired, it is back with its sender until somebody says what was done instead.
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    what_was_done = models.TextField(blank=True)

    objects = ExternalReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=OUTSIDE),
                name="outside_status_is_one_of_its_own",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in KINDS_OUTSIDE]),
                name="outside_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(way="link") | ~Q(receiver_email=""), name="outside_link_has_an_address"
            ),
            models.CheckConstraint(
                condition=Q(knows="agrees") | ~Q(why_without=""), name="outside_without_says_why"
            ),
            models.CheckConstraint(
                condition=~Q(status="accepted") | Q(accepted_at__isnull=False),
                name="outside_accepted_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | (Q(closed_at__isnull=False) & ~Q(outcome="")),
                name="outside_closed_says_how",
            ),
        ]
        indexes = [
            models.Index(fields=["from_team", "-sent_at"], name="outside_of_team"),
            models.Index(
                fields=["answer_by"],
                condition=Q(status__in=UNANSWERED),
                name="outside_expiring",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("referrals:outside_item", args=[self.ref])

    @property
    def is_unfinished(self) -> bool:
        return self.status in UNFINISHED

    @property
    def is_unanswered(self) -> bool:
        return self.status in UNANSWERED

    @property
    def held_by_team(self) -> Team | None:
        """Always its sender, until it has ended."""
        return self.from_team if self.is_unfinished else None

    @property
    def whom(self) -> str:
        """As they are named in a sentence."""
        return f"{self.receiver_name}, {self.organisation}".lstrip(", ")


class SecureLink(models.Model):
    """A way in to one referral: neither its address nor its code is kept, only what proves them."""

    TRIES = 5

    outside = models.ForeignKey(ExternalReferral, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    expires_on = models.DateField()  # the last day on which it opens
    tries = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField(null=True)  # the code is spent from then on
    session_hash = models.CharField(max_length=64, blank=True)  # of the one browser it is open in
    revoked_at = models.DateTimeField(null=True)
    # Who they say they are.
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["outside"], condition=Q(revoked_at=None), name="outside_one_link_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | ~Q(session_hash=""), name="outside_link_one_session"
            ),
        ]

    def __str__(self) -> str:
        return f"link to {self.outside_id}"

    def stands(self, today: date) -> str:
        """How it is with it, in a word for the sender."""
        if self.revoked_at:
            return "revoked"
        if self.opened_at:
            return "opened"
        if self.tries >= self.TRIES:
            return "locked"
        return "expired" if self.expires_on < today else "waiting"


class ExternalReferralStep(models.Model):
    """One step: what was done, when, by which practitioner, or by whom outside."""

    class Kind(models.TextChoices):
        SENT = "sent", "Sent"
        SENT_AGAIN = "sent_again", "Sent again, with a new link and code"
        REVOKED = "revoked", "Link revoked"
        LOCKED = "locked", "Link locked: five wrong codes"
        OPENED = "opened", "Opened"
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"
        ASKED = "asked", "Asked for information"
        TOLD = "told", "Gave the information"
        CLOSED = "closed", "Told what came of it"
        WITHDRAWN = "withdrawn", "Withdrew it"
        EXPIRED = "expired", "Expired: back with the sender"
        SETTLED = "settled", "Said what was done instead"
        PRINTED = "printed", "Printed"

    outside = models.ForeignKey(ExternalReferral, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    # Who did it here, or who wrote down what somebody outside said.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    name = models.CharField(max_length=100, blank=True)
    role = models.CharField(max_length=100, blank=True)
    organisation = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    key = models.UUIDField(null=True, unique=True)  # of a form sent by link: twice, it is one step

    class Meta:
        indexes = [models.Index(fields=["outside", "at"], name="outside_step_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.outside_id}"

    @property
    def who(self) -> str:
        """Whose step it is, in words."""
        outside = ", ".join(filter(None, [self.name, self.role, self.organisation]))
        if outside and self.by:
            return f"{outside}; written down by {self.by}"
        return outside or str(self.by or "the clock")
