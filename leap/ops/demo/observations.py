"""What is found at the reviews and written down in codes."""

from datetime import timedelta

from families.models import Contact, Person
from families.observations import asq
from families.observations.codes import ASQ3_DOMAINS
from leap.ops.demo.growth import size
from leap.ops.demo.stories import Pregnancy, Story
from leap.ops.demo.working_hours import working_day
from leap.ops.demo.write_records import found


def _record_new_birth(
    story: Story, pregnancy: Pregnancy, babies: list[Person], contact: Contact
) -> None:
    _measure(story, babies, contact, 0.8, length=False)
    chance = story.world.chance("home", contact.ref)  # its own, so that nothing else is moved
    if babies and chance.happens(0.6):
        levels = WORSE if story.need in ("targeted", "intensive") else HOMES
        day = contact.occurred_at.date()
        found(story, babies[0], day, contact, home_conditions=chance.pick(levels))
    ask_about_abuse(story, contact)


HOMES = {"good": 0.75, "fair": 0.25}
WORSE = {"good": 0.2, "fair": 0.5, "poor": 0.3}


def _record_six_weeks(
    story: Story, pregnancy: Pregnancy, babies: list[Person], contact: Contact
) -> None:
    chance, day = story.chance, contact.occurred_at.date()
    _measure(story, babies, contact, 0.92)
    if chance.happens(0.993):
        for baby in babies:
            found(story, baby, day, contact, feeding_6_8_weeks=pregnancy.fed)
            if day <= pregnancy.eight_weeks:
                pregnancy.feeding_known.add(baby.ref)
    if story.mother and chance.happens(0.91):
        low = story.known["mood"] == "low"
        total = round(chance.near(13.8, 3.2, 10, 25) if low else chance.near(5.0, 2.7, 0, 9))
        pregnancy.low = day if total >= 10 else None
        harm = chance.pick({1: 0.8, 2: 0.2}) if low and chance.happens(0.16) else 0
        found(story, story.mother, day, contact, epds_total=total, epds_item_10=harm)


def _record_one_year(
    story: Story, pregnancy: Pregnancy, babies: list[Person], contact: Contact
) -> None:
    _measure(story, babies, contact, 0.9)
    for baby in babies:
        if story.chance.happens(0.6):
            level = story.chance.pick({"below": 0.86, "monitoring": 0.09, "above": 0.05})
            found(story, baby, contact.occurred_at.date(), contact, asqse2=level)
            _questionnaire(story, pregnancy, baby, contact, "asqse2")


def _questionnaire(
    story: Story, pregnancy: Pregnancy, baby: Person, contact: Contact, instrument: str
) -> None:
    """Which one was used, by the age on the day."""
    day = contact.occurred_at.date()
    if months := asq.questionnaire_for_age(instrument, baby, pregnancy.weeks, day):
        found(story, baby, day, contact, **{asq.months_code(instrument): months})


def _record_two_years(
    story: Story, pregnancy: Pregnancy, babies: list[Person], contact: Contact
) -> None:
    chance, behind = story.chance, story.known["behind"]
    _measure(story, babies, contact, 0.88)
    if not chance.happens(0.94):
        return
    for baby in babies:
        # The five ASQ-3 domains, agreeing with what the note says.
        domains = story.chance
        levels = {d: domains.pick({"above": 0.9, "monitoring": 0.1}) for d in ASQ3_DOMAINS}
        if behind == "communication":
            levels["communication"] = "below"
        if behind:
            others = domains.some(ASQ3_DOMAINS[1:], domains.pick({0: 0.5, 1: 0.35, 2: 0.15}))
            for domain in others or (ASQ3_DOMAINS[4],) * (behind == "other"):
                levels[domain] = "below"
        found(
            story,
            baby,
            contact.occurred_at.date(),
            contact,
            **{f"asq3_{domain}": level for domain, level in levels.items()},
        )
        level = chance.pick({"below": 0.84, "monitoring": 0.09, "above": 0.07})
        found(story, baby, contact.occurred_at.date(), contact, asqse2=level)
        for instrument in asq.TITLES:
            _questionnaire(story, pregnancy, baby, contact, instrument)
    if behind == "communication":
        pregnancy.slow_to_speak = contact.occurred_at.date()


def _measure(
    story: Story, babies: list[Person], contact: Contact, share: float, length: bool = True
) -> None:
    """Weigh, and mostly measure, each child."""
    day = contact.occurred_at.date()
    for baby in babies:
        if not story.chance.happens(share):
            continue
        assert baby.birth_date is not None
        age = (day - baby.birth_date).days / 365.25
        tall, weight = size(story.builds[baby.ref], baby.sex, age)
        found(story, baby, day, contact, weight_kg=weight)
        if length and story.chance.happens(0.93):
            found(story, baby, day, contact, height_cm=tall)


def ask_about_abuse(story: Story, contact: Contact) -> None:
    """Ask her, alone; sometimes she says so."""
    chance, mother, day = story.chance, story.mother, contact.occurred_at.date()
    if mother is None or not chance.happens(0.93):
        return
    enquiry = chance.pick({"asked": 0.75, "not_asked_not_alone": 0.225, "declined": 0.025})
    found(story, mother, day, contact, domestic_abuse_enquiry=enquiry)
    if enquiry != "asked" or not chance.happens(0.9):
        return
    disclosed = chance.happens(0.035) and "disclosed on" not in story.known
    found(story, mother, day, contact, domestic_abuse_disclosed="yes" if disclosed else "no")
    if disclosed:
        story.known["disclosed on"] = day.isoformat()
        score = round(chance.near(9.5, 5, 1, 23))
        high = "yes" if score >= 14 or chance.happens(0.08) else "no"
        found(story, mother, day, contact, dash_score=score, marac_referral=high)


def measured_at_four(story: Story, pregnancy: Pregnancy) -> None:
    """Height and weight in reception year, which come from the school nurses in a file."""
    chance, born_on = story.chance, pregnancy.born_on
    if born_on is None:
        return
    for baby in pregnancy.alive(story.world.as_at):
        day = working_day(born_on + timedelta(days=chance.randint(1575, 1815)))
        ward_known = story.left_on is None or story.left_on > day or "school" in story.left_why
        if day < story.world.as_at and ward_known and chance.happens(0.9):
            age = (day - born_on).days / 365.25
            tall, weight = size(story.builds[baby.ref], baby.sex, age)
            found(story, baby, day, height_cm=tall, weight_kg=weight)


RECORD = {
    "new_birth": _record_new_birth,
    "six_to_eight_week": _record_six_weeks,
    "one_year": _record_one_year,
    "two_year": _record_two_years,
}
