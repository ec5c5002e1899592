"""Who judges an opening in an emergency, and what comes of it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from families.access import involvement_actions
from families.break_glass import actions as break_glass_actions
from families.break_glass.lookup import ExactIdentity
from families.break_glass.reviewers import ids_to_review
from families.inputs import NewPerson
from families.models import BreakGlass, Family
from families.people.actions import register_family
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from tests.casework.reading import read, statements

LONDON = ZoneInfo("Europe/London")
TUESDAY = datetime(2037, 3, 10, 12, tzinfo=LONDON)
WHY = "Chest pain at the children's centre; the ambulance asks about allergies."
QUEUE = "/families/break-glass/review/"
MANAGER = Membership.Role.MANAGER


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def broken(okafors, ruth):
    """Ruth, a midwife of King's, opened the Okafors' record."""
    return break_glass_actions.break_glass(
        family=okafors, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
    )


@pytest.fixture
def kay(make_user, make_team):
    """Manages another team of Ruth's agency."""
    return make_user(
        "Kay Winter", make_team("kings-nutrition", "nutrition", agency="kch"), role=MANAGER
    )


@pytest.fixture
def own_manager(make_user, midwives):
    return make_user("Olive Hart", midwives, role=MANAGER)


@pytest.fixture
def vera(make_user, make_team):
    """Manages another team of the agency that leads the Okafors."""
    return make_user("Vera Lund", make_team("vassall"), role=MANAGER)


def judges(*users) -> list[str]:
    return [user.name for user in users if ids_to_review(BreakGlass, user)]


def test_it_goes_to_another_manager_of_the_practitioners_agency(
    broken, kay, own_manager, miriam, vera, asha, noor, ruth
):
    assert judges(kay, own_manager, miriam, vera, asha, noor, ruth) == ["Kay Winter"]


def test_where_there_is_none_it_goes_to_the_agency_that_leads(
    broken, own_manager, miriam, vera, asha
):
    assert judges(own_manager, miriam, vera, asha) == ["Vera Lund"]


def test_where_there_is_none_either_it_goes_to_the_admins(broken, own_manager, miriam, asha):
    assert judges(own_manager, miriam, asha) == ["Asha Rao"]


def test_nobody_judges_whose_team_works_with_the_family(broken, okafors, kay, vera, asha, grace):
    for user in (kay, vera):
        involvement_actions.involve(
            family=okafors, team=user.teams[0], reason="team_around_family", by=grace
        )
    assert judges(kay, vera, asha) == ["Asha Rao"]


def test_nobody_judges_their_own_even_where_they_manage_two_teams(okafors, ruth, make_team, asha):
    other = make_team("kings-nutrition", "nutrition", agency="kch")
    accounts.join_team(user=ruth, team=other, role=MANAGER)
    break_glass_actions.break_glass(
        family=okafors, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
    )
    assert judges(ruth, asha) == ["Asha Rao"]


def test_once_it_is_late_the_admins_see_it_too(broken, kay, asha, time_machine, client_of):
    time_machine.move_to(datetime(2037, 3, 11, 17, tzinfo=LONDON), tick=False)
    assert judges(kay, asha) == ["Kay Winter"]
    time_machine.move_to(datetime(2037, 3, 12, 9, tzinfo=LONDON), tick=False)
    assert judges(kay, asha) == ["Kay Winter", "Asha Rao"]
    assert "Late" in read(client_of(kay).get(QUEUE))


def test_the_reviewer_reads_the_reason_and_nothing_of_the_family(
    broken, okafors, kay, client_of, ruth
):
    client_of(ruth).get(f"/families/{okafors.ref}/")
    client = client_of(kay)

    for page in (QUEUE, f"{QUEUE}{broken.ref}/"):
        words = read(client.get(page))
        assert "asks about allergies" in words
        assert not any(name in words for name in ("Okafor", "Chidi", "SW9"))
    assert "Read the record" in words
    assert client.get(f"/families/{okafors.ref}/").status_code == 404


def test_the_judgement_is_on_the_record_and_the_lead_reads_it(
    broken, okafors, kay, grace, client_of
):
    judged = {"justified": "yes", "note": "The hospital confirms the call."}
    assert client_of(kay).post(f"{QUEUE}{broken.ref}/", judged).url == QUEUE

    broken.refresh_from_db()
    assert (broken.justified, broken.reviewed_by) == (True, kay)
    page = read(client_of(grace).get(f"/families/{okafors.ref}/break-glass/"))
    assert "The hospital confirms the call." in page
    assert "Justified" in page
    event = Event.objects.get(kind="break_glass.judged")
    assert event.details == {"justified": True}
    assert not ids_to_review(BreakGlass, kay)


