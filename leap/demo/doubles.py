"""Families registered a second time, which wait to be looked at side by side."""

from dataclasses import dataclass
from datetime import timedelta

from families.models import Family, Involvement, Member, Person, Residence
from families.names import sought_as
from leap.demo.hours import DAY, at, working_day
from leap.demo.knocking import lead_of
from leap.demo.stories import Story
from leap.demo.world import World


@dataclass(frozen=True)
class Double:
    """Who was registered again, how: with another spelling, or with a number that is known."""

    days_ago: int
    mother: bool
    same_number: bool = False


DOUBLES = (
    Double(3, mother=True),
    Double(11, mother=False),
    Double(26, mother=True, same_number=True),
)


def register_again(world: World, story: Story, double: Double) -> None:
    """By a colleague of the same team, at a clinic, who did not find them."""
    team = lead_of(story.family)
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
    given = known.given_name
    return Person(
        ref=world.ref("P", 8),
        given_name=given,
        family_name=family_name,
        birth_date=known.birth_date,
        sex=known.sex,
        nhs_number=known.nhs_number if double.same_number else "",
        sought_as=sought_as(given, family_name),
    )


def _respelt(name: str) -> str:
    """With one letter written twice, as people hear it."""
    at_letter = max(len(name) // 2, 1)
    return name[:at_letter] + name[at_letter - 1] + name[at_letter:]
