from datetime import timedelta

import pytest
from django.utils import timezone

from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.outbox.models import Message
from referrals.models import Referral, Task
from referrals.tasks import tend_clocks
from referrals.transitions import receiver_actions
from referrals.working_days import WorkingDays
from tests.referrals.reading import page_of


@pytest.fixture
def esi(make_user, family_support):
    return make_user("Esi Boateng", family_support, role=Membership.Role.MANAGER)


def days_late(referral, days):
    """Working days past the day its acknowledgement was due."""
    today = timezone.localdate() - timedelta(days=0)
    while today.weekday() > 4:
        today -= timedelta(days=1)
    due = WorkingDays().before(today, days)
    Referral.objects.filter(pk=referral.pk).update(acknowledge_by=due)


def test_late_it_is_a_task_for_the_receivers_manager(referral, esi, miriam):
    days_late(referral, 1)
    tend_clocks()
    assert [(t.kind, t.to) for t in Task.objects.all()] == [("late", esi)]


def test_later_the_senders_manager_is_told_too(referral, esi, miriam):
    days_late(referral, 2)
    tend_clocks()
    assert {(t.kind, t.to) for t in Task.objects.all()} == {
        ("late", esi),
        ("late_for_sender", miriam),
    }


def test_once_for_each_level_however_often_it_is_looked_at(referral, esi, miriam):
    days_late(referral, 1)
    for _ in range(3):
        tend_clocks()
    days_late(referral, 1)
    assert Message.objects.filter(to="esi@leap.example").count() == 1
    assert Event.objects.filter(kind="referral.escalated").count() == 1


def test_the_mail_says_nothing_about_the_family(referral, esi):
    days_late(referral, 1)
    tend_clocks()
    mail = Message.objects.get(to="esi@leap.example")
    for word in ("Okafor", "Ada", "Chidi", "sleep", referral.family.ref):
        assert word not in mail.subject + mail.body


def test_both_sides_read_on_the_referral_who_was_told(referral, esi, sam, grace, client_of):
    days_late(referral, 1)
    tend_clocks()
    for reader in (sam, grace):
        page = page_of(client_of(reader).get(f"/referrals/{referral.ref}/"))
        assert "Acknowledgement is late. Esi Boateng (Family support) has been told." in page


def test_answering_it_ends_the_task(referral, esi, sam):
    days_late(referral, 1)
    tend_clocks()
    receiver_actions.acknowledge(referral=referral, by=sam)
    assert not Task.objects.waiting().exists()


def test_a_team_without_a_manager_goes_to_one_of_its_agency(referral, make_user, social_work):
    """Lambeth runs social work too."""
    femi = make_user("Femi Ade", social_work, role=Membership.Role.MANAGER)
    days_late(referral, 1)
    tend_clocks()
    assert Task.objects.get(kind="late").to == femi


def test_and_without_any_to_the_admin(referral, asha):
    days_late(referral, 1)
    tend_clocks()
    assert Task.objects.get(kind="late").to == asha


def test_what_an_import_brought_mails_nobody(referral, esi):
    days_late(referral, 1)
    Referral.objects.filter(pk=referral.pk).update(source="kch", source_ref="R1")
    tend_clocks()
    assert Task.objects.get().to == esi
    assert not Message.objects.filter(to="esi@leap.example").exists()
