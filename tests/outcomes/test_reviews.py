"""Reviews by age: who is in, who is out, and who was seen in time."""

from datetime import UTC, date, datetime, timedelta

from outcomes import periods
from outcomes.calculation.counting import count
from outcomes.indicators import INDICATORS

BORN = date(2016, 4, 10)  # turns thirty days on 10 May


def test_children_are_in_the_quarter_in_which_they_turn_thirty_days(lives, tally):
    for born in (date(2016, 3, 1), date(2016, 3, 2), date(2016, 5, 31), date(2016, 6, 1)):
        lives.child(born)  # turning on 31 March, 1 April, 30 June and 1 July

    assert tally("new_birth_visit_14") == (0, 2)
    assert tally("new_birth_visit_14", "2016-06") == (0, 1)
    assert tally("new_birth_visit_14", "2016-17") == (0, 3)


def test_day_fourteen_is_in_time_and_day_fifteen_is_late(lives, tally):
    for days in (14, 15, 30, 31):
        child = lives.child(BORN)
        lives.contact(BORN + timedelta(days), child, review="new_birth")

    assert tally("new_birth_visit_14") == (1, 4)
    assert tally("new_birth_visit_30") == (2, 4)


def test_a_second_visit_is_not_a_late_first_one(lives, tally):
    child = lives.child(BORN)
    lives.contact(BORN + timedelta(10), child, review="new_birth")
    lives.contact(BORN + timedelta(20), child, review="new_birth")

    assert tally("new_birth_visit_30") == (0, 1)


def test_half_past_eleven_on_a_summer_night_in_utc_is_the_next_day_in_london(lives, tally):
    late, early = lives.child(BORN), lives.child(BORN)
    lives.contact(datetime(2016, 4, 24, 23, 30, tzinfo=UTC), late, review="new_birth")
    lives.contact(datetime(2016, 4, 24, 22, 30, tzinfo=UTC), early, review="new_birth")

    assert tally("new_birth_visit_14") == (1, 2)


def test_a_visit_on_the_day_of_birth_is_the_childs_and_one_before_is_not(lives, tally):
    for days in (0, -1):
        lives.contact(BORN + timedelta(days), lives.child(BORN), review="new_birth")

    assert tally("new_birth_visit_14") == (1, 2)


def test_a_visit_that_was_not_attended_or_of_another_kind_is_none(lives, tally):
    child = lives.child(BORN)
    lives.contact(BORN + timedelta(5), child, review="new_birth", outcome="no_access")
    lives.contact(BORN + timedelta(6), child)

    assert tally("new_birth_visit_14") == (0, 1)


def test_twins_are_two_children_and_a_visit_to_one_is_not_to_the_other(lives, tally):
    family = lives.family()
    first, second = lives.child(BORN, family), lives.child(BORN, family)
    lives.contact(BORN + timedelta(9), first, present=[second], review="new_birth")

    assert tally("new_birth_visit_14") == (1, 2)


def test_who_died_on_or_before_the_day_is_out(lives, tally):
    for died_on in (date(2016, 5, 9), date(2016, 5, 10), date(2016, 5, 11)):
        lives.child(BORN, died_on=died_on)

    assert tally("new_birth_visit_14") == (0, 1)


def test_the_ward_is_where_the_child_lived_on_the_day(lives, tally):
    moved_on_the_day = lives.child(BORN)
    moved_after = lives.child(BORN)
    two_homes = lives.child(BORN, ward="Vassall")
    lives.home(moved_on_the_day, "Tulse Hill", date(2016, 5, 10))
    lives.home(moved_after, "Tulse Hill", date(2016, 5, 11))
    lives.home(two_homes, "Coldharbour", listed=1)
    lives.child(BORN, ward="elsewhere")
    lives.child(BORN, ward=None)

    assert tally("new_birth_visit_14", area="Tulse Hill") == (0, 1)
    assert tally("new_birth_visit_14", area="Stockwell") == (0, 1)
    assert tally("new_birth_visit_14", area="Vassall") == (0, 1)
    assert tally("new_birth_visit_14", area="Coldharbour") == (0, 0)
    assert tally("new_birth_visit_14") == (0, 3)


def test_a_blank_move_is_from_birth_and_later_than_one_before_it(lives, tally):
    child = lives.child(BORN, ward=None)
    lives.home(child, "Vassall", date(2015, 1, 1))
    lives.home(child, "Tulse Hill", listed=1)

    assert tally("new_birth_visit_14", area="Tulse Hill") == (0, 1)


def test_a_review_on_the_birthday_is_in_time(lives, tally):
    on_the_day, after = lives.child(date(2015, 5, 20)), lives.child(date(2015, 5, 20))
    lives.contact(date(2016, 5, 20), on_the_day, review="one_year")
    lives.contact(date(2016, 5, 21), after, review="one_year")

    assert tally("review_1_year") == (1, 2)
    assert tally("review_1_year_by_15", "2016-Q2") == (2, 2)  # fifteen months on 20 August


def test_the_last_of_august_plus_thirty_months_is_the_last_of_february(lives, tally):
    for born in (date(2013, 8, 29), date(2013, 8, 31), date(2013, 9, 1)):
        lives.child(born)

    assert tally("review_2_year", "2016-02") == (0, 2)  # both on 29 February 2016
    assert tally("review_2_year", "2016-03") == (0, 1)


def test_born_on_a_leap_day_is_a_year_old_on_the_28th(lives, tally):
    lives.child(date(2016, 2, 29))

    assert tally("review_1_year", "2017-02", as_at=date(2017, 2, 28)) == (0, 1)
    assert tally("review_1_year", "2017-02", as_at=date(2017, 2, 27)) == (0, 0)


def test_eight_weeks(lives, tally):
    in_time, late = lives.child(date(2016, 4, 5)), lives.child(date(2016, 4, 5))
    lives.contact(date(2016, 5, 31), in_time, review="six_to_eight_week")
    lives.contact(date(2016, 6, 1), late, review="six_to_eight_week")

    assert tally("review_6_8_weeks") == (1, 2)


def test_what_is_dated_after_the_as_at_date_has_not_happened(lives, tally):
    child = lives.child(BORN)
    lives.contact(BORN + timedelta(30), child, review="new_birth")

    assert tally("new_birth_visit_30", as_at=date(2016, 5, 9)) == (0, 0)
    assert tally("new_birth_visit_30", as_at=date(2016, 5, 10)) == (1, 1)


def test_every_area_of_every_period_has_a_count_also_of_nobody(db):
    requested = [periods.parse("2016-Q1"), periods.parse("2016-05")]
    counts = count([INDICATORS["review_2_year"]], requested, date(2020, 1, 1))["review_2_year"]

    assert len(counts) == 10
    assert {area_count.denominator for area_count in counts} == {0}
