"""Every change to a plan, each in one transaction."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from families.models import Family, Person
from families.plans import rules
from families.plans.models import Goal, Meeting, Plan, PlanStep, Score
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref


def _note(kind: str, plan: Plan, by: User) -> None:
    record(kind, by=by, family_ref=plan.family.ref, subject=plan, team_code=plan.team.code)


@transaction.atomic
def open_plan(
    *,
    family: Family,
    team: Team,
    level: str,
    going_well: str,
    worries: str,
    family_view: str,
    kept: str,
    review_on: date,
    by: User,
) -> Plan:
    """Write down the assessment and begin a plan. Conflict where one is open already."""
    rules.check_can_plan(family, by)
    Family.objects.select_for_update().only("pk").get(pk=family.pk)
    if family.plans.filter(closed_at=None).exists():
        raise Conflict("This family has an open plan already. Look at that one.")
    plan = Plan.objects.create(
        ref=new_ref("PL", 8),
        family=family,
        team=team,
        level=level,
        going_well=going_well,
        worries=worries,
        family_view=family_view,
        kept=kept,
        review_on=review_on,
        by=by,
    )
    _note("plan.opened", plan, by)
    return plan


@transaction.atomic
def set_goal(*, plan: Plan, words: str, whose: Person | None, off_paper: bool, by: User) -> Goal:
    """Add a goal: the family's, or one person's own."""
    rules.check_goes_on(plan, by)
    rules.check_whose(plan.family, whose, by)
    goal = Goal.objects.create(
        ref=new_ref("GL", 8), plan=plan, words=words, whose=whose, off_paper=off_paper, by=by
    )
    _note("plan.goal_set", plan, by)
    return goal


@transaction.atomic
def score(*, goal: Goal, value: int, on: date, by: User) -> None:
    """How near the family finds it, from 0 to 10. Another one that day replaces it."""
    rules.check_goes_on(goal.plan, by)
    rules.check_not_to_come(on)
    Score.objects.update_or_create(goal=goal, on=on, defaults={"value": value, "by": by})
    _note("plan.scored", goal.plan, by)


@transaction.atomic
def agree_step(
    *, goal: Goal, what: str, practitioner: User | None, who: str, by_when: date, by: User
) -> PlanStep:
    """Agree who does what by when. A practitioner finds it in their work until it is done."""
    rules.check_goes_on(goal.plan, by)
    step = PlanStep.objects.create(
        ref=new_ref("ST", 8),
        goal=goal,
        what=what,
        practitioner=practitioner,
        who="" if practitioner else who,
        by_when=by_when,
    )
    _note("plan.step_agreed", goal.plan, by)
    return step


@transaction.atomic
def finish_step(*, step: PlanStep, by: User) -> None:
    """It is done."""
    rules.check_goes_on(step.goal.plan, by)
    undone = PlanStep.objects.filter(pk=step.pk, done_on=None)
    if not undone.update(done_on=timezone.localdate(), done_by=by):
        raise Conflict("Somebody else has just said that this is done.")
    _note("plan.step_done", step.goal.plan, by)


@transaction.atomic
def hold_meeting(
    *, plan: Plan, on: date, came: str, missing: str, said: str, next_on: date, by: User
) -> Meeting:
    """Record a meeting of the team around the family, and when the plan is looked at again."""
    rules.check_goes_on(plan, by)
    rules.check_not_to_come(on)
    meeting = Meeting.objects.create(
        ref=new_ref("ME", 8), plan=plan, on=on, came=came, missing=missing, said=said,
        next_on=next_on, by=by,
    )  # fmt: skip
    Plan.objects.filter(pk=plan.pk).update(review_on=next_on)
    _note("plan.met", plan, by)
    return meeting


@transaction.atomic
def close_plan(*, plan: Plan, outcome: str, closing_words: str, by: User) -> None:
    """End the plan with what came of it. Stepping up or down is a referral of its own."""
    rules.check_goes_on(plan, by)
    going_on = Plan.objects.filter(pk=plan.pk, closed_at=None)
    if not going_on.update(
        closed_at=timezone.now(), closed_by=by, outcome=outcome, closing_words=closing_words
    ):
        raise Conflict("Somebody else has just closed this plan.")
    _note("plan.closed", plan, by)
