"""Days that differ from the calendar, and what falls due around them."""

from datetime import date

from django.db import transaction
from django.db.models import Q

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from referrals import rules
from referrals.models import CalendarException, Referral
from referrals.models.statuses import UNFINISHED
from referrals.working_days import WorkingDays

DUE = ("acknowledge_by", "first_contact_by", "expires_on")


@transaction.atomic
def add_calendar_exception(*, day: date, name: str, is_worked: bool, by: User) -> CalendarException:
    """Set a day apart: nobody works on it, or, being moved, everybody does.

    What is running and falls due on or after it moves by that one working day.
    """
    rules.check_can_proclaim(day, is_worked, by, WorkingDays.read())
    rules.check_is_said(name=name)
    made, new = CalendarException.objects.get_or_create(
        day=day, defaults={"name": name, "is_worked": is_worked, "made_by": by}
    )
    if not new:
        raise Conflict(f"Somebody has already set this day apart: {made.name}.")
    moved = _move_what_is_due(day)
    record("day.set_apart", by=by, day=day.isoformat(), is_worked=is_worked, moved=moved)
    return made


@transaction.atomic
def remove_calendar_exception(*, one_off: CalendarException, by: User) -> None:
    """Put a day that is still to come back to what the calendar says of it."""
    rules.check_can_forget_day(one_off, by)
    day = one_off.day
    if not CalendarException.objects.filter(pk=one_off.pk).delete()[0]:
        raise Conflict("Somebody else has just done this.")
    moved = _move_what_is_due(day)
    record("day.put_back", by=by, day=day.isoformat(), moved=moved)


def _move_what_is_due(day: date) -> int:
    """Move by a working day what was sent before `day` and falls due on or after it."""
    calendar = WorkingDays.read()
    due = Q(*[(f"{name}__gte", day) for name in DUE], _connector=Q.OR)
    running = Referral.objects.filter(due, status__in=UNFINISHED).select_for_update()
    referrals = list(running.order_by("pk"))
    for referral in referrals:
        for name in DUE:
            due_on = getattr(referral, name)
            if due_on and due_on >= day:
                setattr(referral, name, _moved(due_on, day, calendar))
    Referral.objects.bulk_update(referrals, DUE, batch_size=500)
    return len(referrals)


def _moved(due_on: date, day: date, calendar: WorkingDays) -> date:
    """One working day later where `day` is worked no more; one earlier where it is from now on."""
    if not calendar.is_worked(day):
        return calendar.after(due_on, 1) if due_on != day else calendar.after(day, 0)
    return calendar.before(due_on, 1) if due_on > day else due_on
