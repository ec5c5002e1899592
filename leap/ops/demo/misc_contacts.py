"""What happens between the reviews: clinics, calls, and the work of LEAP's services."""

from datetime import date

from families.models import Person
from leap.ops.demo import notes
from leap.ops.demo.contact_series import ContactSeries, work
from leap.ops.demo.growth import size
from leap.ops.demo.handovers import DemoReferral, close_if_over, refer
from leap.ops.demo.note_phrases import say
from leap.ops.demo.referral_texts import reason_for
from leap.ops.demo.stories import Pregnancy, Story
from leap.ops.demo.working_hours import DAY, in_hours, working_day
from leap.ops.demo.write_records import Happening, found, log

CALLS_A_YEAR = {"universal": 0.35, "plus": 1.4, "targeted": 3.4, "intensive": 5.0}
CLINICS = {"universal": 1.0, "plus": 1.6, "targeted": 2.0, "intensive": 2.0}


BREASTFEEDING = ContactSeries(
    "breastfeeding-peer-support", "breastfeeding", (2, 5), 6,
    {"phone": 0.5, "home_visit": 0.3, "text": 0.2}, "breastfeeding-peer-support",
)  # fmt: skip
SPEECH = ContactSeries(
    "evelina-speech-and-language", "speech_and_language", (3, 6), 14,
    {"clinic": 0.7, "home_visit": 0.2, "video": 0.1},
)  # fmt: skip
NUTRITION = ContactSeries(
    "community-nutrition", "nutrition", (2, 4), 14,
    {"clinic": 0.7, "phone": 0.3}, "one-to-one-nutrition", for_mother=True,
)  # fmt: skip
PAIRS = ContactSeries(
    "pairs", "pairs", (5, 10), 7, {"clinic": 0.75, "home_visit": 0.25}, "pairs-one-to-one"
)
LIBRARY = ContactSeries(
    "doorstep-library", "doorstep_library", (4, 8), 7, {"home_visit": 1}, "doorstep-library"
)
REAL = ContactSeries(
    "childrens-centres", "making_it_real", (3, 5), 21, {"home_visit": 1}, "making-it-real"
)
ABUSE = ContactSeries(
    "domestic-abuse-caseworkers", "domestic_abuse", (4, 9), 10,
    {"phone": 0.65, "clinic": 0.35}, "dv-enhanced-caseworkers", for_mother=True,
)  # fmt: skip
POLICE = ContactSeries("lambeth-police", "police", (1, 2), 12, {"phone": 1}, for_mother=True)


def meet_again(story: Story) -> None:
    """Clinics in the first half-year, listening visits, calls and follow-up visits."""
    for pregnancy in story.pregnancies:
        if pregnancy.born_on and not pregnancy.lost and pregnancy.alive(story.world.as_at):
            _clinics(story, pregnancy)
            _calls(story, pregnancy)
            if pregnancy.low:
                _listen(story, pregnancy.low)
        elif pregnancy.born_on:
            _stand_by(story, pregnancy)


def _clinics(story: Story, pregnancy: Pregnancy) -> None:
    chance, born_on = story.chance, pregnancy.born_on
    assert born_on is not None
    if born_on < story.world.began_on - 200 * DAY:
        return
    for _ in range(round(chance.expovariate(1 / CLINICS[story.need]))):
        when = in_hours(chance, working_day(born_on + chance.randint(20, 200) * DAY), 9, 13)
        if not story.seen(when):
            continue
        babies = pregnancy.alive(when.date())
        site = story.clinic_site(when.date())
        contact = log(
            story,
            Happening(
                story.health_visiting(when.date()),
                when,
                "clinic",
                babies,
                note=say(story, notes.CLINIC, when.date()),
                site=site,
            ),
        )
        for baby in babies:
            age = (when.date() - born_on).days / 365.25
            weight = size(story.builds[baby.ref], baby.sex, age)[1]
            found(story, baby, when.date(), contact, weight_kg=weight)


def _calls(story: Story, pregnancy: Pregnancy) -> None:
    """Calls, messages and visits as the family's needs ask for, up to school age."""
    chance, born_on, world = story.chance, pregnancy.born_on, story.world
    assert born_on is not None
    first = max(born_on + 15 * DAY, world.began_on)
    last = min(born_on + 1500 * DAY, world.as_at)
    years = max(0, (last - first).days) / 365
    for _ in range(round(chance.expovariate(1) * years * CALLS_A_YEAR[story.need])):
        when = in_hours(chance, working_day(first + chance.randint(0, (last - first).days) * DAY))
        if not story.seen(when):
            continue
        home = story.need != "universal" and chance.happens(0.4)
        kind = "home_visit" if home else chance.pick({"phone": 0.75, "text": 0.25})
        pool = {"home_visit": notes.PLUS_VISITS, "phone": notes.CALLS, "text": notes.TEXTS}[kind]
        outcome = "attended"
        if home:
            outcome = chance.pick({"attended": 0.85, "no_access": 0.1, "cancelled_by_family": 0.05})
        if outcome != "attended":
            pool = notes.MISSED[outcome]
        children = pregnancy.alive(when.date())
        log(
            story,
            Happening(
                story.health_visiting(when.date()),
                when,
                kind,
                children if home or chance.happens(0.6) or not story.mother else [story.mother],
                outcome,
                note=notes.fill(say(story, pool, when.date()), name=children[0].given_name),
            ),
        )


