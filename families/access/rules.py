"""Who may do what with a family, and when. Raise a sentence; change nothing."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import nhs_number
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from families.break_glass.reviewers import to_review
from families.contacts.rules import (
    NOBODY_ALONE,
    NOBODY_THERE,
    NOTHING_MEASURED,
    check_agree,
    check_found_after_birth,
    check_outcome,
    check_session,
    check_were_there,
    reviews_of,
    why_not_at,
    why_not_of_session,
    why_not_then,
)
from families.inputs import NewAddress, NewPerson
from families.models import (
    BreakGlass,
    Contact,
    Family,
    Involvement,
    Member,
    OddLook,
    Person,
    SharingDecision,
)
from families.people import age_rules
from families.people.age_rules import OLDEST, PARENTS
from leap.core.accounts.models import Discipline, Team, User
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed

# Within an hour a practitioner can have it answered for so many identities (a number, or a name
# with a day of birth) whether any service knows them: a morning's registering, and no list.
MOST_IDENTITIES, WITHIN = 60, timedelta(hours=1)
IDENTITIES_ASKED = "identities.asked"
TOO_MANY_IDENTITIES = (
    "You have asked about more people within an hour than registering takes, and a manager has been"
    " told. What you typed is still here. Try again in an hour, or ask your manager to register"
    " them."
)
HOLD_NO_FAMILIES = (Discipline.CHAMPIONS, Discipline.PROGRAMME)


def check_is_open(family: Family) -> None:
    if family.closed_at:
        raise NotAllowed("This family's record is closed. Reopen it before adding to it.")


def check_can_work_with(family: Family, team: Team, user: User) -> None:
    """Only somebody of an involved team writes to a record, and only for their own team."""
    if not user.works_in(team):
        raise NotAllowed(f"You are not in {team.name}, so you cannot write for it.")
    if not family.involvements.live().filter(team=team).exists():
        _check_not_only_reading(family, user)
        raise NotAllowed(f"{team.name} is not working with this family.")


def check_is_at_work(family: Family, user: User) -> None:
    """Only somebody of an involved team adds to a record; looking in an emergency is not enough."""
    if not family.involvements.live().filter(team__in=user.team_ids).exists():
        _check_not_only_reading(family, user)
        raise NotAllowed("None of your teams is working with this family.")


def _check_not_only_reading(family: Family, user: User) -> None:
    """Say why to somebody who looks in an emergency and would write."""
    spells = family.involvements.live().filter(practitioner=user)
    if spells.filter(reason=Involvement.Reason.BREAK_GLASS).exists():
        raise NotAllowed(
            "You opened this record in an emergency, to read it. Only the teams that work with the "
            "family write in it. Tell the lead practitioner what should be written."
        )


def leads(family: Family, user: User) -> bool:
    """Whether this is the lead practitioner, or a manager of the team that leads."""
    return family.lead_practitioner_id == user.pk or user.manages(family.lead_team_id)


def check_can_lead(family: Family, user: User) -> None:
    """Some things are for the lead practitioner, or a manager of the lead team."""
    check_is_open(family)
    if not leads(family, user):
        raise NotAllowed(
            "This is for the family’s lead practitioner, or a manager of the lead team. Ask them."
        )


def check_can_add(family: Family, team: Team, last_day: date | None, user: User) -> None:
    """The lead says who is in the team around the family."""
    check_can_lead(family, user)
    if team.discipline in HOLD_NO_FAMILIES:
        raise NotAllowed(f"{team} does not work with families’ records.")
    _check_last_day(last_day)


def check_can_end(family: Family, team: Team, user: User) -> None:
    """A team ends its own work, and the lead anybody's but that of whoever leads."""
    if family.lead_team_id == team.pk and not family.closed_at:
        raise NotAllowed(f"{team} leads this family. Hand it over before ending the work.")
    if not (user.works_in(team) or leads(family, user)):
        raise NotAllowed(f"Only {team} itself or the family’s lead can end this work.")


def check_can_change_end(family: Family, team: Team, last_day: date | None, user: User) -> None:
    """As long as a team works with the family, its lead says until when."""
    check_can_lead(family, user)
    if family.lead_team_id == team.pk:
        raise NotAllowed(f"{team} leads this family, and whoever leads has no end date.")
    _check_last_day(last_day)


def _check_last_day(last_day: date | None) -> None:
    if last_day and last_day < timezone.localdate():
        raise NotAllowed("The last day is in the past. Choose today or later, or leave it blank.")


A_SENTENCE = 20  # characters; "needed it" says nothing to whoever judges it


def check_may_break_glass(user: User) -> None:
    """Emergencies are for practitioners whose teams work with families."""
    if user.programme_role or not teams_that_hold_families(user):
        raise NotAllowed(
            "Opening records in an emergency is for practitioners who work with families."
        )


def check_can_break_glass(family: Family, reason: str, user: User) -> None:
    check_may_break_glass(user)
    if family.restriction:
        raise NotAllowed("There is no such family, or it cannot be opened this way.")
    if problem := why_not_reason(reason):
        raise NotAllowed(problem)


def why_not_reason(reason: str) -> str | None:
    """Why this does not say enough of an emergency."""
    if len(reason.strip()) < A_SENTENCE or " " not in reason.strip():
        return "Say in at least one sentence what has happened and why you need the record now."
    return None


