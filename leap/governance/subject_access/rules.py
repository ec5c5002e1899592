"""Who may record a request for one's own record, read what would leave, and let it out."""

from datetime import date

from django.db.models import Q

from families.models import Family
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.governance.subject_access.models import DisclosureItem, SubjectAccessRequest
from leap.governance.subject_access.models import DisclosureItemQuerySet as Pieces


def check_can_record(family: Family, user: User) -> None:
    """Whoever works with the family takes the request; looking in an emergency is not enough."""
    if not family.involvements.live().filter(team__in=user.team_ids).exists():
        raise NotAllowed("Requests are recorded by the teams that work with the family.")


def check_can_answer(request: SubjectAccessRequest, user: User) -> None:
    """The lead team answers for the record, and its managers for what leaves it."""
    if not user.can_in(request.family.lead_team_id, Capability.ANSWER_SUBJECT_ACCESS):
        raise NotAllowed(
            f"Only the managers of {request.family.lead_team} decide what leaves this record. An"
            " admin sees no families, and decides on none."
        )


def check_is_open(request: SubjectAccessRequest) -> None:
    if not request.is_open:
        raise Conflict("This request has been answered.")


def check_can_extend(request: SubjectAccessRequest, user: User, today: date) -> None:
    """Once, and before the month is over: the person has to be told within it."""
    check_can_answer(request, user)
    check_is_open(request)
    if request.extended_on:
        raise Conflict("This request has been extended already. The law allows it once.")
    if today > request.due_on:
        raise NotAllowed(
            "The month is over. An extension has to be told to the person within it: answer now."
        )


def pieces_for(request: SubjectAccessRequest, user: User) -> Pieces:
    """The pieces this practitioner reads: shared ones as a manager of the lead team, an agency's
    own as a manager in that agency, and those for named people as one of them."""
    theirs = Q(layer="restricted", named__contains=[user.pk])
    managed = user.teams_with(Capability.ANSWER_SUBJECT_ACCESS)
    if agencies := {team.agency_id for team in managed}:
        theirs |= Q(layer="agency", agency__in=agencies)
    if request.family.lead_team_id in {team.pk for team in managed}:
        theirs |= Q(layer="shared")
    return request.pieces.filter(theirs)


def check_reads(request: SubjectAccessRequest, user: User) -> None:
    """Somebody who reads none of it has no business on the pages where it is read."""
    if not pieces_for(request, user).exists():
        raise NotAllowed(
            f"What would leave is read by the managers of {request.family.lead_team}, and entries"
            " of other agencies or for named people by them."
        )


def check_reads_piece(request: SubjectAccessRequest, piece: DisclosureItem, user: User) -> None:
    """Each piece is read by those whose it is."""
    if not pieces_for(request, user).to_read().filter(pk=piece.pk).exists():
        raise NotAllowed("This is read by somebody else.")


def check_can_finish(request: SubjectAccessRequest, user: User) -> None:
    """Nothing leaves before somebody has read everything that has to be read."""
    check_can_answer(request, user)
    check_is_open(request)
    if request.status == SubjectAccessRequest.Status.GATHERING:
        raise Conflict("The record is still being gathered.")
    left = request.pieces.to_read().undecided().count()
    if left:
        raise Conflict(f"{left} of what would leave is still to be decided.")


def why_not_decision(
    piece: DisclosureItem, decision: str, hidden: list[str], exemption: str
) -> str | None:
    """Why a piece cannot be decided on so, if it cannot."""
    if decision != DisclosureItem.Decision.KEEP and not exemption:
        return "Choose why it is held back. The answer says it."
    if decision == DisclosureItem.Decision.HIDE and not hidden:
        return "Give the words to hide, each on a line of its own."
    text = piece.text.casefold()
    if missing := [words for words in hidden if words.casefold() not in text]:
        return f"“{missing[0]}” is not in the text. Give words as they stand there."
    return None
