from datetime import date

import pytest
from django.utils import timezone

from leap.core.accounts.permissions import Discipline
from leap.core.audit.models import Event
from outcomes.models import Figure, Night

FIGURES = {"LEAP": (60, 100, False), "E05000429": (3, 20, True)}


@pytest.fixture
def figures(db):
    """Feeding at 6 to 8 weeks in the first quarter: LEAP's may be shown, Stockwell's may not."""
    night = Night.objects.create(
        as_at=date(2016, 7, 1), status=Night.Status.PUBLISHED, finished_at=timezone.now()
    )
    for area, (part, whole, hidden) in FIGURES.items():
        Figure.objects.create(
            night=night,
            indicator="breastfed_6_8_weeks",
            version=1,
            area_code=area,
            period="2016-Q1",
            numerator=part,
            denominator=whole,
            value=part / whole,
            lower=0.1,
            upper=0.9,
            published=True,
            hidden=hidden,
        )


@pytest.fixture
def chloe(make_user, make_team):
    return make_user("Chloe Diaz", make_team("champions", Discipline.CHAMPIONS))


def test_an_indicator_says_what_it_counts(system_of, grace):
    indicator = system_of(grace).read("indicators/breastfed_6_8_weeks/").json()
    assert "6 to 8 weeks" in indicator["title"]
    assert indicator["better"] == "higher"
    assert len(system_of(grace).rows("indicators/")) > 20


def test_there_is_no_indicator_nobody_declared(system_of, grace):
    assert system_of(grace).read("indicators/happiness/").status_code == 404


def test_what_could_tell_on_somebody_is_not_shown(system_of, grace, figures):
    by_area = {row["area"]: row for row in system_of(grace).rows("figures/?period=2016-Q1")}
    assert by_area["LEAP"]["value"] == 0.6
    assert by_area["E05000429"]["numerator"] is by_area["E05000429"]["value"] is None
    assert by_area["E05000429"]["note"] == "[c]"


def test_the_analyst_asks_for_exact_figures_and_it_is_written_down(system_of, noor, figures):
    rows = system_of(noor).rows("figures/?period=2016-Q1&area=E05000429&exact=true")
    assert rows[0]["numerator"] == 3
    assert Event.objects.filter(kind="figures.seen_exact", by_ref=str(noor.ref)).count() == 1


def test_a_practitioner_is_not_given_exact_figures(system_of, grace, figures):
    answer = system_of(grace).read("figures/?period=2016-Q1&exact=true")
    assert answer.status_code == 403


def test_champions_see_no_figures(system_of, chloe, figures):
    assert system_of(chloe).read("figures/").status_code == 403


def test_an_unknown_period_is_explained(system_of, grace):
    answer = system_of(grace).read("figures/?period=2016-13")
    assert answer.json()["errors"][0]["field"] == "period"
    assert "Write a month as 2016-05" in answer.json()["errors"][0]["detail"]


def test_figures_come_page_by_page(system_of, grace, figures):
    system = system_of(grace)
    page = system.read("figures/?page_size=1").json()
    rest = system.get(page["next"]).json()
    assert {page["results"][0]["area"], rest["results"][0]["area"]} == set(FIGURES)
    assert rest["next"] is None


def test_figures_not_yet_published_are_not_there(system_of, grace, figures):
    Figure.objects.update(published=False)
    assert system_of(grace).rows("figures/") == []


def test_the_admin_issues_a_report_once_and_reads_it_again(system_of, asha, figures):
    system = system_of(asha)
    first, second = (
        system.send("reports/", {"period": "2016-Q1"}, key="the-first-quarter") for _ in range(2)
    )
    assert first.status_code == 201
    assert first.content == second.content
    assert system.get(first["Location"]).json() == first.json()
    assert [row["period"] for row in system.rows("reports/")] == ["2016-Q1"]


def test_nothing_exact_is_in_a_report(system_of, asha, figures):
    content = system_of(asha).send("reports/", {"period": "2016-Q1"}).json()["content"]
    by_area = {figure["area_code"]: figure for figure in content["indicators"][0]["figures"]}
    assert by_area["E05000429"]["numerator"] is None


def test_a_period_without_figures_has_no_report(system_of, asha, figures):
    answer = system_of(asha).send("reports/", {"period": "2016-Q2"})
    assert answer.json()["errors"][0]["field"] == "period"


def test_an_unfinished_period_is_reported_only_as_provisional(system_of, asha, figures):
    Night.objects.update(as_at=date(2016, 6, 1))
    answer = system_of(asha).send("reports/", {"period": "2016-Q1"})
    assert answer.json()["errors"][0]["field"] == "provisional"
    sure = system_of(asha).send("reports/", {"period": "2016-Q1", "provisional": True})
    assert sure.status_code == 201


def test_a_practitioner_neither_issues_nor_reads_reports(system_of, grace, figures):
    system = system_of(grace)
    assert system.send("reports/", {"period": "2016-Q1"}).status_code == 403
    assert system.read("reports/").status_code == 403
