"""A disagreement about a decision: its stages, with people and dates, and how it was settled."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leap.core.accounts.models import Team, User
from referrals.models.referrals import Referral


class ChallengeQuerySet(models.QuerySet["Challenge"]):
    def open(self) -> Self:
        return self.filter(settled_at=None)


class Challenge(models.Model):
    """The sender disagrees with a decline. The family stays with the sender until both agree."""

    class Stage(models.TextChoices):
        PRACTITIONERS = "practitioners", "Between the practitioners"
        MANAGERS = "managers", "Between the managers"
        LEADS = "leads", "Between the agencies’ leads"

    class Outcome(models.TextChoices):
        STANDS = "stands", "The decision stands"
        TAKEN_ON = "taken_on", "The receiving team takes it on"

    referral = models.OneToOneField(Referral, on_delete=models.CASCADE, related_name="challenge")
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.PRACTITIONERS)
    opened_at = models.DateTimeField(default=timezone.now)
    # How one side would settle it; the other side agrees, or does not.
    proposed = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    proposed_by_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None)
                | Q(proposed_by__isnull=False, agreed_by__isnull=False) & ~Q(proposed=""),
                name="challenge_is_settled_by_both_sides",
            )
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.referral_id}"

    @property
    def is_open(self) -> bool:
        return self.settled_at is None


class ChallengeStage(models.Model):
    """One stage: who speaks for each side, since when, and by when they should have agreed."""

    challenge = models.ForeignKey(Challenge, on_delete=models.CASCADE, related_name="stages")
    stage = models.CharField(max_length=20, choices=Challenge.Stage.choices)
    for_sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    for_receiver = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    agree_by = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["challenge", "stage"], name="challenge_stage_once")
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.challenge_id}"
