"""The page of one referral: who sees how much."""

from families.access.involvement_actions import involve
from leap.core.audit.models import Event
from tests.referrals.reading import page_of

NOT_IN_A_PREVIEW = ("Ada", "Emeka", "SW9 9TX")


def test_the_receiver_sees_a_preview_and_no_more(referral, sam, client_of):
    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))

    assert "Chidi Okafor" in page
    assert "Stockwell" in page
    assert "Ada would like help with sleep." in page
    for word in NOT_IN_A_PREVIEW:
        assert word not in page.replace("Ada would like help with sleep.", "")
    assert f"/families/{referral.family.ref}/" not in page


def test_a_preview_is_logged_once_for_each_sign_in(referral, sam, client_of):
    client = client_of(sam)
    for _ in range(2):
        client.get(f"/referrals/{referral.ref}/")

    event = Event.objects.get(kind="referral.previewed")
    assert (event.by_ref, event.family_ref) == (str(sam.ref), referral.family.ref)


def test_who_sees_the_family_is_led_to_it(referral, grace, client_of):
    page = page_of(client_of(grace).get(f"/referrals/{referral.ref}/"))
    assert f"/families/{referral.family.ref}/" in page


def test_for_everybody_else_it_does_not_exist(referral, ruth, asha, noor, client_of):
    for stranger in (ruth, asha, noor):
        for verb in ("", "accept/", "decline/", "withdraw/"):
            unseen = client_of(stranger).get(f"/referrals/{referral.ref}/{verb}")
            nowhere = client_of(stranger).get(f"/referrals/RF-22222222/{verb}")
            assert unseen.status_code == nowhere.status_code == 404
            assert page_of(unseen) == page_of(nowhere)


def test_a_third_team_that_works_with_the_family_sees_but_does_not_move_it(
    referral, okafors, social_work, dele, grace, client_of
):
    involve(family=okafors, team=social_work, reason="team_around_family", by=grace)

    assert client_of(dele).get(f"/referrals/{referral.ref}/").status_code == 200
    assert client_of(dele).post(f"/referrals/{referral.ref}/accept/").status_code == 403


def test_the_title_names_nobody(referral, sam, client_of):
    page = page_of(client_of(sam).get(f"/referrals/{referral.ref}/"))
    title = page[page.index("<title>") : page.index("</title>")]
    assert "Okafor" not in title
