"""Nothing typed is lost: drafts, sending twice, and the outbox."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Now
from django.http import QueryDict
from django.utils import timezone


class DraftQuerySet(models.QuerySet["Draft"]):
    def unsent(self) -> Self:
        """Without those whose form has been sent since: a late autosave must not bring one back."""
        sent = IdempotencyKey.objects.filter(user=OuterRef("user"), key=OuterRef("key"))
        return self.annotate(key=KT("fields__submission__0")).filter(~Exists(sent))


class Draft(models.Model):
    """What someone has typed into a form and not yet saved. One for each practitioner and form."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    form = models.CharField(max_length=100)
    fields = models.JSONField()
    # Where the form is, for those that the server has kept because it refused them.
    address = models.CharField(max_length=500, blank=True, default="", db_default="")
    size = models.PositiveIntegerField(default=0, db_default=0)  # characters
    saved_at = models.DateTimeField(auto_now=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "form"], name="draft_once_per_form")]

    def __str__(self) -> str:
        return self.form

    def typed(self) -> QueryDict:
        """What was typed, as the form would be sent."""
        fields = QueryDict(mutable=True)
        for name, values in self.fields.items():
            fields.setlist(name, values)
        return fields


class IdempotencyKey(models.Model):
    """A form or API call that has been carried out, under the key its sender made for it.

    The row is written in the same transaction as the change, so the same key can never do its work
    twice: a second one waits for the first and is given the first one's answer.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions"
    )
    key = models.CharField(max_length=100)
    route = models.CharField(max_length=200)
    answer = models.JSONField(default=dict)
    made_at = models.DateTimeField(default=timezone.now)
    # What was typed, as keyed digests: see leap.core.outbox.idempotency. Blank where nothing is
    # made.
    digest = models.CharField(max_length=64, blank=True, default="", db_default="")
    digest_untimed = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="submission_key_once")]
        indexes = [
            models.Index(
                fields=["user", "digest_untimed"],
                condition=~Q(digest=""),
                name="submission_digest",
            ),
            models.Index(fields=["made_at"], name="submission_made_at"),
        ]

    def __str__(self) -> str:
        return self.route


class MessageQuerySet(models.QuerySet["Message"]):
    def waiting(self) -> Self:
        """Neither delivered nor told by somebody in another way."""
        return self.filter(delivered_at=None, told_at=None)

    def without_body(self) -> Self:
        """As pages read it: what a message says, and links in it, is the worker's alone."""
        return self.defer("body")


class Message(models.Model):
    """Something that must reach someone, written with the change that caused it.

    Pages write it and cannot read it again: its columns are granted one by one in
    leap/core/rls/sql/role.sql.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        TEXT = "text", "Text message"

    # The same however often it is tried: whoever takes it in can tell that they have it already.
    key = models.UUIDField(db_default=RandomUUID(), unique=True)
    channel = models.CharField(
        max_length=5, choices=Channel.choices, default=Channel.EMAIL, db_default=Channel.EMAIL
    )
    to = models.CharField(max_length=254)  # an address, or a number
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(default=timezone.now, db_default=Now())
    delivered_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    # Somebody rang instead: it is not tried any more.
    told_at = models.DateTimeField(null=True, blank=True)
    told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(told_at=None, told_by=None)
                | Q(told_at__isnull=False, told_by__isnull=False),
                name="message_told_says_by_whom",
            )
        ]
        indexes = [
            models.Index(
                fields=["made_at"],
                condition=Q(delivered_at=None, told_at=None),
                name="message_waiting",
            )
        ]

    def __str__(self) -> str:
        return self.subject