def check_reads_openings(family: Family, user: User) -> None:
    """Why others opened the record in an emergency is for those who lead the family."""
    if not (family.lead_practitioner_id == user.pk or user.works_in(family.lead_team_id)):
        raise NotAllowed("The reasons are for the team that leads this family.")


def check_may_review(user: User) -> None:
    """Managers judge openings; the programme's admins where there is nobody else."""
    if not (user.managed_team_ids or user.is_admin):
        raise NotAllowed("Openings are judged by managers.")


def check_can_review(what: type[BreakGlass] | type[OddLook], key: int, user: User) -> None:
    """Only a manager who has nothing to do with it judges an opening, and only once."""
    if key not in to_review(what, user):
        raise NotAllowed("This is for a manager who has nothing to do with it to judge.")


def check_can_withdraw(made: SharingDecision, user: User) -> None:
    """Whoever decided, their team, or the family’s lead."""
    if made.withdrawn_at:
        raise Conflict("This decision has been withdrawn already.")
    if not (user.works_in(made.team_id) or leads(made.family, user)):
        raise NotAllowed(f"Only {made.team}, who decided this, or the family’s lead can do this.")


def check_keeps_the_door_open(made: SharingDecision, family: Family, team: Team) -> None:
    """Only a standing decision of that team’s to share for safeguarding outweighs a withdrawal."""
    if not decisions_that_keep_open(family).filter(pk=made.pk, team=team).exists():
        raise NotAllowed(
            f"{team} goes on only by a decision of its own to share for safeguarding. Record that "
            "first."
        )


def decisions_that_keep_open(family: Family) -> QuerySet[SharingDecision]:
    """The decisions to share for safeguarding that stand."""
    return family.sharing_decisions.filter(
        decision=SharingDecision.Decision.SHARED,
        basis=SharingDecision.Basis.SAFEGUARDING,
        withdrawn_at=None,
    )


def check_has_handed_over(family: Family, team: Team) -> None:
    """No family is unowned: whoever leads hands over before going."""
    if family.lead_team_id == team.pk and not family.closed_at:
        raise NotAllowed(
            f"{team} leads this family, so its work cannot just end. Hand the family over first, "
            "or record a decision to go on for safeguarding. Then record what the person said."
        )


def check_can_allocate(team: Team, user: User) -> None:
    """Who in a team leads which of its families is for its managers to say, and for admins."""
    if not (user.is_admin or user.manages(team)):
        raise NotAllowed(f"Only the managers of {team} and the programme’s admins can do this.")


def check_can_allocate_family(family: Family, user: User) -> None:
    """Whether `user` says who leads this family by name."""
    check_is_open(family)
    assert family.lead_team is not None  # an open family has one: the database holds it
    check_can_allocate(family.lead_team, user)


def check_can_be_lead(family: Family, practitioner: User) -> None:
    """Whether they work here, in the team that leads the family, today."""
    if not practitioner.is_active:
        raise NotAllowed(f"{practitioner} no longer works here. Choose somebody else.")
    if not practitioner.memberships.live().filter(team=family.lead_team_id).exists():
        raise NotAllowed(
            f"{practitioner} does not work in {family.lead_team}, which leads this family. Choose "
            "somebody who does, or hand the family over to their team."
        )


def teams_that_hold_families(user: User) -> list[Team]:
    """Those of the reader's teams. Champions' teams and the programme's hold none."""
    return [team for team in user.teams if team.discipline not in HOLD_NO_FAMILIES]


def check_can_register_for(team: Team, user: User) -> None:
    """A family is led from its first moment by a team of whoever registers it."""
    if not user.works_in(team):
        raise NotAllowed(f"You are not in {team.name}, so you cannot register families for it.")
    if team.discipline in HOLD_NO_FAMILIES:
        raise NotAllowed("Families are registered by the teams that work with them.")


def check_decides_on_duplicates(user: User) -> None:
    if user.programme_role != User.ProgrammeRole.QUALITY:
        raise NotAllowed("Only the programme’s data quality officer looks at possible duplicates.")


def identities_asked(user: User) -> int:
    """About how many identities this practitioner has asked in the last hour, by the log."""
    since = timezone.now() - WITHIN
    asked = Event.objects.filter(by_ref=str(user.ref), kind=IDENTITIES_ASKED, at__gt=since)
    return sum(asked.values_list("details__identities", flat=True))


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
    found = list(people)
    for role in PARENTS:
        names = [name or "somebody without a name" for each, name in found if each == role]
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


def check_are_members(family: Family, people: list[Person], user: User) -> None:
    """Whether these are of the family, and open to whoever writes about them."""
    members = family.members.open_to(user).filter(person__in=people)
    known = set(members.values_list("person_id", flat=True))
    if any(person.pk not in known for person in people):
        raise NotAllowed("This is about people of this family only.")


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


def check_can_correct(contact: Contact, user: User) -> None:
    """Whoever wrote an entry puts it right, or somebody of the team it was written for."""
    if contact.by_id != user.pk and not user.works_in(contact.team_id):
        raise NotAllowed(
            f"Only {contact.team} corrects what it wrote. Tell them what is wrong, or log a contact"
            " of your own."
        )
