"""Legal holds: a family's record is kept, whatever its age, until the hold is lifted."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import User


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(family__in=Family.objects.visible_to(user))

    def live(self) -> Self:
        return self.filter(lifted_at=None)


class LegalHold(models.Model):
    """An inquiry, a court or a claim needs the record: who said so, when and why."""

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    placed_at = models.DateTimeField(default=timezone.now)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_why = models.TextField(blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(lifted_at=None), name="legal_hold_one_at_a_time"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="legal_hold_says_why"),
            models.CheckConstraint(
                condition=Q(lifted_at=None) | (Q(lifted_by__isnull=False) & ~Q(lifted_why="")),
                name="legal_hold_lifted_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.ref
