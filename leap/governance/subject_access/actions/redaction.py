"""Deciding, piece by piece, what leaves."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.locking import lock_until_commit
from leap.governance.subject_access import rules
from leap.governance.subject_access.models import DisclosureItem, Exemption, SubjectAccessRequest


@transaction.atomic
def decide(
    *,
    request: SubjectAccessRequest,
    piece: DisclosureItem,
    decision: str,
    by: User,
    hidden: list[str] | None = None,
    exemption: str = "",
) -> None:
    """Let a piece leave, hide words in it, or leave it out. It can be decided on again until the
    answer is let out. ValidationError says what is missing."""
    lock_until_commit("subject-access answer", request.pk)
    request.refresh_from_db(fields=["status"])
    rules.check_is_open(request)
    rules.check_reads_piece(request, piece, by)
    hidden = (hidden or []) if decision == DisclosureItem.Decision.HIDE else []
    exemption = "" if decision == DisclosureItem.Decision.KEEP else exemption
    if problem := rules.why_not_decision(piece, decision, hidden, exemption):
        raise ValidationError(problem)
    piece.decision, piece.hidden, piece.exemption = decision, hidden, exemption
    piece.decided_at, piece.decided_by = timezone.now(), by
    piece.save(update_fields=["decision", "hidden", "exemption", "decided_at", "decided_by"])
    record(
        "subject_access.decided",
        by=by,
        family_ref=request.family.ref,
        subject=request,
        place=piece.place,
        decision=decision,
        exemption=exemption,
    )


@transaction.atomic
def accept_proposals(*, request: SubjectAccessRequest, section: str, by: User) -> int:
    """Leave out, as proposed, what a section says about other people; how many fields that was.

    What is kept for named people or read for another reason is decided on one by one.
    """
    lock_until_commit("subject-access answer", request.pk)
    request.refresh_from_db(fields=["status"])
    rules.check_is_open(request)
    rules.check_reads(request, by)
    proposed = rules.pieces_for(request, by).undecided().about_others().filter(section=section)
    done = proposed.update(
        decision=DisclosureItem.Decision.LEAVE_OUT,
        exemption=Exemption.THIRD_PARTY,
        decided_at=timezone.now(),
        decided_by=by,
    )
    record(
        "subject_access.proposals_accepted",
        by=by,
        family_ref=request.family.ref,
        subject=request,
        section=section,
        pieces=done,
    )
    return done
