"""What a practitioner of Lambeth would look at first, and what must never be there."""

from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from guardian.shortcuts import get_groups_with_perms

from families.models import (
    Contact,
    ContactPerson,
    Family,
    FamilyGroupObjectPermission,
    Involvement,
    Member,
    Observation,
    Person,
)
from families.name_normalisation import search_text
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from leap.core.audit.models import Event
from leap.core.audit.verify import find_breaks
from leap.core.notifications.models import Notification
from leap.core.reference_data.models import LEAP_WARDS, Postcode, Service, Site
from leap.ops.demo.duplicates import BY_ANOTHER_AGENCY, DOUBLES
from leap.ops.demo.partnership import PASSWORD, SIGN_INS
from outcomes.models import Figure
from referrals.models import Referral, Status
from referrals.working_days import WorkingDays
from sites.models import Attendance, Session
from tests.demo.conftest import AS_AT, CHILDREN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lambeth")]

REGISTERED_TWICE = (*DOUBLES, *BY_ANOTHER_AGENCY)
TODAY = timezone.make_aware(timezone.datetime(AS_AT.year, AS_AT.month, AS_AT.day))


def test_there_are_as_many_children_as_were_asked_for():
    children = Member.objects.filter(role__in=Member.CHILD_ROLES).values("person").distinct()
    twice = [double for double in REGISTERED_TWICE if not double.mother]
    assert children.count() == CHILDREN + len(twice)


def test_the_four_wards_have_26_places_between_them():
    sites = Site.objects.values_list("postcode__ward_2011", flat=True)
    assert len(sites) == 26
    assert set(sites) == set(LEAP_WARDS)


def test_some_live_elsewhere():
    elsewhere = Postcode.objects.exclude(ward_2011__in=LEAP_WARDS)
    assert elsewhere.filter(residences__isnull=False).exists()


def test_nhs_numbers_are_of_the_test_range_and_nobody_shares_one_but_a_double():
    numbers = list(Person.objects.exclude(nhs_number="").values_list("nhs_number", flat=True))
    twice = [double for double in REGISTERED_TWICE if double.same_number]
    assert len(numbers) - len(twice) == len(set(numbers)) > CHILDREN
    assert {number[:3] for number in numbers} == {"999"}
    assert all(check_digit(number[:9]) == int(number[9]) for number in numbers)


def check_digit(nine: str) -> int:
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
    return (11 - total % 11) % 11


def test_every_open_family_is_led_by_a_team_that_works_with_it():
    at_work = Involvement.objects.filter(
        family=OuterRef("pk"), team=OuterRef("lead_team"), ended_at=None
    )
    families = Family.objects.open().annotate(at_work=Exists(at_work))
    assert families.exists()
    assert not families.filter(at_work=False).exists()


def test_the_leading_practitioner_is_of_the_leading_team():
    strangers = Family.objects.exclude(lead_practitioner=None).exclude(
        lead_practitioner__memberships__team=F("lead_team")
    )
    assert not strangers.exists()


def test_six_families_of_stockwell_wait_for_a_health_visitor():
    gaps = Family.objects.open().filter(lead_practitioner=None)
    assert gaps.count() == 6
    assert {family.lead_team.code for family in gaps} == {"stockwell-health-visiting"}


def test_guardian_grants_what_the_involvements_say():
    running = Q(ended_at=None) | Q(ended_at__gt=TODAY)
    opening = Involvement.objects.filter(running, names_only=False).exclude(team=None)
    spells = opening.values_list("family", "team__group")
    grants = FamilyGroupObjectPermission.objects.values_list("content_object", "group")
    assert sorted(spells) == sorted(grants)
    family = Family.objects.open().first()
    assert {group.team for group in get_groups_with_perms(family)} == {
        spell.team for spell in family.involvements.filter(ended_at=None).exclude(team=None)
    }


def test_teams_write_only_while_they_work_with_a_family():
    covering = Involvement.objects.filter(
        Q(ended_at=None) | Q(ended_at__gte=OuterRef("occurred_at")),
        family=OuterRef("family"),
        team=OuterRef("team"),
        started_at__lte=OuterRef("occurred_at"),
    )
    assert not Contact.objects.exclude(Exists(covering)).exists()
    assert not Contact.objects.exclude(by__memberships__team=F("team")).exists()


def test_contacts_concern_people_of_the_family():
    member = Member.objects.filter(family=OuterRef("contact__family"), person=OuterRef("person"))
    assert not ContactPerson.objects.exclude(Exists(member)).exists()
    assert not Contact.objects.exclude(people__concerned=True).exists()