def _listen(story: Story, since: date) -> None:
    """Weekly listening visits where the mood was low."""
    chance, mother = story.chance, story.mother
    assert mother is not None
    count = chance.randint(4, 6)
    for visit in range(count):
        when = in_hours(chance, working_day(since + DAY * (8 + 8 * visit)), 9, 16)
        if story.seen(when) and chance.happens(0.85):
            last = visit == count - 1
            pool = notes.LISTENING[-1:] if last else notes.LISTENING[:-1]
            team = story.health_visiting(when.date())
            log(
                story,
                Happening(
                    team, when, "home_visit", [mother], note=chance.choice(pool), present=[mother]
                ),
            )


def _stand_by(story: Story, pregnancy: Pregnancy) -> None:
    """After a loss: one visit to the parents, then nothing that they have not asked for."""
    chance, mother = story.chance, story.mother
    if mother is None:
        return
    died = max(b.died_on for b in pregnancy.babies if b.died_on)
    when = in_hours(chance, working_day(died + 6 * DAY), 10, 16)
    midwives = story.midwifery()
    team = story.health_visiting(when.date()) if story.seen(when) else midwives
    if story.could_happen(when) and story.works_with(team, when):
        log(
            story,
            Happening(team, when, "home_visit", [mother], note=chance.choice(notes.LOSS)),
        )


def help_along(story: Story) -> None:
    """LEAP's services, for those whom they are for."""
    for pregnancy in story.pregnancies:
        if pregnancy.born_on and pregnancy.alive(story.world.as_at):
            _services(story, pregnancy, pregnancy.born_on)
    if story.mother and story.bmi >= 30 and story.chance.happens(0.3):
        start = story.pregnancies[-1].week(17)
        if start > story.world.began_on and story.known_by(start):
            work(story, NUTRITION, story.world.teams[NUTRITION.team], [story.mother], start)
    if "disclosed on" in story.known and story.chance.happens(0.75):
        _safety(story)


def _services(story: Story, pregnancy: Pregnancy, born_on: date) -> None:
    chance, began_on = story.chance, story.world.began_on
    babies = pregnancy.alive(story.world.as_at)
    parents = [story.mother] if story.mother else []
    plans: list[tuple[ContactSeries, float, date, list[Person]]] = [
        (BREASTFEEDING, 0.17 if pregnancy.fed != "other" else 0, born_on + 12 * DAY, parents),
        (PAIRS, 0.5 if pregnancy.low else 0.005, born_on + 80 * DAY, [*babies, *parents]),
        (LIBRARY, 0.05, born_on + chance.randint(200, 1000) * DAY, babies),
        (REAL, 0.05, born_on + chance.randint(760, 1300) * DAY, babies),
    ]
    if pregnancy.slow_to_speak:
        plans.append((SPEECH, 0.75, pregnancy.slow_to_speak + 30 * DAY, babies))
    for what, share, start, concerned in plans:
        wanted = chance.happens(share) and concerned
        if wanted and start > began_on and story.known_by(start):
            work(story, what, story.world.teams[what.team], concerned, start)


def _safety(story: Story) -> None:
    """A caseworker for her, by way of a referral, and for the gravest the police."""
    chance, world = story.chance, story.world
    told_on = date.fromisoformat(story.known["disclosed on"])
    sent_at = in_hours(chance, working_day(told_on + DAY), 9, 12)
    assert story.mother is not None
    if told_on < world.began_on or not story.seen(sent_at):
        return
    team = world.teams[ABUSE.team]
    first_at = in_hours(chance, working_day(told_on + chance.randint(4, 7) * DAY), 13, 17)
    referral = refer(
        story,
        DemoReferral(
            "health-visiting-to-family-support",
            story.health_visiting(told_on),
            team,
            sent_at,
            reason_for(story, "domestic-abuse"),
            first_contact_at=first_at,
        ),
    )
    if not referral.accepted_at:
        return
    worked = work(
        story, ABUSE, team, [story.mother], first_at.date(), "referral_accepted", first_at
    )
    if worked:
        close_if_over(story, referral, worked, "domestic-abuse")
    if chance.happens(0.3):
        work(story, POLICE, world.teams[POLICE.team], [story.mother], first_at.date() + 2 * DAY)
