"""The team around the family: brought in, for a while or for good, and ended."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.access import involvement_actions
from families.models import Family, FamilyGroupObjectPermission, Involvement
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from tests.casework.reading import read, statements

LONDON = ZoneInfo("Europe/London")
# The database keeps a clock of its own, so these stories are set ahead of it.
FRIDAY = datetime(2037, 3, 27, 12, tzinfo=LONDON)  # the clocks go forward that Sunday
SUNDAY = date(2037, 3, 29)


@pytest.fixture(autouse=True)
def friday(time_machine):
    time_machine.move_to(FRIDAY, tick=False)


@pytest.fixture
def bring_in(client_of, okafors, family_support):
    def send(user, **typed):
        fields = {"team": family_support.code, "note": "Help with housing", "last_day": ""} | typed
        return client_of(user).post(f"/families/{okafors.ref}/involvement/add/", fields)

    return send


def test_the_lead_brings_a_team_in_and_it_sees_the_family(bring_in, okafors, grace, sam, client_of):
    assert bring_in(grace).status_code == 302

    assert client_of(sam).get(f"/families/{okafors.ref}/").status_code == 200
    spell = Involvement.objects.get(team__code="family-support")
    assert (spell.reason, spell.by, spell.note) == (
        "team_around_family", grace, "Help with housing",
    )  # fmt: skip


def test_the_team_is_told_and_not_about_whom(bring_in, grace, family_support):
    bring_in(grace)
    message = Message.objects.get()
    assert message.to == family_support.email
    assert "Okafor" not in message.subject + message.body


def test_a_manager_of_the_lead_team_may_and_others_may_not(
    bring_in, okafors, miriam, grace, sam, make_user, stockwell
):
    colleague = make_user("Nia Reid", stockwell)
    assert bring_in(colleague).status_code == 403
    assert bring_in(sam).status_code == 404
    assert bring_in(miriam).status_code == 302
    assert bring_in(sam).status_code == 403


def test_a_team_is_brought_in_once(bring_in, okafors, grace, family_support):
    bring_in(grace)
    with pytest.raises(Conflict):
        involvement_actions.add_team(
            family=okafors, team=family_support, note="Again", last_day=None, by=grace
        )


def test_champions_are_not_brought_in(okafors, grace, make_team):
    champions = make_team("champions", "champions")
    with pytest.raises(NotAllowed):
        involvement_actions.add_team(
            family=okafors, team=champions, note="x", last_day=None, by=grace
        )


def test_the_last_day_lasts_until_midnight_in_london(
    bring_in, okafors, grace, sam, family_support, time_machine
):
    bring_in(grace, last_day=SUNDAY.isoformat())
    time_machine.move_to(datetime(2037, 3, 29, 23, 59, tzinfo=LONDON), tick=False)
    assert Family.objects.visible_to(sam).exists()
    assert sam.has_perm("families.view_family", okafors)

    time_machine.move_to(datetime(2037, 3, 30, 0, 0, tzinfo=LONDON), tick=False)
    assert not Family.objects.visible_to(sam).exists()


def test_guardian_agrees_from_the_first_moment_and_its_table_after_tidying(
    bring_in, okafors, grace, sam, family_support, time_machine
):
    """Between the two the grant is still written down. Nobody has anything by it."""
    bring_in(grace, last_day=SUNDAY.isoformat())
    time_machine.move_to(FRIDAY + timedelta(days=3), tick=False)
    grants = FamilyGroupObjectPermission.objects.filter(group=family_support.group)
    assert grants.exists()
    assert not sam.has_perm("families.view_family", okafors)

    assert involvement_actions.tidy_grants() == 1
    assert not grants.exists()
    assert grace.has_perm("families.view_family", okafors)


def test_a_day_that_is_over_is_refused_with_a_sentence(bring_in, grace):
    response = bring_in(grace, last_day="2037-03-26")
    assert "This day is over" in read(response)
    assert "Help with housing" in read(response)


def test_a_team_stays_longer(bring_in, okafors, grace, sam, client_of, time_machine):
    bring_in(grace, last_day=SUNDAY.isoformat())
    page = f"/families/{okafors.ref}/involvement/family-support/change/"
    assert "2037-03-29" in client_of(grace).get(page).content.decode()

    client_of(grace).post(page, {"last_day": ""})

    time_machine.move_to(FRIDAY + timedelta(days=30), tick=False)
    assert Family.objects.visible_to(sam).exists()
    assert client_of(sam).get(page).status_code == 403


def test_a_team_ends_its_own_work_and_says_why(bring_in, okafors, grace, sam, client_of):
    bring_in(grace)
    page = f"/families/{okafors.ref}/involvement/family-support/end/"
    assert "Why does it end" in read(client_of(sam).post(page, {"why": ""}))

    assert client_of(sam).post(page, {"why": "They have moved into their flat."}).url == "/"

    assert client_of(sam).get(f"/families/{okafors.ref}/").status_code == 404
    words = read(client_of(grace).get(f"/families/{okafors.ref}/involvement/"))
    assert "They have moved into their flat." in words


def test_the_lead_ends_another_team_s_work_and_it_is_told(
    bring_in, okafors, grace, family_support, client_of
):
    bring_in(grace)
    Message.objects.all().delete()
    page = f"/families/{okafors.ref}/involvement/family-support/end/"
    assert client_of(grace).post(page, {"why": "No longer needed."}).status_code == 302
    assert Message.objects.get().to == family_support.email


def test_the_lead_cannot_just_leave(okafors, grace, client_of):
    page = f"/families/{okafors.ref}/involvement/stockwell-health-visiting/end/"
    response = client_of(grace).get(page)
    assert response.status_code == 403
    assert "Hand it over" in read(response)


def test_a_third_team_does_not_end_another_s(bring_in, okafors, grace, ruth, midwives, client_of):
    bring_in(grace)
    involvement_actions.involve(
        family=okafors, team=midwives, reason="team_around_family", by=grace
    )
    page = f"/families/{okafors.ref}/involvement/family-support/end/"
    assert client_of(ruth).get(page).status_code == 403


def test_an_accepted_referral_outlasts_a_last_day(
    bring_in, okafors, grace, sam, family_support, time_machine
):
    bring_in(grace, last_day=SUNDAY.isoformat())
    involvement_actions.involve(
        family=okafors, team=family_support, reason="referral_accepted", by=sam
    )
    time_machine.move_to(FRIDAY + timedelta(days=30), tick=False)
    assert Family.objects.visible_to(sam).exists()


def test_the_page_costs_the_same_however_many_teams(
    bring_in, okafors, grace, midwives, social_work, client_of
):
    client = client_of(grace)
    page = f"/families/{okafors.ref}/involvement/"
    bring_in(grace)
    client.get(page)
    before = statements(lambda: client.get(page))
    for team in (midwives, social_work):
        involvement_actions.involve(
            family=okafors, team=team, reason="team_around_family", by=grace
        )
    assert statements(lambda: client.get(page)) == before
