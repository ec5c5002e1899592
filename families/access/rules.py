"""Who may do what with a family, and when. Raise a sentence; change nothing."""

from datetime import date

from django.db.models import QuerySet
from django.utils import timezone

from families.models import (
    Family,
    Involvement,
    Person,
    SharingDecision,
)
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability, disciplines_without
from leap.core.exceptions import Conflict, NotAllowed

HOLD_NO_FAMILIES = tuple(disciplines_without(Capability.HOLD_FAMILIES))


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
    return family.lead_practitioner_id == user.pk or user.can_in(
        family.lead_team_id, Capability.LEAD_FAMILIES
    )


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
    if not user.can_in(team, Capability.ALLOCATE_FAMILIES):
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
    return user.teams_with(Capability.HOLD_FAMILIES)


def check_are_members(family: Family, people: list[Person], user: User) -> None:
    """Whether these are of the family, and open to whoever writes about them."""
    members = family.members.open_to(user).filter(person__in=people)
    known = set(members.values_list("person_id", flat=True))
    if any(person.pk not in known for person in people):
        raise NotAllowed("This is about people of this family only.")
