"""Pregnancy and birth: deliveries, weights, first bookings."""

from datetime import date, timedelta

BORN = date(2016, 4, 10)


def delivery(lives, *, babies=1, died_on=None):
    family = lives.family()
    mother = lives.mother(family)
    for _ in range(babies):
        lives.child(BORN, family, died_on=died_on)
    return mother


def test_twins_are_one_delivery_and_the_latest_record_counts(lives, tally):
    mother = delivery(lives, babies=2)
    lives.observation(mother, "smoking_at_delivery", BORN, "no")
    lives.observation(mother, "smoking_at_delivery", BORN + timedelta(3), "yes")

    assert tally("smoking_at_delivery") == (1, 1)


def test_records_from_thirty_days_before_to_thirty_after(lives, tally):
    for days in (-31, -30, 30, 31):
        lives.observation(delivery(lives), "smoking_at_delivery", BORN + timedelta(days), "yes")

    assert tally("smoking_at_delivery") == (2, 2)


def test_a_delivery_without_a_record_is_left_out_and_a_stillborn_one_is_in(lives, tally):
    delivery(lives)
    lives.observation(delivery(lives, died_on=BORN), "smoking_at_delivery", BORN, "no")

    assert tally("smoking_at_delivery") == (0, 1)


def test_the_ward_of_a_delivery_is_the_mothers(lives, tally):
    mother = delivery(lives)
    lives.home(mother, "Vassall", BORN)
    lives.observation(mother, "smoking_at_delivery", BORN, "yes")

    assert tally("smoking_at_delivery", area="Vassall") == (1, 1)


def test_low_birth_weight_is_under_2500_grams_at_37_weeks_or_more(lives, tally):
    for weeks, grams in ((37, 2499), (37, 2500), (40, 2400), (36, 2000)):
        baby = lives.child(BORN)
        lives.observation(baby, "gestation_weeks", BORN, weeks)
        lives.observation(baby, "birth_weight_g", BORN, grams)
    lives.observation(lives.child(BORN), "gestation_weeks", BORN, 39)  # no weight

    assert tally("low_birth_weight_term") == (2, 3)


def test_a_corrected_weight_counts(lives, tally):
    baby = lives.child(BORN)
    lives.observation(baby, "gestation_weeks", BORN, 39)
    lives.observation(baby, "birth_weight_g", BORN, 2400)
    lives.observation(baby, "birth_weight_g", BORN, 3400)

    assert tally("low_birth_weight_term") == (0, 1)


def test_a_mother_counts_at_her_first_booking_only(lives, tally):
    again, heavy, light = lives.mother(), lives.mother(), lives.mother()
    lives.observation(again, "booking_bmi", date(2015, 9, 1), 31)
    lives.observation(again, "booking_bmi", date(2016, 4, 5), 32)
    lives.observation(heavy, "booking_bmi", date(2016, 4, 1), 29.9)
    lives.observation(heavy, "booking_bmi", date(2016, 4, 1), 30)  # the later row of the day
    lives.observation(heavy, "booking_bmi", date(2016, 6, 30), 28)
    lives.observation(light, "booking_bmi", date(2016, 6, 30), 29.9)
    lives.observation(lives.person("father"), "booking_bmi", date(2016, 5, 1), 33)

    assert tally("obese_at_booking") == (1, 2)