def test_nothing_has_happened_yet_today():
    assert not Contact.objects.filter(occurred_at__gte=TODAY).exists()
    assert not Observation.objects.filter(recorded_on__gte=AS_AT).exists()
    assert not Event.objects.filter(at__gt=TODAY).exists()
    assert not Person.objects.filter(birth_date__gte=AS_AT).exists()
    assert not Referral.objects.filter(Q(sent_at__gte=TODAY) | Q(closed_at__gte=TODAY)).exists()


def test_people_work_by_day_and_not_on_bank_holidays():
    times = Contact.objects.values_list("occurred_at", flat=True)
    local = [timezone.localtime(at) for at in times]
    assert {at.hour for at in local} <= set(range(9, 18))
    assert all(WorkingDays().is_worked(at.date()) for at in local)


def test_nobody_is_met_after_they_died():
    after = Q(contact__occurred_on__gt=F("person__died_on"))
    assert not ContactPerson.objects.filter(after).exists()


def test_last_contact_is_the_latest_attended_one():
    for family in Family.objects.exclude(last_contact_at=None)[:20]:
        latest = family.contacts.filter(outcome="attended").latest("occurred_at")
        assert family.last_contact_at == latest.occurred_at


def test_everyone_can_be_found_by_name():
    assert all(
        p.search_name == search_text(p.given_name, p.family_name) for p in Person.objects.all()
    )


def test_referrals_stand_in_every_status():
    assert set(Referral.objects.values_list("status", flat=True)) == set(Status.values)


def test_referrals_move_in_order():
    backwards = Referral.objects.filter(
        Q(acknowledged_at__lt=F("sent_at"))
        | Q(accepted_at__lt=F("acknowledged_at"))
        | Q(first_contact_at__lt=F("accepted_at"))
        | Q(closed_at__lt=F("first_contact_at"))
    )
    assert not backwards.exists()


def test_a_handover_that_was_accepted_left_the_midwives():
    handed_over = Referral.objects.filter(
        pathway__code="postnatal-handover", accepted_at__isnull=False
    )
    assert handed_over.exists()
    assert not handed_over.filter(family__lead_team=F("from_team")).exists()


def test_a_queue_waits_for_stockwell():
    stockwell = Team.objects.get(code="stockwell-health-visiting")
    waiting = Referral.objects.filter(to_team=stockwell, status__in=["sent", "acknowledged"])
    assert waiting.count() >= 2


def test_notices_tell_of_what_happened_and_the_latest_are_unread():
    notices = list(Notification.objects.order_by("made_at"))
    about = Referral.objects.in_bulk({notice.about for notice in notices}, field_name="ref")
    assert all(notice.path == about[notice.about].get_absolute_url() for notice in notices)
    assert all(notice.made_at < notice.read_at for notice in notices if notice.read_at)
    assert not notices[-1].read_at


def test_sessions_hold_no_more_than_their_places():
    held = Count("attendances", filter=Q(attendances__status__in=Attendance.HOLDS_A_PLACE))
    sessions = Session.objects.annotate(held=held)
    assert not sessions.exclude(held=F("places_taken")).exists()
    assert not sessions.filter(places_taken__gt=F("capacity")).exists()


def test_sessions_lie_behind_and_ahead():
    assert Session.objects.filter(during__endswith__lt=TODAY).exists()
    assert Session.objects.filter(during__startswith__gt=TODAY + timedelta(days=28)).exists()


def test_registers_are_marked_for_sessions_that_are_over():
    long_over = TODAY - timedelta(days=8)
    left = Attendance.objects.filter(status="booked", session__during__endswith__lt=long_over)
    ahead = Attendance.objects.filter(session__during__startswith__gt=TODAY)
    assert not left.exists()
    assert not ahead.exclude(status__in=["booked", "cancelled"]).exists()


def test_the_log_is_whole():
    assert find_breaks() == []
    registered = Event.objects.filter(kind="family.registered")
    assert registered.count() == Family.objects.count()


def test_the_sign_ins_open():
    for email in SIGN_INS:
        assert authenticate(username=f"{email}@leap.example", password=PASSWORD), email


def test_the_manager_manages_stockwell_and_the_health_visitor_has_families():
    manager = User.objects.get(email="manager@leap.example")
    assert [Team.objects.get(pk=pk).code for pk in manager.team_ids_with(Capability.LEAD_TEAM)] == [
        "stockwell-health-visiting"
    ]
    assert User.objects.get(email="healthvisitor@leap.example").led_families.exists()


def test_every_strand_is_offered():
    assert Service.objects.values("strand").distinct().count() == 4


def test_no_figures_are_invented():
    assert not Figure.objects.exists()
