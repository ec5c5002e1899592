"""What a page may say, show or offer is decided by name, and not in its template."""

from datetime import date

import pytest

from families.models import Family, Person, SafeContact
from families.people.bereavement import Losses
from families.plans.models import Goal, PlanStep
from families.reviews.assessments import GROUPS, ResultsOfGroup

DIED = date(2026, 3, 1)


def somebody(*channels: str) -> Person:
    person = Person(given_name="Ada")
    SafeContact(person=person, channels=list(channels))
    return person


def test_whom_nobody_asked_may_be_phoned():
    assert not Person().must_not_be_phoned


@pytest.mark.parametrize(
    ("channels", "forbidden"), [((), True), (("text",), True), (("text", "phone"), False)]
)
def test_a_call_is_made_only_where_it_is_safe(channels, forbidden):
    assert somebody(*channels).must_not_be_phoned is forbidden


@pytest.mark.parametrize("channels", [(), ("phone",)])
def test_a_letter_is_never_sent_unasked(channels):
    assert not SafeContact(channels=list(channels)).allows_letters
    assert SafeContact(channels=[*channels, "letter"]).allows_letters


def test_nothing_of_domestic_abuse_is_printed_and_everything_else_is():
    unprinted = [group for group in GROUPS if not ResultsOfGroup(group, []).is_printed]
    assert unprinted == ["Domestic abuse"]


@pytest.mark.parametrize(
    ("read_as", "emergency"),
    [
        ({}, False),
        ({"emergency_until": None, "working": []}, False),
        ({"emergency_until": DIED, "working": []}, True),
        ({"emergency_until": DIED, "working": [7]}, False),
    ],
)
def test_an_emergency_is_over_once_the_readers_team_works_with_the_family(read_as, emergency):
    family = Family()
    vars(family).update(read_as)
    assert family.is_open_in_emergency_only is emergency


@pytest.mark.parametrize(
    ("died_on", "done_on", "waiting"),
    [(None, None, True), (None, DIED, False), (DIED, None, False)],
)
def test_nobody_is_asked_for_a_step_that_is_done_or_of_somebody_who_died(died_on, done_on, waiting):
    goal = Goal(whose=Person(died_on=died_on))
    assert PlanStep(goal=goal, done_on=done_on).is_waiting is waiting
    assert PlanStep(goal=Goal(), done_on=done_on).is_waiting is (done_on is None)


@pytest.mark.parametrize(
    ("fresh", "alone", "first"), [([], [], False), (["Ada died."], [], True), ([], ["Chidi"], True)]
)
def test_a_fresh_loss_or_a_child_alone_is_said_first(fresh, alone, first):
    losses = Losses(fresh=fresh, earlier=["Ben died."], expecting=True, without_carers=alone)
    assert losses.is_said_first is first
