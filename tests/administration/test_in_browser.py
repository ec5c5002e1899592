"""The administration screens in a real browser, on a desk and on a phone."""

import pytest

from families.models import Family, HandoverNote

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ADDRESSES = (
    "/admin/",
    "/admin/?q=nobody",
    "/admin/teams/",
    "/admin/teams/new/",
    "/admin/teams/stockwell-health-visiting/",
    "/admin/teams/stockwell-health-visiting/change/",
    "/admin/agencies/",
    "/admin/agencies/new/",
    "/admin/practitioners/new/",
    "/admin/practitioners/{ref}/",
    "/admin/practitioners/{ref}/leaving/",
    "/admin/practitioners/{ref}/deactivate/",
    "/admin/practitioners/{ref}/sign-out-everywhere/",
    "/admin/practitioners/{ref}/stockwell-health-visiting/move/",
    "/admin/practitioners/{ref}/stockwell-health-visiting/end/",
)


@pytest.mark.parametrize("screen", ["page", "phone"])
def test_nothing_stands_in_anybodys_way(
    request, screen, asha, grace, bola, okafors, sign_in_as, axe
):
    page = sign_in_as(asha, request.getfixturevalue(screen))
    for address in ADDRESSES:
        page.goto(address.format(ref=grace.ref))
        assert axe(page) == [], address
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        assert not wide, f"{address} scrolls sideways"


def test_a_leaver_with_thirty_families(miriam, grace, bola, make_families, page, sign_in_as):
    first, *_ = make_families(30)
    sign_in_as(miriam, page)
    page.goto("/admin/")
    page.get_by_role("link", name="Grace Mensah").click()
    page.get_by_role("link", name="Hand on their work").click()
    page.get_by_label("Hand everything to").select_option(label="Bola Adeyemi (leads 0 families)")
    page.get_by_label("Handover note").fill("All visited this month.")
    page.get_by_label(f"Hand {first.ref} to").select_option(label="Miriam Levy (leads 0 families)")
    page.get_by_label(f"Note about {first.ref}").fill("I know them from before.")
    page.get_by_role("button", name="Hand on").click()

    page.get_by_text("Nothing is theirs.").wait_for()
    assert Family.objects.filter(lead_practitioner=bola).count() == 29
    assert HandoverNote.objects.count() == 30
    page.get_by_role("link", name="End their time in Stockwell health visiting").click()
    page.get_by_role("button", name="End it today").click()
    page.get_by_text("They are no longer in the team.").wait_for()
    assert not grace.memberships.live().exists()
