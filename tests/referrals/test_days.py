"""A day set apart: no office works, by proclamation, or a bank holiday moved elsewhere."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.exceptions import ValidationError

from leap.core.accounts.models import Membership
from leap.core.exceptions import Conflict, NotAllowed
from referrals.models import CalendarException
from referrals.pathways import calendar_actions
from referrals.transitions import sender_actions
from referrals.working_days import WorkingDays
from tests.referrals.reading import page_of


def on(year, month, day):
    return time_machine.travel(
        datetime(year, month, day, 12, tzinfo=ZoneInfo("Europe/London")), tick=False
    )


@pytest.fixture
def refer(okafors, to_support, stockwell, family_support, grace, sam):
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


def test_a_proclaimed_day_moves_what_is_running(refer, asha):
    """Sent on Tuesday 3 May 2016, ten working days: Tuesday the 17th. Friday the 13th is given."""
    with on(2016, 5, 3):
        referral = refer()
        assert str(referral.first_contact_by) == "2016-05-17"
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 13), name="A jubilee", is_worked=False, by=asha
        )
    referral.refresh_from_db()
    assert str(referral.first_contact_by) == "2016-05-18"
    assert str(referral.acknowledge_by) == "2016-05-04"


def test_what_fell_due_on_that_very_day_falls_due_after_it(refer, asha):
    with on(2016, 5, 3):
        referral = refer()
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 17), name="A jubilee", is_worked=False, by=asha
        )
    referral.refresh_from_db()
    assert str(referral.first_contact_by) == "2016-05-18"


def test_a_holiday_moved_by_proclamation(refer, asha):
    """The bank holiday of Monday 30 May 2016 is held on Thursday 2 June: what would have been due
    on 7 June over the old day is due on 7 June over the new one; on the way it was the 6th."""
    with on(2016, 5, 23):
        referral = refer()
        assert str(referral.first_contact_by) == "2016-06-07"
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 30), name="Moved", is_worked=True, by=asha
        )
        referral.refresh_from_db()
        assert str(referral.first_contact_by) == "2016-06-06"
        calendar_actions.add_calendar_exception(
            day=date(2016, 6, 2), name="Moved here", is_worked=False, by=asha
        )
    referral.refresh_from_db()
    assert str(referral.first_contact_by) == "2016-06-07"
    calendar = WorkingDays.read()
    assert calendar.is_worked(date(2016, 5, 30))
    assert calendar.after(date(2016, 6, 1), 1) == date(2016, 6, 3)


def test_put_back_it_is_as_it_was(refer, asha):
    with on(2016, 5, 3):
        referral = refer()
        exception = calendar_actions.add_calendar_exception(
            day=date(2016, 5, 13), name="A jubilee", is_worked=False, by=asha
        )
        calendar_actions.remove_calendar_exception(one_off=exception, by=asha)
    referral.refresh_from_db()
    assert str(referral.first_contact_by) == "2016-05-17"


def test_what_is_sent_afterwards_counts_with_it(refer, asha):
    with on(2016, 5, 3):
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 4), name="A jubilee", is_worked=False, by=asha
        )
        assert str(refer().acknowledge_by) == "2016-05-05"


def test_a_day_that_has_come_is_left_alone(asha):
    with on(2016, 5, 3), pytest.raises(ValidationError, match="a day to come"):
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 3), name="Today", is_worked=False, by=asha
        )


def test_a_sunday_is_free_already(asha):
    with on(2016, 5, 3), pytest.raises(ValidationError, match="nobody works already"):
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 8), name="A Sunday", is_worked=False, by=asha
        )


def test_two_admins_set_it_apart_once(asha):
    with on(2016, 5, 3):
        calendar_actions.add_calendar_exception(
            day=date(2016, 5, 13), name="A jubilee", is_worked=False, by=asha
        )
        with pytest.raises((Conflict, ValidationError)):
            calendar_actions.add_calendar_exception(
                day=date(2016, 5, 13), name="Again", is_worked=False, by=asha
            )


def test_only_an_admin_does(miriam):
    with pytest.raises(NotAllowed, match="Only an admin"):
        calendar_actions.add_calendar_exception(
            day=date(2030, 5, 13), name="A jubilee", is_worked=False, by=miriam
        )


def test_asha_sets_a_day_apart_on_its_page_and_everybody_reads_it(asha, grace, client_of):
    client = client_of(asha)
    client.post("/referrals/days/", {"day": "2031-05-14", "name": "A jubilee", "is_worked": "no"})

    assert "A jubilee" in page_of(client_of(grace).get("/referrals/days/"))
    exception = CalendarException.objects.get()
    client.post(f"/referrals/days/{exception.day}/forget/")
    assert not CalendarException.objects.exists()


def test_a_day_to_come_can_be_put_back_by_an_admin_and_no_other_day_by_anybody(
    asha, grace, client_of
):
    for day in (date(2016, 5, 9), date(2016, 5, 10)):
        CalendarException.objects.create(day=day, name="A jubilee", is_worked=False)
    with on(2016, 5, 9):
        assert page_of(client_of(asha).get("/referrals/days/")).count("Put back") == 1
        assert "Put back" not in page_of(client_of(grace).get("/referrals/days/"))


def test_what_is_typed_wrongly_is_shown_again(asha, client_of):
    typed = {"day": "2031-05-11", "name": "A fine Sunday", "is_worked": "no"}
    answer = page_of(client_of(asha).post("/referrals/days/", typed))
    assert "nobody works already" in answer
    assert "A fine Sunday" in answer


def test_every_page_and_list_counts_with_a_day_set_apart_a_moment_ago(refer, asha, sam, client_of):
    """Whatever this process has answered before: nothing about days outlives a request."""
    with on(2016, 5, 3):
        referral = refer()
    pages = ("/referrals/", f"/referrals/{referral.ref}/", "/")
    with on(2016, 5, 6):
        for page in pages:
            assert "2 working days late" in page_of(client_of(sam).get(page)), page
    CalendarException.objects.create(day=date(2016, 5, 9), name="A jubilee", is_worked=False)
    with on(2016, 5, 9):
        for page in reversed(pages):
            assert "2 working days late" in page_of(client_of(sam).get(page)), page
    CalendarException.objects.all().delete()
    with on(2016, 5, 9):
        for page in pages:
            assert "3 working days late" in page_of(client_of(sam).get(page)), page
