"""A goal as its page shows it: with how near the family found it, over time."""

from collections.abc import Iterable
from dataclasses import dataclass

from families.plans.models import Goal, PlanStep, Score

WIDTH, HEIGHT, EDGE = 240, 60, 8


@dataclass(frozen=True)
class GoalProgress:
    """A goal with its scores in order, and where a small chart puts them."""

    goal: Goal
    scores: list[Score]
    steps: list[PlanStep]

    @property
    def points(self) -> list[tuple[float, float]]:
        if not self.scores:
            return []
        first, last = self.scores[0].on, self.scores[-1].on
        days = max((last - first).days, 1)
        return [
            (
                round(EDGE + (score.on - first).days / days * (WIDTH - 2 * EDGE), 1),
                round(HEIGHT - EDGE - score.value / 10 * (HEIGHT - 2 * EDGE), 1),
            )
            for score in self.scores
        ]

    @property
    def line(self) -> str:
        return " ".join(f"{x},{y}" for x, y in self.points)

    @property
    def in_words(self) -> str:
        """From what to what, for those who do not see the chart."""
        if not self.scores:
            return "Not scored yet"
        first, last = self.scores[0].value, self.scores[-1].value
        return f"{last} of 10" if len(self.scores) == 1 else f"From {first} to {last} of 10"


def with_progress(goals: Iterable[Goal]) -> list[GoalProgress]:
    """Each with its scores, the oldest first, and its steps by day. Prefetched by the caller."""
    return [
        GoalProgress(goal, list(goal.scores.all()), list(goal.steps.all()))
        for goal in sorted(goals, key=lambda goal: goal.pk)
    ]
