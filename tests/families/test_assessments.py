"""Grace records how Ada is: results only, kept for whom she says, read with what they call for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from families.assessments import questionnaire
from families.models import Observation, Person
from tests.pages.reading import read

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is seven weeks old
SEND = "1c7b1c52-2b4c-4a0d-9f0d-1c2d3e4f5a6b"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def page(okafors):
    return lambda person: f"/families/{okafors.ref}/assessments/{person.ref}/"


@pytest.fixture
def send(client_of, page):
    def send(user, person, **typed):
        usual = {"submission": SEND, "on": "2026-03-10", "team": user.teams[0].code}
        return client_of(user).post(page(person), usual | typed)

    return send


def test_results_are_kept_and_read_with_what_they_call_for(client_of, send, grace, ada, page):
    send(grace, ada, epds_total="9", epds_item_10="1", wemwbs_total="41", dash_score="12")

    shown = read(client_of(grace).get(page(ada)))
    assert "EPDS item 10 1 Above nought: speak with her today, whatever the total." in shown
    assert "WEMWBS total 41" in shown
    assert "Below 14: judgement can still call for MARAC." in shown


def test_item_10_stands_on_my_work_at_once(client_of, send, grace, ada):
    send(grace, ada, epds_total="2", epds_item_10="1")

    assert "Thoughts of self-harm" in read(client_of(grace).get("/"))


def test_sent_twice_it_is_recorded_once(send, grace, ada):
    send(grace, ada, epds_total="9")
    send(grace, ada, epds_total="9")

    assert Observation.objects.count() == 1


def test_what_is_kept_within_the_agency_is_not_sams_to_read(
    client_of, send, grace, sam, ada, page, around
):
    send(grace, ada, domestic_abuse_disclosed="yes", layer="agency")

    assert "Domestic abuse disclosed" in read(client_of(grace).get(page(ada)))
    theirs = client_of(sam).get(page(ada))
    assert "<strong>Yes</strong>" not in theirs.content.decode()
    assert Observation.objects.visible_to(sam).count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"epds_total": "31"}, "EPDS total is between 0 and 30"),
        ({"wemwbs_total": "13"}, "WEMWBS total is between 14 and 70"),
        ({"epds_total": "7", "on": "2026-04-10"}, "This is in the future"),
        ({}, "Nothing is filled in"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(send, grace, ada, typed, words):
    answer = send(grace, ada, **typed)

    assert words in read(answer)
    for value in typed.values():
        assert f'value="{value}"' in answer.content.decode()
    assert Observation.objects.count() == 0


def test_an_asq_at_the_wrong_age_is_questioned(send, grace, chidi):
    answer = send(grace, chidi, asq3_communication="above", on="2026-02-10")

    assert "The ASQ is for children from 1 to 66 months" in read(answer)
    assert Observation.objects.count() == 0


def test_the_questionnaire_is_chosen_by_corrected_age():
    child = Person(birth_date=date(2024, 6, 1))
    day = date(2025, 10, 1)  # sixteen months

    assert questionnaire(child, None, day) == 16
    assert questionnaire(child, 31, day) == 14
    assert questionnaire(child, 31, date(2026, 6, 2)) == 24  # two years old: not corrected


def test_strangers_find_nothing_and_the_family_page_leads_there(
    client_of, grace, ruth, okafors, ada, page
):
    assert client_of(ruth).get(page(ada)).status_code == 404
    assert page(ada).encode() in client_of(grace).get(f"/families/{okafors.ref}/").content
