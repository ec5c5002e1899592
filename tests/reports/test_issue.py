"""Issuing freezes what is published; nothing changes it afterwards."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from outcomes import periods
from outcomes.figures.exports import NoFigures
from outcomes.models import Figure, Report
from outcomes.reports import actions, payload
from tests.reports.conftest import PLENTY, area

NEW_BIRTH = "new_birth_visit_14"


def figures(report: Report, code: str = NEW_BIRTH) -> dict:
    [indicator] = [
        candidate
        for candidate in payload.content_of(report)["indicators"]
        if candidate["code"] == code
    ]
    return {figure["area_code"]: figure for figure in indicator["figures"]}


def test_asha_issues_a_quarter(published, issue, asha):
    published(PLENTY)

    report = issue()

    assert (report.period, report.as_at, report.issued_by) == ("2016-Q1", date(2016, 9, 30), asha)
    assert figures(report)["LEAP"]["numerator"] == 325
    assert figures(report)["LEAP"]["denominator"] == 400
    event = Event.objects.get(kind="report.issued")
    assert (event.subject_ref, event.by_name) == (report.ref, "Asha Rao")
    assert event.details["fingerprint"] == payload.fingerprint(report)


def test_every_figure_comes_with_its_definition(report):
    [first, *_] = payload.content_of(report)["indicators"]

    assert first["denominator"] == "Children who turned 30 days old in the period."
    assert first["as_at"] == "30 September 2016"
    assert first["version"] == 1
    assert first["source"]


def test_figures_that_change_later_do_not_change_the_report(published, report):
    before = payload.fingerprint(report)
    published({NEW_BIRTH: ((10, 100), (10, 100), (10, 100), (10, 100))})

    assert payload.fingerprint(Report.objects.get(pk=report.pk)) == before


def test_only_admins_issue(published, noor, grace):
    published(PLENTY)

    for somebody in (noor, grace):
        with pytest.raises(NotAllowed, match="Only the programme’s admins issue reports"):
            actions.issue(period=periods.parse("2016-Q1"), by=somebody)
    assert not Report.objects.exists()


def test_a_period_without_figures_has_no_report(published, issue):
    published(PLENTY)

    with pytest.raises(NoFigures, match="There are no figures for 2016-Q2"):
        issue("2016-Q2")


def test_nothing_exact_is_ever_frozen(report):
    feeds = figures(report, "breastfed_first_feed")

    vassall = feeds[area("Vassall")]
    assert (vassall["numerator"], vassall["denominator"], vassall["value"]) == (None, 10, None)
    assert vassall["note"] == "[c]"
    # Vassall is LEAP less the other wards, so one of these is hidden besides.
    assert sum(figure["note"] == "[c]" for figure in feeds.values()) >= 2


def test_what_was_made_by_an_older_definition_is_left_out(published, issue):
    published(PLENTY | {"review_1_year": ((40, 50),) * 4})
    Figure.objects.filter(indicator="review_1_year").update(version=99)

    frozen = payload.content_of(issue())

    assert [indicator["code"] for indicator in frozen["indicators"]] == [NEW_BIRTH]
    assert "review_1_year" in {indicator["code"] for indicator in frozen["missing"]}


def test_a_quarter_is_compared_with_the_one_before(published, issue):
    published({NEW_BIRTH: ((60, 100), (79, 100), (10, 90), (3, 90))}, "2015-Q4")
    published(PLENTY)

    report = issue()

    changes = {code: figure["change"] for code, figure in figures(report).items()}
    assert payload.content_of(report)["before"]["title"] == "January to March 2016"
    assert changes[area("Coldharbour")] == "Higher"  # 60% to 90%
    assert changes[area("Stockwell")] == "No clear change"  # 79% to 80%
    assert changes[area("Vassall")] == "[c]"


def test_without_a_quarter_before_nothing_is_compared(report):
    assert payload.content_of(report)["before"] is None
    assert {figure["change"] for figure in figures(report).values()} == {"[x]"}


def test_a_quarter_that_is_not_over_says_so(published, issue):
    published(PLENTY, as_at=date(2016, 5, 31))

    frozen = payload.content_of(issue())

    assert frozen["provisional"]
    assert frozen["indicators"][0]["figures"][0]["note"] == "[p]"


def test_a_share_is_withheld_where_too_few_are_known(published, issue):
    published(
        {"breastfed_6_8_weeks": ((60, 100, 90), (60, 100, 100), (60, 100, 99), (60, 100, 99))}
    )

    by_area = figures(issue(), "breastfed_6_8_weeks")

    coldharbour, stockwell = by_area[area("Coldharbour")], by_area[area("Stockwell")]
    assert (coldharbour["value"], coldharbour["share_known"]) == (None, 0.9)
    assert (stockwell["value"], stockwell["share_known"]) == (0.6, 1.0)


@pytest.mark.parametrize(
    "sql", ["UPDATE outcomes_report SET as_at = now()", "DELETE FROM outcomes_report"]
)
def test_the_database_refuses_to_change_an_issued_report(report, sql):
    with (
        pytest.raises(DatabaseError, match="An issued report is frozen"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
