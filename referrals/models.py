"""Referrals: one team asks another to take something on. A handover is one that moves the lead."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from families.models import Family
from leap.accounts.models import Discipline, Team, User


class PathwayQuerySet(models.QuerySet["Pathway"]):
    def called(self, name: str) -> Self:
        """The pathway with this code, or with this as one of its other names."""
        return self.filter(Q(code=name) | Q(also_called__contains=[name]))


class Pathway(models.Model):
    """From whom to whom, how fast, and what must be said: data that admins change."""

    class Kind(models.TextChoices):
        HANDOVER = "handover", "Handover"  # the lead moves when it is accepted
        REFERRAL = "referral", "Referral"  # a service is asked; the lead stays
        NOTIFICATION = "notification", "Notification"  # no answer expected beyond a receipt

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_discipline = models.CharField(max_length=30, choices=Discipline.choices)
    to_discipline = models.CharField(max_length=30, choices=Discipline.choices)
    acknowledge_within = models.PositiveSmallIntegerField()  # working days
    first_contact_within = models.PositiveSmallIntegerField()  # working days
    what_to_send = models.TextField(blank=True)  # the minimum information, in words
    also_called = ArrayField(models.SlugField(max_length=80), default=list, blank=True)

    objects = PathwayQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def moves_lead(self) -> bool:
        return self.kind == self.Kind.HANDOVER


class Status(models.TextChoices):
    DRAFT = "draft", "Draft"
    SENT = "sent", "Sent"
    INFORMATION_ASKED = "information_asked", "Information asked"
    ACKNOWLEDGED = "acknowledged", "Acknowledged"
    ACCEPTED = "accepted", "Accepted"
    IN_PROGRESS = "in_progress", "In progress"
    CLOSED = "closed", "Closed"
    DECLINED = "declined", "Declined"
    REDIRECTED = "redirected", "Redirected"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


class Holder(models.TextChoices):
    """Whose turn it is."""

    SENDER = "sender", "The sender"
    RECEIVER = "receiver", "The receiver"
    NOBODY = "nobody", "Nobody: it is finished"


# Each status and those it may move to. One with no way out is final.
MOVES: dict[str, frozenset[str]] = {
    Status.DRAFT: frozenset({Status.SENT, Status.WITHDRAWN}),
    Status.SENT: frozenset(
        {
            Status.ACKNOWLEDGED,
            Status.INFORMATION_ASKED,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.REDIRECTED,
            Status.WITHDRAWN,
            Status.EXPIRED,
        }
    ),
    Status.INFORMATION_ASKED: frozenset({Status.SENT, Status.WITHDRAWN, Status.EXPIRED}),
    Status.ACKNOWLEDGED: frozenset(
        {
            Status.INFORMATION_ASKED,
            Status.ACCEPTED,
            Status.DECLINED,
            Status.REDIRECTED,
            Status.WITHDRAWN,
            Status.EXPIRED,
        }
    ),
    Status.ACCEPTED: frozenset({Status.IN_PROGRESS, Status.CLOSED}),
    Status.IN_PROGRESS: frozenset({Status.CLOSED}),
    Status.CLOSED: frozenset(),
    Status.DECLINED: frozenset(),
    Status.REDIRECTED: frozenset(),
    Status.WITHDRAWN: frozenset(),
    Status.EXPIRED: frozenset(),
}

HOLDERS: dict[str, Holder] = {
    Status.DRAFT: Holder.SENDER,
    Status.SENT: Holder.RECEIVER,
    Status.INFORMATION_ASKED: Holder.SENDER,
    Status.ACKNOWLEDGED: Holder.RECEIVER,
    Status.ACCEPTED: Holder.RECEIVER,
    Status.IN_PROGRESS: Holder.RECEIVER,
    Status.CLOSED: Holder.NOBODY,
    Status.DECLINED: Holder.NOBODY,
    Status.REDIRECTED: Holder.NOBODY,
    Status.WITHDRAWN: Holder.NOBODY,
    Status.EXPIRED: Holder.NOBODY,
}
HELD_BY_SENDER = [status for status, holder in HOLDERS.items() if holder == Holder.SENDER]
HELD_BY_RECEIVER = [status for status, holder in HOLDERS.items() if holder == Holder.RECEIVER]
UNFINISHED = [*HELD_BY_SENDER, *HELD_BY_RECEIVER]
UNANSWERED = [Status.SENT, Status.INFORMATION_ASKED, Status.ACKNOWLEDGED]


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Those my teams made or were sent, and those of families I can see.

        What was never sent, a draft or a draft withdrawn, is for the team that made it alone.
        """
        sent = Q(sent_at__isnull=False)
        received = sent & Q(to_team__in=user.team_ids)
        of_families = sent & Q(family__in=Family.objects.visible_to(user))
        return self.filter(Q(from_team__in=user.team_ids) | received | of_families)

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def of_teams(self, team_ids: list[int]) -> Self:
        """Made by one of these teams, or sent to one of them: a part of what its people see."""
        received = Q(to_team__in=team_ids, sent_at__isnull=False)
        return self.filter(Q(from_team__in=team_ids) | received)

    def held_by(self, team_ids: list[int]) -> Self:
        """Waiting for one of these teams to act."""
        return self.filter(
            Q(from_team__in=team_ids, status__in=HELD_BY_SENDER)
            | Q(to_team__in=team_ids, status__in=HELD_BY_RECEIVER)
        )


