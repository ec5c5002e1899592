"""One family for each rule that prompts, and what somebody decided on the prompts of another."""

from datetime import date, timedelta

from families.models import Contact, ContactPerson
from leap.casework.prompts.models import Decision, Rule
from leap.core.accounts.models import User
from leap.ops.demo.safety_alerts import lead_of, record
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World
from referrals.models import Referral

NOBODY_IN = "Nobody answered. A card through the door with our number."


def harm(world: World, story: Story, by: User) -> None:
    """Item 10 of the EPDS above nought: the total is not high."""
    assert story.mother
    record(world, story, story.mother, by, _ago(world, 1), epds_total="9", epds_item_10="1")


def abuse(world: World, story: Story, by: User) -> None:
    assert story.mother
    record(world, story, story.mother, by, _ago(world, 8), domestic_abuse_disclosed="yes")


def score(world: World, story: Story, by: User) -> None:
    assert story.mother
    record(world, story, story.mother, by, _ago(world, 5), dash_score="15")


def miss(world: World, story: Story, by: User) -> None:
    """The last two visits found nobody in."""
    for days in (8, 1):
        _missed(world, story, by, _ago(world, days))


def decline(world: World, story: Story, by: User) -> None:
    """Family support declined, after a visit that found nobody in."""
    referral = Referral.objects.filter(family=story.family, status="declined").first()
    if referral and referral.sent_at:
        sent_on = referral.sent_at.date()
        _missed(world, story, story.family.lead_practitioner or by, sent_on - 2 * DAY)
        lately = world.as_at - 21 * DAY
        if referral.declined_at and referral.declined_at.date() < world.as_at - 150 * DAY:
            Referral.objects.filter(pk=referral.pk).update(declined_at=at(lately, 11, 0))


def decide(world: World, story: Story, by: User) -> None:
    """Three prompts on which somebody has decided: act, explained, and not now."""
    assert story.mother
    bases = record(
        world, story, story.mother, by, _ago(world, 15),
        epds_item_10="1", domestic_abuse_disclosed="yes", dash_score="16",
    )  # fmt: skip
    chosen: tuple[tuple[Rule, str, str, date | None], ...] = (
        (Rule.HARM, "act", "Rang her doctor with her in the room. Seen there the same day.", None),
        (Rule.ABUSE, "explained", "He left two years ago and lives abroad. Asked with nobody else "
         "there.", None),
        (Rule.DASH, "not_now", "She asks for a week to talk to her sister first.",
         world.as_at + 5 * DAY),
    )  # fmt: skip
    for (rule, choice, note, until), basis in zip(chosen, bases, strict=True):
        made = Decision.objects.create(
            ref=world.ref("PD", 10),
            family=story.family,
            rule=rule,
            basis=basis.ref,
            choice=choice,
            until=until,
            note=note,
            by=by,
            at=basis.recorded_at + timedelta(minutes=20),
        )
        world.note(made.at, "prompt.decided", by=by, family=story.family, subject=made,
                   choice=choice)  # fmt: skip


def _ago(world: World, days: int) -> date:
    return working_day(world.as_at - days * DAY, -1)


def _missed(world: World, story: Story, by: User, on: date) -> None:
    when, family = at(on, 10, 15), story.family
    contact = Contact.objects.create(
        ref=world.ref("C", 10),
        family=family,
        team=lead_of(family),
        by=by,
        kind="home_visit",
        occurred_at=when,
        outcome="no_access",
        note=NOBODY_IN,
        recorded_at=when + timedelta(hours=2),
    )
    ContactPerson.objects.create(contact=contact, person=story.born[0], concerned=True, listed=0)
    world.note(contact.recorded_at, "contact.logged", by=by, family=family, subject=contact,
               team=contact.team, contact_kind="home_visit", outcome="no_access", review="",
               findings=0)  # fmt: skip
