"""What a death does to the referrals that wait."""

from django.db import transaction
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import User
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls
from referrals.models import UNANSWERED, ExternalReferral, Note, Referral, Status, Task
from referrals.notifications import notify_team
from referrals.transitions.task_actions import end_tasks
from referrals.transitions.transition import record_referral_event, transition, write_transition

OF_PREGNANCY = "antenatal-notification"


@transaction.atomic
def notify_of_loss(
    *, families: list[Family], text: str, is_over: bool, by: User
) -> dict[str, list[str]]:
    """Write `text` on every open referral of these families, and tell both sides to read it.

    `is_over` says that no baby is expected any more: what was asked for the pregnancy, and has not
    been accepted, is withdrawn. References of what was told and what was withdrawn.
    """
    with bypass_rls("referrals of each family the person belonged to, whoever made them"):
        waiting = Referral.objects.unfinished().exclude(status=Status.DRAFT)
        referrals = waiting.filter(family__in=families).select_related(
            "pathway", "from_team", "to_team", "family"
        )
        done: dict[str, list[str]] = {"told": [], "withdrawn": []}
        for referral in referrals:
            write_transition(Note.Kind.LOSS, referral, text, by=by, team=referral.from_team)
            ends = (
                is_over and referral.pathway.code == OF_PREGNANCY and referral.status in UNANSWERED
            )
            if ends:
                transition(referral, Status.WITHDRAWN, by=by, ended_at=timezone.now())
                end_tasks(referral, Task.Kind.LATE, Task.Kind.LATE_FOR_SENDER, by=by)
                record_referral_event(
                    "referral.withdrawn", referral, by=by, team=referral.from_team
                )
            for team in (referral.from_team, referral.to_team):
                message = "Please read a referral again before you contact the family."
                notify_team(team, NotificationType.LOSS, message, referral, by=by)
            done["withdrawn" if ends else "told"].append(referral.ref)
        # Nobody outside is told by us: whoever referred the family to them rings them.
        message = (
            "Ring whoever you referred a family to outside, before they get in touch with them."
        )
        outside_referrals = ExternalReferral.objects.unfinished().filter(family__in=families)
        for outside in outside_referrals.select_related("from_team", "family"):
            notify_team(outside.from_team, NotificationType.LOSS, message, outside, by=by)
            done["told"].append(outside.ref)
        return done
