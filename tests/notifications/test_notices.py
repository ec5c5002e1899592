"""What has happened to somebody's referrals and families stands on one page of theirs."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from families.access.involvement_actions import add_team, end_involvement
from families.break_glass.actions import break_glass
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict
from leap.core.notifications.actions import notify
from leap.core.notifications.models import Notification
from leap.core.notifications.tasks import clear_out
from leap.core.notifications.types import NotificationType
from leap.core.outbox.models import Message
from referrals.models import Referral
from referrals.transitions import clock_actions, dispute_actions, receiver_actions, sender_actions
from referrals.working_days import WorkingDays
from tests.casework.reading import read, statements
from tests.referrals.verbs import action

PAGE = "/notices/"


def kinds_of(user):
    return list(Notification.objects.filter(to=user).order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def accepted(referral, sam):
    receiver_actions.accept(referral=referral, by=sam)
    return referral


def test_nothing_has_happened_to_grace(client_of, grace):
    page = client_of(grace).get(PAGE)
    assert "Nothing has happened yet." in read(page)
    assert 'aria-label="Notices"' in page.content.decode()


def test_grace_is_told_that_sam_accepted_and_goes_there(client_of, grace, accepted):
    browser = client_of(grace)
    page = browser.get(PAGE)
    assert "Family support has accepted your referral." in read(page)
    assert f"Okafor, {accepted.family.ref}" in read(page)
    assert 'aria-label="Notices: 1 unread"' in page.content.decode()

    notice = Notification.objects.get(to=grace)
    assert browser.get(f"{PAGE}{notice.ref}/").url == accepted.get_absolute_url()
    assert 'aria-label="Notices"' in browser.get(PAGE).content.decode()
    assert "You have read everything." in read(browser.get(PAGE + "?show=unread"))


def test_a_referral_waits_for_whoever_manages_the_team(referral, esi, sam, grace):
    assert (kinds_of(esi), kinds_of(sam), kinds_of(grace)) == (["received"], [], [])


ANSWERS = {
    "acknowledge": ({}, "acknowledged"),
    "ask": ({"question": "Which nights?"}, "asked"),
    "accept": ({}, "accepted"),
    "decline": ({"decline_reason": "Full", "alternative": "Wait"}, "declined"),
    "pause": ({"why": "They are away."}, "clock"),
}


@pytest.mark.parametrize("verb", ANSWERS)
def test_each_answer_tells_its_sender_and_not_who_gave_it(referral, grace, esi, verb):
    terms, kind = ANSWERS[verb]
    action(verb)(referral=referral, by=esi, **terms)
    assert kinds_of(grace) == [kind]
    assert kinds_of(esi) == ["received"]


def test_once_sam_works_on_it_he_is_told_instead_of_his_manager(referral, grace, sam, esi):
    receiver_actions.ask(referral=referral, question="Which nights?", by=sam)
    Referral.objects.update(allocated_to=sam)
    referral.refresh_from_db()
    sender_actions.answer(referral=referral, answer="All of them.", by=grace)
    assert kinds_of(sam) == ["answered"]
    assert kinds_of(esi) == ["received"]


def test_a_disagreement_is_told_to_who_declined(referral, grace, sam):
    receiver_actions.decline(referral=referral, decline_reason="Full", alternative="Wait", by=sam)
    dispute_actions.challenge(referral=referral, why="She has not slept.", by=grace)
    assert "disagreement" in kinds_of(sam)


def test_one_that_nobody_answers_is_told_to_the_manager_and_comes_back_to_grace(
    referral, grace, esi, miriam
):
    late = timezone.localdate() - timedelta(days=40)
    Referral.objects.update(acknowledge_by=late)
    referral.refresh_from_db()
    clock_actions.escalate(
        referral=referral, today=timezone.localdate(), calendar=WorkingDays.read()
    )
    assert kinds_of(esi) == ["received", "escalated"]
    assert Message.objects.filter(to=esi.email, subject__contains="is late").count() == 1

    Referral.objects.update(expires_on=late)
    referral.refresh_from_db()
    clock_actions.expire(referral=referral, today=timezone.localdate())
    assert kinds_of(grace) == ["returned"]


def test_an_emergency_tells_who_leads_and_asks_a_manager_elsewhere(
    okafors, grace, miriam, ruth, make_team, make_user
):
    vassall = make_team("vassall-health-visiting")
    vera = make_user("Vera Lund", vassall, role=Membership.Role.MANAGER)
    tomorrow = timezone.localdate() + timedelta(days=1)
    break_glass(
        family=okafors,
        reason="Chest pain at the centre; the ambulance asks.",
        by=ruth,
        review_by=tomorrow,
    )
    assert kinds_of(grace) == ["emergency"]
    assert kinds_of(vera) == ["review"]
    assert kinds_of(miriam) == []
    assert set(Message.objects.values_list("to", flat=True)) == {grace.email, vera.email}


def test_what_was_second_and_refused_tells_nobody(accepted, grace, sam):
    stale = Referral.objects.get(pk=accepted.pk)
    stale.status = "sent"
    with pytest.raises(Conflict), transaction.atomic():
        receiver_actions.decline(referral=stale, decline_reason="Full", alternative="Wait", by=sam)
    assert kinds_of(grace) == ["accepted"]


def test_of_a_family_no_longer_shared_nothing_is_shown(
    client_of, okafors, grace, sam, esi, family_support
):
    add_team(family=okafors, team=family_support, note="", last_day=None, by=grace)
    notice = Notification.objects.get(to=esi)
    browser = client_of(esi)
    assert "Okafor" in read(browser.get(PAGE))

    end_involvement(family=okafors, team=family_support, by=grace)
    Notification.objects.exclude(pk=notice.pk).delete()
    page = browser.get(PAGE)
    assert "no longer shared with you" in read(page)
    for words in ("Okafor", okafors.ref, "asked into the team"):
        assert words not in page.content.decode()
    assert browser.get(f"{PAGE}{notice.ref}/").status_code == 404


def test_nobody_reads_anybody_elses(client_of, accepted, grace, sam, reading_as):
    notice = Notification.objects.get(to=grace)
    assert client_of(sam).get(f"{PAGE}{notice.ref}/").status_code == 404
    assert not Notification.objects.get(pk=notice.pk).read_at
    reading_as(sam)
    assert not Notification.objects.filter(to=grace).exists()


def test_all_are_marked_as_read_but_not_what_came_after_the_page(client_of, grace, accepted, sam):
    browser, until = client_of(grace), timezone.now().isoformat()
    receiver_actions.note_first_contact(referral=accepted, first_contact_at=timezone.now(), by=sam)
    for _ in range(2):
        browser.post(PAGE + "read/", {"until": until})
    assert list(
        Notification.objects.filter(to=grace, read_at=None).values_list("kind", flat=True)
    ) == ["worked"]
    assert "Nothing was marked" in read(browser.post(PAGE + "read/", {"until": "x"}, follow=True))


def test_they_are_kept_for_ninety_days(accepted, grace, esi):
    old = timezone.now() - timedelta(days=91)
    Notification.objects.filter(to=grace).update(made_at=old)
    assert clear_out() == 1
    assert kinds_of(grace) == []
    assert kinds_of(esi) == ["received"]


def test_somebody_who_has_left_is_told_nothing(grace, okafors):
    grace.is_active = False
    notify([grace], NotificationType.FAMILY, "Something.", "/", family_ref=okafors.ref)
    assert not Notification.objects.exists()


def test_more_notices_take_no_more_statements_and_stand_on_pages(client_of, grace, accepted):
    browser = client_of(grace)
    few = statements(lambda: browser.get(PAGE))
    for _ in range(30):
        notify(
            [grace],
            NotificationType.WORKED,
            "More.",
            "/",
            family_ref=accepted.family.ref,
            about=accepted.ref,
        )
    assert statements(lambda: browser.get(PAGE)) == few <= 10
    assert browser.get(PAGE).content.decode().count('class="leap-notice ') == 25
    assert "has accepted" in read(browser.get(PAGE + "?page=2"))


def test_a_choice_is_in_the_log(client_of, grace):
    page = "/account/notices/"
    fields = {kind.value: "here" for kind in NotificationType}
    browser = client_of(grace)
    assert browser.post(page, {"accepted": "soon"}).status_code == 200
    assert browser.post(page, fields).url == PAGE
    assert Event.objects.filter(kind="notices.chosen").count() == 1


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_grace_reads_what_happened_on_a_phone(accepted, grace, phone, sign_in_as, axe):
    sign_in_as(grace, phone).goto("/")
    phone.get_by_role("link", name="Notices: 1 unread").click()
    assert axe(phone) == []
    phone.get_by_role("button", name="Mark all as read").click()
    phone.get_by_role("link", name="Notices", exact=True).wait_for()
    phone.get_by_role("link", name="Choose how you are told").click()
    assert axe(phone) == []
    phone.get_by_label("My referral was accepted").select_option("E-mail at once")
    phone.get_by_role("button", name="Save").click()
    phone.get_by_text("From now on you are told in this way.").wait_for()
    phone.get_by_role("link", name="Family support has accepted").click()
    phone.wait_for_url(f"**{accepted.get_absolute_url()}")