def test_not_justified_is_told_to_the_practitioners_manager_and_the_admins(
    broken, kay, own_manager, asha, client_of
):
    Message.objects.all().delete()

    client_of(kay).post(f"{QUEUE}{broken.ref}/", {"justified": "no", "note": "No such call."})

    assert set(Message.objects.values_list("to", flat=True)) == {own_manager.email, asha.email}
    body = Message.objects.first().body
    assert "Okafor" not in body
    assert "Ruth" not in body
    page = read(client_of(own_manager).get(f"{QUEUE}{broken.ref}/"))
    assert "No such call." in page


def test_a_judgement_without_a_note_is_asked_for_again(broken, kay, client_of):
    response = client_of(kay).post(f"{QUEUE}{broken.ref}/", {"justified": "no", "note": ""})
    assert "What did you find" in read(response)
    broken.refresh_from_db()
    assert broken.reviewed_at is None


def test_it_is_judged_once(broken, kay, own_manager):
    break_glass_actions.judge_break_glass(broken=broken, justified=True, note="Confirmed.", by=kay)
    with pytest.raises((Conflict, NotAllowed)):
        break_glass_actions.judge_break_glass(
            broken=broken, justified=False, note="Changed.", by=kay
        )
    with pytest.raises(NotAllowed):
        break_glass_actions.judge_break_glass(
            broken=broken, justified=False, note="Mine.", by=own_manager
        )


def test_the_practitioner_sees_what_became_of_it_and_others_nothing(
    broken, ruth, sam, own_manager, kay, client_of
):
    page = f"{QUEUE}{broken.ref}/"
    assert "Waiting for review" in read(client_of(ruth).get(page))
    assert client_of(sam).get(page).status_code == 404
    assert client_of(own_manager).get(page).status_code == 404  # until it is judged
    assert client_of(ruth).get(QUEUE).status_code == 403


def test_bursts_show(okafors, ruth, kay, grace, stockwell, client_of):
    day = date(2037, 3, 11)
    for name in ("Adams", "Brown", "Clark"):
        people = [NewPerson("child", "Baby", name, date(2036, 1, 20))]
        family = register_family(name=name, lead_team=stockwell, by=grace, people=people)
        break_glass_actions.break_glass(family=family, reason=WHY, by=ruth, review_by=day)
    break_glass_actions.find_in_emergency(wanted=ExactIdentity(ref="LB-99999"), by=ruth)

    page = read(client_of(kay).get(QUEUE))

    assert "3 in 30 days" in page
    assert "1 more that day named no family" in page


def test_the_queue_costs_the_same_however_long_it_is(
    okafors, ruth, kay, grace, stockwell, client_of
):
    def one_more(name):
        people = [NewPerson("child", "Baby", name, date(2036, 1, 20))]
        family = register_family(name=name, lead_team=stockwell, by=grace, people=people)
        break_glass_actions.break_glass(
            family=family, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
        )

    client = client_of(kay)
    one_more("Adams")
    before = statements(lambda: client.get(QUEUE))
    one_more("Brown")
    one_more("Clark")
    assert statements(lambda: client.get(QUEUE)) == before
    assert Family.objects.count() == 4


def test_it_waits_on_the_managers_work_and_red_once_it_is_late(
    broken, kay, client_of, time_machine
):
    assert "1 opened in an emergency, to judge" in read(client_of(kay).get("/"))
    time_machine.move_to(datetime(2037, 3, 12, 9, tzinfo=LONDON), tick=False)
    assert "1 late" in read(client_of(kay).get("/"))


def test_the_admin_finds_it_where_nobody_else_can_judge(broken, own_manager, asha, client_of):
    assert "1 opened in an emergency, to judge" in read(client_of(asha).get("/"))
    assert "to judge" not in read(client_of(own_manager).get("/"))


def test_the_lead_finds_it_on_their_work(broken, grace, miriam, client_of):
    assert "Ruth Bailey opened Okafor, which you lead" in read(client_of(grace).get("/"))
    assert "Ruth Bailey" not in read(client_of(miriam).get("/"))


@pytest.mark.browser
def test_nothing_stands_in_anybodys_way(
    okafors, ruth, kay, grace, page, phone, sign_in_as, axe, time_machine
):
    time_machine.move_to(TUESDAY, tick=True)
    break_glass_actions.break_glass(
        family=okafors, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
    )
    ref, opening = okafors.ref, BreakGlass.objects.get().ref
    pages = {
        ruth: ["/families/break-glass/", f"/families/{ref}/"],
        kay: [QUEUE, f"{QUEUE}{opening}/"],
        grace: [
            f"/families/{ref}/{at}/"
            for at in ("break-glass", "involvement", "involvement/add", "sharing",
                       "sharing/decide", "consent/record")
        ],
    }  # fmt: skip
    for browser in (page, phone):
        for user, addresses in pages.items():
            sign_in_as(user, browser)
            for address in addresses:
                browser.goto(address)
                assert browser.locator("h1").count() == 1, address
                assert axe(browser) == [], address
                assert browser.evaluate("document.documentElement.scrollWidth") <= max(
                    390, browser.viewport_size["width"]
                )
