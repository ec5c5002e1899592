"""A conference reads from the chronology who asked whom for what, why, and what came of it: of a
referral, of who leads and works with a family, of a plan, a decision and a booking."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.access import restriction_actions
from families.access.allocation_actions import allocate_family
from families.access.involvement_actions import add_team, end_involvement
from families.access.sharing_actions import NewDecision, decide_sharing, record_consent
from families.models import Person
from families.plans import actions as plans
from leap.casework.life_events.actions import close_family
from leap.core.accounts.permissions import Discipline
from referrals.models import Pathway, Referral
from referrals.transitions import receiver_actions, sender_actions
from sites.bookings import actions as booking_actions
from tests.casework.reading import read
from tests.sites.conftest import make_session  # noqa: F401


@pytest.fixture
def chronology(client_of, okafors):
    def chronology_text(reader, family=okafors, **query):
        return read(client_of(reader).get(f"/families/{family.ref}/chronology/", query))

    return chronology_text


@pytest.fixture
def paper(client_of, okafors):
    def paper_text(reader, audience, family=okafors):
        address = f"/families/{family.ref}/chronology/print/"
        query = {"audience": audience, "show": "everything"}
        return read(client_of(reader).get(address, query))

    return paper_text


def test_a_referral_says_to_whom_why_and_with_what_outcome(referral, grace, sam, chronology):
    receiver_actions.accept(referral=referral, by=sam)
    receiver_actions.note_first_contact(
        referral=Referral.objects.get(), first_contact_at=timezone.now(), by=sam
    )
    receiver_actions.close(referral=Referral.objects.get(), outcome="Chidi sleeps through.", by=sam)

    page = chronology(grace)

    assert "Stockwell health visiting to Family support" in page
    assert "Ada would like help with sleep." in page
    assert "Chidi sleeps through." in page


def test_a_decline_and_what_was_asked_on_the_way(referral, grace, sam, chronology):
    receiver_actions.ask(referral=referral, question="Since when?", by=sam)
    sender_actions.answer(referral=Referral.objects.get(), answer="Since May.", by=grace)
    receiver_actions.decline(
        referral=Referral.objects.get(), decline_reason="Full.", alternative="Try Brixton.", by=sam
    )
    page = chronology(grace, show="everything")
    for words in ("Since when?", "Since May.", "Full.", "Instead: Try Brixton."):
        assert words in page


def test_one_that_was_sent_on_or_came_back_is_in_it(
    referral, grace, sam, make_team, chronology, time_machine
):
    other = make_team("brixton-support", "family_support", name="Brixton family support")
    receiver_actions.redirect(referral=referral, to_team=other, why="Their patch.", by=sam)
    page = chronology(grace)
    assert "Referral sent on to another team" in page
    assert "Stockwell health visiting to Brixton family support" in page
    assert "Their patch." in page


def test_a_draft_that_was_never_sent_is_not(okafors, to_support, stockwell, family_support, grace,
                                            sam, chronology):  # fmt: skip
    draft = sender_actions.draft(
        family=okafors, pathway=to_support, from_team=stockwell, to_team=family_support,
        reason="Not yet", by=grace,
    )  # fmt: skip
    sender_actions.withdraw(referral=draft, why="Thought better.", by=grace)
    add_team(family=okafors, team=family_support, note="Sleep", last_day=None, by=grace)
    assert "Thought better." not in chronology(sam, show="everything")


def test_a_handover_says_from_whom_the_lead_went_to_whom(handover, castellanos, grace, chronology):
    receiver_actions.accept(referral=handover, by=grace, allocated_to=grace)
    page = chronology(grace, family=castellanos)
    assert "Stockwell health visiting leads from then on" in page
    assert "Kings midwifery to Stockwell health visiting (Grace Mensah)" in page


def test_who_leads_by_name_from_whom_to_whom(okafors, stockwell, miriam, grace, make_user,
                                             chronology):  # fmt: skip
    joan = make_user("Joan Price", stockwell)
    allocate_family(family=okafors, practitioner=joan, instead_of=grace, by=miriam)
    assert "Grace Mensah to Joan Price" in chronology(grace)


def test_a_team_that_was_asked_in_and_why_and_why_it_left(
    okafors, family_support, grace, sam, chronology
):
    add_team(family=okafors, team=family_support, note="Help with sleep", last_day=None, by=grace)
    end_involvement(family=okafors, team=family_support, by=sam, why="All is well.")
    page = chronology(grace)
    assert "Team started working with the family: Family support" in page
    assert "Help with sleep" in page
    assert "All is well." in page


def test_a_sharing_decision_a_consent_and_a_plan(okafors, stockwell, grace, chronology):
    decision = NewDecision(
        decision="shared", what="That they moved", with_whom="the nursery", basis="public_task",
        reason="To keep his place.", family_told=True,
    )  # fmt: skip
    decide_sharing(family=okafors, team=stockwell, new=decision, by=grace)
    plan = plans.open_plan(
        family=okafors, team=stockwell, level="targeted", going_well="Much", worries="Damp",
        family_view="A dry home", kept="", review_on=timezone.localdate() + timedelta(days=40),
        by=grace,
    )  # fmt: skip
    plans.close_plan(plan=plan, outcome="met", closing_words="The home is dry.", by=grace)
    page = chronology(grace)
    for words in (
        "Shared: That they moved, with the nursery",
        "To keep his place.",
        "Early help by several services",
        "The home is dry.",
        "The family’s goals are met",
    ):
        assert words in page


def test_a_booking_says_for_what(make_session, okafors, chidi, grace, chronology):  # noqa: F811
    booking_actions.book(session=make_session(), family=okafors, people=[chidi], by=grace)
    page = chronology(grace, show="everything")
    assert "Place booked: PAIRS Together Time, Larkhall" in page
    assert "Place booked" not in chronology(grace)


def test_a_closed_record_says_why(okafors, grace, chronology):
    close_family(family=okafors, outcome="Moved to Leeds.", by=grace)
    assert "Moved to Leeds." in chronology(grace)


def test_what_is_about_somebody_kept_for_named_people_leaves_no_line(
    okafors, family_support, stockwell, grace, sam, miriam, chronology, paper
):
    ada = Person.objects.get(given_name="Ada")
    add_team(family=okafors, team=family_support, note="Sleep", last_day=None, by=grace)
    record_consent(
        family=okafors, person=ada, team=stockwell, service=None, answer="given", note="Said yes.",
        by=grace,
    )  # fmt: skip
    assert "Said yes." in chronology(sam, show="everything")
    restriction_actions.restrict_person(
        family=okafors, person=ada, kind="refuge", named=[miriam], by=grace
    )

    for page in (chronology(sam, show="everything"), paper(grace, "professionals")):
        assert "Said yes." not in page
        assert "Answer about a service" not in page
    assert "Said yes." in chronology(grace, show="everything")


@pytest.mark.parametrize("audience", ["professionals", "family"])
def test_no_paper_names_a_domestic_abuse_service(
    okafors, stockwell, family_support, make_team, grace, sam, chronology, paper, audience
):
    haven = make_team("haven", Discipline.DOMESTIC_ABUSE, name="Haven")
    add_team(family=okafors, team=haven, note="Safety planning", last_day=None, by=grace)
    add_team(family=okafors, team=family_support, note="Sleep", last_day=None, by=grace)
    sender_actions.refer(
        family=okafors, pathway=Pathway.objects.get(code="family-support-to-domestic-abuse"),
        from_team=family_support, to_team=haven, reason="She is afraid.", by=sam,
    )  # fmt: skip
    assert "Family support to Haven" in chronology(grace)

    page = paper(grace, audience)

    for words in ("Haven", "afraid", "Safety planning"):
        assert words not in page
    assert "Team started working with the family: Family support" in page


def test_a_paper_for_the_family_says_to_whom_and_leaves_out_what_was_written(
    referral, okafors, grace, paper
):
    for audience, is_there in (("professionals", True), ("family", False)):
        page = paper(grace, audience)
        assert "Stockwell health visiting to Family support" in page
        assert ("Ada would like help with sleep." in page) is is_there


def test_as_it_was_known_then_tells_nothing_of_later(
    referral, grace, sam, chronology, time_machine
):
    now = timezone.now()
    time_machine.move_to(now + timedelta(days=2))
    receiver_actions.decline(
        referral=Referral.objects.get(), decline_reason="Full.", alternative="Try", by=sam
    )
    page = chronology(grace, known=str(date.fromordinal(now.date().toordinal() + 1)))
    assert "Ada would like help with sleep." in page
    assert "Full." not in page
