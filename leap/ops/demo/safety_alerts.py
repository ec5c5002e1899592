"""What to know at the door, what was promised at the last visit, who is kept for named people, and
assessments that belong to no visit."""

from datetime import date, datetime, timedelta

from families.models import (
    Contact,
    Family,
    FollowUp,
    Observation,
    Person,
    PersonReader,
    Restriction,
    SafetyAlert,
)
from families.observations.codes import CODES
from leap.core.accounts.models import Team, User
from leap.ops.demo.partnership import sign_in
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World

WARNINGS = (
    ("dog", "A large dog, friendly to people it knows. Ring first: they shut it away.", -6),
    ("access", "Third floor, and the lift is often out of order. The second buzzer.", 45),
)  # fmt: skip
PROMISED = (
    ("Bring the form for the nursery place", -5, True),
    ("Ring about how the new bottles go", 0, True),
    ("Weigh again at the clinic", 4, False),
    ("Ask whether the cot has come", 20, True),
)


def lead_of(family: Family) -> Team:
    """The team that leads it; every family of the tour has one."""
    assert family.lead_team
    return family.lead_team


def warn(world: World, story: Story, by: User) -> None:
    """Two things to know at the door; one ought to have been looked at again."""
    family, since = story.family, at(working_day(world.as_at - 60 * DAY, -1), 15, 10)
    for kind, words, days in WARNINGS:
        made = SafetyAlert.objects.create(
            ref=world.ref("A", 10),
            family=family,
            kind=kind,
            words=words,
            review_on=world.as_at + days * DAY,
            team=lead_of(family),
            by=by,
            made_at=since,
        )
        world.note(since, "alert.added", by=by, family=family, subject=made, team=made.team,
                   review_on=made.review_on.isoformat())  # fmt: skip


def follow_up(world: World, story: Story, by: User) -> None:
    """Next steps from the last visit: late, today, soon and later; and one that is done."""
    family = story.family
    seen = Contact.objects.filter(family=family, layer="shared", team=family.lead_team)
    contact = seen.filter(outcome="attended").order_by("-occurred_at", "-pk").first()
    if contact is None:
        return
    steps = [(what, days, mine, None) for what, days, mine in PROMISED]
    done_at = max(at(working_day(world.as_at - DAY, -1), 16, 0), contact.recorded_at)
    for what, days, mine, done in [*steps, ("Send the times of stay and play", -8, True, done_at)]:
        FollowUp.objects.create(
            ref=world.ref("FU", 10),
            contact=contact,
            family=story.family,
            person=story.born[0],
            what=what,
            due_on=world.as_at + days * DAY,
            team=contact.team,
            to=by if mine else None,
            by=contact.by or by,
            made_at=contact.recorded_at,
            done_at=done,
            done_by=by if done else None,
        )


def keep_somebody(world: World, story: Story, by: User) -> None:
    """One person of a family, who works for one of the agencies, is for named people."""
    person, since = story.partner or story.mother, at(world.as_at - 30 * DAY, 10, 0)
    assert person
    keep(world, story.family, person, Restriction.STAFF, by, since)


def keep(
    world: World, family: Family, person: Person, kind: Restriction, by: User, since: datetime
) -> None:
    """For `by` and the manager alone."""
    Person.objects.filter(pk=person.pk).update(restriction=kind)
    readers = sorted({by, sign_in(world, "manager")}, key=lambda user: str(user.ref))
    PersonReader.objects.bulk_create(
        PersonReader(person=person, practitioner=user) for user in readers
    )
    named = [str(user.ref) for user in readers]
    world.note(since, "person.restricted", by=by, family=family, subject=person,
               restriction=kind.value, named=named)  # fmt: skip


def assess(world: World, story: Story, by: User) -> None:
    """Well-being asked about twice, with nothing else, and feelings after the birth."""
    assert story.mother
    for days, total in ((120, "38"), (21, "47")):
        record(world, story, story.mother, by, world.as_at - days * DAY, wemwbs_total=total)


def record(
    world: World,
    story: Story,
    person: Person,
    by: User,
    on: date,
    contact: Contact | None = None,
    /,
    **values: str,
) -> list[Observation]:
    """Write findings down, one for each code, as of some hours later."""
    rows = []
    for code, answer in values.items():
        value, number = CODES[code].read(answer)
        rows.append(
            Observation.objects.create(
                ref=world.ref("O", 10),
                person=person,
                code=code,
                recorded_on=on,
                value=value,
                number=number,
                contact=contact,
                by=by,
                recorded_at=at(on, 16, 30),
            )
        )
    world.note(at(on, 16, 30) + timedelta(seconds=1), "assessment.recorded", by=by,
               family=story.family, team=lead_of(story.family), findings=len(rows),
               layer="shared")  # fmt: skip
    return rows
