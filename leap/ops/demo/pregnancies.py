"""From the first booking to the midwives' last visit."""

from datetime import date, datetime, timedelta

from leap.ops.demo import notes
from leap.ops.demo.growth import birth_weight
from leap.ops.demo.handovers import DemoReferral, refer
from leap.ops.demo.referral_texts import OUTCOMES, reason_for
from leap.ops.demo.stories import Pregnancy, Story
from leap.ops.demo.working_hours import DAY, in_hours, working_day, working_day_between
from leap.ops.demo.write_records import Happening, found, involve, log

OBESE_AT_BOOKING = (3.252, 0.215)  # of the logarithm of BMI: about a quarter are 30 or above


def booking_day(story: Story, pregnancy: Pregnancy) -> date:
    """The midwives' first appointment: around nine weeks, for some much later."""
    chance, world = story.chance, story.world
    week = chance.near(9.6, 1.6, 6.5, 14) if chance.happens(0.86) else chance.near(17, 4, 10.5, 30)
    latest = min(world.as_at - chance.randint(2, 9) * DAY, (pregnancy.born_on or world.as_at) - DAY)
    return working_day(min(pregnancy.week(week), latest), -1)


def expect(story: Story, pregnancy: Pregnancy) -> None:
    """Everything about one pregnancy up to the handover after the birth."""
    booked_on = pregnancy.booked_on = pregnancy.booked_on or booking_day(story, pregnancy)
    if story.mother and story.is_here(booked_on):
        _book(story, pregnancy, booked_on)
    if pregnancy.born_on and pregnancy.born_on < story.world.as_at:
        _birth(story, pregnancy)


def with_midwives(story: Story, pregnancy: Pregnancy, booked_on: date) -> bool:
    """Whether the midwives wrote in the shared record, which began two years ago."""
    return (
        story.mother is not None
        and story.form != "his home"
        and booked_on >= story.world.began_on
        and story.is_here(booked_on)
    )


def _book(story: Story, pregnancy: Pregnancy, booked_on: date) -> None:
    chance, mother = story.chance, story.mother
    assert mother is not None
    bmi = round(2.718281828 ** chance.gauss(*OBESE_AT_BOOKING), 1)
    story.bmi = min(max(bmi, 16.2), 52.0)
    weeks = round((booked_on - pregnancy.conceived_on).days / 7, 1)
    values = {"booking_on_weeks": weeks}
    if chance.happens(0.96):
        values["booking_bmi"] = story.bmi
    if not with_midwives(story, pregnancy, booked_on):
        found(story, mother, booked_on, **values)
        return
    pregnancy.with_midwives = True
    team = story.midwifery()
    booked_at = pregnancy.booked_at or in_hours(chance, booked_on, 9, 16)
    leaves_at = (
        in_hours(chance, working_day(pregnancy.born_on + 28 * DAY)) if pregnancy.born_on else None
    )
    if pregnancy.booked_at is None:
        involve(
            story, team, booked_at, "team_around_family", leaves_at, story.worker(team, booked_on)
        )
    else:
        story.spells[team.code][0].ended_at = leaves_at
    contact = log(
        story,
        Happening(
            team,
            booked_at,
            "clinic",
            [mother],
            present=[mother],
            note=chance.choice(notes.WORK["midwife_booking"]),
            service=story.caseload_service(team),
        ),
    )
    found(story, mother, booked_on, contact, **values)
    if chance.happens(0.3):
        found(story, mother, booked_on, contact, domestic_abuse_enquiry="asked")
    _clinics(story, pregnancy)
    _notify(story, pregnancy, booked_on)


def _clinics(story: Story, pregnancy: Pregnancy) -> None:
    """Antenatal clinics; midwives keep their own notes, so only some are written here too."""
    chance, mother, team = story.chance, story.mother, story.midwifery()
    assert mother is not None
    for week, phrases in notes.ANTENATAL_CLINICS.items():
        day = working_day(pregnancy.week(week + chance.uniform(-0.8, 0.8)))
        when = in_hours(chance, day, 9, 16)
        gone = pregnancy.born_on is not None and day >= pregnancy.born_on
        gone |= pregnancy.booked_on is not None and day <= pregnancy.booked_on
        if gone or not story.could_happen(when) or not chance.happens(0.55):
            continue
        outcome = chance.pick({"attended": 0.93, "cancelled_by_family": 0.07})
        came = outcome == "attended"
        note = chance.choice(phrases if came else notes.MISSED[outcome])
        log(
            story,
            Happening(
                team,
                when,
                "clinic",
                [mother, *pregnancy.babies],
                outcome,
                note=note,
                service=story.caseload_service(team),
            ),
        )


