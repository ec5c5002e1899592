"""Agencies, teams, and who is in them."""

import pytest
from django.core.exceptions import ValidationError

from leap.administration import actions
from leap.core.accounts.models import Agency, Team
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from tests.casework.reading import read, statements


def test_asha_adds_an_agency_and_founds_its_first_team(asha, client_of):
    browser = client_of(asha)
    browser.post("/admin/agencies/new/", {"name": "Home-Start Lambeth"})
    team = {
        "name": "Home-Start Stockwell",
        "agency": "home-start-lambeth",
        "discipline": "family_support",
        "ward_codes": ["E05000429"],
    }
    browser.post("/admin/teams/new/", team)

    founded = Team.objects.get(code="home-start-stockwell")
    assert founded.agency == Agency.objects.get(code="home-start-lambeth")
    assert founded.ward_codes == ["E05000429"]
    kinds = Event.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["agency.founded", "team.founded"]
    assert "Nobody is in this team." in read(browser.get("/admin/teams/home-start-stockwell/"))
    assert "Nobody in it" in read(browser.get("/admin/teams/"))


def test_a_name_that_is_taken_is_said(asha, stockwell, client_of):
    page = client_of(asha).post(
        "/admin/teams/new/",
        {"name": "stockwell Health visiting", "agency": "gstt", "discipline": "health_visiting"},
    )
    assert "There is one with this name already." in read(page)


def test_a_team_is_changed(asha, stockwell, client_of):
    browser = client_of(asha)
    assert (
        "Stockwell health visiting"
        in browser.get("/admin/teams/stockwell-health-visiting/change/").content.decode()
    )
    browser.post(
        "/admin/teams/stockwell-health-visiting/change/",
        {
            "name": "Stockwell health visitors",
            "agency": "gstt",
            "discipline": "health_visiting",
            "telephone": "020 7946 0123",
        },
    )
    stockwell.refresh_from_db()
    assert (stockwell.name, stockwell.telephone) == ("Stockwell health visitors", "020 7946 0123")


def test_a_team_that_leads_families_keeps_its_discipline(asha, stockwell, okafors):
    with pytest.raises(ValidationError, match="holds 1 open family"):
        actions.change_team(
            team=stockwell, name=stockwell.name, agency=stockwell.agency, discipline="police",
            by=asha,
        )  # fmt: skip


def test_a_manager_sees_her_own_team_and_changes_nothing(miriam, midwives, client_of):
    browser = client_of(miriam)
    page = read(browser.get("/admin/teams/"))
    assert "Stockwell health visiting" in page
    assert str(midwives) not in page
    assert browser.get(f"/admin/teams/{midwives.code}/").status_code == 404
    assert browser.get("/admin/agencies/").status_code == 403
    assert browser.get("/admin/teams/stockwell-health-visiting/change/").status_code == 403


def test_more_teams_take_no_more_statements(asha, stockwell, make_team, client_of):
    browser = client_of(asha)
    few = statements(lambda: browser.get("/admin/teams/"))
    for number in range(20):
        make_team(f"team-{number}")
    assert statements(lambda: browser.get("/admin/teams/")) == few <= 7


def test_somebody_is_made_manager(asha, grace, stockwell, client_of, role_in):
    client_of(asha).post(
        f"/admin/practitioners/{grace.ref}/{stockwell.code}/role/", {"role": "manager"}
    )
    assert role_in(grace, stockwell) == "manager"
    event = Event.objects.get(kind="member.role_changed")
    assert event.details == {"before": "practitioner", "after": "manager"}


def test_somebody_with_empty_hands_moves_to_another_team(
    asha, bola, stockwell, midwives, client_of, role_in
):
    client_of(asha).post(
        f"/admin/practitioners/{bola.ref}/{stockwell.code}/move/",
        {"to_team": midwives.code, "role": "practitioner"},
    )
    assert role_in(bola, stockwell) is None
    assert role_in(bola, midwives) == "practitioner"
    assert list(bola.groups.all()) == [midwives.group]


def test_nobody_moves_away_from_a_family(asha, grace, okafors, stockwell, midwives, client_of):
    page = client_of(asha).post(
        f"/admin/practitioners/{grace.ref}/{stockwell.code}/move/",
        {"to_team": midwives.code, "role": "practitioner"},
    )
    assert "Grace Mensah still holds 1 open family in Stockwell health visiting." in read(page)
    assert not grace.memberships.filter(team=midwives).exists()


def test_nobody_joins_a_team_twice(asha, bola, stockwell):
    with pytest.raises(Conflict, match="already"):
        actions.add_member(user=bola, team=stockwell, role="manager", by=asha)


def test_the_last_of_a_team_that_leads_a_family_stays(asha, grace, miriam, okafors, stockwell):
    okafors.lead_practitioner = None
    okafors.save()
    actions.end_membership(user=grace, team=stockwell, by=miriam)
    with pytest.raises(NotAllowed, match="the last in Stockwell health visiting"):
        actions.end_membership(user=miriam, team=stockwell, by=asha)
    with pytest.raises(NotAllowed, match="the last in Stockwell health visiting"):
        actions.deactivate(user=miriam, by=asha)


def test_a_manager_ends_a_membership_in_her_own_team_alone(
    miriam, bola, ruth, stockwell, midwives, role_in
):
    actions.end_membership(user=bola, team=stockwell, by=miriam)
    assert role_in(bola, stockwell) is None
    with pytest.raises(NotAllowed, match="Only the managers"):
        actions.end_membership(user=ruth, team=midwives, by=miriam)
