"""The watch over openings, each night."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.access import access_log_actions, involvement_actions
from families.break_glass import actions as break_glass_actions
from families.models import AccessAlert
from leap.core.accounts.models import Membership, User
from leap.core.audit.models import Event
from leap.governance.access_monitoring.detection import look_through, look_through_missed
from tests.casework.reading import read

LONDON = ZoneInfo("Europe/London")
DAY = date(2037, 3, 10)
NOON = datetime(2037, 3, 10, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def opens(okafors):
    return lambda user: access_log_actions.open_records(
        families=[okafors], by=user, seen=set(), how="page"
    )


def alerts() -> set[tuple[str, str]]:
    return set(AccessAlert.objects.values_list("practitioner__name", "why"))


def test_ordinary_work_is_asked_nothing(opens, grace, miriam):
    opens(grace)
    opens(miriam)
    assert look_through(DAY) == 0


def test_an_opening_that_no_work_explains_is_asked_about(opens, ruth):
    opens(ruth)
    look_through(DAY)
    assert alerts() == {("Ruth Bailey", "no_link")}


def test_work_that_ended_later_that_day_explains_it(
    opens, okafors, sam, family_support, time_machine, grace
):
    involvement_actions.involve(
        family=okafors, team=family_support, reason="team_around_family", by=grace
    )
    opens(sam)
    time_machine.move_to(NOON + timedelta(hours=2), tick=False)
    involvement_actions.end_involvement(family=okafors, team=family_support, by=sam)
    assert look_through(DAY) == 0

    opens(sam)
    assert look_through(DAY) == 1


def test_an_emergency_is_judged_by_itself(opens, okafors, ruth):
    break_glass_actions.break_glass(
        family=okafors, reason="An ambulance asks for allergies.", by=ruth, review_by=DAY
    )
    opens(ruth)
    assert look_through(DAY) == 0


@pytest.mark.parametrize(
    ("name", "surname", "same"),
    [
        ("Gina Okafor", "Okafor", True),
        ("Zoë Núñez", "Nunez", True),
        ("Mary O'Hara", "O’Hara", True),
        ("Maria van Dijk", "van Dijk", True),
        ("Gina Mensah", "Okafor", False),
        ("Okafor Mensah", "Okafor", False),
        ("Ann Bokafor", "Okafor", False),
        ("Gina Mensah", "", False),
    ],
)
def test_a_reader_of_the_same_surname_is_asked(
    opens, okafors, chidi, make_user, stockwell, name, surname, same
):
    okafors.members.exclude(person=chidi).delete()
    chidi.family_name = surname
    chidi.save()
    opens(make_user(name, stockwell))
    look_through(DAY)
    assert alerts() == ({(name, "same_surname")} if same else set())


def test_a_reader_who_lives_there_is_asked(opens, grace):
    User.objects.filter(pk=grace.pk).update(home_postcode="sw99tx")
    opens(grace)
    look_through(DAY)
    assert alerts() == {("Grace Mensah", "same_postcode")}


def test_a_day_is_asked_about_once_however_often_it_is_looked_through(opens, ruth):
    opens(ruth)
    assert (look_through(DAY), look_through(DAY)) == (1, 0)


def test_a_day_is_londons_day(opens, ruth, time_machine):
    time_machine.move_to(datetime(2037, 7, 1, 0, 30, tzinfo=LONDON), tick=False)  # 23:30 UTC before
    opens(ruth)
    assert look_through(date(2037, 6, 30)) == 0
    assert look_through(date(2037, 7, 1)) == 1


def test_days_that_were_missed_are_caught_up(opens, ruth, time_machine):
    look_through(DAY - timedelta(days=1))
    opens(ruth)
    time_machine.move_to(NOON + timedelta(days=1), tick=False)
    opens(ruth)
    time_machine.move_to(NOON + timedelta(days=4), tick=False)

    assert look_through_missed() == 2
    assert look_through_missed() == 0
    assert Event.objects.filter(kind="openings.looked_through").count() == 5


@pytest.fixture
def vera(make_user, make_team):
    """Manages another team of Grace's agency."""
    return make_user("Vera Lund", make_team("vassall"), role=Membership.Role.MANAGER)


@pytest.fixture
def question(opens, grace):
    """Grace lives where the Okafors do, and opened their record yesterday."""
    User.objects.filter(pk=grace.pk).update(home_postcode="SW9 9TX")
    opens(grace)
    look_through(DAY)
    return AccessAlert.objects.get()


def test_a_manager_who_has_nothing_to_do_with_it_answers(question, vera, okafors, grace, client_of):
    client = client_of(vera)
    assert "Same postcode as the reader" in read(client.get("/families/break-glass/review/"))
    page = f"/families/break-glass/review/{okafors.ref}/{grace.ref}/2037-03-10/"
    assert "a question and nothing more" in read(client.get(page))

    client.post(page, {"explained": "yes", "note": "She is their health visitor."})

    question.refresh_from_db()
    assert (question.explained, question.reviewed_by) == (True, vera)
    assert client.get(page).status_code == 404


def test_the_reader_s_own_manager_does_not(question, miriam, okafors, grace, client_of):
    page = f"/families/break-glass/review/{okafors.ref}/{grace.ref}/2037-03-10/"
    assert client_of(miriam).get(page).status_code == 404


def test_what_is_no_day_is_not_found(question, vera, okafors, grace, client_of):
    page = f"/families/break-glass/review/{okafors.ref}/{grace.ref}/tomorrow/"
    assert client_of(vera).get(page).status_code == 404
