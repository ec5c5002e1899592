"""The pages of outcomes: who sees what, and that each figure explains itself."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse

from leap.core.audit.models import Event
from outcomes import periods
from outcomes.calculation import nights
from outcomes.indicators import INDICATORS
from outcomes.models import CalculationStep, Night

BORN = date(2016, 4, 10)
OUTCOMES, LAST_NIGHT = "/outcomes/", "/outcomes/last-night/"
LONDON = ZoneInfo("Europe/London")


def publish(*indicators):
    night = nights.start_night(
        as_at=date(2016, 9, 30),
        periods=[periods.parse("2016-Q1"), periods.parse("2016-Q2")],
        indicators=indicators or ["new_birth_visit_14", "breastfed_6_8_weeks"],
    )
    assert nights.process_steps(night=night)
    return night


@pytest.fixture
def a_quarter(lives):
    """Stockwell: 9 of 12 seen. Vassall: 2 of 10. Coldharbour: 10 of 10."""
    for ward, reviewed, children in (
        ("Stockwell", 9, 12),
        ("Vassall", 2, 10),
        ("Coldharbour", 10, 10),
    ):
        for number in range(children):
            child = lives.child(BORN, ward=ward)
            if number < reviewed:
                lives.contact(BORN + timedelta(10), child, review="new_birth")
    return publish()


def text(response):
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_before_the_first_night_the_page_says_so(grace, client_of):
    assert "There are no figures yet" in text(client_of(grace).get(OUTCOMES))


def test_a_practitioner_sees_controlled_figures(a_quarter, grace, client_of):
    page = text(client_of(grace).get(OUTCOMES, {"period": "2016-Q1"}))

    assert "New birth visit within 14 days" in page
    assert "[low]" in page  # LEAP: 20 of 30, from 21 of 32, is too few for a percentage
    assert "[c]" in page
    assert "%</strong>" not in page
    assert "Show exact figures" not in page


def test_an_analyst_may_see_them_exactly_and_it_is_logged(a_quarter, noor, grace, client_of):
    page = text(client_of(noor).get(OUTCOMES, {"period": "2016-Q1", "exact": "on"}))

    assert "<strong>66%</strong>" in page  # 21 of 32
    assert "<strong>20%</strong>" in page  # Vassall's 2 of 10
    [event] = Event.objects.filter(kind="figures.seen_exact")
    assert event.by_ref == str(noor.ref)
    assert client_of(grace).get(OUTCOMES, {"exact": "on"}).status_code == 403


def test_champions_are_told_why_they_see_none(a_quarter, make_team, make_user, client_of):
    champion = make_user("Tess", make_team("champions", "champions"))
    for address in (OUTCOMES, LAST_NIGHT, "/outcomes/export/?period=2016-Q1"):
        response = client_of(champion).get(address)
        assert response.status_code == 403
        assert "Outcomes are for practitioners" in response.content.decode()


def test_an_indicator_explains_itself(a_quarter, grace, client_of):
    address = reverse("outcomes:indicator", args=["breastfed_6_8_weeks"])
    page = text(client_of(grace).get(address, {"period": "2016-Q1"}))

    assert "Children who turned 56 days (8 weeks) old in the period" in page
    assert "as at 30 September 2016" in page
    assert "Of fewer than 50 after rounding: too few for a percentage." in page
    assert "Nobody was counted here in this period." in page  # Tulse Hill
    assert "Hidden, because it is a small number of people" in page  # what [c] means


def test_an_indicator_that_does_not_exist_is_not_found(grace, client_of):
    assert client_of(grace).get("/outcomes/happiness/").status_code == 404


def test_what_last_night_could_not_compute_is_labelled(a_quarter, noor, client_of, monkeypatch):
    broken = replace(INDICATORS["new_birth_visit_14"], numerator_sql="1 / 0 = 1")
    monkeypatch.setitem(INDICATORS, broken.code, broken)
    publish()
    client = client_of(noor)
    assert "Last good figures" in text(client.get(OUTCOMES, {"period": "2016-Q1"}))
    page = text(client.get(LAST_NIGHT))

    assert "DataError: division by zero" in page
    assert "The last good figures stand, of 30 September 2016" in page


def test_a_late_and_a_missed_night_show(db, noor, client_of):
    for day, hour in ((1, 3), (3, 2)):
        at = datetime(2016, 10, day, hour, 31, tzinfo=LONDON)
        with time_machine.travel(at):
            night = nights.start_night(as_at=date(2016, 10, day), scheduled=True)
            assert nights.process_steps(night=night)
    with time_machine.travel(datetime(2016, 10, 3, 12, tzinfo=LONDON)):
        page = text(client_of(noor).get(LAST_NIGHT))

    assert page.count(">Late<") == 1
    assert page.count("Missed") == 1
    assert Night.objects.count() == 2


def test_a_night_still_running_is_shown_as_running(lives, noor, client_of):
    lives.child(BORN)
    with time_machine.travel(datetime(2016, 10, 3, 12, tzinfo=LONDON)):
        nights.start_night(
            as_at=date(2016, 10, 3),
            periods=[periods.parse("2016-Q1")],
            indicators=["review_1_year"],
        )
        page = text(client_of(noor).get(LAST_NIGHT))

    assert "Running" in page
    assert "Waiting" in page
    assert CalculationStep.objects.get().status == CalculationStep.Status.WAITING


def test_the_number_of_statements_does_not_grow(
    a_quarter, grace, client_of, django_assert_max_num_queries
):
    publish("review_1_year", "review_2_year", "mood_screened", "reach_children")
    client = client_of(grace)
    for address in (OUTCOMES, "/outcomes/new_birth_visit_14/", LAST_NIGHT):
        with django_assert_max_num_queries(14):
            client.get(address)


def test_the_file_that_may_be_shared(a_quarter, grace, client_of):
    response = client_of(grace).get("/outcomes/export/", {"period": "2016-Q1"})

    assert response.headers["Content-Disposition"] == 'attachment; filename="figures-2016-Q1.csv"'
    assert b"[c]" in response.content
    assert client_of(grace).get("/outcomes/export/", {"period": "2019-Q1"}).status_code == 404
    assert client_of(grace).get("/outcomes/export/", {"period": "soon"}).status_code == 404


def test_the_exact_file_takes_a_reason_and_the_role(a_quarter, grace, asha, client_of):
    address = "/outcomes/export/exact/"
    query = {"period": "2016-Q1"}
    assert client_of(grace).post(address, query | {"reason": "checking"}).status_code == 403
    assert "Answer “What are the exact figures for?”" in text(client_of(asha).post(address, query))

    response = client_of(asha).post(address, query | {"reason": "checking"})

    assert b",21,32,0.65625," in response.content
    event = Event.objects.get(kind="figures.exported")
    assert (event.details["disclosive"], event.details["reason"]) == (True, "checking")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_anybody_can_use_the_pages(a_quarter, sign_in_as, noor, page, phone, axe):
    for screen in (page, phone):
        sign_in_as(noor, screen)
        for address in (
            f"{OUTCOMES}?period=2016-Q1&exact=on",
            "/outcomes/breastfed_6_8_weeks/?period=2016-Q1",
            LAST_NIGHT,
            "/outcomes/export/exact/?period=2016-Q1",
        ):
            screen.goto(address)
            assert axe(screen) == []
            assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")
