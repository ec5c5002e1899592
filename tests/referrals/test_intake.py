import pytest

from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from referrals.pathways import intake_actions
from referrals.transitions import receiver_actions
from tests.referrals.reading import page_of

TO = "health-visiting-to-family-support"
INSTEAD = "Ring the early help line on 020 7946 0000."


@pytest.fixture
def esi(make_user, family_support):
    return make_user("Esi Boateng", family_support, role="manager")


def test_esi_pauses_her_teams_intake_and_resumes_it(family_support, esi, client_of):
    client = client_of(esi)
    client.post(f"/referrals/intake/{family_support.code}/pause/", {"instead": INSTEAD})
    family_support.refresh_from_db()
    assert family_support.intake_paused_at
    assert INSTEAD in page_of(client.get("/referrals/intake/"))

    client.post(f"/referrals/intake/{family_support.code}/resume/")
    family_support.refresh_from_db()
    assert family_support.intake_paused_at is None
    assert Event.objects.filter(kind__startswith="team.intake").count() == 2


def test_a_sender_reads_what_to_do_instead_before_writing(
    family_support, esi, okafors, grace, client_of
):
    intake_actions.pause_intake(team=family_support, instead=INSTEAD, by=esi)
    page = page_of(client_of(grace).get(f"/referrals/new/?family={okafors.ref}&pathway={TO}"))
    assert INSTEAD in page


def test_and_how_much_each_team_has_waiting(referral, okafors, grace, client_of):
    page = page_of(client_of(grace).get(f"/referrals/new/?family={okafors.ref}&pathway={TO}"))
    assert "1 waiting" in page


def test_nothing_to_do_instead_is_not_enough(family_support, esi, client_of):
    answer = client_of(esi).post(f"/referrals/intake/{family_support.code}/pause/", {"instead": ""})
    assert answer.status_code == 200
    family_support.refresh_from_db()
    assert family_support.intake_paused_at is None


def test_what_was_sent_before_still_waits(referral, family_support, esi, sam):
    intake_actions.pause_intake(team=family_support, instead=INSTEAD, by=esi)
    receiver_actions.accept(referral=referral, by=sam)
    assert referral.status == "accepted"


def test_only_managers_and_only_their_own(family_support, esi, sam, miriam, client_of):
    for other in (sam, miriam):
        with pytest.raises(NotAllowed):
            intake_actions.pause_intake(team=family_support, instead=INSTEAD, by=other)
    page = f"/referrals/intake/{family_support.code}/pause/"
    assert client_of(miriam).get(page).status_code == 403


def test_two_managers_do_it_once(family_support, esi):
    intake_actions.pause_intake(team=family_support, instead=INSTEAD, by=esi)
    with pytest.raises(Conflict, match="paused already"):
        intake_actions.pause_intake(team=family_support, instead="Other", by=esi)
