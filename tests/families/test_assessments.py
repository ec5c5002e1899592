"""Grace records how Ada is: results only, kept for whom she says, read with what they call for."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from families.models import Observation, Person
from families.observations import asq
from leap.core.audit.models import Event
from tests.casework.reading import read

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

    page_text = read(client_of(grace).get(page(ada)))
    assert "EPDS item 10 1 Above nought: speak with her today, whatever the total." in page_text
    assert "WEMWBS total 41" in page_text
    assert "Below 14: judgement can still call for MARAC." in page_text


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
        ({"epds_total": "2", "epds_item_10": "3"}, "The total includes item 10"),
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


def test_an_asq_before_the_first_age_is_questioned(send, grace, chidi):
    answer = send(grace, chidi, asq3_communication="above", on="2026-02-10")

    assert "The ASQ-3 is for children from 1 to 66 months" in read(answer)
    assert Observation.objects.count() == 0


def test_the_questionnaire_is_chosen_by_corrected_age():
    child = Person(birth_date=date(2024, 6, 1))
    day = date(2025, 10, 1)  # sixteen months

    assert asq.questionnaire_for_age("asq3", child, None, day) == 16
    assert asq.questionnaire_for_age("asq3", child, 31, day) == 14
    assert (
        asq.questionnaire_for_age("asq3", child, 31, date(2026, 6, 2)) == 24
    )  # two years: not corrected
    assert asq.questionnaire_for_age("asqse2", child, None, day) == 18
    assert asq.questionnaire_for_age("asqse2", child, None, date(2029, 12, 1)) == 60  # 66 months
    assert asq.questionnaire_for_age("asq3", child, None, date(2029, 12, 1)) is None


@pytest.mark.parametrize(("day", "months"), [(15, 24), (16, 27)])
def test_a_questionnaire_ends_in_the_middle_of_a_month(day, months):
    child = Person(birth_date=date(2024, 1, 1))

    assert asq.questionnaire_for_age("asq3", child, None, date(2026, 2, day + 1)) == months


def test_the_questionnaire_is_kept_with_its_results(client_of, send, grace, chidi, page):
    send(grace, chidi, asq3_communication="above", asqse2="below")

    values = dict(Observation.objects.values_list("code", "value"))
    assert values["asq3_months"] == values["asqse2_months"] == "2"
    assert "ASQ-3 communication On track 2 month questionnaire" in read(
        client_of(grace).get(page(chidi))
    )


def test_a_questionnaire_of_another_age_is_asked_about_and_can_be_right(send, grace, chidi):
    typed = {"asq3_communication": "above", "asq3_months": "4"}
    answer = send(grace, chidi, **typed)

    assert (
        "Chidi was 1 months old on that day, counted from the day an early baby was due: too young"
        " for the ASQ-3 of 4 months. The one for this age is 2 months." in read(answer)
    )
    assert Observation.objects.count() == 0
    send(grace, chidi, **typed, checked="on", submission=SEND.replace("1c", "2c"))
    assert Observation.objects.get(code="asq3_months").value == "4"


def test_the_home_is_said_in_our_own_words(client_of, send, grace, chidi, page):
    send(grace, chidi, home_conditions="harmful")

    page_text = read(client_of(grace).get(page(chidi)))
    assert "Harmful to a child now Act today, and write in a contact what you saw." in page_text


def test_the_short_wellbeing_scale_is_taken_too(client_of, send, grace, ada, page):
    send(grace, ada, swemwbs_total="21.5")

    assert "SWEMWBS total 21.5" in read(client_of(grace).get(page(ada)))


def test_a_review_keeps_the_questionnaire_of_the_day(
    client_of, grace, okafors, chidi, time_machine
):
    time_machine.move_to(datetime(2028, 2, 10, 12, tzinfo=ZoneInfo("Europe/London")))
    typed = {
        "submission": SEND, "concerned": chidi.ref, "kind": "home_visit", "outcome": "attended",
        "on": "2028-02-09", "at": "10:00", "review": "two_year", "team": grace.teams[0].code,
        f"{chidi.ref}-asq3_communication": "below", f"{chidi.ref}-asqse2": "below",
    }  # fmt: skip
    client_of(grace).post(f"/families/{okafors.ref}/contacts/new/", typed)

    values = dict(Observation.objects.values_list("code", "value"))
    assert (values["asq3_communication"], values["asq3_months"]) == ("below", "24")
    assert values["asqse2_months"] == "24"


# Cut-offs, once an admin has entered those of the licence. These here are made up.


@pytest.fixture
def enter(client_of, asha):
    def enter(questionnaire, key="3", **bounds):
        typed = {name.replace("__", "-"): value for name, value in bounds.items()}
        address = f"/admin/cut-offs/?questionnaire={questionnaire}"
        return client_of(asha).post(address, {"submission": SEND.replace("1c", f"{key}c"), **typed})

    return enter


def test_none_are_shipped_and_no_score_is_asked_for(client_of, grace, chidi, page):
    assert asq.cut_offs() == {}
    assert "asq3_communication_score" not in client_of(grace).get(page(chidi)).content.decode()


@pytest.mark.parametrize(
    ("score", "words"), [("20", "Below the cut-off"), ("30", "Monitor"), ("31", "On track")]
)
def test_a_score_is_read_by_the_cut_offs_of_its_month(
    client_of, send, enter, grace, chidi, page, score, words
):
    enter("asq3-2", communication__concern="20.5", communication__monitoring="30")

    send(grace, chidi, asq3_communication_score=score)

    expected = f"ASQ-3 communication {words} 2 month questionnaire, score {score}"
    assert expected in read(client_of(grace).get(page(chidi)))


def test_a_high_social_score_is_the_concern(client_of, send, enter, grace, chidi):
    enter("asqse2-2", total__concern="50", total__monitoring="40")

    send(grace, chidi, asqse2_score="55")

    assert Observation.objects.get(code="asqse2").value == "above"


def test_a_score_that_cannot_be_read_or_says_something_else_is_asked_about(
    send, enter, grace, chidi
):
    enter("asq3-4", communication__concern="20", communication__monitoring="30")
    unread = send(grace, chidi, asq3_communication_score="25")
    enter("asq3-2", "4", communication__concern="20", communication__monitoring="30")
    otherwise = send(grace, chidi, asq3_communication_score="25", asq3_communication="above")

    assert "No cut-offs have been entered for the questionnaire of 2 months" in read(unread)
    assert "By the cut-offs for 2 months, 25 is “Monitor”" in read(otherwise)
    assert Observation.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"communication__concern": "20"}, "Give both numbers, or neither."),
        (
            {"communication__concern": "30", "communication__monitoring": "20"},
            "Monitoring ends above the cut-off.",
        ),
        (
            {"communication__concern": "61", "communication__monitoring": "62"},
            "A score is between 0 and 60.",
        ),
    ],
)
def test_cut_offs_that_cannot_be_are_asked_about(enter, typed, words):
    answer = enter("asq3-2", **typed)

    assert words in read(answer)
    assert 'value="{}"'.format(typed["communication__concern"]) in answer.content.decode()
    assert asq.cut_offs() == {}


def test_only_an_admin_enters_cut_offs_and_the_log_says_so(client_of, enter, grace, asha):
    enter("asq3-2", communication__concern="20", communication__monitoring="30")
    enter("asq3-2", "4")

    assert asq.cut_offs() == {}  # blanked again
    assert Event.objects.filter(kind="cut_offs.set", by_name="Asha Rao").count() == 2
    assert client_of(grace).get("/admin/cut-offs/").status_code == 403


def test_strangers_find_nothing_and_the_family_page_leads_there(
    client_of, grace, ruth, okafors, ada, page
):
    assert client_of(ruth).get(page(ada)).status_code == 404
    assert page(ada).encode() in client_of(grace).get(f"/families/{okafors.ref}/").content
