"""What the worker runs for referrals: clocks that have run out."""

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from leap.core.exceptions import Conflict
from referrals.attachments import actions as attachment_actions
from referrals.external import actions as external_actions
from referrals.external import incoming_actions
from referrals.external.queries import overdue_external_referrals
from referrals.queue import queue
from referrals.transitions import clock_actions
from referrals.working_days import WorkingDays


@shared_task
def clear_out_files() -> int:
    """Delete files that belong to no attachment. How many went."""
    return attachment_actions.clear_out_files()


@shared_task
def tend_clocks() -> dict[str, int]:
    """Escalate what is late and give back what nobody answered, as far as today.

    Goes by what is past, not by what is due today: days on which no worker ran are caught up with.
    Safe to run at any time, and any number at once; each referral stands in its own transaction.
    """
    calendar, today = WorkingDays.read(), timezone.localdate()
    done = {"expired": 0, "late": 0, "unread": incoming_actions.remind_unread(today=today)}
    for referral in queue.run_out(today):
        try:
            clock_actions.expire(referral=referral, today=today)
            done["expired"] += 1
        except Conflict:  # somebody has just answered, or another worker was first
            continue
    for outside in overdue_external_referrals(today):
        with suppress(Conflict):
            external_actions.expire_outside(outside=outside, today=today)
            done["expired"] += 1
    for referral in queue.late_and_untold(today):
        clock_actions.escalate(referral=referral, today=today, calendar=calendar)
        done["late"] += 1
    return done
