"""Who may open a record in an emergency, and who judges it."""

from families.break_glass.reviewers import ids_to_review
from families.models import AccessAlert, BreakGlass, Family
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import NotAllowed

A_SENTENCE = 20  # characters; "needed it" says nothing to whoever judges it


def check_may_break_glass(user: User) -> None:
    """Emergencies are for practitioners whose teams work with families."""
    if not user.can(Capability.BREAK_GLASS):
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


def may_read_opening(broken: BreakGlass, user: User) -> bool:
    """Besides its reviewer: whoever opened it and whoever judged it; once it has been judged not
    justified, the practitioner's managers and the admins."""
    if user in (broken.practitioner, broken.reviewed_by):
        return True
    if broken.justified is not False:
        return False
    return user.can_everywhere(Capability.READ_UNJUSTIFIED) or any(
        user.can_in(team, Capability.READ_UNJUSTIFIED) for team in broken.practitioner.team_ids
    )


def check_reads_openings(family: Family, user: User) -> None:
    """Why others opened the record in an emergency is for those who lead the family."""
    if not (family.lead_practitioner_id == user.pk or user.works_in(family.lead_team_id)):
        raise NotAllowed("The reasons are for the team that leads this family.")


def check_may_review(user: User) -> None:
    """Managers judge openings; the programme's admins where there is nobody else."""
    if not user.can(Capability.JUDGE_OPENINGS):
        raise NotAllowed("Openings are judged by managers.")


def check_can_review(what: type[BreakGlass] | type[AccessAlert], key: int, user: User) -> None:
    """Only a manager who has nothing to do with it judges an opening, and only once."""
    if key not in ids_to_review(what, user):
        raise NotAllowed("This is for a manager who has nothing to do with it to judge.")
