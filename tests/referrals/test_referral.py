"""The page of one referral: who sees how much."""

from families.access.involvement_actions import involve
from leap.core.audit.models import Event
from tests.referrals.reading import page_of

NOT_IN_A_PREVIEW = ("Ada", "Emeka", "SW9 9TX")


def test_the_receiver_sees_a_preview_and_no_more(sent, sam, client_of):
    page = page_of(client_of(sam).get(f"/referrals/{sent.ref}/"))

    assert "Chidi Okafor" in page
    assert "Stockwell" in page
    assert "Ada would like help with sleep." in page
    for word in NOT_IN_A_PREVIEW:
        assert word not in page.replace("Ada would like help with sleep.", "")
    assert f"/families/{sent.family.ref}/" not in page


def test_a_preview_is_logged_once_for_each_sign_in(sent, sam, client_of):
    client = client_of(sam)
    for _ in range(2):
        client.get(f"/referrals/{sent.ref}/")

    event = Event.objects.get(kind="referral.previewed")
    assert (event.by_ref, event.family_ref) == (str(sam.ref), sent.family.ref)


def test_who_sees_the_family_is_led_to_it(sent, grace, client_of):
    page = page_of(client_of(grace).get(f"/referrals/{sent.ref}/"))
    assert f"/families/{sent.family.ref}/" in page


def test_for_everybody_else_it_does_not_exist(sent, ruth, asha, noor, client_of):
    for stranger in (ruth, asha, noor):
        for verb in ("", "accept/", "decline/", "withdraw/"):
            there = client_of(stranger).get(f"/referrals/{sent.ref}/{verb}")
            nowhere = client_of(stranger).get(f"/referrals/RF-22222222/{verb}")
            assert there.status_code == nowhere.status_code == 404
            assert page_of(there) == page_of(nowhere)


def test_a_third_team_that_works_with_the_family_sees_but_does_not_move_it(
    sent, okafors, social_work, dele, grace, client_of
):
    involve(family=okafors, team=social_work, reason="team_around_family", by=grace)

    assert client_of(dele).get(f"/referrals/{sent.ref}/").status_code == 200
    assert client_of(dele).post(f"/referrals/{sent.ref}/accept/").status_code == 403


def test_the_title_names_nobody(sent, sam, client_of):
    page = page_of(client_of(sam).get(f"/referrals/{sent.ref}/"))
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Okafor" not in title
