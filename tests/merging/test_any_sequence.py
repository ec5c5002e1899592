"""Any sequence of merges and undos ends where it began, and leaves a whole log."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Family, Person
from families.people import actions as people_actions
from leap.casework.merging import actions
from leap.casework.merging.models import Merge
from leap.core.audit.models import Event
from leap.core.audit.verify import find_breaks
from leap.core.exceptions import Conflict, NotAllowed
from leap.governance.integrity import PROMISES
from tests.merging.records import everything

PEOPLE, FAMILIES = 5, 3
STEP = st.one_of(
    st.tuples(st.just("people"), st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)),
    st.tuples(st.just("families"), st.integers(0, FAMILIES - 1), st.integers(0, FAMILIES - 1)),
    st.tuples(st.just("undo"), st.integers(0, 9), st.just(0)),
)


@pytest.fixture
def street(grace, stockwell, sw9):
    """Three families that share people and contacts, as households registered twice do."""
    families = []
    for n in range(FAMILIES):
        people = [
            NewPerson("mother", "Ada", "Okafor", date(1992, 3, 14), postcode=sw9),
            NewPerson("child", f"Chidi {n}", "Okafor", date(2026, 1, 20), telephone=f"0770{n}"),
        ][: 1 + (n < PEOPLE - FAMILIES)]
        families.append(
            people_actions.register_family(
                name=f"Okafor {n}", people=people, lead_team=stockwell, by=grace
            )
        )
    everybody = list(Person.objects.order_by("pk"))
    families[0].members.create(person=everybody[-1], role="mother")
    for family in families:
        theirs = [member.person for member in family.members.all()]
        new = NewContact(
            kind="home_visit",
            occurred_at=timezone.now() - timedelta(hours=1),
            outcome="attended",
            concerned=theirs,
            present=theirs[:1],
            findings=[ObservationInput(theirs[0], "weight_kg", "61.5")],
        )
        contact_actions.log_contact(family=family, new=new, team=stockwell, by=grace)
    return everybody, families


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(STEP, min_size=1, max_size=9))
def test_merges_and_undos_end_where_they_began(street, grace, steps):
    with transaction.atomic():
        _run_steps(*street, grace, steps)
        transaction.set_rollback(True)


def _run_steps(people, families, grace, steps):
    before, logged = everything(), Event.objects.count()
    done = sum(_run_step(step, people, families, grace) for step in steps)
    assert all(promise.look().count == 0 for promise in PROMISES)
    for merge in _standing_merges(len(steps)):
        actions.undo_merge(merge=merge, by=grace)
        done += 1

    assert everything() == before
    assert find_breaks(10) == []
    kinds = ["person.merged", "person.unmerged", "family.merged", "family.unmerged"]
    noted = Event.objects.filter(kind__in=kinds).values("kind", "subject_ref").distinct()
    assert noted.count() == done
    assert Event.objects.count() >= logged + done


def _standing_merges(seed):
    """What still stands, in an order that is neither the first's nor the last's."""
    standing = list(Merge.objects.standing().order_by("pk"))
    middle = seed % (len(standing) or 1)
    return standing[middle:] + standing[:middle]


def _run_step(step, people, families, grace):
    """One step, where it can be taken; how many there were."""
    kind, one, other = step
    try:
        with transaction.atomic():
            if kind == "people":
                keeper, gone = people[one], people[other]
                actions.merge_people(kept=keeper, gone=gone, taken=["telephone"], by=grace)
            elif kind == "families":
                keeper, gone = (Family.objects.get(pk=families[n].pk) for n in (one, other))
                actions.merge_families(kept=keeper, gone=gone, taken=["name", "lead"], by=grace)
            else:
                actions.undo_merge(merge=Merge.objects.standing().order_by("pk")[one], by=grace)
    except (NotAllowed, Conflict, IndexError):
        return 0
    return 1