def _notify(story: Story, pregnancy: Pregnancy, booked_on: date) -> None:
    """Tell health visiting from 28 weeks, so that they can meet before the birth."""
    chance, as_at = story.chance, story.world.as_at
    sent_on = working_day(max(pregnancy.week(27.6 + chance.random() * 1.8), booked_on + DAY))
    becomes = "accepted"
    if story.waits and not pregnancy.born_on:
        sent_on = working_day(as_at - chance.pick({1: 3, 2: 3, 4: 2, 6: 1}) * DAY, -1)
        becomes = story.waits
    elif as_at - 3 * DAY <= sent_on < as_at + 6 * DAY and chance.happens(0.5):
        sent_on, becomes = working_day(as_at - DAY, -1), "draft"
    elif sent_on >= as_at - 12 * DAY:
        becomes = chance.pick({"accepted": 0.9, "information_given": 0.1})
    sent_at = in_hours(chance, sent_on, 9, 17)
    early = pregnancy.born_on is not None and pregnancy.born_on <= sent_on + 4 * DAY
    if early or not story.could_happen(sent_at) or (becomes == "accepted" and chance.happens(0.06)):
        return
    visit_at = _antenatal_day(story, pregnancy, sent_on)
    ends_on = (pregnancy.born_on or pregnancy.due_on) + 3 * DAY
    closed_on = working_day(visit_at.date() + 2 * DAY if visit_at else ends_on)
    outcome = "antenatal-notification" if visit_at else "antenatal-missed"
    first = story.pregnancies[0] is pregnancy
    refer(
        story,
        DemoReferral(
            "antenatal-notification",
            story.midwifery(),
            story.health_visiting(sent_on),
            sent_at,
            reason_for(story, "antenatal-notification", first),
            becomes,
            visit_at,
            in_hours(chance, closed_on),
            chance.choice(OUTCOMES[outcome]),
            to=story.allocated(sent_on),
        ),
    )
    pregnancy.antenatal_at = visit_at if becomes == "accepted" else None


def _antenatal_day(story: Story, pregnancy: Pregnancy, sent_on: date) -> datetime | None:
    """When health visiting comes before the birth: to about six in ten."""
    chance = story.chance
    first = max(pregnancy.week(29.5), sent_on + 4 * DAY)
    last = min(pregnancy.week(36.5), (pregnancy.born_on or pregnancy.due_on) - 4 * DAY)
    if first >= last or not chance.happens(0.64):
        return None
    return in_hours(chance, working_day_between(chance, first, last), 9, 16)


def _birth(story: Story, pregnancy: Pregnancy) -> None:
    """What was found at the birth, and the midwives' visits after it."""
    chance, mother, born_on = story.chance, story.mother, pregnancy.born_on
    assert born_on is not None
    years_ago = (story.world.as_at - born_on).days / 365
    breast = mother is not None and chance.happens(0.872 - 0.006 * years_ago)
    pregnancy.fed = "breast_milk" if breast else "other"
    for baby in pregnancy.babies:
        if pregnancy.lost or not baby.birth_date:
            continue
        weight = birth_weight(chance, pregnancy.weeks, twin=len(pregnancy.babies) > 1)
        found(story, baby, born_on, gestation_weeks=pregnancy.weeks)
        if chance.happens(0.985):
            found(story, baby, born_on, birth_weight_g=weight)
        if chance.happens(0.97):
            found(story, baby, born_on, first_feed=pregnancy.fed)
    if mother and not pregnancy.lost and chance.happens(0.965):
        smokes = "yes" if chance.happens(0.043) else "no"
        found(story, mother, born_on, smoking_at_delivery=smokes)
    if pregnancy.with_midwives:
        _visit_after(story, pregnancy, born_on)


def _visit_after(story: Story, pregnancy: Pregnancy, born_on: date) -> None:
    chance, mother, team = story.chance, story.mother, story.midwifery()
    assert mother is not None
    for pool, day in (("midwife_home", 1), ("midwife_home", 5), ("midwife_discharge", 10)):
        visit_on = working_day(born_on + DAY * (day + chance.randint(0, 1)))
        when = in_hours(chance, visit_on, 9, 17)
        alive = pregnancy.alive(visit_on)
        if not alive or not story.could_happen(when) or not chance.happens(0.62):
            continue
        log(
            story,
            Happening(
                team,
                when,
                "home_visit",
                [mother, *alive],
                note=chance.choice(notes.WORK[pool]),
                service=story.caseload_service(team),
            ),
        )
    if pregnancy.alive(born_on + 14 * DAY):
        _hand_over(story, pregnancy, born_on)


def _hand_over(story: Story, pregnancy: Pregnancy, born_on: date) -> None:
    """Pass the baton to health visiting, just before their first visit."""
    chance, as_at, visit_on = story.chance, story.world.as_at, pregnancy.visit_on
    sent_on = working_day(born_on + chance.randint(10, 13) * DAY)
    becomes = "accepted"
    if story.waits:
        sent_on = working_day(max(born_on + 5 * DAY, as_at - chance.randint(1, 4) * DAY), -1)
        becomes = story.waits
    elif visit_on and visit_on <= sent_on + DAY:
        sent_on = working_day(visit_on - chance.randint(1, 3) * DAY, -1)
    sent_at = in_hours(chance, sent_on, 9, 16)
    if not story.could_happen(sent_at):
        return
    visit_at = in_hours(chance, visit_on, 10, 16) if visit_on else None
    pregnancy.visit_at = visit_at
    closed_on = working_day((visit_on or born_on + 45 * DAY) + timedelta(days=chance.randint(0, 3)))
    outcome = "postnatal-handover" if visit_on else "postnatal-missed"
    refer(
        story,
        DemoReferral(
            "postnatal-handover",
            story.midwifery(),
            story.health_visiting(sent_on),
            sent_at,
            reason_for(story, "postnatal-handover", fed=pregnancy.fed),
            becomes,
            visit_at,
            in_hours(chance, closed_on, 16, 18),
            chance.choice(OUTCOMES[outcome]),
            to=story.allocated(sent_on),
        ),
    )
