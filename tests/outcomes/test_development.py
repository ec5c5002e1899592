"""Development at two: five domains, recorded with the review."""

from datetime import date

BORN = date(2013, 12, 1)
SEEN = date(2016, 5, 5)
DOMAINS = ("communication", "gross_motor", "fine_motor", "problem_solving", "personal_social")


def assess(lives, child, on, *below, contact=None, leave_out=()):
    for domain in DOMAINS:
        if domain not in leave_out:
            value = "below" if domain in below else "monitoring"
            lives.observation(child, f"asq3_{domain}", on, value, contact)


def test_below_in_none_of_five(lives, tally):
    well, behind = lives.child(BORN), lives.child(BORN)
    for child, below in ((well, ()), (behind, ("gross_motor",))):
        review = lives.contact(SEEN, child, review="two_year")
        assess(lives, child, SEEN, *below, contact=review)

    assert tally("development_2_years") == (1, 2)
    assert tally("development_2_years_gross_motor") == (1, 2)
    assert tally("development_2_years_communication") == (2, 2)


def test_four_domains_are_not_five(lives, tally):
    child = lives.child(BORN)
    review = lives.contact(SEEN, child, review="two_year")
    assess(lives, child, SEEN, contact=review, leave_out=["fine_motor"])

    assert tally("development_2_years") == (0, 0)
    assert tally("development_2_years_communication") == (0, 0)


def test_recorded_on_the_day_or_with_the_contact_but_not_on_another_day(lives, tally):
    on_the_day, written_up_later, another_day = (lives.child(BORN) for _ in range(3))
    lives.contact(SEEN, on_the_day, review="two_year")
    assess(lives, on_the_day, SEEN)
    review = lives.contact(SEEN, written_up_later, review="two_year")
    assess(lives, written_up_later, date(2016, 5, 8), contact=review)
    lives.contact(SEEN, another_day, review="two_year")
    assess(lives, another_day, date(2016, 5, 6))

    assert tally("development_2_years") == (2, 2)


def test_the_latest_review_of_the_period_counts_alone(lives, tally):
    child = lives.child(BORN)
    first = lives.contact(date(2016, 4, 5), child, review="two_year")
    assess(lives, child, date(2016, 4, 5), "communication", contact=first)
    second = lives.contact(date(2016, 6, 5), child, review="two_year")
    assess(lives, child, date(2016, 6, 5), contact=second)

    assert tally("development_2_years") == (1, 1)
    assert tally("development_2_years", "2016-04") == (0, 1)


def test_the_later_row_of_a_day_counts(lives, tally):
    child = lives.child(BORN)
    review = lives.contact(SEEN, child, review="two_year")
    assess(lives, child, SEEN, "communication", contact=review)
    lives.observation(child, "asq3_communication", SEEN, "above", review)

    assert tally("development_2_years") == (1, 1)