class Referral(models.Model):
    """One request from one team to another, with its moves and its clock.

    The sender stays responsible for the family until somebody accepts.
    """

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="referrals")
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="referrals")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals_sent")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals_received")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    reason = models.TextField(blank=True)  # why, and what is asked
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The last working days on which an answer is in time; set from the pathway when it is sent.
    acknowledge_by = models.DateField(null=True, blank=True)
    first_contact_by = models.DateField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decline_reason = models.TextField(blank=True)
    alternative = models.TextField(blank=True)  # what the sender could do instead
    allocated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="allocated_referrals",
    )
    first_contact_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=60, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="referral_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "withdrawn"])
                | Q(
                    sent_at__isnull=False,
                    acknowledge_by__isnull=False,
                    first_contact_by__isnull=False,
                ),
                name="referral_sent_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "in_progress"]) | Q(accepted_at__isnull=False),
                name="referral_accepted_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status="declined")
                | (Q(declined_at__isnull=False) & ~Q(decline_reason="")),
                name="referral_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="closed") | Q(closed_at__isnull=False),
                name="referral_closed_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(from_team=F("to_team")), name="referral_goes_to_another_team"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="referral_accepted_or_declined",
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="referral_once_per_source_reference",
            ),
        ]
        indexes = [
            models.Index(
                fields=["to_team", "acknowledge_by"],
                condition=Q(
                    status__in=[
                        "sent",
                        "information_asked",
                        "acknowledged",
                        "accepted",
                        "in_progress",
                    ]
                ),
                name="referral_queue_received",
            ),
            models.Index(
                fields=["from_team", "acknowledge_by"],
                condition=Q(status__in=["draft", "sent", "information_asked", "acknowledged"]),
                name="referral_queue_sent",
            ),
            models.Index(fields=["acknowledge_by"], name="referral_by_clock"),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.ref])

    @property
    def is_unanswered(self) -> bool:
        return self.status in UNANSWERED

    @property
    def holder(self) -> Holder:
        return HOLDERS[self.status]

    @property
    def held_by_team(self) -> Team | None:
        if self.holder == Holder.NOBODY:
            return None
        return self.from_team if self.holder == Holder.SENDER else self.to_team


class Note(models.Model):
    """Something one side wrote to the other on a referral; both see it."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked for information"
        ANSWERED = "answered", "Gave the information"
        WITHDRAWN = "withdrawn", "Withdrew it"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="note_of_referral_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.referral_id}"
