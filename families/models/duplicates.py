"""Two records, of two agencies, that may be of one person."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from families.models.people import Member, Person


class PossibleDuplicateQuerySet(models.QuerySet["PossibleDuplicate"]):
    def to_decide(self) -> Self:
        """What the data quality officer still has to look at: nobody who has come to be kept for
        named people, or has been merged with somebody, is in it."""
        waiting = self.exclude(state=PossibleDuplicate.State.TWO)
        return waiting.filter(_may_be_compared("one"), _may_be_compared("other"))


def _may_be_compared(side: str) -> Q:
    theirs = Member.objects.current().filter(person=OuterRef(side))
    restricted = theirs.exclude(family__restriction="")
    return Q(Exists(theirs), ~Exists(restricted), **{f"{side}__restriction": ""})


class PossibleDuplicate(models.Model):
    """`one` and `other` may be one human being, in families that no team works with both of.

    Found by `families.people.pairing`. What was decided is remembered, so that the same two are not
    asked about again.
    """

    class State(models.TextChoices):
        OPEN = "open", "To look at"
        ASKED = "asked", "Both teams asked to get in touch"
        TWO = "two", "Two people"

    ref = models.CharField(max_length=20, unique=True)
    one = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    weight = models.FloatField()
    reasons = ArrayField(models.CharField(max_length=120), default=list, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="possible_duplicate_once"),
            models.CheckConstraint(
                condition=Q(one__lt=F("other")), name="possible_duplicate_in_one_order"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "asked", "two"]),
                name="possible_duplicate_state_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=["-weight", "id"], name="possible_duplicate_likely_1st"),
        ]

    def __str__(self) -> str:
        return self.ref
