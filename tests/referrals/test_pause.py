"""A clock stops for a reason and goes on: what was due is due later by the working days between."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from leap.core.accounts.models import Membership
from leap.core.exceptions import Conflict, NotAllowed
from referrals.clocks import lateness
from referrals.models import Referral
from referrals.tasks import tend_clocks
from referrals.transitions import clock_actions, receiver_actions, sender_actions
from referrals.working_days import WorkingDays
from tests.referrals.reading import page_of


def london(year, month, day, hour=12):
    return time_machine.travel(
        datetime(year, month, day, hour, tzinfo=ZoneInfo("Europe/London")), tick=False
    )


@pytest.fixture
def refer(okafors, to_support, stockwell, family_support, grace, sam):
    """Grace and Sam have both been in their teams since 2010."""
    Membership.objects.update(started_on=date(2010, 1, 4))

    def make():
        return sender_actions.refer(
            family=okafors,
            pathway=to_support,
            from_team=stockwell,
            to_team=family_support,
            reason="Sleep",
            by=grace,
        )

    return make


@pytest.mark.parametrize(
    ("sent_on", "paused", "resumed", "due"),
    [
        # Tuesday 3 May 2016, first contact within ten working days: Tuesday the 17th.
        ((2016, 5, 3), (2016, 5, 4), (2016, 5, 6), date(2016, 5, 19)),
        ((2016, 5, 3), (2016, 5, 6), (2016, 5, 9), date(2016, 5, 18)),  # over a weekend: one day
        ((2016, 5, 3), (2016, 5, 7), (2016, 5, 8), date(2016, 5, 17)),  # at a weekend: none
        ((2016, 5, 3), (2016, 5, 4), (2016, 5, 4), date(2016, 5, 17)),  # within a day: none
        # Over Easter 2016, the 25th to the 28th, and the change to summer time on Sunday the 27th:
        # sent on the 21st it is due on 6 April; Thursday to Tuesday is one working day.
        ((2016, 3, 21), (2016, 3, 24), (2016, 3, 29), date(2016, 4, 7)),
        # Over Christmas 2016, 26 and 27 December and 2 January off: due on 4 January; paused from
        # Friday the 23rd to Wednesday 4 January, six working days, which makes it the 12th.
        ((2016, 12, 19), (2016, 12, 23), (2017, 1, 4), date(2017, 1, 12)),
        # Over the leap day, a Monday: due on 4 March; Friday to Tuesday is two working days.
        ((2016, 2, 19), (2016, 2, 26), (2016, 3, 1), date(2016, 3, 8)),
    ],
)
def test_first_contact_falls_due_later(refer, sam, sent_on, paused, resumed, due):
    with london(*sent_on):
        referral = refer()
        receiver_actions.acknowledge(referral=referral, by=sam)
    with london(*paused):
        clock_actions.pause(referral=referral, why="They are away.", by=sam)
    with london(*resumed):
        clock_actions.resume(referral=referral, by=sam)
    assert referral.first_contact_by == due


def test_a_late_night_in_summer_is_already_the_next_day(refer, sam):
    """Paused at half past midnight on Wednesday in London, which is Tuesday night in UTC."""
    with london(2016, 5, 3):
        referral = refer()
        receiver_actions.acknowledge(referral=referral, by=sam)
    with london(2016, 5, 4, 0):
        clock_actions.pause(referral=referral, why="They are away.", by=sam)
    with london(2016, 5, 5):
        clock_actions.resume(referral=referral, by=sam)
    assert referral.first_contact_by == date(2016, 5, 18)


def test_what_was_two_days_late_is_two_days_late_again(refer, sam):
    with london(2016, 5, 3):
        referral = refer()
    with london(2016, 5, 6):
        assert lateness(referral, date(2016, 5, 6), WorkingDays()).days_late == 2
        clock_actions.pause(referral=referral, why="Ill.", by=sam)
        assert lateness(referral, date(2016, 5, 20), WorkingDays()).state == "paused"
    with london(2016, 5, 12):
        clock_actions.resume(referral=referral, by=sam)
    assert lateness(referral, date(2016, 5, 12), WorkingDays()).days_late == 2


def test_moving_it_on_sets_the_clock_going_again(refer, sam):
    with london(2016, 5, 3):
        referral = refer()
        clock_actions.pause(referral=referral, why="They are away.", by=sam)
    with london(2016, 5, 6):
        receiver_actions.acknowledge(referral=referral, by=sam)
    assert referral.clock_paused_at is None
    assert referral.first_contact_by == date(2016, 5, 20)


def test_both_sides_read_why(referral, sam, grace, client_of):
    client_of(sam).post(f"/referrals/{referral.ref}/pause/", {"why": "The mother is in hospital."})
    for reader in (sam, grace):
        page = page_of(client_of(reader).get(f"/referrals/{referral.ref}/"))
        assert "The mother is in hospital." in page
        assert "The clock has been paused since" in page

    client_of(grace).post(f"/referrals/{referral.ref}/resume/")
    assert "The days due have moved by 0 working days." in page_of(
        client_of(sam).get(f"/referrals/{referral.ref}/")
    )


def test_a_paused_one_neither_expires_nor_is_escalated(refer, sam):
    with london(2016, 5, 3):
        referral = refer()
        clock_actions.pause(referral=referral, why="They are away.", by=sam)
    with london(2016, 9, 1):
        assert tend_clocks() == {"expired": 0, "late": 0, "unread": 0}
    assert Referral.objects.get(pk=referral.pk).status == "sent"


def test_only_whose_turn_it_is_stops_the_clock(referral, grace):
    with pytest.raises(NotAllowed, match="It is with Family support"):
        clock_actions.pause(referral=referral, why="Wait", by=grace)


def test_nothing_is_paused_twice_nor_when_no_clock_runs(referral, sam):
    clock_actions.pause(referral=referral, why="Wait", by=sam)
    with pytest.raises(Conflict, match="paused already"):
        clock_actions.pause(referral=referral, why="Wait", by=sam)
    receiver_actions.decline(referral=referral, decline_reason="Full", alternative="June", by=sam)
    with pytest.raises(Conflict, match="no clock runs"):
        clock_actions.pause(referral=referral, why="Wait", by=sam)


def test_who_moves_it_while_somebody_pauses_it_reads_so(referral, sam):
    stale = Referral.objects.select_related("pathway").get(pk=referral.pk)
    clock_actions.pause(referral=referral, why="Wait", by=sam)
    with pytest.raises(Conflict, match="just paused the clock"):
        receiver_actions.decline(referral=stale, decline_reason="Full", alternative="June", by=sam)
