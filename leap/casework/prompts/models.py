"""What people decided on prompts. The prompts themselves are read from the record each time."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import User


class Rule(models.TextChoices):
    HARM = "harm", "Thoughts of self-harm"
    ABUSE = "abuse", "Domestic abuse told of"
    DASH = "dash", "DASH score for a MARAC"
    MISSED = "missed", "Two contacts missed in a row"
    DECLINED = "declined", "Help was declined after a concern"


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(family__in=Family.objects.visible_to(user))


class Decision(models.Model):
    """What somebody decided on one prompt: it rests until there is something new, or until a day.

    `basis` is the reference of what the prompt rests on: whoever cannot see that is not told of
    the decision either.
    """

    class Choice(models.TextChoices):
        ACT = "act", "I act on it"
        EXPLAINED = "explained", "It is explained"
        NOT_NOW = "not_now", "Not now"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    rule = models.CharField(max_length=20, choices=Rule.choices)
    basis = models.CharField(max_length=20)
    choice = models.CharField(max_length=20, choices=Choice.choices)
    until = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(choice="not_now", until__isnull=False)
                | (~Q(choice="not_now") & Q(until=None)),
                name="prompt_decision_not_now_until_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(choice="explained") | ~Q(note=""),
                name="prompt_decision_explained_says_how",
            ),
        ]
        indexes = [models.Index(fields=["family", "rule", "basis", "-at"], name="prompt_decided")]

    def __str__(self) -> str:
        return self.ref
