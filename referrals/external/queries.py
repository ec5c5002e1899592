"""What was sent outside: which wait, which came back, and one line for each, always true."""

from datetime import date

from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.ui.formatting import short_day
from referrals.models import (
    STATUSES,
    UNANSWERED,
    ExternalReferral,
    ExternalReferralStep,
    Pathway,
    Status,
)
from referrals.models.external import ExternalReferralQuerySet

_STEP: dict[str, str] = {
    Status.INFORMATION_ASKED: ExternalReferralStep.Kind.ASKED,
    Status.ACKNOWLEDGED: ExternalReferralStep.Kind.ACKNOWLEDGED,
    Status.ACCEPTED: ExternalReferralStep.Kind.ACCEPTED,
    Status.DECLINED: ExternalReferralStep.Kind.DECLINED,
    Status.CLOSED: ExternalReferralStep.Kind.CLOSED,
}


def external_status_in_words(outside: ExternalReferral) -> str:
    """One line: who outside has it or said what, and who here is responsible."""
    kind = _STEP.get(outside.status, "")
    step = outside.steps.filter(kind=kind).order_by("-at").first() if kind else None
    who = ", ".join(filter(None, [step.name, step.role, step.organisation])) if step else ""
    template = STATUSES[outside.status].where_outside
    if outside.kind == Pathway.Kind.NOTIFICATION and outside.status == Status.ACKNOWLEDGED:
        template = "{who} has read it."
    # Nobody outside leads a family here: a handover is done when its record here is closed.
    is_handover = outside.kind == Pathway.Kind.HANDOVER
    leads = f"{outside.family.lead_team or outside.from_team} leads"
    return template.format(
        whom=outside.whom,
        who=who or outside.whom,
        sender=outside.from_team,
        day=short_day(outside.answer_by),
        on=f"on {short_day(timezone.localdate(step.at))}" if step else "",
        lead=(
            f"{leads} here until the family’s record is closed."
            if is_handover
            else f"{leads} the family."
        ),
    )


def sent_outside(user: User) -> ExternalReferralQuerySet:
    """Those my teams sent, as lists show them: the latest first."""
    mine = ExternalReferral.objects.visible_to(user).filter(from_team__in=user.team_ids)
    return mine.select_related("from_team", "sent_by").order_by("-sent_at", "-pk")


def overdue_external_referrals(today: date) -> list[ExternalReferral]:
    """What nobody outside has answered in time. One that asked for a receipt, and got it, has."""
    late = ExternalReferral.objects.filter(answer_by__lt=today, status__in=UNANSWERED)
    receipted = {"kind": Pathway.Kind.NOTIFICATION, "status": Status.ACKNOWLEDGED}
    return list(late.exclude(**receipted).order_by("answer_by", "pk"))
