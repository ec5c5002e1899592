"""What happens to each family, from the first booking to today."""

from datetime import date, datetime

from families.models import Involvement
from leap.core.accounts.models import User
from leap.ops.demo import notes
from leap.ops.demo.misc_contacts import help_along, meet_again
from leap.ops.demo.observations import measured_at_four
from leap.ops.demo.partnership import SOCIAL_CARE
from leap.ops.demo.pregnancies import booking_day, expect, with_midwives
from leap.ops.demo.reviews import plan_visit, review_all
from leap.ops.demo.stories import Spell, Story
from leap.ops.demo.support import look_after, settle_in, step_in
from leap.ops.demo.working_hours import DAY, at, in_hours, working_day
from leap.ops.demo.write_records import Happening, begin_health_visiting, involve, joined, log


def live(story: Story) -> None:
    """Tell one family's story: everything up to yesterday."""
    for pregnancy in story.pregnancies:
        plan_visit(story, pregnancy)
    begin(story)
    for pregnancy in story.pregnancies:
        expect(story, pregnancy)
        review_all(story, pregnancy)
        measured_at_four(story, pregnancy)
    if story.form == "his home":
        # Health visiting sees the children in their father's home too.
        chance = story.chance
        assert story.seen_at is not None
        for visit in range(chance.randint(1, 3)):
            day = working_day(
                story.seen_at.date() + DAY * (6 + 150 * visit + chance.randint(0, 40))
            )
            when = in_hours(chance, day, 10, 17)
            if story.seen(when) and story.guests:
                log(
                    story,
                    Happening(
                        story.health_visiting(day),
                        when,
                        "home_visit",
                        story.guests,
                        note=chance.choice(notes.AT_HIS),
                    ),
                )
    meet_again(story)
    step_in(story)
    help_along(story)


def begin(story: Story) -> None:
    """Register the family: by midwives at the booking, by social work, else by health visiting."""
    if story.form in ("kinship", "foster"):
        # A child comes to foster carers or kin: social work leads, health visiting joins.
        chance, world = story.chance, story.world
        youngest = max(c.birth_date for c in story.children if c.birth_date)
        latest = min(world.as_at, story.left_on or world.as_at) - 40 * DAY
        day = working_day(min(youngest + chance.randint(10, 400) * DAY, latest), -1)
        when = in_hours(chance, day, 9, 15)
        story.here_from = day
        placed = story.worker(world.teams[SOCIAL_CARE], day)
        _register(story, when, placed)
        story.leads.append((when, world.teams[SOCIAL_CARE], placed))
        joined_at = in_hours(chance, working_day(day + 3 * DAY), 9, 15)
        begin_health_visiting(story, joined_at, "team_around_family", placed)
        look_after(story, when)
        return
    first = story.pregnancies[0] if story.pregnancies else None
    if first:
        booked_on = booking_day(story, first)
        first.booked_on = booked_on
        if with_midwives(story, first, booked_on):
            first.booked_at = in_hours(story.chance, booked_on, 9, 16)
            team = story.midwifery()
            by = story.worker(team, booked_on)
            involve(story, team, first.booked_at, "registered", by=by)
            _register(story, first.booked_at, by)
            story.leads.append((first.booked_at, team, by))
            return
    _met_by_health_visiting(story)


def _register(story: Story, when: datetime, by: User) -> None:
    story.family.opened_at = when
    people = len(story.carers) + len(story.children)
    story.world.note(when, "family.registered", by=by, family=story.family, people=people)


def _met_by_health_visiting(story: Story) -> None:
    """Health visiting hears of the family; of some newcomers, family support hears first."""
    when = in_hours(story.chance, working_day(_day_met(story), -1), 9, 12)
    found_first = story.here_from is not None and story.chance.happens(0.4)
    near = story.family_support if found_first else story.health_visiting
    team = near(when.date())
    by = story.worker(team, when.date())
    _register(story, when, by)
    story.leads.append((when, team, by))
    if found_first:
        involve(story, team, when, "registered", by=by)
        joined_at = in_hours(story.chance, working_day(when.date() + 2 * DAY), 9, 15)
        begin_health_visiting(story, joined_at, "team_around_family", by)
        settle_in(story, team, joined_at)
    else:
        begin_health_visiting(story, when, "registered", by)


def _day_met(story: Story) -> date:
    """When health visiting first heard of the family."""
    chance, as_at = story.chance, story.world.as_at
    if story.here_from:
        return story.here_from + 6 * DAY
    if not story.pregnancies:  # a father's own home
        youngest = max(child.birth_date for child in story.guests if child.birth_date)
        return min(youngest + chance.randint(60, 500) * DAY, as_at - 12 * DAY)
    first = story.pregnancies[0]
    born_on = first.born_on or first.due_on
    if story.mother and chance.happens(0.6):
        return first.week(chance.uniform(28.5, 33)) if first.weeks > 34 else born_on + 6 * DAY
    return born_on + 7 * DAY


def end(story: Story) -> None:
    """Settle who leads today, close what is over, and write the spells and grants down."""
    # Where health visiting leads, the lead has moved with the family.
    for home in story.homes:
        day = home.since
        if day is None or not story.known_by(day) or day >= story.world.as_at:
            continue
        follow_moves = story.led_by(at(day, 8, 59))
        after = story.health_visiting(day)
        if (
            follow_moves
            and follow_moves.discipline == "health_visiting"
            and follow_moves != after
            and story.is_here(day)
        ):
            story.leads.append((at(day, 9, 0), after, None))
            story.world.note(
                at(day, 9, 0), "family.lead_moved", by=None, family=story.family, team=after
            )
    family, world = story.family, story.world
    last = max(since for since, _, _ in story.leads)
    _, family.lead_team, by = max(story.leads, key=lambda lead: lead[0])
    family.lead_practitioner = by or story.worker(family.lead_team, last.date())
    if story.visitor and story.visitor in world.staff[family.lead_team.code]:
        family.lead_practitioner = story.visitor
    if story.left_on and story.left_on < world.as_at:
        family.closed_at = at(story.left_on, 17, 0)
        family.closed_reason = story.left_why
        world.note(family.closed_at, "family.closed", by=by, family=family)
    for code in story.spells:
        story.spells[code] = joined(story.spells[code])
        for spell in story.spells[code]:
            _write(story, code, spell)


def _write(story: Story, code: str, spell: Spell) -> None:
    world, family, team = story.world, story.family, story.world.teams[code]
    ended_at = spell.ended_at if spell.ended_at and spell.ended_at < world.until else None
    if family.lead_team == team:
        ended_at = None if spell is story.spells[code][-1] else ended_at
    elif family.closed_at:
        ended_at = min(ended_at or family.closed_at, family.closed_at)
    if ended_at and ended_at <= spell.started_at:
        return
    world.leaf(
        Involvement,
        family=family,
        team=team,
        reason=spell.reason,
        started_at=spell.started_at,
        ended_at=ended_at,
    )
    world.note(
        spell.started_at,
        "family.team_involved",
        by=spell.by,
        family=family,
        team=team,
        reason=spell.reason,
    )
    if ended_at is None:
        world.grant(family, team)
    else:
        world.note(ended_at, "family.team_left", by=spell.by, family=family, team=team)
