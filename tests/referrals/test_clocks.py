"""Dates worked out by hand, from calendars of England and Wales."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from referrals.clocks import Clock, lateness
from referrals.models import Pathway, Referral
from referrals.transitions.sender_actions import clocks_from_now
from referrals.working_days import WorkingDays

CALENDAR = WorkingDays()


@pytest.mark.parametrize(
    ("sent_on", "days", "due_on"),
    [
        (date(2016, 5, 3), 1, date(2016, 5, 4)),  # a Tuesday
        (date(2016, 5, 6), 1, date(2016, 5, 9)),  # a Friday: over the weekend
        (date(2016, 5, 7), 1, date(2016, 5, 10)),  # a Saturday counts as Monday
        (date(2016, 3, 24), 1, date(2016, 3, 29)),  # Maundy Thursday: over Easter
        (date(2016, 3, 25), 1, date(2016, 3, 30)),  # Good Friday counts as Tuesday
        (
            date(2016, 12, 23),
            2,
            date(2016, 12, 29),
        ),  # Christmas Day on a Sunday: 26th, 27th off
        (date(2020, 5, 7), 1, date(2020, 5, 11)),  # the May holiday moved to VE Day's Friday
        (date(2022, 6, 1), 1, date(2022, 6, 6)),  # the jubilee's two days
        (date(2022, 9, 16), 1, date(2022, 9, 20)),  # the Queen's funeral
        (date(2016, 2, 26), 1, date(2016, 2, 29)),  # a leap day is a Monday
        (date(2016, 3, 28), 10, date(2016, 4, 12)),  # Easter Monday counts as Tuesday
        # Over Christmas and New Year, both on a Saturday: 27 and 28 December and 3 January off.
        (date(2021, 12, 24), 5, date(2022, 1, 5)),
        (date(2024, 2, 28), 2, date(2024, 3, 1)),  # over a leap day that is worked, a Thursday
        (date(2016, 3, 24), 3, date(2016, 3, 31)),  # Easter, and the clocks go forward on Sunday
        (date(2026, 10, 23), 1, date(2026, 10, 26)),  # they go back on Sunday
        (date(2016, 5, 3), 0, date(2016, 5, 3)),
        (date(2016, 5, 8), 0, date(2016, 5, 9)),
    ],
)
def test_what_is_sent_then_is_due_then(sent_on, days, due_on):
    assert CALENDAR.after(sent_on, days) == due_on


@pytest.mark.parametrize(
    ("utc", "due"),
    [
        # Summer time begins on Sunday 27 March 2016. Half past eleven at night in UTC is still that
        # day in London on the 23rd, a Wednesday, and already the next on Wednesday the 30th.
        (datetime(2016, 3, 23, 23, 30, tzinfo=UTC), date(2016, 3, 24)),
        (datetime(2016, 3, 30, 23, 30, tzinfo=UTC), date(2016, 4, 1)),
        # It ends on Sunday 30 October.
        (datetime(2016, 10, 27, 23, 30, tzinfo=UTC), date(2016, 10, 31)),
        (datetime(2016, 11, 3, 23, 30, tzinfo=UTC), date(2016, 11, 4)),
    ],
)
def test_what_is_sent_at_night_is_sent_on_the_day_it_is_in_london(utc, due, db):
    with time_machine.travel(utc, tick=False):
        clocks = clocks_from_now(
            Pathway(acknowledge_within=1, first_contact_within=10, expires_after=0, version=1)
        )
    assert clocks["acknowledge_by"] == due


def test_nobody_works_on_new_years_day_that_fell_on_a_sunday_nor_on_the_day_after():
    assert not CALENDAR.is_worked(date(2023, 1, 1))
    assert not CALENDAR.is_worked(date(2023, 1, 2))
    assert CALENDAR.is_worked(date(2023, 1, 3))


def test_scotlands_holidays_are_not_ours():
    assert CALENDAR.is_worked(date(2024, 1, 2))


def referral(**fields):
    """Sent on Friday 6 May 2016; acknowledged by Monday the 9th; first contact by the 20th."""
    pathway = Pathway(acknowledge_within=1, first_contact_within=10)
    times = {"acknowledge_by": date(2016, 5, 9), "first_contact_by": date(2016, 5, 20)}
    return Referral(pathway=pathway, **{"status": "sent", **times, **fields})


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2016, 5, 6), "green"),
        (date(2016, 5, 8), "green"),
        (date(2016, 5, 9), "amber"),
        (date(2016, 5, 10), "red"),
    ],
)
def test_an_acknowledgement_is_amber_on_its_last_day_and_red_after(today, state):
    assert lateness(referral(), today, CALENDAR).state == state


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2016, 5, 17), "green"),
        (date(2016, 5, 18), "amber"),  # two working days before, a fifth of ten
        (date(2016, 5, 20), "amber"),
        (date(2016, 5, 21), "red"),
    ],
)
@pytest.mark.parametrize("status", ["acknowledged", "accepted"])
def test_then_the_first_contact_is_awaited(today, state, status):
    clock = lateness(referral(status=status, acknowledged_at="then"), today, CALENDAR)
    assert clock.awaited == "first contact"
    assert clock.state == state


@pytest.mark.parametrize(
    "status", ["draft", "in_progress", "closed", "declined", "redirected", "withdrawn", "expired"]
)
def test_no_clock_runs_when_nothing_is_awaited(status):
    met = referral(status=status, acknowledged_at="then")
    assert lateness(met, date(2016, 6, 1), CALENDAR) is None


def test_lateness_is_counted_in_working_days():
    assert lateness(referral(), date(2016, 5, 16), CALENDAR).words == "5 working days late"
    assert lateness(referral(), date(2016, 5, 10), CALENDAR).words == "1 working day late"
    assert lateness(referral(), date(2016, 5, 7), CALENDAR).words == "due 9 May 2016"


def test_a_clock_that_ran_out_on_a_friday_is_red_at_the_weekend():
    clock = lateness(referral(status="accepted"), date(2016, 5, 21), CALENDAR)
    assert clock == Clock("first contact", date(2016, 5, 20), "red", 0)
    assert clock.words == "late"
