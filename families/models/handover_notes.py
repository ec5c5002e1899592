"""What one practitioner leaves the next to know about a family."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from families.models.families import Family
from leap.core.accounts.models import Team


class HandoverNote(models.Model):
    """Written when a family passes from one practitioner of a team to another. The team reads it,
    as long as it works with the family; nobody else does."""

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="handover_notes")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    from_practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    to_practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["family", "-at"], name="handover_note_newest_first")]

    def __str__(self) -> str:
        return f"{self.family_id}"
