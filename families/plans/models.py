"""A plan with its goals, how near the family finds them, who does what by when, and meetings."""

from datetime import date, timedelta
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from families.models import Family, Person
from families.models.people import people_open_to
from leap.core.accounts.models import Team, User
from leap.core.ui.formatting import short_day


def state_of(day: date) -> str:
    """Of something to be done by a day: late, due_today or due."""
    today = timezone.localdate()
    if day == today:
        return "due_today"
    return "late" if day < today else "due"


def date_in_words(day: date) -> str:
    """The same as people say it: 3 days late, due today, by 3 May 2016."""
    days = (timezone.localdate() - day).days
    if days > 0:
        return f"{days} day{'' if days == 1 else 's'} late"
    return f"by {short_day(day)}" if days else "due today"


LOOKED_AHEAD = timedelta(days=14)


class PlanQuerySet(models.QuerySet["Plan"]):
    def to_review(self, user: User, whose: str) -> Self:
        """Those that go on and are looked at again within two weeks, or should have been, in the
        families that `user` leads, or for `team` their teams' plans; the late first."""
        families = Family.objects.visible_to(user).open()
        theirs = Q(team__in=user.team_ids) if whose == "team" else Q(family__lead_practitioner=user)
        soon = timezone.localdate() + LOOKED_AHEAD
        plans = self.filter(theirs, family__in=families, closed_at=None, review_on__lte=soon)
        return plans.select_related("family__lead_practitioner").order_by("review_on", "pk")


class Plan(models.Model):
    """An early help assessment and the plan that follows from it; one open for a family."""

    class Level(models.TextChoices):
        EARLY_HELP = "early_help", "Early help by one service"
        TARGETED = "targeted", "Early help by several services"
        SPECIALIST = "specialist", "Social work leads"

    class Outcome(models.TextChoices):
        MET = "met", "The family’s goals are met"
        ENOUGH = "enough", "Things are good enough; the family goes on by itself"
        STEPPED_UP = "stepped_up", "Stepped up to social work"
        STEPPED_DOWN = "stepped_down", "Stepped down to services for everybody"
        DECLINED = "declined", "The family does not want the plan any more"
        MOVED = "moved", "The family moved away"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="plans")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=20, choices=Level.choices)
    going_well = models.TextField()
    worries = models.TextField()
    family_view = models.TextField()
    kept = models.TextField(blank=True)  # for colleagues alone: never printed
    opened_at = models.DateTimeField(default=timezone.now)
    review_on = models.DateField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=20, choices=Outcome.choices, blank=True)
    closing_words = models.TextField(blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family"], condition=Q(closed_at=None), name="plan_one_open_for_a_family"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(outcome=""), name="plan_closes_with_an_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def state(self) -> str:
        """When it is looked at again: late, due_today or due."""
        return state_of(self.review_on)

    @property
    def words(self) -> str:
        return date_in_words(self.review_on)


class GoalQuerySet(models.QuerySet["Goal"]):
    def open_to(self, user: User) -> Self:
        """Without those of people who are kept for others."""
        return self.filter(Q(whose=None) | people_open_to(user, "whose"))

    def on_paper_for(self, reader: Person | None) -> Self:
        """What a copy for this member of the family says; for nobody, what all of them may read.

        Neither what is kept off paper nor what is another's own.
        """
        own = Q(whose=reader) if reader else Q()
        return self.filter(Q(whose=None) | own if reader else Q(whose=None), off_paper=False)


class Goal(models.Model):
    """Something to change: the family's, or one person's own, which the others do not read."""

    ref = models.CharField(max_length=20, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="goals")
    whose = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="goals"
    )
    words = models.CharField(max_length=300)
    off_paper = models.BooleanField(default=False)  # could put somebody in danger if read at home
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = GoalQuerySet.as_manager()

    def __str__(self) -> str:
        return self.ref

    @property
    def is_of_somebody_who_died(self) -> bool:
        """Nothing more is asked of anybody about it."""
        return self.whose is not None and self.whose.died_on is not None


class Score(models.Model):
    """How near the family finds a goal on a day: 0 not at all, 10 there."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="scores")
    on = models.DateField()
    value = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["goal", "on"], name="score_once_a_day"),
            models.CheckConstraint(condition=Q(value__lte=10), name="score_up_to_ten"),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id}: {self.value}"


class PlanStepQuerySet(models.QuerySet["PlanStep"]):
    def waiting_for(self, user: User) -> Self:
        """What this practitioner has promised and not done, in plans that go on; the late first."""
        return self._waiting(user).filter(practitioner=user)

    def answered_for(self, user: User, whose: str) -> Self:
        """The same, with what others have promised in plans of the families that `user` leads and
        that nobody in the system does; or, for `team`, all that was promised by their teams."""
        if whose == "team":
            plans = Q(goal__plan__team__in=user.team_ids)
            return self._waiting(user).filter(plans | Q(practitioner=user))
        outside = Q(practitioner=None, goal__plan__family__lead_practitioner=user)
        return self._waiting(user).filter(outside | Q(practitioner=user))

    def _waiting(self, user: User) -> Self:
        families = Family.objects.visible_to(user).open()
        going_on = Q(goal__plan__closed_at=None, goal__plan__family__in=families)
        alive = Q(goal__whose=None) | Q(goal__whose__died_on=None)
        seen = Q(goal__whose=None) | people_open_to(user, "goal__whose")
        waiting = self.filter(going_on, alive, seen, done_on=None)
        return waiting.select_related("goal__plan__family", "practitioner").order_by(
            "by_when", "pk"
        )


class PlanStep(models.Model):
    """Who does what by when: a practitioner, or somebody named in words."""

    ref = models.CharField(max_length=20, unique=True)
    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="steps")
    what = models.CharField(max_length=300)
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="plan_steps",
    )
    who = models.CharField(max_length=120, blank=True)  # of the family, or outside the system
    by_when = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = PlanStepQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(practitioner=None) ^ Q(who=""), name="step_is_somebody_s"
            )
        ]
        indexes = [
            models.Index(
                fields=["practitioner", "by_when"],
                condition=Q(done_on=None),
                name="step_waiting_for_somebody",
            )
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def is_waiting(self) -> bool:
        return self.done_on is None and not self.goal.is_of_somebody_who_died

    @property
    def state(self) -> str:
        """done, late, due_today or due."""
        if self.done_on:
            return "done"
        return state_of(self.by_when)

    @property
    def words(self) -> str:
        """The state as people say it."""
        if self.done_on:
            return f"done {short_day(self.done_on)}"
        return date_in_words(self.by_when)


class Meeting(models.Model):
    """The team around the family has met with it: who came, what was said, when it meets again."""

    ref = models.CharField(max_length=20, unique=True)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="meetings")
    on = models.DateField()
    came = models.TextField()  # a line each: name and role
    missing = models.TextField(blank=True)
    said = models.TextField()
    next_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.ref

    @property
    def there(self) -> str:
        """Who came, on one line."""
        return "; ".join(self.came.splitlines())

    @property
    def not_there(self) -> str:
        return "; ".join(self.missing.splitlines())
