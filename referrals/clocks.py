"""The clocks that run for referrals, in working days: what is awaited, and how late it is."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from leap.core.ui.formatting import short_day
from referrals.models import TO_ACKNOWLEDGE, WITH_A_CLOCK, ClockKind, InboundReferral, Referral
from referrals.working_days import WorkingDays

GREEN, AMBER, RED, PAUSED = "green", "amber", "red", "paused"
READ_WITHIN = 1  # working days for somebody to read what is sent in from outside


@dataclass(frozen=True)
class Clock:
    """What is awaited, by when, and how that looks on a given day. The same for both sides."""

    awaited: str  # "acknowledgement" or "first contact"
    due_on: date
    state: str  # green, amber, red or paused
    days_late: int = 0  # working days past the last one that was in time

    @property
    def words(self) -> str:
        """How long is left or how late it is: "2 working days late", "due 3 May 2016"."""
        if self.state == PAUSED:
            return "paused"
        if self.days_late:
            return f"{self.days_late} working day{'s' if self.days_late > 1 else ''} late"
        if self.state == RED:
            return "late"
        return f"due {short_day(self.due_on)}"


def lateness(referral: Referral, today: date, calendar: WorkingDays) -> Clock | None:
    """The clock that runs for `referral` on `today`, a date in London; None when none runs.

    Acknowledgement until it is acknowledged, then first contact until that is made. Red is past its
    last day in time. Amber is that day, and the fifth of a longer clock before it. A paused clock
    says so and nothing more.
    """
    pathway = referral.pathway
    clock = None
    if referral.status in TO_ACKNOWLEDGE and not referral.acknowledged_at:
        due_on = referral.acknowledge_by
        clock = _clock(
            ClockKind.ACKNOWLEDGEMENT, due_on, pathway.acknowledge_within, today, calendar
        )
    elif has_clock(referral) and not referral.first_contact_at:
        due_on = referral.first_contact_by
        clock = _clock(
            ClockKind.FIRST_CONTACT, due_on, pathway.first_contact_within, today, calendar
        )
    if clock and referral.clock_paused_at:
        return Clock(clock.awaited, clock.due_on, PAUSED)
    return clock


def to_be_read(incoming: InboundReferral, today: date, calendar: WorkingDays) -> Clock | None:
    """The clock of what somebody outside sent in, until a person has read it."""
    if incoming.settled_at:
        return None
    due_on = calendar.after(timezone.localdate(incoming.made_at), READ_WITHIN)
    return _clock("reading", due_on, READ_WITHIN, today, calendar)


def has_clock(referral: Referral) -> bool:
    """Whether anything is still awaited: what has a clock that can be paused."""
    return referral.status in WITH_A_CLOCK


def resumed_fields(referral: Referral, today: date, calendar: WorkingDays) -> dict[str, object]:
    """The fields of a paused referral whose clock goes on: each day moves by those paused.

    Days are moved that were still ahead or awaited when it stopped, so a referral that was two
    days late then is two days late now.
    """
    if referral.clock_paused_at is None:
        return {}
    days = days_paused(referral, today, calendar)
    names = ["first_contact_by", "expires_on"]
    if not referral.acknowledged_at:
        names.append("acknowledge_by")
    due = {name: getattr(referral, name) for name in names}
    moved: dict[str, object] = {
        name: calendar.after(day, days) for name, day in due.items() if day and days
    }
    return {**moved, "clock_paused_at": None}


def days_paused(referral: Referral, today: date, calendar: WorkingDays) -> int:
    """How many working days have begun since the clock was paused."""
    if referral.clock_paused_at is None:
        return 0
    return calendar.late(timezone.localdate(referral.clock_paused_at), today)


def _clock(
    awaited: str, due_on: date | None, within: int, today: date, calendar: WorkingDays
) -> Clock | None:
    if due_on is None:
        return None
    if today > due_on:
        return Clock(awaited, due_on, RED, calendar.late(due_on, today))
    amber_from = calendar.before(due_on, within // 5)
    return Clock(awaited, due_on, AMBER if today >= amber_from else GREEN)
