"""Days that differ from the calendar of England and Wales: proclaimed, or moved, for once."""

from django.conf import settings
from django.db import models
from django.utils import timezone


class CalendarException(models.Model):
    """A working day nobody works, by proclamation; or a bank holiday that was moved elsewhere."""

    day = models.DateField(unique=True)
    is_worked = models.BooleanField(default=False)
    name = models.CharField(max_length=100)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
