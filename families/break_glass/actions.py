"""Opening a record in an emergency, closing it again, and judging whether that was right."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from families.access.involvement_actions import view_permission
from families.access.notifications import notify_about
from families.access.recipients import responsible_recipients
from families.break_glass.lookup import ExactIdentity, find
from families.break_glass.rate_limit import (
    HELD_UP,
    NOT_FOUND,
    attempts_within_the_hour,
    check_not_too_often,
)
from families.break_glass.reviewers import asked_to_review
from families.break_glass.rules import (
    check_can_break_glass,
    check_can_review,
    check_may_break_glass,
)
from families.models import AccessAlert, BreakGlass, Family, FamilyUserObjectPermission, Involvement
from leap.core.accounts.models import User
from leap.core.accounts.recipients import managers_of, programme_admins
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.locking import lock_until_commit
from leap.core.notifications.actions import notify, tell
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls

FOUR_HOURS = timedelta(hours=4)


@transaction.atomic
def find_in_emergency(*, wanted: ExactIdentity, by: User) -> Family | None:
    """The family so named, or None: which counts, and is in the log, though never which was meant.

    Raises NotAllowed for somebody who has asked too often within the hour.
    """
    check_may_break_glass(by)
    check_not_too_often(by)
    family = find(wanted, by)
    if family is None:
        record(NOT_FOUND, by=by)
    return family


@transaction.atomic
def break_glass(*, family: Family, reason: str, by: User, review_by: date) -> BreakGlass:
    """Open a record to one practitioner for four hours, tell its lead, and ask for a judgement.

    `review_by` is the next working day. Whoever is in already goes on with that.
    """
    check_can_break_glass(family, reason, by)
    with bypass_rls("in an emergency a practitioner is let in whom row-level security keeps out"):
        Family.objects.select_for_update().only("pk").get(pk=family.pk)
        running = BreakGlass.objects.filter(
            family=family, practitioner=by, involvement__ended_at__gt=timezone.now()
        )
        if already := running.first():
            return already
        check_not_too_often(by)
        return _let_in(family, reason, by, review_by)


def _let_in(family: Family, reason: str, by: User, review_by: date) -> BreakGlass:
    now = timezone.now()
    spell = Involvement.objects.create(
        family=family,
        practitioner=by,
        by=by,
        reason=Involvement.Reason.BREAK_GLASS,
        started_at=now,
        ended_at=now + FOUR_HOURS,
    )
    FamilyUserObjectPermission.objects.get_or_create(
        content_object=family, user=by, permission=view_permission()
    )
    broken = BreakGlass.objects.create(
        ref=new_ref("BG", 8),
        family=family,
        practitioner=by,
        involvement=spell,
        reason=reason,
        at=now,
        review_by=review_by,
    )
    record("break_glass.opened", by=by, family_ref=family.ref, subject=broken)
    where = reverse("families:emergencies", args=[family.ref])
    message = "A record that you lead has been opened in an emergency."
    notify_about(family, responsible_recipients(family), NotificationType.EMERGENCY, message, where)
    # Of those who manage and have nothing to do with it; where there are none, of the admins.
    judges = User.objects.filter(pk__in=asked_to_review(broken)) or programme_admins()
    message = "Please judge by the next working day whether opening a record was right."
    notify(judges, NotificationType.REVIEW, message, reverse("families:judge", args=[broken.ref]))
    return broken


@transaction.atomic
def end_break_glass(*, family: Family, by: User) -> None:
    """Give back what an emergency opened, before its four hours are over."""
    running = Involvement.objects.live().filter(
        family=family, practitioner=by, reason=Involvement.Reason.BREAK_GLASS
    )
    if not running.update(ended_at=timezone.now(), ended_by=by):
        raise Conflict("This emergency access has ended already.")
    with bypass_rls("the practitioner no longer sees the family that they give back"):
        FamilyUserObjectPermission.objects.filter(content_object=family, user=by).delete()
        record("break_glass.ended", by=by, family_ref=family.ref)


@transaction.atomic
def judge_break_glass(*, broken: BreakGlass, justified: bool, note: str, by: User) -> None:
    """Say whether it was right, once and with a note.

    Where it was not, the practitioner's managers and the programme's admins are told.
    """
    with bypass_rls("a reviewer judges an opening of a family that they cannot see"):
        check_can_review(BreakGlass, broken.pk, by)
        judged = BreakGlass.objects.filter(pk=broken.pk, reviewed_at=None).update(
            reviewed_at=timezone.now(), reviewed_by=by, justified=justified, review_note=note
        )
        if not judged:
            raise Conflict("Somebody has just judged this one.")
        record(
            "break_glass.judged",
            by=by,
            family_ref=broken.family.ref,
            subject=broken,
            justified=justified,
        )
    if not justified:
        who = broken.practitioner
        managers = [manager for manager in managers_of(who.team_ids) if manager != who]
        message = "Opening a record in an emergency was judged not justified."
        where = reverse("families:judge", args=[broken.ref])
        tell({*managers, *programme_admins()}, NotificationType.REVIEW, message, where)


@transaction.atomic
def explain_odd_looks(*, looks: list[AccessAlert], explained: bool, note: str, by: User) -> None:
    """Answer what the night asked about one person's opening of one record on one day."""
    with bypass_rls("a reviewer answers for an opening of a family that they cannot see"):
        for look in looks:
            check_can_review(AccessAlert, look.pk, by)
        keys = [look.pk for look in looks]
        answered = AccessAlert.objects.filter(pk__in=keys, reviewed_at=None).update(
            reviewed_at=timezone.now(), reviewed_by=by, explained=explained, review_note=note
        )
        if answered != len(looks):
            raise Conflict("Somebody has just answered this one.")
        for family in {look.family for look in looks}:
            record("odd_look.answered", by=by, family_ref=family.ref, explained=explained)


@transaction.atomic
def note_rate_limited(*, by: User) -> None:
    """Somebody asks more often than any emergency takes: note it, and tell their managers; where
    there are none, the admins. Both once in an hour, however often they go on asking."""
    lock_until_commit("break-glass", by.pk)
    if attempts_within_the_hour(by, HELD_UP):
        return
    record(HELD_UP, by=by)
    recipients = [
        manager for manager in managers_of(by.team_ids) if manager != by
    ] or programme_admins()
    message = "Somebody you answer for has asked for five records in an emergency within an hour."
    tell(recipients, NotificationType.REVIEW, message, reverse("families:review"))
