"""Days that change a family: a loss, a birth that ought to have been, a move away, an adoption."""

from datetime import timedelta

from families.models import Member, Person, Restriction
from families.people.bereavement import is_miscarriage
from leap.casework.life_events.models import Loss, MoveOut
from leap.core.accounts.models import Membership, User
from leap.ops.demo.partnership import SOCIAL_CARE
from leap.ops.demo.safety import restrict
from leap.ops.demo.safety_alerts import keep, lead_of
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World

MIDWIVES = "st-thomas-midwifery"


def expecting(stories: list[Story]) -> list[Story]:
    """Families with one baby on the way, those of the midwife who signs in first, then her team's,
    by due date."""
    waiting = [s for s in stories if not (s.example or s.family.closed_at) and len(_unborn(s)) == 1]
    return sorted(waiting, key=_how_near)


def _how_near(story: Story) -> tuple[bool, bool, str]:
    team, lead = story.family.lead_team, story.family.lead_practitioner
    due = str(_unborn(story)[0].due_date)
    hers = lead is not None and lead.email == "midwife@leap.example"
    return not hers, team is None or team.code != MIDWIVES, due


def _unborn(story: Story) -> list[Person]:
    return [
        baby
        for pregnancy in story.pregnancies
        for baby in pregnancy.babies
        if baby.birth_date is None and baby.died_on is None
    ]


def be_late(world: World, stories: list[Story]) -> None:
    """The midwives' next baby was due four days ago, and nobody has written down a birth."""
    for story in expecting(stories)[:1]:
        for baby in _unborn(story):
            baby.due_date = world.as_at - 4 * DAY


def lose(world: World, story: Story, by: User) -> None:
    """A baby who was expected has died."""
    on = working_day(world.as_at - 6 * DAY, -1)
    for baby in _unborn(story):
        baby.died_on = on
        Person.objects.filter(pk=baby.pk).update(died_on=on)
        early = is_miscarriage(baby, on)
        loss = Loss.objects.create(
            ref=world.ref("LS", 8),
            person=baby,
            family=story.family,
            kind=Loss.Kind.MISCARRIAGE if early else Loss.Kind.STILLBIRTH,
            on=on,
            note="Please ring before you come. They ask for nobody but their health visitor now.",
            team=lead_of(story.family),
            by=by,
            recorded_at=at(on, 17, 5),
            stopped={"places": [], "told": [], "withdrawn": []},
        )
        world.note(loss.recorded_at, "family.loss", by=by, family=story.family, subject=loss,
                   team=loss.team)  # fmt: skip


def move_out(world: World, story: Story, by: User) -> None:
    """To Croydon, where nobody has said yet that they lead."""
    asked_at = at(working_day(world.as_at - 5 * DAY, -1), 11, 40)
    move = MoveOut.objects.create(
        ref=world.ref("MO", 8),
        family=story.family,
        moving_on=world.as_at + 9 * DAY,
        organisation="Croydon health visiting",
        reach="020 7946 0550",
        handed_over="The reviews so far, the growth chart, and whom to ring at the nursery.",
        team=lead_of(story.family),
        by=by,
        asked_at=asked_at,
    )
    world.note(asked_at, "family.move_out", by=by, family=story.family, subject=move,
               team=move.team)  # fmt: skip


def adopt_away(world: World, story: Story, by: User) -> None:
    """A child of this family has been adopted: gone from here, and known to two people alone."""
    child, on = story.born[-1], working_day(world.as_at - 35 * DAY, -1)
    if len(story.born) < 2:
        return
    Member.objects.filter(family=story.family, person=child).update(left_on=on)
    keep(world, story.family, child, Restriction.ADOPTION, by, at(on, 15, 0))
    world.note(at(on, 15, 0) + timedelta(seconds=1), "family.child_adopted", by=by,
               family=story.family)  # fmt: skip


def adopt(world: World, story: Story, by: User) -> None:
    """A family that has adopted, for the social worker and her manager alone."""
    works: list[Membership] = world.rows[Membership]
    manager = next(m.user for m in works if m.team.code == SOCIAL_CARE and m.role == "manager")
    restrict(world, story.family, Restriction.ADOPTION, [by, manager], by)
