"""Nights, the figures they publish, and the reports frozen from them."""

from datetime import time
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone


class NightQuerySet(models.QuerySet["Night"]):
    def running(self) -> Self:
        """Those that workers still compute, or have yet to begin."""
        return self.filter(status=Night.Status.RUNNING)


class Night(models.Model):
    """One run of the overnight job: an as-at date in, figures out."""

    class Status(models.TextChoices):
        RUNNING = "running", "Running"
        PUBLISHED = "published", "Published"

    BEGINS_AT = time(2, 30)  # London, when it is scheduled

    as_at = models.DateField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.RUNNING)
    # A beat entry starts one scheduled night a date; by hand there may be as many as wanted.
    scheduled = models.BooleanField(default=False)
    # Periods or indicators were asked for by name: everything of them is worked out, also what
    # nothing can have changed.
    forced = models.BooleanField(default=False)
    periods = models.JSONField(default=list)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    objects = NightQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["as_at"], condition=Q(scheduled=True), name="night_scheduled_once_a_date"
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(finished_at__isnull=False),
                name="night_published_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"night of {self.as_at}"

    @property
    def seconds(self) -> float | None:
        """How long it took until it was published."""
        return (self.finished_at - self.started_at).total_seconds() if self.finished_at else None


class CalculationStep(models.Model):
    """One indicator's share of a night. A worker claims it, computes and marks it in one
    transaction, so a worker that dies leaves it waiting for the next."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting"
        DONE = "done", "Done"
        UNCHANGED = "unchanged", "Unchanged"
        FAILED = "failed", "Failed"

    night = models.ForeignKey(Night, on_delete=models.CASCADE, related_name="steps")
    indicator = models.CharField(max_length=60)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.WAITING)
    periods = models.JSONField(default=list)  # codes of those to compute: what changed, or is new
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    figures = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["night", "indicator"], name="step_once_a_night")
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.status}"


class FigureQuerySet(models.QuerySet["Figure"]):
    def published(self) -> Self:
        """The figures readers meet: the last good ones of each indicator and period. A night's
        figures take their places in one transaction, so no reader meets half of one."""
        return self.filter(published=True)


class Figure(models.Model):
    """One computed value: an indicator, an area, a period, and how it came about."""

    night = models.ForeignKey(Night, on_delete=models.CASCADE, related_name="figures")
    indicator = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    area_code = models.CharField(max_length=9)
    period = models.CharField(max_length=7)
    breakdown = models.CharField(max_length=30, blank=True)
    category = models.CharField(max_length=60, blank=True)
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    known = models.PositiveIntegerField(
        null=True
    )  # of the denominator, where status can be unknown
    value = models.FloatField(null=True)  # a proportion, 0 to 1; None for a share of nobody
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    note = models.CharField(max_length=60, blank=True)
    published = models.BooleanField(default=False)
    # Not shown outside the partnership: small, or what a small one could be worked out from. A
    # hidden numerator hides the share; a hidden denominator hides the whole figure.
    hidden = models.BooleanField(default=False)  # its numerator
    known_hidden = models.BooleanField(default=False)
    denominator_hidden = models.BooleanField(default=False)

    objects = FigureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["night", "indicator", "area_code", "period", "breakdown", "category"],
                name="figure_once_a_night",
            ),
            models.UniqueConstraint(
                fields=["indicator", "area_code", "period", "breakdown", "category"],
                condition=Q(published=True),
                name="figure_published_once",
            ),
            models.CheckConstraint(
                condition=Q(numerator__lte=F("denominator")), name="figure_part_within_whole"
            ),
            models.CheckConstraint(
                condition=Q(value=None) | Q(value__range=(0, 1)), name="figure_is_a_proportion"
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "period"], name="figure_by_indicator_and_period")
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.area_code} {self.period}"


class Report(models.Model):
    """A pack for the funder. Once issued it is frozen with what it was made from.

    `content` holds every figure with its definition as it then stood, so that the same report can
    be written again byte for byte whatever the records say later.
    """

    ref = models.CharField(max_length=20, unique=True)
    period = models.CharField(max_length=7)
    as_at = models.DateField()
    content = models.JSONField()
    issued_at = models.DateTimeField(default=timezone.now)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["period", "-issued_at"], name="report_latest_of_period")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("reports:report", args=[self.ref])


class GrowthCutoff(models.Model):
    """The BMI from which a child of one sex and exact age is overweight or obese, by the UK90
    reference as used for populations. Computed once; see `outcomes.calculation.growth_cutoffs`."""

    sex = models.CharField(max_length=10)
    age_days = models.PositiveSmallIntegerField()
    overweight_from = models.FloatField()  # the 85th centile, kg/m²
    obese_from = models.FloatField()  # the 95th

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sex", "age_days"], name="growth_cutoff_once")
        ]

    def __str__(self) -> str:
        return f"{self.sex} {self.age_days} days"
