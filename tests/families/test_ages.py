"""One set of rules says which birth dates there can be: for form, action and API."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson, ObservationInput
from families.observations.actions import record_observation
from families.people import actions as people_actions
from families.people.age_rules import why_not_parents


def test_who_was_too_young_for_even_the_youngest():
    family = [
        ("mother", date(2010, 3, 1)), ("father", date(2007, 3, 1)), ("child", date(2016, 4, 10)),
        ("child", date(2009, 1, 1)), ("step_parent", date(2011, 1, 1)), ("mother", None),
    ]  # fmt: skip

    assert [place for place, _ in why_not_parents(family)] == [0, 1]


def test_registering_refuses_a_mother_of_six_at_the_birth(grace, stockwell):
    people = [
        NewPerson("mother", "Ana", "Silva", date(2010, 3, 1)),
        NewPerson("child", "Bia", "Silva", date(2016, 4, 10)),
    ]
    with pytest.raises(ValidationError) as refused:
        people_actions.register_family(name="Silva", people=people, lead_team=stockwell, by=grace)

    assert list(refused.value.message_dict) == ["people.0.birth_date"]


def test_so_does_adding_somebody_and_changing_a_date(okafors, grace):
    young = NewPerson("father", "Obi", "Okafor", date(2016, 6, 1))
    with pytest.raises(ValidationError):
        people_actions.add_person(family=okafors, new=young, with_children=False, by=grace)


def test_nothing_is_recorded_of_a_child_before_the_birth_or_long_before_it(
    okafors, stockwell, grace, chidi
):
    early = timezone.now().replace(year=2024)
    visit = NewContact("home_visit", early, "attended", [chidi])
    weight = ObservationInput(chidi, "weight_kg", "4", chidi.birth_date - timedelta(days=1))

    with pytest.raises(ValidationError, match="not expected yet"):
        contact_actions.log_contact(family=okafors, new=visit, team=stockwell, by=grace)
    with pytest.raises(ValidationError, match="before the birth"):
        record_observation(family=okafors, finding=weight, by=grace)
