"""The cut-offs of licensed questionnaires, as the partnership's admins entered them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class CutOff(models.Model):
    """Where one domain of one questionnaire turns into a concern, and into something to monitor.

    In the ASQ-3 a score of `concern` or less is below the cut-off, and up to `monitoring` is to be
    monitored. In the ASQ:SE-2 `concern` or more is above the cut-off, and from `monitoring` on is
    to be monitored; it has one score, and a blank domain. None is ever shipped.
    """

    class Instrument(models.TextChoices):
        ASQ3 = "asq3", "ASQ-3"
        ASQSE2 = "asqse2", "ASQ:SE-2"

    instrument = models.CharField(max_length=10, choices=Instrument.choices)
    months = models.PositiveSmallIntegerField()
    domain = models.CharField(max_length=30, blank=True)
    monitoring = models.DecimalField(max_digits=6, decimal_places=2)
    concern = models.DecimalField(max_digits=6, decimal_places=2)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "months", "domain"], name="cut_off_once_per_domain"
            ),
            models.CheckConstraint(
                condition=Q(instrument="asq3", concern__lt=F("monitoring"))
                | Q(instrument="asqse2", domain="", monitoring__lt=F("concern")),
                name="cut_off_monitors_before_concern",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_instrument_display()} {self.months} {self.domain}".strip()
