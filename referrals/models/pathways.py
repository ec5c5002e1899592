"""From whom to whom, how fast, and what must be said: data that admins change."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leap.core.accounts.permissions import Discipline

# Somebody without an account: no team is of it, so nobody here sends on such a pathway.
OUTSIDE = "outside"
SENDERS = [*Discipline.choices, (OUTSIDE, "Outside")]


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
        REQUEST = "request", "Request for the lead"  # the team that leads is asked to pass it on

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    from_discipline = models.CharField(max_length=30, choices=SENDERS)
    to_discipline = models.CharField(max_length=30, choices=Discipline.choices)
    acknowledge_within = models.PositiveSmallIntegerField()  # working days
    first_contact_within = models.PositiveSmallIntegerField()  # working days
    what_to_send = models.TextField(blank=True)  # the minimum information, in words
    # The same, as far as it is checked before sending: lines that
    # referrals.pathways.minimum_dataset reads.
    minimum = models.TextField(blank=True, db_default="")
    # Working days after which an unanswered one goes back to its sender. None: it never does.
    expires_after = models.PositiveSmallIntegerField(null=True, blank=True, default=20)
    # Working days past the last one in time after which the sender's manager is told too.
    escalates_after = models.PositiveSmallIntegerField(default=2)
    also_called = ArrayField(models.SlugField(max_length=80), default=list, blank=True)

    version = models.PositiveSmallIntegerField(default=1)

    objects = PathwayQuerySet.as_manager()

    # What an admin changes, and what each version keeps. From whom to whom it leads never changes:
    # that would be another pathway.
    CHANGEABLE = (
        "name",
        "acknowledge_within",
        "first_contact_within",
        "expires_after",
        "escalates_after",
        "what_to_send",
        "minimum",
    )

    def __str__(self) -> str:
        return self.name

    @property
    def moves_lead(self) -> bool:
        """Whether the lead moves when it is accepted: to the receiver, or to who asked for it."""
        return self.kind in (self.Kind.HANDOVER, self.Kind.REQUEST)

    @property
    def from_outside(self) -> bool:
        """Whether it begins with somebody without an account."""
        return self.from_discipline == OUTSIDE

    @property
    def asks_for_lead(self) -> bool:
        return self.kind == self.Kind.REQUEST

    @property
    def can_expire(self) -> bool:
        """A notification waits for no answer, so the want of one does not end it."""
        return self.kind != self.Kind.NOTIFICATION and self.expires_after is not None


class PathwayVersion(models.Model):
    """What a pathway said from a day on. A referral keeps the version it was sent under."""

    pathway = models.ForeignKey(Pathway, on_delete=models.CASCADE, related_name="versions")
    version = models.PositiveSmallIntegerField()
    fields = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pathway", "version"], name="pathway_version_once")
        ]

    def __str__(self) -> str:
        return f"{self.pathway_id} version {self.version}"
