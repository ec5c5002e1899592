"""Contacts that were written without a signal, sent: once each, or with the reason why not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import Audience, NewContact
from families.models import Contact, FollowUp, Involvement, Layer
from leap.core.accounts.models import Membership
from leap.core.audit.log import record
from leap.core.outbox.models import Draft
from tests.offline.conftest import KEY


@pytest.fixture
def with_support(okafors, family_support, grace):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)


def sams_visit(okafors, chidi, family_support, sam, **fields):
    new = NewContact("home_visit", timezone.now(), "attended", [chidi], **fields)
    return contact_actions.log_contact(family=okafors, new=new, team=family_support, by=sam)


def test_what_was_written_is_logged_as_the_familys_page_would(device, okafors, chidi, typed, grace):
    day = timezone.localdate() + timedelta(days=7)
    typed |= {"alone": [chidi.ref], "next_step": "Weigh again", "next_on": day.isoformat()}

    answer = device.send(okafors, typed).json()

    contact = Contact.objects.get()
    assert answer == {"state": "sent", "contact": contact.ref}
    assert (contact.note, contact.by, contact.outcome) == ("Sleeps well.", grace, "attended")
    assert contact.people.get(person=chidi).alone
    assert FollowUp.objects.get().what == "Weigh again"


def test_sending_again_after_a_lost_answer_logs_nothing_more(device, okafors, typed):
    first = device.send(okafors, typed).json()
    assert device.send(okafors, typed).json() == first
    assert Contact.objects.count() == 1


def test_once_logged_it_stays_sent_whatever_has_changed_since(
    device, okafors, chidi, typed, grace, sam, family_support, with_support
):
    first = device.send(okafors, typed).json()
    sams_visit(okafors, chidi, family_support, sam)
    Membership.objects.filter(user=grace).update(ended_on=timezone.localdate())

    assert device.send(okafors, typed).json() == first


def test_the_form_on_the_page_and_the_device_do_not_log_the_same_one_twice(device, okafors, typed):
    device.send(okafors, typed)
    page = f"/families/{okafors.ref}/contacts/new/"
    device.browser.post(page, {**typed, "submission": KEY})
    assert Contact.objects.count() == 1


def test_what_is_wrong_comes_back_in_the_form_as_typed(device, okafors, typed):
    typed |= {"on": "2999-01-01", "note": "Typed in the rain"}

    answer = device.send(okafors, typed).json()

    assert answer["state"] == "refused"
    assert "future" in answer["html"]
    assert "Typed in the rain" in answer["html"]
    corrected = typed | {"on": timezone.localdate().isoformat()}
    assert device.send(okafors, corrected).json()["state"] == "sent"


def test_a_family_that_is_not_hers_any_more_is_refused_in_a_sentence(device, okafors, typed, grace):
    Membership.objects.filter(user=grace).update(ended_on=timezone.localdate())

    answer = device.send(okafors, typed).json()

    assert answer["state"] == "refused"
    assert "not shared with you any more" in answer["sentence"]
    assert not Contact.objects.exists()


def test_a_colleagues_visit_of_the_same_day_is_shown_before_hers_is_logged(
    device, okafors, chidi, typed, sam, family_support, with_support
):
    sams_visit(okafors, chidi, family_support, sam, note="I weighed him.")

    answer = device.send(okafors, typed).json()
    anyway = device.send(okafors, typed, since=answer["at"]).json()

    assert answer["state"] == "meanwhile"
    (other,) = answer["meanwhile"]
    assert other["title"] == "Home visit: attended"
    assert "Sam Ortiz" in other["by"]
    assert other["note"] == "I weighed him."
    assert anyway["state"] == "sent"
    assert Contact.objects.count() == 2


def test_a_visit_of_another_kind_or_known_before_asks_nothing(
    device_of, okafors, chidi, typed, sam, grace, family_support, with_support
):
    sams_visit(okafors, chidi, family_support, sam)
    device = device_of(grace)
    assert device.send(okafors, {**typed, "kind": "phone"}).json()["state"] == "sent"
    assert device.send(okafors, typed, key="another").json()["state"] == "sent"


def test_what_a_colleague_kept_for_others_is_not_given_away(
    device, okafors, chidi, typed, sam, miriam, family_support, with_support
):
    sams_visit(okafors, chidi, family_support, sam, audience=Audience(Layer.RESTRICTED, [miriam]))
    assert device.send(okafors, typed).json()["state"] == "sent"


def test_a_death_that_she_could_not_know_of_is_told_first(device, okafors, typed, miriam):
    record("family.loss", by=miriam, family_ref=okafors.ref)

    answer = device.send(okafors, typed).json()

    assert answer["state"] == "meanwhile"
    assert answer["meanwhile"][0]["title"] == "Death recorded"


def test_what_was_never_finished_is_found_with_the_drafts(device, okafors, typed, client_of, grace):
    answer = device.send(okafors, {**typed, "concerned": []}, how="draft").json()

    assert answer == {"state": "draft"}
    page = client_of(grace).get(f"/families/{okafors.ref}/contacts/new/").content.decode()
    assert "Sleeps well." in page


def test_what_cannot_be_logged_when_the_device_has_forgotten_it_is_a_draft_too(
    device, okafors, typed
):
    answer = device.send(okafors, {**typed, "on": "2999-01-01"}, how="keep").json()
    assert answer == {"state": "draft"}
    assert Draft.objects.get().fields["note"] == ["Sleeps well."]


def test_it_does_not_take_the_place_of_another_draft(device, okafors, typed):
    other = {"note": "Another one", "submission": "another"}
    device.browser.post(f"/drafts/contact-{okafors.ref}/", other)

    answer = device.send(okafors, typed, how="draft").json()

    assert answer["state"] == "wait"
    assert Draft.objects.get().fields["note"] == ["Another one"]


def test_nobody_sends_what_somebody_else_wrote(device, client_of, okafors, typed, miriam):
    device.browser = client_of(miriam)
    answer = device.send(okafors, typed)
    assert answer.status_code == 403
    assert not Contact.objects.exists()


@pytest.mark.parametrize("sealed", ["", "not base64!", "AAAA"])
def test_what_cannot_be_read_is_refused_in_a_sentence(device, sealed):
    data = {"taken": device.taken["taken"], "sealed": sealed}
    answer = device.browser.post("/offline/send/", data)
    assert answer.status_code == 422
    assert "cannot be read" in answer.json()["sentence"]
