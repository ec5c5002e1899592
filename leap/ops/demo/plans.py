"""A plan that goes on, with goals scored twice and a review that is late; and one that is over."""

from datetime import date

from families.models import Person
from families.plans.models import Goal, Meeting, Plan, PlanStep, Score
from leap.core.accounts.models import User
from leap.ops.demo.safety_alerts import lead_of
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World


def plan(world: World, story: Story, by: User) -> None:
    """Begun ten weeks ago; the team around the family met, and its next day has gone by."""
    made = _begin(
        world, story, by, 70,
        level="targeted",
        going_well="They read to the children every evening. Her sister comes twice a week.",
        worries="Nobody sleeps before midnight. The rent is two months behind.",
        family_view="More sleep, and an end to the letters about the rent.",
        kept="She has asked that her brother-in-law hears nothing of the arrears.",
        review_on=world.as_at - 9 * DAY,
    )  # fmt: skip
    sleep = _goal(world, made, by, "Everybody sleeps by ten", None, (3, 6))
    rent = _goal(world, made, by, "The rent is paid in parts", None, (2, 5))
    own = _goal(world, made, by, "An afternoon a week for myself", story.mother, (1, 4))
    _step(world, sleep, by, "Go through the evening together at home", -20, done=True)
    _step(world, rent, by, "Ring the housing office about paying in parts", -4)
    _step(world, own, None, "Ask at the library about the Tuesday group", 6, who="Her sister")
    met_on = working_day(world.as_at - 30 * DAY, -1)
    Meeting.objects.create(
        ref=world.ref("ME", 8),
        plan=made,
        on=met_on,
        came="The parents\nHealth visiting\nThe nursery’s manager",
        missing="The housing office",
        said="Evenings are calmer. The nursery can take the child from eight. The rent comes next.",
        next_on=made.review_on,
        by=by,
    )
    world.note(at(met_on, 16, 0), "plan.met", by=by, family=story.family, subject=made,
               team=made.team)  # fmt: skip


def plan_and_close(world: World, story: Story, by: User) -> None:
    """One whose goal was met; the family goes on by itself."""
    made = _begin(
        world, story, by, 150,
        level="early_help",
        going_well="A lively child who makes friends quickly.",
        worries="Shouting at bedtime that frightens everybody.",
        family_view="Calm evenings.",
        kept="",
        review_on=world.as_at - 40 * DAY,
    )  # fmt: skip
    _goal(world, made, by, "No shouting at bedtime", None, (4, 9))
    closed_at = at(working_day(world.as_at - 42 * DAY, -1), 15, 0)
    Plan.objects.filter(pk=made.pk).update(
        closed_at=closed_at,
        closed_by=by,
        outcome=Plan.Outcome.MET,
        closing_words="Four weeks without a shout. They know where to find us.",
    )
    world.note(closed_at, "plan.closed", by=by, family=story.family, subject=made, team=made.team)


def _begin(world: World, story: Story, by: User, days: int, **fields: object) -> Plan:
    opened_at = at(working_day(world.as_at - days * DAY, -1), 14, 0)
    made = Plan.objects.create(
        ref=world.ref("PL", 8),
        family=story.family,
        team=lead_of(story.family),
        by=by,
        opened_at=opened_at,
        **fields,
    )
    world.note(opened_at, "plan.opened", by=by, family=story.family, subject=made, team=made.team)
    return made


def _goal(
    world: World, plan: Plan, by: User, words: str, whose: Person | None, scores: tuple[int, int]
) -> Goal:
    """Scored when it was set, and four weeks later."""
    goal = Goal.objects.create(
        ref=world.ref("GL", 8), plan=plan, words=words, whose=whose, by=by, made_at=plan.opened_at
    )
    days: tuple[date, date] = (
        plan.opened_at.date(),
        working_day(plan.opened_at.date() + 28 * DAY),
    )
    for on, value in zip(days, scores, strict=True):
        Score.objects.create(goal=goal, on=on, value=value, by=by)
        world.note(at(on, 15, 0), "plan.scored", by=by, family=plan.family, subject=plan,
                   team=plan.team)  # fmt: skip
    return goal


def _step(
    world: World, goal: Goal, by: User | None, what: str, days: int, *, who: str = "",
    done: bool = False,
) -> None:  # fmt: skip
    by_when = world.as_at + days * DAY
    PlanStep.objects.create(
        ref=world.ref("ST", 8),
        goal=goal,
        what=what,
        practitioner=by,
        who=who,
        by_when=by_when,
        done_on=by_when - DAY if done else None,
        done_by=by if done else None,
    )
