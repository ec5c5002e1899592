"""A death and what it stopped; a move out of the area and who took the family on there."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import Team


class LossQuerySet(models.QuerySet["Loss"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)


class Loss(models.Model):
    """Somebody in a family has died, born or not, and everything about them has stopped.

    `stopped` says what that was, so that an entry made for the wrong person can be taken back.
    """

    class Kind(models.TextChoices):
        MISCARRIAGE = "miscarriage", "Miscarriage"
        STILLBIRTH = "stillbirth", "Stillbirth"
        CHILD = "child", "Death of a child"
        ADULT = "adult", "Death of a parent or carer"

    ref = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="losses")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="losses")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    on = models.DateField()
    note = models.TextField(blank=True)  # what colleagues should know before they ring
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=timezone.now)
    stopped = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    undone_why = models.CharField(max_length=300, blank=True)

    objects = LossQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(undone_at=None), name="loss_stands_once"
            )
        ]
        indexes = [models.Index(fields=["family", "-recorded_at"], name="loss_of_family")]

    def __str__(self) -> str:
        return self.ref


class MoveOutQuerySet(models.QuerySet["MoveOut"]):
    def waiting(self) -> Self:
        return self.filter(ended_at=None)


class MoveOut(models.Model):
    """A family moves out of the area. Its lead stays until the other side has said that it leads.

    The other side is outside the system: who acknowledged, for whom and on which day is written
    down here.
    """

    class End(models.TextChoices):
        ACKNOWLEDGED = "acknowledged", "Acknowledged"
        CALLED_OFF = "called_off", "Called off"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="moves_out")
    moving_on = models.DateField()
    organisation = models.CharField(max_length=200)  # who is asked to take the family on
    reach = models.CharField(max_length=200)  # how they were reached: a telephone, an address
    handed_over = models.TextField()  # what they were told and sent
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    acknowledged_on = models.DateField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)  # a name outside the system
    acknowledged_how = models.CharField(max_length=300, blank=True)
    end = models.CharField(max_length=20, choices=End.choices, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.CharField(max_length=300, blank=True)

    objects = MoveOutQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(ended_at=None), name="move_out_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(end="acknowledged")
                | (Q(acknowledged_on__isnull=False) & ~Q(acknowledged_by="")),
                name="move_out_acknowledged_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return self.ref
