"""Feeding: breast milk or not, and never a guess."""

from datetime import date

from outcomes import periods
from outcomes.calculation.counting import count
from outcomes.calculation.steps import figure
from outcomes.indicators import INDICATORS
from outcomes.models import Night

BREASTFED = INDICATORS["breastfed_6_8_weeks"]
BORN = date(2016, 4, 10)  # eight weeks old on 5 June


def test_first_feeds_that_are_known(lives, tally):
    milk, other, unknown, corrected = (lives.child(BORN) for _ in range(4))
    lives.observation(milk, "first_feed", BORN, "breast_milk")
    lives.observation(other, "first_feed", BORN, "other")
    lives.observation(corrected, "first_feed", BORN, "breast_milk")
    lives.observation(corrected, "first_feed", date(2016, 8, 1), "other")
    lives.observation(unknown, "feeding_6_8_weeks", date(2016, 6, 1), "exclusive")

    assert tally("breastfed_first_feed") == (1, 3)
    assert tally("breastfed_first_feed", as_at=date(2016, 7, 31)) == (2, 3)


def test_a_baby_who_died_at_birth_is_out(lives, tally):
    baby = lives.child(BORN, died_on=BORN)
    lives.observation(baby, "first_feed", BORN, "breast_milk")

    assert tally("breastfed_first_feed") == (0, 0)


def test_the_latest_status_by_eight_weeks_counts(lives, tally):
    stopped, started, late, partial = (lives.child(BORN) for _ in range(4))
    lives.observation(stopped, "feeding_6_8_weeks", date(2016, 6, 1), "exclusive")
    lives.observation(stopped, "feeding_6_8_weeks", date(2016, 6, 5), "none")
    lives.observation(started, "feeding_6_8_weeks", date(2016, 6, 3), "none")
    lives.observation(started, "feeding_6_8_weeks", date(2016, 6, 3), "exclusive")  # the later row
    lives.observation(late, "feeding_6_8_weeks", date(2016, 6, 6), "exclusive")
    lives.observation(partial, "feeding_6_8_weeks", date(2016, 6, 4), "partial")

    assert tally("breastfed_6_8_weeks") == (2, 4)


def published(known, of):
    [leap] = [
        row
        for row in count([BREASTFED], [periods.parse("2016-Q1")], date(2020, 1, 1))[BREASTFED.code]
        if row.area_code == "LEAP"
    ]
    assert (leap.known, leap.denominator) == (known, of)
    return figure(BREASTFED, leap, Night(as_at=date(2020, 1, 1)))


def test_below_95_percent_known_there_is_no_value_but_the_counts(lives):
    for number in range(20):
        child = lives.child(BORN)
        if number > 1:
            lives.observation(child, "feeding_6_8_weeks", date(2016, 6, 1), "exclusive")

    figure = published(known=18, of=20)

    assert (figure.value, figure.lower, figure.upper, figure.note) == (None, None, None, "[x]")
    assert (figure.numerator, figure.known) == (18, 18)


def test_at_95_percent_known_there_is_a_value_of_all_children(lives):
    for number in range(20):
        child = lives.child(BORN)
        if number:
            lives.observation(child, "feeding_6_8_weeks", date(2016, 6, 1), "exclusive")

    figure = published(known=19, of=20)

    assert (figure.value, figure.note) == (0.95, "")
