"""Figures and reports count everybody, whoever asks: row-level security leaves nobody out."""

import csv
import io
from datetime import date, datetime

import pytest
from django.core.management import call_command

from outcomes import periods
from outcomes.calculation.counting import count, indicators_by_population
from outcomes.calculation.nights import periods_touched
from outcomes.indicators import INDICATORS
from outcomes.models import Report
from outcomes.reports import actions, activity, payload, reach
from sites.models import Attendance, Session
from tests.outcomes.conftest import LONDON

QUARTER, LATER = periods.parse("2016-Q1"), date(2016, 9, 30)
BORN = date(2016, 4, 2)
KEY = {"headers": {"idempotency-key": "one-report"}}


@pytest.fixture
def known(lives, larkhall, baby_massage):
    """Twelve children who were seen at home and came to a session, and their mothers."""
    during = (datetime(2016, 5, 5, 10, tzinfo=LONDON), datetime(2016, 5, 5, 11, tzinfo=LONDON))
    session = Session.objects.create(
        ref="SE-1", site=larkhall, service=baby_massage, during=during, capacity=30
    )
    for _ in range(12):
        family = lives.family()
        mother, child = lives.mother(family), lives.child(BORN, family)
        lives.contact(date(2016, 4, 10), child, present=[mother], review="new_birth")
        lives.contact(date(2016, 6, 1), child, present=[mother], review="six_to_eight_week")
        lives.observation(child, "first_feed", BORN, "breast_milk")
        Attendance.objects.create(session=session, person=child, status="attended")


@pytest.fixture
def night(known):
    call_command("rebuild_outcomes", as_at="2016-09-30", periods=["2016-Q1", "2016-17"])


def counts():
    """Everything in this app that is counted over families."""
    groups = (
        count(indicators, [QUARTER], LATER)
        for indicators in indicators_by_population(INDICATORS.values())
    )
    return {
        "indicators": [item for group in groups for item in group.items()],
        "people": reach.count(QUARTER, LATER),
        "services": activity.count(QUARTER, LATER),
        "periods": periods_touched(LATER),
    }


@pytest.mark.parametrize("reader", ["asha", "noor", "sam"])
def test_every_count_is_the_same_for_whoever_asks(request, known, reading_as, reader):
    made_by_the_system = counts()

    reading_as(request.getfixturevalue(reader))

    assert counts() == made_by_the_system
    assert made_by_the_system["people"][False, "LEAP"] == [12, 12, 12]
    assert made_by_the_system["services"]["all"].attendances == 12
    assert periods.parse("2016-04") in made_by_the_system["periods"]


def in_the_browser(browser):
    assert browser.post("/reports/issue/", {"period": "2016-Q1"}).status_code == 302


def by_the_api(browser):
    answer = browser.post("/api/v1/reports/", {"period": "2016-Q1"}, "application/json", **KEY)
    assert answer.status_code == 201, answer.content


@pytest.mark.parametrize("way", [in_the_browser, by_the_api])
def test_a_report_is_the_same_however_it_is_issued(way, night, client_of, asha):
    way(client_of(asha))
    issued = said_by(Report.objects.get())
    at_the_terminal = said_by(actions.issue(period=QUARTER, by=None))

    assert issued == at_the_terminal
    [children] = [
        row
        for row in issued["reach"]["rows"]
        if (row["group"], row["area_code"]) == ("Children of any age", "LEAP")
    ]
    assert {children[state]["count"] for state in reach.STATES} == {10}
    assert issued["delivered"]["rows"][-1]["attendances"]["count"] == 10


def said_by(report):
    """What a report says, without who issued it and when."""
    own = ("ref", "issued_at", "issued_by")
    return {name: value for name, value in payload.content_of(report).items() if name not in own}


@pytest.mark.parametrize("reader", ["asha", "noor", "grace"])
def test_figures_are_the_same_on_pages_in_the_api_and_at_the_terminal(
    request, night, client_of, tmp_path, reader
):
    browser = client_of(request.getfixturevalue(reader))
    path = tmp_path / "figures.csv"
    call_command("export_figures", period=["2016-Q1"], output=path)

    assert browser.get("/outcomes/export/?period=2016-Q1").content == path.read_bytes()
    of_file = {
        (row["indicator"], row["area_code"]): row["denominator"]
        for row in csv.DictReader(io.StringIO(path.read_text()))
        if not row["breakdown"] and row["area_code"] == "LEAP"
    }
    of_api = browser.get("/api/v1/figures/?period=2016-Q1&area=LEAP").json()["results"]
    assert of_file == {
        (row["indicator"], row["area"]): ""
        if row["denominator"] is None
        else str(row["denominator"])
        for row in of_api
    }


def test_no_two_numbers_of_a_report_have_one_title(night):
    """Children of any age, and children under 4, are reached in different numbers."""
    frozen = payload.content_of(actions.issue(period=QUARTER, by=None))
    titles = [indicator["title"] for indicator in frozen["indicators"]]
    titles += [
        row["group"] + " reached" for row in frozen["reach"]["rows"] if row["area_code"] == "LEAP"
    ]

    assert len(set(titles)) == len(titles)
    assert {"Children of any age reached", "Children under 4 reached"} <= set(titles)
    labels = [headline["label"] for headline in frozen["headlines"]]
    assert labels[0] == "Children of any age reached in the four wards"
    explained = " ".join(term["meaning"] for term in frozen["reach"]["terms"])
    assert "“Children under 4 reached” counts other children" in explained
