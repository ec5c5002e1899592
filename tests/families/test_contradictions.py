"""What cannot all be true of one person in one assessment is refused, in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.contacts import actions
from families.inputs import EVERYONE, NewContact, ObservationInput
from families.models import CutOff, Observation, Person
from families.observations.actions import record_observation
from families.observations.rules import assessment_contradictions
from families.reviews.assessment_actions import record_assessment
from tests.casework.reading import read

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))
CONTRADICTIONS = [
    ({"epds_total": "2", "epds_item_10": "3"}, "epds_total"),
    ({"epds_total": "30", "epds_item_10": "1"}, "epds_total"),
    ({"wemwbs_total": "20", "swemwbs_total": "30"}, "wemwbs_total"),
    (
        {"domestic_abuse_enquiry": "declined", "domestic_abuse_disclosed": "yes"},
        "domestic_abuse_enquiry",
    ),
    (
        {"domestic_abuse_enquiry": "not_asked_not_alone", "domestic_abuse_disclosed": "no"},
        "domestic_abuse_enquiry",
    ),
    ({"domestic_abuse_disclosed": "no", "dash_score": "15"}, "dash_score"),
    ({"domestic_abuse_disclosed": "no", "marac_referral": "yes"}, "marac_referral"),
    ({"booking_bmi": "35", "weight_kg": "60", "height_cm": "165"}, "booking_bmi"),
    ({"gestation_weeks": "28", "birth_weight_g": "3900"}, "birth_weight_g"),
]
AGREEING = [
    {"epds_total": "3", "epds_item_10": "3"},
    {"epds_total": "27", "epds_item_10": "0"},
    {"wemwbs_total": "50", "swemwbs_total": "24.1"},
    {"domestic_abuse_enquiry": "asked", "domestic_abuse_disclosed": "yes", "dash_score": "14"},
    {"domestic_abuse_disclosed": "yes", "dash_score": "16", "marac_referral": "no"},
    {"domestic_abuse_enquiry": "not_asked_not_alone"},
    {"booking_bmi": "22", "weight_kg": "60", "height_cm": "165"},
    {"gestation_weeks": "28", "birth_weight_g": "1400"},
    {"gestation_weeks": "41", "birth_weight_g": "5200"},
]


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.mark.parametrize(("values", "code"), CONTRADICTIONS)
def test_it_is_said_of_which_result(values, code):
    assert [result for result, _ in assessment_contradictions(values, {})] == [code]


@pytest.mark.parametrize("values", AGREEING)
def test_what_can_be_is_left_alone(values):
    assert assessment_contradictions(values, {}) == []


@pytest.mark.parametrize(("values", "code"), CONTRADICTIONS)
def test_every_action_refuses_it(okafors, stockwell, grace, ada, values, code):
    findings = [ObservationInput(ada, name, value) for name, value in values.items()]
    visit = NewContact("home_visit", NOON, "attended", [ada], findings=findings)

    with pytest.raises(ValidationError):
        actions.log_contact(family=okafors, new=visit, team=stockwell, by=grace)
    with pytest.raises(ValidationError):
        record_assessment(
            family=okafors, findings=findings, team=stockwell, audience=EVERYONE, by=grace
        )
    assert not Observation.objects.exists()


@pytest.mark.parametrize(("values", "code"), CONTRADICTIONS)
def test_nor_is_it_recorded_one_by_one(okafors, grace, ada, values, code):
    *first, last = [
        ObservationInput(ada, name, value, checked=True) for name, value in values.items()
    ]
    for finding in first:
        record_observation(family=okafors, finding=finding, by=grace)

    with pytest.raises(ValidationError):
        record_observation(family=okafors, finding=last, by=grace)


def test_another_day_is_another_assessment(okafors, grace, ada):
    yesterday = NOON.date() - timedelta(days=1)
    for code, value, on in (("epds_item_10", "3", yesterday), ("epds_total", "2", NOON.date())):
        record_observation(family=okafors, finding=ObservationInput(ada, code, value, on), by=grace)

    assert Observation.objects.count() == 2


def test_a_score_and_its_band_by_the_cut_offs(okafors, stockwell, grace, chidi):
    CutOff.objects.create(
        instrument="asq3",
        months=2,
        domain="communication",
        monitoring=35,
        concern=23,
        set_by=grace,
    )
    values = {"asq3_months": "2", "asq3_communication_score": "20", "asq3_communication": "above"}
    findings = [ObservationInput(chidi, code, value) for code, value in values.items()]
    new = NewContact("clinic", NOON, "attended", [chidi], findings=findings)

    with pytest.raises(ValidationError, match="By the cut-offs for 2 months, 20 is"):
        actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)


# Forms and the API


def test_the_contact_form_says_it_beside_the_result(client_of, grace, okafors, ada, chidi):
    typed = {
        "submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c15", "concerned": [chidi.ref],
        "kind": "home_visit", "on": "2026-03-10", "at": "10:30", "outcome": "attended",
        "team": grace.teams[0].code, "note": "Long words.",
        f"{ada.ref}-epds_total": "1", f"{ada.ref}-epds_item_10": "2",
    }  # fmt: skip
    response = client_of(grace).post(f"/families/{okafors.ref}/contacts/new/", typed)

    assert list(response.context["form"].errors) == [f"{ada.ref}-epds_total"]
    assert "with 2 there it cannot be below 2" in read(response)
    assert "Long words." in read(response)


def test_the_assessment_form_too(client_of, grace, okafors, ada):
    typed = {
        "submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c16", "on": "2026-03-10",
        "team": grace.teams[0].code, "domestic_abuse_disclosed": "no", "dash_score": "12",
    }  # fmt: skip
    page = f"/families/{okafors.ref}/assessments/{ada.ref}/"
    response = client_of(grace).post(page, typed)

    assert list(response.context["form"].errors) == ["dash_score"]
    assert not Observation.objects.exists()


def test_the_api_refuses_it_in_a_contact_and_alone(client_of, grace, okafors, ada):
    browser = client_of(grace)

    def send(address, body, key):
        return browser.post(
            f"/api/v1/{address}/", body, content_type="application/json",
            headers={"idempotency-key": f"7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f{key}"},
        )  # fmt: skip

    findings = [
        {"person": ada.ref, "code": "epds_item_10", "value": "3"},
        {"person": ada.ref, "code": "epds_total", "value": "2"},
    ]
    visit = {
        "family": okafors.ref, "team": grace.teams[0].code, "kind": "clinic",
        "concerned": [ada.ref],
        "occurred_at": timezone.now().isoformat(), "outcome": "attended", "findings": findings,
    }  # fmt: skip
    answers = [send("contacts", visit, "1c17")]
    answers += [
        send("observations", {"family": okafors.ref, **finding}, f"1c1{n}")
        for n, finding in enumerate(findings)
    ]

    assert [answer.status_code for answer in answers] == [400, 201, 400]
    assert "cannot be below 3" in answers[0].content.decode()
    assert "cannot be below 3" in answers[2].content.decode()
