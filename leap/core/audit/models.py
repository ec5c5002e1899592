"""The log of everything that was done and looked at. Append-only; each chain is hash-linked."""

from typing import Self

from django.db import models
from django.utils import timezone


class EventQuerySet(models.QuerySet["Event"]):
    def about_family(self, ref: str) -> Self:
        return self.filter(family_ref=ref)


class Event(models.Model):
    """One thing that was done. No foreign keys: the record outlives what it is about.

    Database triggers give it its place in its chain (`position`, `previous_hash`, `hash`, made in
    the same transaction) and refuse updates and deletions.
    """

    at = models.DateTimeField(db_index=True)
    kind = models.CharField(max_length=60)
    by_ref = models.CharField(max_length=36, blank=True)
    by_name = models.CharField(max_length=200, blank=True)
    team_code = models.CharField(max_length=60, blank=True)
    family_ref = models.CharField(max_length=20, blank=True)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_ref = models.CharField(max_length=40, blank=True)
    details = models.JSONField(default=dict)
    chain = models.CharField(max_length=60)
    position = models.BigIntegerField(default=0)
    previous_hash = models.BinaryField(default=b"")
    hash = models.BinaryField(default=b"")

    objects = EventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="event_place_in_its_chain")
        ]
        indexes = [
            models.Index(fields=["family_ref", "-at"], name="event_of_family_newest_first"),
            models.Index(fields=["by_ref", "kind", "-at"], name="event_by_person_and_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_ref}"


class DeclaredKind(models.Model):
    """A kind of event that pages may write: leap/core/audit/kinds.py as it was at the last
    migration. A trigger refuses them any other."""

    code = models.CharField(max_length=60, primary_key=True)

    def __str__(self) -> str:
        return self.code


class ChainHead(models.Model):
    """Where each chain stands. Its row is locked while an event is added, so chains never fork."""

    name = models.CharField(max_length=60, primary_key=True)
    length = models.BigIntegerField(default=0)
    head = models.BinaryField(default=b"")

    def __str__(self) -> str:
        return self.name


class Anchor(models.Model):
    """Where all chains stood one night, in one hash. Printed outside the database, it shows whether
    anybody has rewritten the log and its chains since."""

    on = models.DateField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    chains = models.BigIntegerField()
    events = models.BigIntegerField()
    hash = models.BinaryField()

    def __str__(self) -> str:
        return f"seal of {self.on}"


class ChainAnchor(models.Model):
    """Where a chain stood at the latest seal that it had moved on by."""

    name = models.CharField(max_length=60, primary_key=True)
    length = models.BigIntegerField()
    head = models.BinaryField()

    def __str__(self) -> str:
        return self.name
