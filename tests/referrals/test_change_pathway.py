import pytest

from leap.core.exceptions import Conflict, NotAllowed
from referrals.models import Pathway
from referrals.pathways import actions
from tests.referrals.reading import page_of


@pytest.fixture
def typed(to_support):
    return {name: getattr(to_support, name) for name in Pathway.CHANGEABLE}


def test_asha_gives_a_pathway_more_time_and_both_versions_are_kept(
    to_support, typed, asha, client_of
):
    page = f"/referrals/pathways/{to_support.code}/change/"
    client_of(asha).post(page, typed | {"first_contact_within": 15, "version": 1})

    to_support.refresh_from_db()
    assert (to_support.version, to_support.first_contact_within) == (2, 15)
    versions = to_support.versions.order_by("version")
    assert [version.fields["first_contact_within"] for version in versions] == [10, 15]
    assert "10 to the first contact" in page_of(client_of(asha).get(page))


def test_what_was_sent_keeps_its_clock_and_its_version(referral, to_support, typed, asha):
    due = referral.first_contact_by
    actions.change_pathway(pathway=to_support, by=asha, **typed | {"first_contact_within": 1})
    referral.refresh_from_db()
    assert (referral.pathway_version, referral.first_contact_by) == (1, due)


def test_two_admins_do_not_undo_each_other(to_support, typed, asha):
    stale = Pathway.objects.get(pk=to_support.pk)
    actions.change_pathway(pathway=to_support, by=asha, **typed | {"acknowledge_within": 2})
    with pytest.raises(Conflict, match="just changed this pathway"):
        actions.change_pathway(pathway=stale, by=asha, **typed | {"acknowledge_within": 3})


def test_a_manager_does_not_change_what_all_teams_agreed(to_support, typed, miriam, client_of):
    with pytest.raises(NotAllowed, match="Only an admin"):
        actions.change_pathway(pathway=to_support, by=miriam, **typed)
    page = f"/referrals/pathways/{to_support.code}/change/"
    assert client_of(miriam).get(page).status_code == 403


def test_asha_finds_them_all_in_one_place(asha, client_of):
    page = page_of(client_of(asha).get("/referrals/pathways/"))
    assert "/referrals/pathways/postnatal-handover/change/" in page
