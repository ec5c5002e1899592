"""Family support and social work: asked for, taken on, stepped up and down."""

from datetime import date, datetime, timedelta

from families.models import Person
from leap.core.accounts.models import Team
from leap.ops.demo.contact_series import ContactSeries, work
from leap.ops.demo.handovers import DemoReferral, close, close_if_over, refer
from leap.ops.demo.partnership import SOCIAL_CARE
from leap.ops.demo.referral_texts import reason_for
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, in_hours, working_day
from leap.ops.demo.write_records import involve

SHARES = {"universal": 0.015, "plus": 0.13, "targeted": 0.6, "intensive": 0.85}
FAMILY = ContactSeries(
    "", "family_support", (5, 13), 8, {"home_visit": 0.78, "phone": 0.16, "clinic": 0.06}
)
SETTLING = ContactSeries("", "settling", (3, 7), 12, {"home_visit": 0.8, "phone": 0.2})
AGAIN = ContactSeries("", "again", (2, 5), 9, {"home_visit": 1})
SOCIAL = ContactSeries(SOCIAL_CARE, "social_work", (5, 11), 10, {"home_visit": 0.8, "phone": 0.2})
PLACED = ContactSeries(SOCIAL_CARE, "social_work", (80, 90), 32, {"home_visit": 0.9, "phone": 0.1})


# How many days ago an example was sent; others that are still open, these last days.
SENT = {"closed": 260, "in_progress": 45, "accepted": 9, "acknowledged": 9, "information_asked": 9}
LONG_AGO = ("expired", "redirected", "withdrawn", "declined")


def step_in(story: Story) -> None:
    """Health visiting asks family support for help."""
    chance, children = story.chance, _children(story)
    if story.seen_at is None or story.waits or not children:
        return
    if story.example:
        example_at = story.chance
        recent = example_at.randint(1, 4)
        days = (
            example_at.randint(60, 200)
            if story.example in LONG_AGO
            else SENT.get(story.example, recent)
        )
        _ask(
            story,
            children,
            in_hours(example_at, working_day(story.world.as_at - days * DAY, -1), 9, 17),
            story.example,
        )
    elif story.form not in ("kinship", "foster") and chance.happens(SHARES[story.need]):
        # Some day since they are known, in the last two years; a good part of them lately.
        asked_at, as_at = story.chance, story.world.as_at
        born = [p.born_on for p in story.pregnancies if p.born_on]
        assert story.seen_at is not None
        first = max(story.seen_at.date(), story.world.began_on, min(born)) + 21 * DAY
        back = {"fresh": 9, "lately": 110, "any": (as_at - first).days}
        span = min(
            back[asked_at.pick({"fresh": 0.15, "lately": 0.2, "any": 0.65})], (as_at - first).days
        )
        if span < 1:
            sent_at = None
        else:
            sent_at = in_hours(
                asked_at, working_day(as_at - asked_at.randint(1, span) * DAY, -1), 9, 17
            )
        if sent_at and story.seen(sent_at):
            becomes = _becomes(chance, sent_at.date(), story.world.as_at)
            _ask(story, children, sent_at, becomes)


def _children(story: Story) -> list[Person]:
    return story.born


def _becomes(chance: Chance, sent_on: date, as_at: date) -> str:
    if sent_on >= as_at - 9 * DAY:
        return chance.pick(
            {
                "accepted": 0.3,
                "waits": 0.3,
                "acknowledged": 0.14,
                "information_asked": 0.1,
                "information_given": 0.06,
                "draft": 0.1,
            }
        )
    return chance.pick(
        {
            "accepted": 0.81,
            "declined": 0.1,
            "withdrawn": 0.035,
            "redirected": 0.03,
            "expired": 0.025,
        }
    )


def _first_at(chance: Chance, sent_at: datetime, days: tuple[int, int]) -> datetime:
    day = working_day(sent_at.date() + chance.randint(*days) * DAY)
    return in_hours(chance, day, 10, 17)


def _ask(story: Story, children: list[Person], sent_at: datetime, becomes: str) -> None:
    chance, sent_on = story.chance, sent_at.date()
    team = story.family_support(sent_on)
    first_at = _first_at(chance, sent_at, (5, 15))
    if story.example == "accepted":
        first_at = in_hours(chance, working_day(story.world.as_at + 2 * DAY))
    if becomes in ("in_progress", "closed"):
        becomes = "accepted"
    pathway = "health-visiting-to-family-support"
    referral = refer(
        story,
        DemoReferral(
            pathway,
            story.health_visiting(sent_on),
            team,
            sent_at,
            reason_for(story, pathway),
            becomes,
            first_at,
        ),
    )
    if not referral.accepted_at:
        return
    last = work(story, FAMILY, team, children, first_at.date(), "referral_accepted", first_at)
    if last is None:
        return
    if not story.example and chance.happens(0.3) and _step_up(story, children, team, last):
        stepped_up_at = in_hours(chance, working_day(last + DAY), 17, 18)
        if stepped_up_at < story.world.until:
            close(story, referral, stepped_up_at, "Stepped up to social work.")
    else:
        close_if_over(story, referral, last, "family-support")


