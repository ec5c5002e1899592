"""A manager and a full list: who has room, and twenty families with somebody by the end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.access.caseload import caseloads_of
from families.access.involvement_actions import involve
from families.inputs import NewPerson
from families.models import Family
from families.people.actions import register_family
from referrals.models import Pathway, Referral
from referrals.transitions import receiver_actions, sender_actions
from tests.referrals.reading import page_of


@pytest.fixture
def handed_over(midwives, stockwell, ruth):
    """So many handovers from the midwives, waiting for Stockwell."""

    def make(count):
        pathway = Pathway.objects.get(code="postnatal-handover")
        born_on = timezone.localdate() - timedelta(days=11)
        for n in range(count):
            family = register_family(
                name=f"Abe {n}",
                lead_team=midwives,
                by=ruth,
                people=[NewPerson("child", "Kit", f"Abe {n}", born_on)],
            )
            sender_actions.refer(
                family=family,
                pathway=pathway,
                from_team=midwives,
                to_team=stockwell,
                reason="Discharged",
                by=ruth,
            )
        return list(Referral.objects.order_by("pk"))

    return make


def weights(team):
    return {load.practitioner.name: (load.children, load.weight) for load in caseloads_of(
        [team.pk], timezone.localdate()
    )}  # fmt: skip


def test_a_load_weighs_need_not_heads(okafors, handed_over, grace, miriam, stockwell, social_work):
    """Chidi Okafor is under one: 2. With social work in the family: 4."""
    assert weights(stockwell)["Grace Mensah"] == (1, 2)
    involve(family=okafors, team=social_work, reason="team_around_family", by=grace)
    assert weights(stockwell)["Grace Mensah"] == (1, 4)
    assert weights(stockwell)["Miriam Levy"] == (0, 0)


def test_miriam_accepts_and_allocates_several_at_once(handed_over, miriam, grace, client_of):
    refs = [referral.ref for referral in handed_over(3)]
    typed = {"ref": refs[:2], "allocated_to": str(grace.ref), "back": "/referrals/?show=waiting"}

    answer = client_of(miriam).post("/referrals/allocate/", typed)

    assert answer.url == "/referrals/?show=waiting"
    assert Family.objects.filter(lead_practitioner=grace).count() == 2
    assert Referral.objects.get(ref=refs[2]).status == "sent"


def test_what_cannot_be_done_is_said_and_keeps_nothing_else(
    handed_over, ruth, miriam, grace, client_of
):
    first, second = handed_over(2)
    sender_actions.withdraw(referral=first, by=ruth)
    client = client_of(miriam)
    typed = {"ref": [first.ref, second.ref], "allocated_to": str(grace.ref)}

    answer = client.post("/referrals/allocate/", typed, follow=True)

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Grace Mensah now works on 1 referral." in page
    assert first.ref in page
    assert "This referral has been withdrawn" in page


def test_nobody_allocates_to_somebody_of_another_team(handed_over, miriam, sam, client_of):
    [referral] = handed_over(1)
    typed = {"ref": [referral.ref], "allocated_to": str(sam.ref)}
    page = client_of(miriam).post("/referrals/allocate/", typed, follow=True).content.decode()
    assert "does not work in" in page


@pytest.mark.parametrize("ref", ["", "nobody", "6f3c1a52-8e0e-4b4d-9d53-4c8f2d6c6f01"])
def test_without_somebody_it_asks(handed_over, miriam, client_of, ref):
    [referral] = handed_over(1)
    typed = {"ref": [referral.ref], "allocated_to": ref}
    page = client_of(miriam).post("/referrals/allocate/", typed, follow=True).content.decode()
    assert "Choose referrals, and somebody" in page


def test_filters_live_in_the_address(handed_over, miriam, grace, client_of):
    mine, nobodys = handed_over(2)
    receiver_actions.accept(referral=mine, by=miriam, allocated_to=grace)
    receiver_actions.accept(referral=nobodys, by=miriam)

    def listed(reader, query):
        page = page_of(client_of(reader).get(f"/referrals/?show=progress{query}"))
        return [referral.ref in page for referral in (mine, nobodys)]

    assert listed(grace, "&who=me") == [True, False]
    assert listed(miriam, "&who=nobody") == [False, True]
    assert listed(miriam, "&pathway=antenatal-notification") == [False, False]
    assert listed(miriam, "&late=on") == [False, False]
    assert listed(miriam, "&who=somebody&pathway=nowhere") == [True, True]


def test_red_comes_first_and_late_alone_can_be_shown(handed_over, miriam, client_of):
    first, late = handed_over(2)
    Referral.objects.filter(pk=late.pk).update(
        acknowledge_by=timezone.localdate() - timedelta(days=3)
    )
    page = page_of(client_of(miriam).get("/referrals/"))
    assert page.index(late.ref) < page.index(first.ref)
    assert first.ref not in page_of(client_of(miriam).get("/referrals/?late=on"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_miriam_clears_twenty_in_28_interactions_by_keyboard(
    handed_over, miriam, make_user, stockwell, page, sign_in_as, axe
):
    """Five to each of four: 5 boxes, 1 choice and 1 button, four times. An interaction is a choice
    made; the arrows between boxes are not counted."""
    handed_over(20)
    team = [make_user(name, stockwell) for name in ("Ann Ash", "Ben Elm", "Cy Fir", "Di Oak")]
    sign_in_as(miriam, page).goto("/referrals/")
    assert axe(page) == []
    interactions = 0
    for somebody in team:
        page.locator("[data-leap-choose] input").first.focus()
        for place in range(5):
            page.keyboard.press("Space")
            if place < 4:
                page.keyboard.press("ArrowDown")
            interactions += 1
        page.get_by_label("Allocate those you choose to").select_option(str(somebody.ref))
        page.get_by_role("button", name="Take on and allocate").press("Enter")
        page.get_by_text(f"{somebody.name} now works on 5 referrals.").wait_for()
        interactions += 2

    assert interactions == 28
    assert not Referral.objects.filter(status="sent").exists()
    assert {family.lead_practitioner for family in Family.objects.all()} == set(team)
