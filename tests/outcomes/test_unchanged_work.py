"""The night computes what changed: looks, sign-ins, searches and drafts change nothing."""

from datetime import UTC, datetime, timedelta

import pytest

from families.access.access_level import annotate_access_level
from families.access.access_log_actions import note_listed, note_search, open_record
from families.contacts import actions as contact_actions
from families.inputs import NewContact, ObservationInput
from families.models import Family
from families.observations.actions import record_observation
from leap.core.audit import kinds
from leap.core.audit.log import record
from leap.core.audit.models import Event
from leap.core.auth.actions import note_sign_in, note_sign_out
from leap.core.outbox.drafts import keep_draft
from outcomes.calculation import nights
from outcomes.indicators import INDICATORS
from outcomes.models import CalculationStep, Night

WRITTEN = datetime(2026, 7, 8, 18, tzinfo=UTC)
LATER = timedelta(hours=4)


@pytest.fixture
def night(time_machine):
    """Figures of everything on record, made some hours after."""

    def calculate():
        time_machine.move_to(WRITTEN + LATER, tick=False)
        rebuilt = nights.start_night(as_at=WRITTEN.date())
        assert nights.process_steps(night=rebuilt)
        assert not rebuilt.steps.exclude(status=CalculationStep.Status.DONE).exists()
        time_machine.move_to(WRITTEN + LATER + timedelta(minutes=30), tick=False)

    time_machine.move_to(WRITTEN, tick=False)
    return calculate


@pytest.fixture
def computed_again(night, okafors):
    """The indicators that the next night computes after something was done."""
    night()

    def indicators_after(do):
        do()
        again = nights.start_night(as_at=WRITTEN.date())
        waiting = again.steps.filter(status=CalculationStep.Status.WAITING)
        return set(waiting.values_list("indicator", flat=True))

    return indicators_after


def reading(*data):
    return {code for code, indicator in INDICATORS.items() if indicator.reads & {*data}}


def test_signing_in_and_out_computes_nothing_again(computed_again, grace):
    def signing_in():
        note_sign_in(user=grace, how="password")
        note_sign_out(user=grace)
        record("session.ended", by=grace, subject=grace)

    assert computed_again(signing_in) == set()
    assert Event.objects.filter(kind__startswith="s").count() == 3


def test_looking_computes_nothing_again(computed_again, grace, okafors):
    def looking():
        family = annotate_access_level(Family.objects.filter(pk=okafors.pk), grace).get()
        open_record(family=family, by=grace, seen=set())
        record("register.opened", by=grace, names=3)
        record("referral.previewed", by=grace, family_ref=okafors.ref)

    assert computed_again(looking) == set()


def test_searching_and_listing_computes_nothing_again(computed_again, grace):
    def searching():
        note_search(by=grace, count=3)
        note_listed(by=grace, resource="families", rows=20)

    assert computed_again(searching) == set()


def test_drafts_plans_and_bookings_compute_nothing_again(computed_again, grace, okafors):
    def drafting():
        keep_draft(form="register", fields={"name": ["Okafor"]}, by=grace)
        for kind in ("referral.drafted", "referral.edited", "plan.opened", "booking.made"):
            record(kind, by=grace, family_ref=okafors.ref)

    assert computed_again(drafting) == set()


def a_contact(okafors, stockwell, grace, chidi, *findings):
    contact_actions.log_contact(
        family=okafors,
        new=NewContact(
            kind="home_visit",
            occurred_at=WRITTEN - timedelta(days=1),
            outcome="attended",
            concerned=[chidi],
            findings=list(findings),
        ),
        team=stockwell,
        by=grace,
    )


def test_a_contact_computes_only_what_reads_contacts(
    computed_again, okafors, stockwell, grace, chidi
):
    again = computed_again(lambda: a_contact(okafors, stockwell, grace, chidi))

    assert again == reading(kinds.CONTACTS)
    assert {"review_6_8_weeks", "reach_children", "father_present"} <= again
    assert not {"breastfed_first_feed", "referral_in_time", "obesity_age_4"} & again


def test_a_contact_with_a_weight_computes_what_reads_observations_too(
    computed_again, okafors, stockwell, grace, chidi
):
    weight = ObservationInput(chidi, "weight_kg", "7.4")
    again = computed_again(lambda: a_contact(okafors, stockwell, grace, chidi, weight))

    assert again == reading(kinds.CONTACTS, kinds.OBSERVATIONS)


def test_a_finding_computes_only_what_reads_observations(computed_again, okafors, grace, chidi):
    def finding():
        weight = ObservationInput(chidi, "weight_kg", "7.4")
        record_observation(family=okafors, finding=weight, contact=None, by=grace)

    again = computed_again(finding)
    assert again == reading(kinds.OBSERVATIONS)
    assert "reach_children" not in again


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("referral.sent", kinds.REFERRALS),
        ("register.marked", kinds.SESSIONS),
        ("person.changed", kinds.PEOPLE),
        ("records.imported", kinds.PLACES),
    ],
)
def test_each_kind_computes_only_what_reads_what_it_changes(computed_again, kind, data):
    assert computed_again(lambda: record(kind, by=None)) == reading(data)


def test_an_event_of_a_kind_nobody_declares_any_more_may_have_changed_anything(computed_again):
    def older():
        event = Event(kind="once.was", at=WRITTEN + LATER, chain="system", by_name="the system")
        event.save()

    assert computed_again(older) == set(INDICATORS)
    assert Night.objects.count() == 2
