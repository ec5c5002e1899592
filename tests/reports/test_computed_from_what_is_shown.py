"""All that is published of a figure is computed from what is published of it: two nights whose
counts round alike cannot be told apart on any page, in any file, or by the API."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from leap.core.reference_data.models import LEAP_WARDS
from outcomes import statistics
from outcomes.models import Figure, Night
from outcomes.reports import html, payload, tables
from tests.api.conftest import System
from tests.casework.reading import without_tokens
from tests.reports.conftest import area, publish

# By ward; the sums round alike too. A few are hidden in both nights, and some are too few.
ONE = {
    "breastfed_6_8_weeks": ((62, 81, 80), (61, 82, 81), (59, 79, 78), (58, 78, 78)),
    "new_birth_visit_14": ((28, 33), (29, 34), (31, 36), (32, 37)),
    "mood_screened": ((3, 41), (5, 42), (20, 39), (22, 38)),
    "reach_children": ((201, 300), (148, 249), (99, 151), (52, 100)),
}
OTHER = {
    "breastfed_6_8_weeks": ((60, 80, 79), (60, 80, 79), (60, 80, 79), (60, 80, 80)),
    "new_birth_visit_14": ((30, 35), (30, 35), (30, 35), (30, 35)),
    "mood_screened": ((6, 40), (2, 40), (21, 40), (21, 40)),
    "reach_children": ((200, 298), (150, 252), (100, 150), (50, 100)),
}
PERIOD = {"period": "2016-Q1"}


def page(client, address):
    """The markup, without the names that charts get anew on every load."""
    return re.sub(r"chart-[0-9a-f]+", "chart", without_tokens(client.get(address, PERIOD)))


def pages(client):
    for code in ONE:
        yield page(client, f"/outcomes/{code}/")
    yield page(client, "/outcomes/")
    yield client.get("/outcomes/export/", PERIOD).content.decode()


def report(issue):
    frozen = payload.content_of(issue())
    drawn = [list(html.themes(frozen)), html.reach(frozen), html.delivered(frozen)]
    same = {name: part for name, part in frozen.items() if name not in ("ref", "issued_at")}
    return same, drawn, tables.tables(frozen)


@pytest.fixture
def everything(client_of, grace, issue, time_machine):
    """What is published of these counts, all within one minute: pages say when it was."""
    minute = timezone.now().replace(second=0, microsecond=0) + timedelta(minutes=1)
    seconds = (minute + timedelta(seconds=second) for second in range(60))

    def everything(counts):
        time_machine.move_to(next(seconds), tick=False)
        publish(counts)
        rows = System(grace).rows("figures/?period=2016-Q1")
        return [*pages(client_of(grace)), rows, *report(issue)]

    return everything


def test_counts_that_round_alike_cannot_be_told_apart(everything):
    one, other = everything(ONE), everything(OTHER)

    assert Figure.objects.published().filter(hidden=True).exists()
    assert (
        Figure.objects.published().get(indicator="reach_children", area_code="LEAP").value == 0.625
    )
    for first, second in zip(one, other, strict=True):
        assert first == second


def test_every_percentage_is_that_of_its_own_row(db, client_of, grace):
    publish(ONE)

    text = client_of(grace).get("/outcomes/export/", PERIOD).content.decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    shares = [row for row in rows if row["value"]]

    assert len(shares) > 10
    for row in shares:
        part, whole = int(row["numerator"]), int(row["denominator"])
        assert float(row["value"]) == part / whole
        assert whole >= 50
        if row["breakdown"] != "status":
            expected = statistics.wilson(part, whole)
            assert (float(row["lower"]), float(row["upper"])) == (expected.lower, expected.upper)


def test_exact_figures_are_exact_still(db, client_of, noor):
    publish(ONE)

    page = client_of(noor).get("/outcomes/mood_screened/", PERIOD | {"exact": "on"})

    assert f"{3 / 41:.0%}" in page.content.decode()  # Coldharbour
    assert "[low]" not in page.content.decode().split("How it is counted")[0]


# Too few for a percentage


@pytest.fixture
def a_year(db):
    """Stockwell has a percentage for the year, Vassall for none, Coldharbour for the quarter too;
    LEAP for each month."""
    for period, size in (("2016-04", 1), ("2016-Q1", 3), ("2016-17", 12)):
        counts = tuple((part * size, whole * size) for part, whole in ((19, 21), (9, 11), (9, 11)))
        counts = (*counts, (8 + size, 10 + size))
        publish({"review_1_year": counts, "review_2_year": counts}, period)


@pytest.mark.parametrize(
    ("period", "ward", "sentence"),
    [
        ("2016-04", "Coldharbour", "April to June 2016 has one."),
        ("2016-04", "Stockwell", "April 2016 to March 2017 has one."),
        ("2016-Q1", "Tulse Hill", "April 2016 to March 2017 has one."),
        ("2016-17", "Vassall", "No longer period has one yet."),
    ],
)
def test_it_is_said_which_longer_period_has_one(
    a_year, client_of, grace, issue, period, ward, sentence
):
    code = area(ward)
    page = client_of(grace).get("/outcomes/review_1_year/", {"period": period}).content.decode()
    [row] = System(grace).rows(f"figures/?indicator=review_1_year&period={period}&area={code}")
    [frozen, _] = payload.content_of(issue(period))["indicators"]
    [figure] = [candidate for candidate in frozen["figures"] if candidate["area_code"] == code]

    reason = re.search(rf"<strong>{ward}:</strong> ([^<]*)<", page)
    assert reason
    assert reason[1].endswith(f"too few for a percentage. {sentence}")
    assert (row["value"], row["reason"]) == (None, reason[1])
    assert "[low]" in row["note"]
    assert figure["reason"] == reason[1]


def test_in_files_it_is_marked_and_the_report_says_it_in_words(a_year, issue):
    frozen = payload.content_of(issue("2016-04"))

    [figures] = [table for table in tables.tables(frozen) if table.name == "Figures"]
    low = [row for row in figures.rows if row[2] == "Stockwell"]
    assert {(row[5], row[6], row[7]) for row in low} == {("[low]",) * 3}
    assert all(str(row[-1]).endswith("April 2016 to March 2017 has one.") for row in low)


# What the page of outcomes opens with


def opened(client, address="/outcomes/"):
    answer = client.get(address)
    return answer.context["asked"].period.code


def wards(size):
    return (
        (8 * size, 10 * size),
        (9 * size, 10 * size),
        (8 * size, 11 * size),
        (9 * size, 12 * size),
    )


def test_it_opens_on_the_latest_quarter_if_that_has_something_to_say(db, client_of, grace):
    for period, size in (("2016-17", 20), ("2016-Q2", 6), ("2016-Q1", 6)):
        publish({"review_1_year": wards(size)}, period)

    assert opened(client_of(grace)) == "2016-Q2"


def test_it_opens_on_a_year_where_quarters_are_too_short(db, client_of, grace):
    for period, size in (("2016-17", 8), ("2016-Q2", 2), ("2016-05", 1)):
        publish({"review_1_year": wards(size)}, period)
    Night.objects.update(as_at="2018-04-01")

    assert opened(client_of(grace)) == "2016-17"
    assert opened(client_of(grace), "/outcomes/review_1_year/") == "2016-17"


def test_an_indicator_opens_on_a_period_of_its_own(db, client_of, grace):
    for period, size in (("2016-17", 24), ("2016-Q2", 6)):
        publish({"review_1_year": wards(size), "review_2_year": wards(size // 6)}, period)
    for period, size in (("2016-17", 24), ("2016-Q2", 6)):
        publish({"father_present": wards(size), "referral_in_time": wards(size)}, period)

    assert opened(client_of(grace)) == "2016-Q2"
    assert opened(client_of(grace), "/outcomes/review_2_year/") == "2016-17"


def test_with_nothing_to_say_it_opens_on_what_has_most_counts(db, client_of, grace):
    publish({"review_1_year": ((0, 0),) * 4}, "2016-Q2")
    publish({"review_1_year": ((8, 10), (9, 10), (10, 12), (9, 11))}, "2016-Q1")

    assert opened(client_of(grace)) == "2016-Q1"


def test_four_wards_are_published():
    assert all(len(counts) == len(LEAP_WARDS) for counts in (*ONE.values(), *OTHER.values()))
