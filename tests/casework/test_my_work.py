"""My work: what each person should look at first."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.models import Family
from outcomes.models import Night
from referrals.models import Pathway
from tests.casework.many import make_drafts, make_families, make_referrals, make_registers
from tests.casework.reading import read, statements

NOON = datetime(2026, 2, 5, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is sixteen days old


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def see(client_of):
    return lambda user: read(client_of(user).get("/"))


@pytest.fixture
def to_stockwell(midwives, stockwell):
    return Pathway.objects.create(
        code="postnatal",
        name="Postnatal handover",
        kind="handover",
        from_discipline="midwifery",
        to_discipline="health_visiting",
        acknowledge_within=2,
        first_contact_within=10,
    )


def test_a_health_visitor_sees_what_is_late_in_the_families_she_leads(see, grace, okafors):
    page = see(grace)

    assert "1 review late" in page
    assert "Chidi Okafor 2 weeks New birth visit 2 days late" in page


def test_her_colleagues_families_are_not_hers(see, make_user, stockwell, okafors):
    assert "No review is due." in see(make_user("Joan Price", stockwell))


def test_a_manager_sees_her_teams(see, miriam, okafors):
    page = see(miriam)

    assert "What is due in your teams’ families" in page
    assert "Chidi Okafor 2 weeks New birth visit 2 days late Grace Mensah" in page
    assert "0 families nobody holds" in page


@pytest.mark.parametrize("how", ["nobody", "a leaver"])
def test_a_manager_sees_families_that_nobody_holds(see, miriam, grace, okafors, how):
    if how == "nobody":
        Family.objects.update(lead_practitioner=None)
    else:
        grace.is_active = False
        grace.save()

    page = see(miriam)

    assert "1 family nobody holds" in page
    assert f"Okafor {okafors.ref} Stockwell health visiting No lead practitioner" in page


def test_referrals_that_wait_stand_with_their_clock(
    see, grace, ruth, midwives, stockwell, to_stockwell
):
    silvas = make_families(3, midwives, ruth, date(2026, 2, 1), "SILVA")
    make_referrals(silvas, to_stockwell, stockwell, NOON - timedelta(days=2))

    page = see(grace)

    assert "3 referrals waiting for us 3 late" in page
    assert "Postnatal handover RF-SILVA0000 from Kings midwifery 2 working days late" in page
    assert "SILVA" not in page.replace("RF-SILVA", "")  # she sees the name once it is hers


def test_what_was_begun_and_not_sent_is_offered(client_of, grace, okafors, to_stockwell):
    browser = client_of(grace)
    for form in (f"contact-{okafors.ref}", f"referral-{okafors.ref}-postnatal", "register"):
        browser.post(f"/drafts/{form}/", {"note": "Half a sentence"})

    page = browser.get("/")

    assert f"Contact with Okafor ({okafors.ref}) typed 5 February 2026, midday" in read(page)
    assert f"Referral of Okafor ({okafors.ref})" in read(page)
    assert "A new family" in read(page)
    links = (f"/families/{okafors.ref}/contacts/new/", "/families/new/")
    assert all(f'href="{link}"' in page.content.decode() for link in links)


def test_a_draft_about_a_family_no_longer_visible_is_not_named(client_of, sam, okafors):
    browser = client_of(sam)
    browser.post(f"/drafts/contact-{okafors.ref}/", {"note": "Half a sentence"})

    page = read(browser.get("/"))

    assert okafors.ref not in page
    assert "Okafor" not in page


def test_the_families_opened_last_are_one_click_away(client_of, grace, okafors):
    browser = client_of(grace)
    browser.get(f"/families/{okafors.ref}/")

    assert f"Families you opened last Okafor {okafors.ref}" in read(browser.get("/"))


def test_registers_that_nobody_marked_are_a_managers_to_see(
    see, miriam, grace, stockwell, larkhall, baby_massage
):
    silvas = make_families(1, stockwell, grace, date(2026, 1, 1), "SILVA")
    make_registers(silvas, larkhall, baby_massage, NOON - timedelta(hours=3))

    assert "1 register not marked" in see(miriam)
    assert "PAIRS Together Time 5 February 2026, 8am, Larkhall children" in see(miriam)


def test_a_champion_sees_sessions_and_no_family(
    see, make_user, make_team, grace, stockwell, larkhall, baby_massage
):
    bola = make_user("Bola Ade", make_team("champions", "champions"))
    silvas = make_families(1, stockwell, grace, date(2026, 1, 1), "SILVA")
    make_registers(silvas, larkhall, baby_massage, NOON + timedelta(days=1))

    page = see(bola)

    assert "PAIRS Together Time Larkhall children's centre 6 February 2026, 11am" in page
    assert "SILVA" not in page


def test_the_admin_sees_the_night_and_what_needs_putting_right(see, asha, okafors):
    Family.objects.update(lead_practitioner=None)
    Night.objects.create(as_at=date(2026, 2, 4), status="published", finished_at=NOON)

    page = see(asha)

    assert "Last night Published as at 4 February 2026" in page
    assert "1 family nobody holds" in page
    assert okafors.ref not in page


def test_somebody_in_no_team_is_told_what_to_do(see, make_user):
    assert "You are not in a team yet." in see(make_user("New Person"))


def test_what_is_due_has_a_page_of_its_own(client_of, grace, stockwell):
    make_families(25, stockwell, grace, date(2026, 1, 20), "SILVA")
    browser = client_of(grace)

    first, second = browser.get("/families/due/"), browser.get("/families/due/", {"page": 2})

    assert "25 late, 0 within seven days, 25 in all." in read(first)
    assert read(first).count("2 days late") == 20
    assert read(second).count("2 days late") == 5


@pytest.mark.parametrize("name", ["grace", "miriam"])
def test_statements_do_not_grow_with_the_families(
    request, client_of, name, grace, ruth, midwives, stockwell, to_stockwell, larkhall, baby_massage
):
    user = request.getfixturevalue(name)
    browser = client_of(user)

    def more(count, name):
        ours = make_families(count, stockwell, grace, date(2026, 1, 20), name)
        make_families(count, stockwell, None, date(2026, 1, 20), f"{name}GAP")
        theirs = make_families(count, midwives, ruth, date(2026, 1, 20), f"{name}X")
        make_referrals(theirs, to_stockwell, stockwell, NOON - timedelta(days=2))
        make_drafts(ours[:50], user)
        make_registers(ours[:5], larkhall, baby_massage, NOON - timedelta(days=len(name)))

    more(10, "SILVA")
    few = statements(lambda: browser.get("/"))
    more(1_000, "COSTAS")

    assert statements(lambda: browser.get("/")) == few <= 21