def _step_up(story: Story, children: list[Person], team: Team, last: date) -> bool:
    """Family support passes the family to social work; False when that is still to come."""
    chance, world = story.chance, story.world
    sent_at = in_hours(chance, working_day(last + DAY), 9, 17)
    if not story.could_happen(sent_at):
        return False
    becomes = "accepted"
    if sent_at.date() >= world.as_at - 6 * DAY:
        becomes = chance.pick({"accepted": 0.25, "waits": 0.5, "information_asked": 0.25})
    elif chance.happens(0.15):
        becomes = "declined"
    first_at = _first_at(chance, sent_at, (1, 4))
    pathway, social = "family-support-to-social-work", world.teams[SOCIAL_CARE]
    reason = reason_for(story, pathway)
    referral = refer(story, DemoReferral(pathway, team, social, sent_at, reason, becomes, first_at))
    if not referral.accepted_at:
        return becomes != "declined"
    last_seen = work(
        story, SOCIAL, social, children, first_at.date(), "referral_accepted", first_at
    )
    over = last_seen is not None and last_seen < world.as_at - 45 * DAY
    if last_seen and (over or chance.happens(0.5)):
        _step_down(story, children, last_seen)
        close_if_over(story, referral, last_seen, "social-work")
    return True


def _step_down(story: Story, children: list[Person], last: date) -> None:
    """Social work passes the family back, and family support leads from then on."""
    chance, world = story.chance, story.world
    sent_at = in_hours(chance, working_day(last + 3 * DAY), 9, 17)
    if not story.could_happen(sent_at):
        return
    becomes = "accepted"
    if sent_at.date() >= world.as_at - 7 * DAY:
        becomes = chance.pick({"accepted": 0.4, "waits": 0.6})
    first_at = _first_at(chance, sent_at, (2, 7))
    pathway = "social-work-to-family-support"
    team, social = story.family_support(sent_at.date()), world.teams[SOCIAL_CARE]
    reason = reason_for(story, pathway)
    referral = refer(story, DemoReferral(pathway, social, team, sent_at, reason, becomes, first_at))
    if referral.accepted_at:
        last = (
            work(story, AGAIN, team, children, first_at.date(), "referral_accepted", first_at)
            or last
        )
        left_at = max(first_at, referral.accepted_at) + timedelta(days=7)
        for spell in story.spells[SOCIAL_CARE]:
            spell.ended_at = spell.ended_at or left_at
        if last < world.as_at - 30 * DAY:
            _hand_back(story, team, last)
            close_if_over(story, referral, last, "family-support")


def settle_in(story: Story, team: Team, since: datetime) -> None:
    """Family support met these newcomers first, and leads until they have found their feet."""
    concerned = story.born or [person for person, _ in story.carers[:1]]
    last = work(story, SETTLING, team, concerned, since.date() + DAY, "registered")
    if last and last < story.world.as_at - 30 * DAY:
        _hand_back(story, team, last)


def _hand_back(story: Story, team: Team, last: date) -> None:
    """Family support's work is done: health visiting leads again."""
    when = in_hours(story.chance, working_day(last + 4 * DAY), 9, 12)
    after = story.health_visiting(when.date())
    if not story.seen(when) or story.led_by(when) != team:
        return
    story.leads.append((when, after, story.allocated(when.date())))
    story.world.note(when, "family.lead_moved", by=None, family=story.family, team=after)
    for spell in story.spells[team.code]:
        spell.ended_at = spell.ended_at or when + timedelta(days=1)


def look_after(story: Story, since: datetime) -> None:
    """A child placed with foster carers or kin: social work leads, and visits every few weeks."""
    children, social = _children(story), story.world.teams[SOCIAL_CARE]
    involve(story, social, since, "registered")
    first = max(since.date() + 7 * DAY, story.world.began_on)
    last = work(story, PLACED, social, children, first, "registered")
    if last and story.form == "kinship" and story.chance.happens(0.5):
        _step_down(story, children, last)
