"""Each promise is broken on purpose, past the constraint that holds it, and is then named."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F
from django.utils import timezone

from families.access.involvement_actions import involve
from families.models import Family, Involvement, Person
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.outbox.models import Message
from leap.core.reference_data.models import AREAS
from outcomes.models import Figure, Night
from referrals.models import Pathway, Referral
from sites.models import Attendance, Room, Session

NOW = timezone.now()


def check():
    """What the command says, and whether it is content."""
    output = StringIO()
    try:
        call_command("check_promises", stdout=output)
    except CommandError:
        return False, output.getvalue()
    return True, output.getvalue()


def names(row, promise):
    """Whether `promise` alone is broken, and by `row`."""
    content, output = check()
    lines = output.splitlines()
    counts = {line[8:]: int(line[:6]) for line in lines if line[:6].strip().isdigit()}
    assert not content
    assert {name for name, count in counts.items() if count} == {promise}
    assert f"        {row}" in lines
    return True


def without(constraint, table):
    """Take a constraint away until the test's transaction is rolled back."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")


@pytest.fixture
def referral(okafors, stockwell, family_support):
    """Stockwell has asked family support to help the Okafors."""
    pathway = Pathway.objects.create(
        code="help",
        name="Help",
        from_discipline="health_visiting",
        to_discipline="family_support",
        acknowledge_within=2,
        first_contact_within=10,
    )
    return Referral.objects.create(
        ref="RF-7K3M9",
        family=okafors,
        pathway=pathway,
        from_team=stockwell,
        to_team=family_support,
        status="sent",
        sent_at=NOW,
        acknowledge_by=NOW,
        first_contact_by=NOW,
    )


@pytest.fixture
def make_session(larkhall, baby_massage):
    room = Room.objects.create(site=larkhall, name="Garden room")

    def make(ref, **fields):
        hour = DateTimeTZRange(NOW, NOW + timedelta(hours=1))
        return Session.objects.create(
            ref=ref, site=larkhall, room=room, service=baby_massage, during=hour, **fields
        )

    return make


@pytest.fixture
def night(db):
    """A night that has published one indicator in every area."""
    night = Night.objects.create(as_at=date(2016, 7, 1), status="published", finished_at=NOW)
    for area in AREAS:
        Figure.objects.create(
            night=night,
            indicator="smoking_at_delivery",
            version=1,
            area_code=area,
            period="2016-Q1",
            numerator=1,
            denominator=2,
            published=True,
        )
    return night


def test_a_sound_database_keeps_every_promise(referral, sam, make_session, night):
    make_session("S-1", capacity=1)
    assert check()[0]


def test_a_family_without_a_lead_team(okafors):
    without("family_open_has_a_lead_team", "families_family")
    Family.objects.update(lead_team=None)
    assert names(okafors.ref, "open families without exactly one lead team")


def test_a_family_whose_lead_team_no_longer_works_with_it(okafors):
    Involvement.objects.update(ended_at=F("started_at"))
    assert names(okafors.ref, "open families without exactly one lead team")


def test_a_family_whose_other_team_is_at_work_but_not_its_lead(okafors, midwives, grace):
    involve(family=okafors, team=midwives, reason="team_around_family", by=grace)
    Involvement.objects.exclude(team=midwives).update(ended_at=F("started_at"))
    assert names(okafors.ref, "open families without exactly one lead team")


def test_a_referral_whose_holders_have_all_left(referral, sam):
    Membership.objects.filter(user=sam).update(ended_on=timezone.localdate())
    assert names(referral.ref, "referrals nobody holds")


def test_a_referral_in_a_status_nobody_knows(referral, sam):
    without("referral_status_is_known", "referrals_referral")
    Referral.objects.update(status="lost")
    assert names(referral.ref, "referrals nobody holds")


def test_a_message_that_waits_for_two_hours(db):
    made_at = NOW - timedelta(hours=2)
    Message.objects.create(to="a@leap.example", subject="S", body="B", made_at=made_at)
    at = timezone.localtime(made_at)
    row = f"written {at:%Y-%m-%d %H:%M}, tried 0 times"
    assert names(row, "outbox entries undelivered past an hour")


def test_a_session_with_more_people_than_places(make_session, okafors):
    session = make_session("S-7K3M9", capacity=2, places_taken=2)
    for person in Person.objects.all():
        Attendance.objects.create(session=session, person=person)
    row = "S-7K3M9: 2 places, 3 held, 2 counted as taken"
    assert names(row, "sessions booked above capacity")


def test_a_room_with_two_sessions_at_once(make_session):
    without("session_room_not_double_booked", "leap_sites_session")
    make_session("S-2", capacity=1)
    make_session("S-1", capacity=1)
    assert names("S-1 and S-2", "rooms double-booked")


def test_a_person_in_no_family(db):
    Person.objects.create(ref="P-7K3M9QRS")
    assert names("P-7K3M9QRS", "persons merged into nothing")


def test_an_event_that_somebody_has_rewritten(okafors):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER audit_event_stays")
    event = Event.objects.about_family(okafors.ref).get(kind="family.registered")
    Event.objects.filter(pk=event.pk).update(by_name="Nobody")
    row = f"{okafors.ref}: event {event.position} (family.registered) does not match its hash"
    assert names(f"{row} or its neighbour", "audit chain breaks")


def names_half_published(fault):
    promise = "figures of a half-published night"
    return names(f"smoking_at_delivery 2016-Q1: {fault}", promise)


def test_a_figure_shown_before_its_night_was_published(night):
    Night.objects.update(status="running", finished_at=None)
    assert names_half_published("shown before its night was published")


def test_a_figure_left_out_when_its_night_was_published(night):
    Figure.objects.filter(area_code="LEAP").update(published=False)
    assert names_half_published("left out when its night was published")


def test_figures_of_one_period_from_two_nights(night):
    other = Night.objects.create(as_at=date(2016, 7, 2), status="published", finished_at=NOW)
    Figure.objects.filter(area_code="LEAP").update(night=other)
    assert names_half_published("published by two nights")


def test_a_period_without_all_of_its_areas(night):
    Figure.objects.filter(area_code="LEAP").delete()
    assert names_half_published("some areas are missing")


def test_only_ten_are_listed_and_the_rest_counted(db):
    Person.objects.bulk_create(Person(ref=f"P-{number:02}") for number in range(12))
    output = check()[1]
    assert "    12  persons merged into nothing" in output
    assert "P-09" in output
    assert "P-10" not in output
    assert "and 2 more" in output


def test_nobody_is_named(okafors):
    Involvement.objects.update(ended_at=F("started_at"))
    assert "Okafor" not in check()[1]
