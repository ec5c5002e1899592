"""What is hidden after quiet days is what would be hidden if everything were decided anew."""

from datetime import timedelta

from families.models import Contact, ContactPerson
from leap.core.audit.log import record
from outcomes import disclosure
from outcomes.calculation import nights
from outcomes.indicators import INDICATORS
from outcomes.models import Figure
from tests.demo.conftest import AS_AT

FLAGS = ("hidden", "known_hidden", "denominator_hidden")


def flags():
    figures = Figure.objects.published()
    return {disclosure.name_of(f): tuple(getattr(f, flag) for flag in FLAGS) for f in figures}


def a_night(**asked):
    night = nights.start_night(as_at=AS_AT, **asked)
    assert nights.process_steps(night=night)
    return night


def test_kept_decisions_are_those_that_would_be_made(lambeth, db, monkeypatch):
    a_night()
    decided = []
    decide = disclosure.decide
    monkeypatch.setattr(
        disclosure, "decide", lambda figures, *rest: decided.append(1) or decide(figures, *rest)
    )
    for days in (3, 400):  # another contact of somebody, now and a year ago
        contact = Contact.objects.filter(
            occurred_on__lte=AS_AT - timedelta(days=days), outcome="attended"
        ).latest("occurred_at", "pk")
        people = list(ContactPerson.objects.filter(contact=contact))
        contact.pk, contact.ref, contact.session_ref = None, f"C-AGAIN{days}", ""
        contact.save()
        for person in people:
            person.pk, person.contact = None, contact
            person.save()
        record("contact.logged", by=None, family_ref=contact.family.ref)
        a_night()
    kept, quiet = flags(), len(decided)
    a_night(indicators=list(INDICATORS))

    everything = len(disclosure.groups(INDICATORS))
    assert len(decided) - quiet == everything
    assert 0 < quiet < everything
    assert flags() == kept
