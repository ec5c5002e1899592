"""What somebody without an account sends in, until a person of the team knows whose it is."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import Team, User


class InboundReferralQuerySet(models.QuerySet["InboundReferral"]):
    def visible_to(self, user: User) -> Self:
        """Those sent to my teams: nobody else has been asked."""
        return self.filter(to_team__in=user.team_ids)

    def waiting(self) -> Self:
        return self.filter(settled_at=None)


class InboundReferral(models.Model):
    """A referral as it was typed by somebody outside. It is never changed and never deleted."""

    ref = models.CharField(max_length=20, unique=True)
    key = models.UUIDField(unique=True)  # of the form: sent twice, it is kept once
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    sender_name = models.CharField(max_length=200)
    sender_role = models.CharField(max_length=200)
    sender_email = models.EmailField()
    sender_telephone = models.CharField(max_length=30)
    people = models.TextField()  # who it is about, as the sender knows them
    reach = models.TextField()  # where they live and how to reach them
    reason = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    what_was_done = models.TextField(blank=True)  # where no family was found or registered
    # Whether who wrote it was rung back on a number found elsewhere. Only then are they e-mailed.
    sender_checked = models.BooleanField(default=False, db_default=False)
    chased_at = models.DateTimeField(null=True)  # when a manager was told that nobody had read it

    objects = InboundReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_at=None, family=None, what_was_done="")
                | (Q(settled_at__isnull=False) & (Q(family__isnull=False) | ~Q(what_was_done=""))),
                name="incoming_settled_says_how",
            )
        ]
        indexes = [
            models.Index(
                fields=["to_team", "made_at"],
                condition=Q(settled_at=None),
                name="incoming_waiting_for_team",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("referrals:incoming_item", args=[self.ref])

    @property
    def sender(self) -> str:
        """Who wrote it: a name, and what they do where."""
        return f"{self.sender_name}, {self.sender_role}"
