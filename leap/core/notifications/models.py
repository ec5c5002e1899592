"""Notices to practitioners, and how each of them wants to be told."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.notifications.types import ALWAYS_AT_ONCE, Channel, NotificationType, default_channel


class NotificationQuerySet(models.QuerySet["Notification"]):
    def visible_to(self, user: User) -> Self:
        """One's own, and nobody else's."""
        return self.filter(to=user)

    def unread(self) -> Self:
        return self.filter(read_at=None)


class Notification(models.Model):
    """Something that has happened, for one practitioner to know.

    The sentence says nothing of a family. What it is about is named by reference, so that whoever
    may no longer see that is shown nothing of it.
    """

    ref = models.CharField(max_length=20, unique=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=NotificationType.choices)
    said = models.CharField(max_length=300)
    path = models.CharField(max_length=200)  # where to see it
    family_ref = models.CharField(max_length=20, blank=True)
    about = models.CharField(max_length=20, blank=True)  # the referral
    made_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)
    for_digest = models.BooleanField(default=False)  # waits for the morning's e-mail

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=NotificationType.values), name="notice_kind_is_known"
            )
        ]
        indexes = [
            models.Index(fields=["to", "-made_at", "-id"], name="notice_newest_first"),
            models.Index(fields=["to"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["to"], condition=Q(for_digest=True), name="notice_for_digest"),
            models.Index(fields=["made_at"], name="notice_by_age"),
        ]

    def __str__(self) -> str:
        return self.ref


class NotificationPreference(models.Model):
    """How one practitioner wants to be told. `how` holds the kinds that differ from the usual."""

    practitioner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="choice_of_notices"
    )
    how = models.JSONField(default=dict)
    by_text = models.BooleanField(default=False)  # what always comes at once, by text as well

    def __str__(self) -> str:
        return str(self.practitioner_id)

    def of(self, kind: str) -> str:
        """How they are told of this kind."""
        if kind in ALWAYS_AT_ONCE:
            return Channel.AT_ONCE
        return str(self.how.get(kind, default_channel(kind)))


class Digest(models.Model):
    """That a practitioner was sent the e-mail of one morning: never two."""

    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    notices = models.PositiveIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["to", "on"], name="digest_once_a_day")]

    def __str__(self) -> str:
        return f"{self.on} {self.to_id}"
