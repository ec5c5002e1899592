"""What both sides read on a referral, and what somebody must do about one."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from referrals.models.referrals import Referral


class Note(models.Model):
    """Something one side wrote to the other on a referral; both see it."""

    class Kind(models.TextChoices):
        ASKED = "asked", "Asked for information"
        ANSWERED = "answered", "Gave the information"
        WITHDRAWN = "withdrawn", "Withdrew it"
        REDIRECTED = "redirected", "Redirected it"
        EXPIRED = "expired", "Expired"
        PAUSED = "paused", "Clock paused"
        RESUMED = "resumed", "Clock resumed"
        ESCALATED = "escalated", "Escalated"
        CHALLENGED = "challenged", "Disagreed with the decision"
        RAISED = "raised", "Raised the disagreement"
        PROPOSED = "proposed", "Proposed how to settle it"
        AGREED = "agreed", "Agreed"
        LOSS = "loss", "Please read before you contact the family"

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    # Nobody, for what the clock did by itself.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["referral", "at"], name="note_of_referral_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} {self.referral_id}"


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, user: User) -> Self:
        """Those for this practitioner, and those for anybody in a team they manage; a restricted
        family's for whoever is named for it."""
        known = Referral.objects.open_to(user)
        mine = self.filter(Q(to=user) | Q(team__in=user.team_ids_with(Capability.LEAD_TEAM)))
        return mine.filter(referral__in=known)

    def waiting(self) -> Self:
        return self.filter(done_at=None)


class Task(models.Model):
    """Something about a referral that one named person must see to."""

    class Kind(models.TextChoices):
        LATE = "late", "Late"  # to the manager of the team whose turn it is
        LATE_FOR_SENDER = "late_for_sender", "Late, and you sent it"  # to the sender's manager
        RETURNED = "returned", "Came back without an answer"  # to whoever sent it
        GAP = "gap", "Nobody leads this family"  # to the manager of the team that leads
        DISAGREEMENT = "disagreement", "Disagreement"  # to the people of its stage
        OUTSIDE = "outside", "Ring who sent it in"  # to whoever decided

    ref = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="tasks")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    # Nobody, where the team has no manager and there is no admin: it then shows to the team.
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="referral_tasks",
    )
    about = models.CharField(max_length=30, blank=True)  # which clock, or which stage
    due_on = models.DateField(null=True, blank=True)  # the day that was missed
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    what_was_done = models.TextField(blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "kind", "about", "due_on", "team"],
                name="task_once_for_each_cause",
                nulls_distinct=False,
            )
        ]
        indexes = [
            models.Index(fields=["to"], condition=Q(done_at=None), name="task_waiting_for_somebody")
        ]

    def __str__(self) -> str:
        return self.ref
