"""A birth: the unborn become children, with their history, in one transaction."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from families.models import Member, Person
from families.reviews.due import reviews_due
from leap.casework.life_events import actions
from leap.casework.life_events.inputs import NewBaby
from leap.casework.life_events.models import Loss
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from tests.casework.reading import read


@pytest.fixture
def born(okafors, stockwell, grace):
    def record(*babies):
        return actions.record_birth(
            family=okafors, babies=list(babies), team=stockwell, by=grace
        )  # fmt: skip

    return record


def due(okafors, grace, person):
    return {line.review: line.state for line in reviews_due(okafors, by=grace)
            if line.person_ref == person.ref}  # fmt: skip


def test_the_unborn_baby_becomes_the_child_with_what_was_found(
    expect, born, okafors, grace, today, log_contact
):
    baby = expect(weeks=1)
    antenatal = log_contact(baby, review="antenatal")
    findings = {"birth_weight_g": "3250", "gestation_weeks": "39", "first_feed": "breast_milk"}

    (child,) = born(NewBaby(baby, today, given_name="Ngozi", sex="female", findings=findings))

    assert child.pk == baby.pk
    assert child.birth_date == today
    assert child.members.get().role == Member.Role.CHILD
    assert {o.code: o.value for o in child.observations.all()} == findings
    assert antenatal.people.filter(person=child).exists()
    assert due(okafors, grace, child)["new_birth"] == "due"
    assert Event.objects.filter(kind="family.birth", subject_ref=child.ref).count() == 1


def test_one_expected_becomes_twins_and_both_had_the_antenatal_contact(
    expect, born, okafors, grace, today, log_contact
):
    baby = expect(weeks=3)
    contact = log_contact(baby, review="antenatal")

    first, second = born(NewBaby(baby, today, given_name="Ngozi"),
                         NewBaby(None, today, given_name="Obi"))  # fmt: skip

    assert first.pk == baby.pk
    assert set(contact.people.values_list("person", flat=True)) == {first.pk, second.pk}
    assert second.due_date == baby.due_date
    assert second.residences.count() == 1
    for child in (first, second):
        assert "new_birth" in due(okafors, grace, child)


def test_two_expected_become_two(expect, born, today):
    one, other = expect(), expect()
    children = born(NewBaby(one, today), NewBaby(other, today - timedelta(days=1)))
    assert [child.pk for child in children] == [one.pk, other.pk]


def test_one_twin_is_stillborn_and_the_other_keeps_his_own_reviews(
    expect, born, okafors, grace, today
):
    one, other = expect(), expect()

    born(NewBaby(one, today, is_live=False, given_name="Ife"), NewBaby(other, today))

    one.refresh_from_db()
    assert (one.died_on, one.birth_date, one.given_name) == (today, None, "Ife")
    assert Loss.objects.get().kind == "stillbirth"
    assert due(okafors, grace, one) == {}
    assert due(okafors, grace, other)["new_birth"] == "due"


def test_a_baby_comes_ten_weeks_before_the_due_date(expect, born, okafors, grace, today):
    baby = expect(weeks=10)
    (child,) = born(NewBaby(baby, today))
    assert child.due_date == today + timedelta(weeks=10)  # says how early
    assert "antenatal" not in due(okafors, grace, child)


@pytest.mark.parametrize(("weeks", "days"), [(4, -1), (30, 0), (-10, 0)])
def test_a_day_that_cannot_be_is_refused(expect, born, today, weeks, days):
    with pytest.raises(NotAllowed):
        born(NewBaby(expect(weeks), today - timedelta(days=days)))


def test_what_is_wrong_with_one_twin_records_neither(expect, born, today):
    one, other = expect(), expect()
    with pytest.raises(ValidationError, match="Birth weight"):
        born(NewBaby(one, today), NewBaby(other, today, findings={"birth_weight_g": "32"}))
    one.refresh_from_db()
    assert one.birth_date is None or not Person.objects.filter(birth_date=today).exists()


def test_nobody_is_born_twice(expect, born, today):
    baby = expect()
    born(NewBaby(baby, today))
    with pytest.raises(Conflict):
        born(NewBaby(baby, today))


def test_grace_records_twins_on_one_page(client_of, grace, okafors, expect, today):
    baby, browser = expect(), client_of(grace)
    page = f"/families/{okafors.ref}/birth/"
    form = {"team": "stockwell-health-visiting", "on": today, "gestation": "36", "submission": "x"}
    form |= {f"{baby.ref}-came": "live", f"{baby.ref}-given_name": "Ngozi"}
    form |= {"more-1-came": "live", "more-1-given_name": "Obi", "more-1-weight": "2100"}

    for _ in range(2):  # sent twice
        answer = browser.post(page, form, follow=True)

    assert "Ngozi" in read(answer)
    assert "Obi" in read(answer)
    assert okafors.members.children().count() == 3  # with Chidi


def test_the_page_says_what_is_wrong_and_keeps_what_was_typed(
    client_of, grace, okafors, expect, today
):
    baby = expect()
    form = {"team": "stockwell-health-visiting", "on": today, "submission": "x"}
    form |= {f"{baby.ref}-came": "live", f"{baby.ref}-given_name": "Ngozi"}
    form |= {f"{baby.ref}-weight": "3.2"}

    answer = client_of(grace).post(f"/families/{okafors.ref}/birth/", form)

    assert "Check the unit" in read(answer) or "whole number" in read(answer)
    assert "Ngozi" in answer.content.decode()
    assert not Person.objects.filter(given_name="Ngozi").exists()


def test_others_do_not_find_the_page(client_of, sam, okafors):
    assert client_of(sam).get(f"/families/{okafors.ref}/birth/").status_code == 404
