"""Grace leaves. Nothing of hers is left behind."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection
from django.urls import reverse

from families.access.involvement_actions import involve, move_lead
from families.inputs import NewPerson
from families.models import Family, HandoverNote
from families.people.actions import register_family
from leap.administration import actions
from leap.administration.actions.leavers import Handing
from leap.core.audit.models import Event
from leap.core.audit.verify import find_breaks
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.drafts import keep_draft
from referrals.models import Pathway, Referral, Task
from tests.casework.reading import read, statements


def leaving(user):
    return reverse("administration:leaving", args=[user.ref])


def everything(families, to, note="They know me well; see the last visit."):
    return {
        "team": "stockwell-health-visiting",
        "shown": " ".join(family.ref for family in families),
        "to": str(to.ref),
        "note": note,
    }


@pytest.fixture
def referral(okafors, midwives, stockwell, grace):
    """A referral of another family that Grace works on; the midwives lead."""
    family = Family.objects.get(pk=okafors.pk)
    family.pk, family.ref, family.lead_team, family.lead_practitioner = (
        None, "LB-ZZZ22", midwives, None,
    )  # fmt: skip
    family._state.adding = True
    family.save()
    return Referral.objects.create(
        ref="RF-2222222A",
        family=family,
        pathway=Pathway.objects.first(),
        from_team=midwives,
        to_team=stockwell,
        status="accepted",
        reason="Needs a visit.",
        sent_at=family.opened_at,
        accepted_at=family.opened_at,
        acknowledge_by=date(2026, 1, 1),
        first_contact_by=date(2026, 1, 1),
        allocated_to=grace,
    )


def test_grace_cannot_go_while_she_holds_a_family(asha, grace, miriam, okafors, stockwell):
    with pytest.raises(NotAllowed, match="still holds 1 open family"):
        actions.deactivate(user=grace, by=asha)
    with pytest.raises(NotAllowed, match="still holds 1 open family in Stockwell"):
        actions.end_membership(user=grace, team=stockwell, by=miriam)


def test_nor_while_a_referral_is_hers(asha, grace, referral, okafors):
    Family.objects.update(lead_practitioner=None)
    with pytest.raises(NotAllowed, match="still holds 1 referral"):
        actions.deactivate(user=grace, by=asha)


def test_miriam_hands_on_everything_at_once(miriam, grace, bola, okafors, referral, client_of):
    browser = client_of(miriam)
    page = read(browser.get(leaving(grace)))
    assert "Stockwell health visiting: 2 families" in page
    assert "Okafor" in page  # Miriam's team works with them
    assert referral.ref in page

    answer = browser.post(leaving(grace), everything([okafors, referral.family], bola))
    assert answer.status_code == 302
    okafors.refresh_from_db()
    referral.refresh_from_db()
    assert (okafors.lead_practitioner, referral.allocated_to) == (bola, bola)
    note = HandoverNote.objects.get(family=okafors)
    assert (note.from_practitioner, note.to_practitioner, note.by) == (grace, bola, miriam)
    assert Event.objects.get(kind="family.allocated").details == {
        "before": str(grace.ref),
        "after": str(bola.ref),
    }
    assert Event.objects.filter(kind="referral.allocated", subject_ref=referral.ref).exists()
    assert find_breaks() == []
    after = read(browser.get(leaving(grace)))
    assert "Nothing is theirs." in after
    assert "End their time in Stockwell health visiting" in after


def test_bola_finds_the_note_on_the_familys_page_and_other_teams_do_not(
    miriam, grace, bola, ruth, okafors, midwives, client_of, reading_as
):
    client_of(miriam).post(leaving(grace), everything([okafors], bola, note="Ring before noon."))
    assert "Ring before noon." in read(client_of(bola).get(f"/families/{okafors.ref}/"))
    involve(family=okafors, team=midwives, reason="team_around_family", by=miriam)
    page = read(client_of(ruth).get(f"/families/{okafors.ref}/"))
    assert "Okafor" in page
    assert "Ring before noon." not in page
    reading_as(ruth)
    assert not HandoverNote.objects.exists()
    reading_as(bola)
    assert HandoverNote.objects.exists()


def test_one_family_goes_to_one_colleague_and_the_rest_to_another(
    miriam, grace, bola, make_families, client_of
):
    first, second, third = make_families(3)
    fields = everything([first, second, third], bola) | {
        f"to_{second.ref}": str(miriam.ref),
        f"note_{second.ref}": "Visit in pairs.",
    }
    client_of(miriam).post(leaving(grace), fields)
    leads = dict(Family.objects.values_list("ref", "lead_practitioner"))
    assert leads == {first.ref: bola.pk, second.ref: miriam.pk, third.ref: bola.pk}
    assert HandoverNote.objects.get(family=second).text == "Visit in pairs."


def test_what_nobody_was_chosen_for_stays(miriam, grace, bola, make_families, client_of):
    first, second = make_families(2)
    fields = everything([first, second], bola) | {"to": "", f"to_{first.ref}": str(bola.ref)}
    client_of(miriam).post(leaving(grace), fields)
    assert list(Family.objects.filter(lead_practitioner=grace)) == [second]


def test_without_a_note_nothing_goes_and_the_choice_stays(miriam, grace, bola, okafors, client_of):
    page = client_of(miriam).post(leaving(grace), everything([okafors], bola, note=""))
    assert f"Write a handover note for {okafors.ref}" in read(page)
    assert f'<option value="{bola.ref}" selected>' in page.content.decode()
    okafors.refresh_from_db()
    assert okafors.lead_practitioner == grace


def test_a_family_moved_meanwhile_is_noticed_and_the_note_stays(
    miriam, grace, bola, make_families, stockwell, client_of
):
    first, second = make_families(2)
    fields = everything([first, second], bola)
    move_lead(family=first, team=stockwell, practitioner=miriam, by=miriam)
    page = client_of(miriam).post(leaving(grace), fields)
    assert page.status_code == 409
    assert f"{first.ref} is no longer theirs: Miriam Levy has it. Nothing was handed on." in read(
        page
    )
    assert fields["note"] in page.content.decode()
    assert Family.objects.get(pk=second.pk).lead_practitioner == grace

    again = client_of(miriam).post(leaving(grace), everything([second], bola))
    assert again.status_code == 302


def test_the_action_itself_moves_all_or_none(miriam, grace, bola, make_families, stockwell):
    first, second = make_families(2)
    Family.objects.filter(pk=first.pk).update(lead_practitioner=miriam)
    handings = {family.ref: Handing(bola, "Note.") for family in (first, second)}
    with pytest.raises(Conflict, match=f"{first.ref} is no longer with Grace Mensah"):
        actions.hand_on(user=grace, team=stockwell, handings=handings, by=miriam)
    assert Family.objects.get(pk=second.pk).lead_practitioner == grace


def test_her_tasks_go_too(asha, miriam, grace, bola, referral, okafors, stockwell, client_of):
    Family.objects.update(lead_practitioner=None)
    Referral.objects.update(allocated_to=None)
    task = Task.objects.create(
        ref="T-2222222A", kind="late", referral=referral, team=stockwell, to=grace
    )
    with pytest.raises(NotAllowed, match="still holds 1 task"):
        actions.deactivate(user=grace, by=asha)
    client_of(miriam).post(leaving(grace), everything([referral.family], bola))
    task.refresh_from_db()
    assert task.to == bola


def test_only_to_somebody_of_the_team(miriam, grace, ruth, okafors, stockwell):
    with pytest.raises(NotAllowed, match="Ruth Bailey does not work in Stockwell"):
        actions.hand_on(
            user=grace, team=stockwell, handings={okafors.ref: Handing(ruth, "Note.")}, by=miriam
        )


def test_asha_moves_them_by_reference_and_sees_no_name(asha, grace, bola, okafors, client_of):
    browser = client_of(asha)
    page = read(browser.get(leaving(grace)))
    assert okafors.ref in page
    assert "Okafor" not in page
    assert browser.post(leaving(grace), everything([okafors], bola)).status_code == 302
    okafors.refresh_from_db()
    assert okafors.lead_practitioner == bola


def test_a_colleague_and_another_teams_manager_cannot(grace, bola, okafors, ruth, client_of):
    assert client_of(bola).get(leaving(grace)).status_code == 403
    assert client_of(ruth).get(leaving(grace)).status_code == 403


def test_sent_twice_it_is_done_once(miriam, grace, bola, okafors, make_families, client_of):
    (later,) = make_families(1, lead=grace)
    fields = everything([okafors, later], bola)
    fields |= {"submission": "5b6b1f0e-6f0e-4a0a-9a55-222222222222", "to": ""}
    fields |= {f"to_{okafors.ref}": str(bola.ref)}
    browser = client_of(miriam)
    browser.post(leaving(grace), fields)
    browser.post(leaving(grace), fields)
    assert HandoverNote.objects.count() == 1


def test_drafts_are_shown_without_their_words(miriam, grace, okafors, client_of):
    keep_draft(form=f"contact-{okafors.ref}", fields={"note": ["Bruises seen"]}, by=grace)
    page = read(client_of(miriam).get(leaving(grace)))
    assert "A contact not saved yet" in page
    assert "Bruises" not in page


def test_thirty_families_take_as_many_statements_as_three(
    miriam, grace, bola, make_families, client_of
):
    browser = client_of(miriam)
    few, many = make_families(3), make_families(30)
    Family.objects.filter(pk__in=[f.pk for f in many]).update(lead_practitioner=bola)
    first = statements(lambda: browser.post(leaving(grace), everything(few, bola)))
    Family.objects.filter(pk__in=[f.pk for f in many]).update(lead_practitioner=grace)
    count = statements(lambda: browser.get(leaving(grace)))
    assert count <= 21  # one of them for what was typed before and refused
    second = statements(lambda: browser.post(leaving(grace), everything(many, bola)))
    assert second == first
    assert HandoverNote.objects.count() == 33


@pytest.mark.django_db(transaction=True)
def test_a_family_given_to_somebody_who_is_just_leaving_is_not_lost(
    asha, grace, bola, stockwell, sw9
):
    """Whoever is first: either Bola stays, or the family is not hers. Tried from two sides."""
    child = NewPerson("child", "Ife", "Silva", date(2026, 1, 20), sex="female", postcode=sw9)
    family = register_family(name="Silva", lead_team=stockwell, by=grace, people=[child])
    done = []

    def side(work):
        def run():
            try:
                work()
                done.append(work)
            except (Conflict, NotAllowed):
                pass
            finally:
                connection.close()

        return Thread(target=run)

    sides = [
        side(lambda: actions.deactivate(user=bola, by=asha)),
        side(lambda: move_lead(family=family, team=stockwell, practitioner=bola, by=grace)),
    ]
    for thread in sides:
        thread.start()
    for thread in sides:
        thread.join()
    bola.refresh_from_db()
    family.refresh_from_db()
    assert bola.is_active or family.lead_practitioner != bola
    assert len(done) == 1
