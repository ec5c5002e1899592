"""Mothers: asked about safety, and about their mood."""

from datetime import date

BORN = date(2016, 4, 10)  # eight weeks old on 5 June


def test_mothers_named_in_an_antenatal_contact_or_new_birth_visit(lives, tally):
    questioned, alone, absent = (lives.family() for _ in range(3))
    for family, review in ((questioned, "antenatal"), (alone, "new_birth"), (absent, "new_birth")):
        child, mother = lives.child(BORN, family), lives.mother(family)
        present = [] if family == absent else [mother]
        lives.contact(date(2016, 4, 20), child, present=present, review=review)
        value = "asked" if family == questioned else "not_asked_not_alone"
        lives.observation(mother, "domestic_abuse_enquiry", date(2016, 6, 30), value)

    assert tally("enquiry_domestic_abuse") == (1, 2)


def test_asked_in_the_next_quarter_is_not_asked_in_this_one(lives, tally):
    mother = lives.mother()
    lives.contact(date(2016, 6, 30), mother, review="antenatal")
    lives.observation(mother, "domestic_abuse_enquiry", date(2016, 7, 1), "asked")

    assert tally("enquiry_domestic_abuse") == (0, 1)


def test_a_grandmother_is_no_mother_in_her_daughters_family(lives, tally):
    family, her_own = lives.family(), lives.family()
    mother, grandmother = lives.mother(family), lives.person("grandparent", family, sex="female")
    grandmother.members.create(family=her_own, role="mother")
    midwifes_guest = lives.mother()  # of another family: named, but not a member of this one
    lives.contact(
        date(2016, 4, 20), mother, present=[grandmother, midwifes_guest], review="antenatal"
    )

    assert tally("enquiry_domestic_abuse") == (0, 2)


def test_her_ward_is_where_she_lived_at_the_first_of_them(lives, tally):
    mother = lives.mother()
    lives.home(mother, "Vassall", date(2016, 5, 15))
    lives.contact(date(2016, 5, 14), mother, review="antenatal")
    lives.contact(date(2016, 6, 14), mother, review="new_birth")

    assert tally("enquiry_domestic_abuse", area="Stockwell") == (0, 1)
    assert tally("enquiry_domestic_abuse", area="Vassall") == (0, 0)


def test_a_score_from_the_birth_to_day_56(lives, tally):
    for on in (date(2016, 4, 9), date(2016, 4, 10), date(2016, 6, 5), date(2016, 6, 6)):
        family = lives.family()
        lives.child(BORN, family)
        lives.observation(lives.mother(family), "epds_total", on, 9)

    assert tally("mood_screened") == (2, 4)


def test_a_mother_of_twins_is_one_mother(lives, tally):
    family = lives.family()
    lives.child(BORN, family)
    lives.child(BORN, family)
    lives.mother(family)

    assert tally("mood_screened") == (0, 1)


def test_a_mother_whose_baby_died_is_not_counted(lives, tally):
    family = lives.family()
    lives.child(BORN, family, died_on=date(2016, 6, 5))
    lives.mother(family)

    assert tally("mood_screened") == (0, 0)


def test_her_ward_is_her_own(lives, tally):
    family = lives.family()
    lives.child(BORN, family, ward="Stockwell")
    lives.mother(family, ward="Tulse Hill")

    assert tally("mood_screened", area="Tulse Hill") == (0, 1)
