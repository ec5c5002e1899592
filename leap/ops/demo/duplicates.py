"""Families registered a second time: by the same team, which finds them side by side, and by other
agencies, where only the data quality officer is shown both."""

from dataclasses import dataclass
from datetime import date, timedelta

from families.models import Family, Involvement, Member, Person, PossibleDuplicate, Residence
from families.name_normalisation import search_text
from families.people.duplicate_actions import note_possible_duplicates
from leap.ops.demo.safety_alerts import lead_of
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World


@dataclass(frozen=True)
class Double:
    """Who was registered again, and how: with another spelling, with a number that is known, or
    with day and month of birth the other way round; by which team, if not by their own."""

    days_ago: int
    mother: bool
    same_number: bool = False
    swapped: bool = False
    team: str = ""


DOUBLES = (
    Double(3, mother=True),
    Double(11, mother=False),
    Double(26, mother=True, same_number=True),
)
BY_ANOTHER_AGENCY = (
    Double(5, mother=False, team="childrens-centres"),
    Double(9, mother=True, team="stockwell-vassall-family-support"),
    Double(17, mother=True, swapped=True, team="leap-caseload-midwifery"),
    Double(31, mother=False, same_number=True, team="community-nutrition"),
    Double(40, mother=True, team="doorstep-library"),
)


def register_again(world: World, story: Story, double: Double) -> None:
    """By somebody who did not find them: a colleague of the same team, at a clinic, or of another
    agency, who sees neither them nor their family."""
    team = world.teams[double.team] if double.team else lead_of(story.family)
    by = world.staff[team.code][-1]
    when = at(working_day(world.as_at - double.days_ago * DAY, -1), 10, 20)
    known = story.mother if double.mother else story.born[0]
    assert known
    person = world.add(_again(world, known, double))
    family = world.add(
        Family(
            ref=world.ref("LB", 5),
            name=person.family_name,
            lead_team=team,
            lead_practitioner=by,
            opened_at=when,
        )
    )
    role = Member.Role.MOTHER if double.mother else Member.Role.CHILD
    world.leaf(Member, family=family, person=person, role=role)
    home = story.homes[-1]
    world.leaf(Residence, person=person, postcode=home.postcode, address=home.address, listed=0)
    world.leaf(
        Involvement, family=family, team=team, by=by, reason="registered",
        started_at=when - timedelta(seconds=1),
    )  # fmt: skip
    world.grant(family, team)
    world.note(when, "family.registered", by=by, family=family, people=1)


def _again(world: World, known: Person, double: Double) -> Person:
    """The same person, as they were heard or as they are called since they married."""
    family_name = "Adeyemi-Clarke" if double.same_number else _respelt(known.family_name)
    given_name = known.given_name
    return Person(
        ref=world.ref("P", 8),
        given_name=given_name,
        family_name=family_name,
        birth_date=_swapped(known.birth_date) if double.swapped else known.birth_date,
        sex=known.sex,
        nhs_number=known.nhs_number if double.same_number else "",
        search_name=search_text(given_name, family_name),
    )


def _swapped(day: date | None) -> date | None:
    """Day and month exchanged, where that is a day, as a form from abroad has them."""
    return day.replace(month=day.day, day=day.month) if day and day.day <= 12 else day


def _respelt(name: str) -> str:
    """With one letter written twice, as people hear it; some have no name to misspell."""
    if not name:
        return name
    at_letter = max(len(name) // 2, 1)
    return name[:at_letter] + name[at_letter - 1] + name[at_letter:]


def find(world: World) -> None:
    """The data quality officer's list, as last night's search left it, with references that are
    the seed's own."""
    note_possible_duplicates()
    pairs = list(PossibleDuplicate.objects.order_by("pk"))
    for pair in pairs:
        pair.ref, pair.found_at = world.ref("PD", 10), world.until
    PossibleDuplicate.objects.bulk_update(pairs, ["ref", "found_at"])
