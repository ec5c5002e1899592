"""Who may register and change people, and what may be said of them."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

import nhs_number
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.access.rules import HOLD_NO_FAMILIES, teams_that_hold_families
from families.inputs import NewAddress, NewPerson
from families.models import Member, Person
from families.people import age_rules
from families.people.age_rules import OLDEST, PARENTS
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed

# Within an hour a practitioner can have it answered for so many identities (a number, or a name
# with a day of birth) whether any service knows them: a morning's registering, and no list.
MOST_IDENTITIES, WITHIN = 60, timedelta(hours=1)
IDENTITIES_ASKED = "identities.asked"
TOO_MANY_IDENTITIES = (
    "You have asked about more people within an hour than registering takes, and a manager has been"
    " told. What you typed is still here. Try again in an hour, or ask your manager to register"
    " them."
)


def check_can_register_for(team: Team, user: User) -> None:
    """A family is led from its first moment by a team of whoever registers it."""
    if not user.works_in(team):
        raise NotAllowed(f"You are not in {team.name}, so you cannot register families for it.")
    if team.discipline in HOLD_NO_FAMILIES:
        raise NotAllowed("Families are registered by the teams that work with them.")


def check_decides_on_duplicates(user: User) -> None:
    if not user.can(Capability.DECIDE_DUPLICATES):
        raise NotAllowed("Only the programme’s data quality officer looks at possible duplicates.")


def identities_asked(user: User) -> int:
    """About how many identities this practitioner has asked in the last hour, by the log."""
    since = timezone.now() - WITHIN
    events = Event.objects.filter(by_ref=str(user.ref), kind=IDENTITIES_ASKED, at__gt=since)
    return sum(events.values_list("details__identities", flat=True))


def teams_to_register_for(user: User) -> list[Team]:
    """The teams that this practitioner may register a family for."""
    teams = teams_that_hold_families(user)
    if not teams:
        raise NotAllowed("Families are registered by the teams that work with them.")
    return teams


POSTCODE_TOO = (
    "Enter the postcode of this address, too. For no fixed abode give ZZ99 3VZ. Or leave both blank"
    " for now."
)


def ask_about_parents(people: Iterable[tuple[str, str]]) -> str | None:
    """What to ask where more than one is entered as mother, or as father: a slip, mostly, and as
    often as not a family of two mothers. `people` are roles with names."""
    entries = list(people)
    for role in PARENTS:
        names = [
            name or "somebody without a name" for entry_role, name in entries if entry_role == role
        ]
        if len(names) > 1:
            all_of_them = "both" if len(names) == 2 else "all"
            return (
                f"{' and '.join(names)} are {all_of_them} entered as {role}. If that is right, say"
                " that you have checked it. If one of them is a step-parent, a grandparent or"
                " another carer, choose that; if they are one person, leave one out."
            )
    return None


def check_people(people: list[NewPerson], *, beside: Iterable[Member] = ()) -> None:
    """ValidationError, by the place of the person and the field, for what cannot be; `beside` are
    those who are in the family already."""
    wrong = {
        f"people.{place}.{field}": problem
        for place, new in enumerate(people)
        for field, problem in _wrong_with(new)
    }
    there = [(member.role, member.person.birth_date) for member in beside]
    family = [*((new.role, new.birth_date) for new in people), *there]
    for place, problem in age_rules.why_not_parents(family):
        wrong.setdefault(f"people.{min(place, len(people) - 1)}.birth_date", problem)
    if wrong:
        raise ValidationError(wrong)


def _wrong_with(new: NewPerson) -> Iterator[tuple[str, str]]:
    """Each field of `new` that cannot be right, with its sentence."""
    born = ("birth_date", new.birth_date), ("due_date", new.due_date)
    (field, day), (other, needless) = born[::-1] if new.role == Member.Role.UNBORN else born
    if problem := age_rules.why_not_that_day(new.role, day):
        yield field, problem
    if needless:
        yield other, "Only an unborn baby has a due date, and nobody has both."
    if problem := why_not_number(new.nhs_number):
        yield "nhs_number", problem
    if new.address and not new.postcode:
        yield "postcode", POSTCODE_TOO


def check_address(people: list[Person], new: NewAddress) -> None:
    """Raise ValidationError, by field, for what cannot be a new address of these people."""
    if not people:
        raise ValidationError({"people": "Choose who lives there."})
    if any(person.died_on for person in people):
        raise ValidationError({"people": "Somebody chosen has died."})
    if new.change == NewAddress.Change.PUT_RIGHT:
        return
    if new.moved_in_on is None:
        raise ValidationError({"moved_in_on": "Enter the day from which they live there."})
    if new.moved_in_on > timezone.localdate():
        raise ValidationError(
            {"moved_in_on": "This is in the future. Record the move once it has happened."}
        )
    if new.moved_in_on.year < timezone.localdate().year - OLDEST:
        raise ValidationError({"moved_in_on": "Check the year."})


def why_not_number(number: str) -> str | None:
    """Why this is not an NHS number, if it is not. None given is no error."""
    if number and not (len(number) == 10 and nhs_number.is_valid(number)):
        return "This is not an NHS number: its digits do not add up. Check it against a letter."
    return None
