"""Grace looks at how Chidi grows: on the charts, corrected for an early birth, and only what is
hers to see."""

import csv
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from families.inputs import ObservationInput
from families.models import Person
from families.observations.actions import record_observation
from families.observations.growth.reference import CENTILES, centile, lines, lms, z_score_of_centile
from families.observations.growth.series import corrected_age, growth_at
from tests.casework.reading import read, statements

NOON = datetime(2026, 11, 10, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is nine months old
# A part of the figures the College published to validate programs, by its statisticians' own.
PUBLISHED = Path(__file__).with_name("growth_validation.csv")


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def page(okafors, chidi):
    return f"/families/{okafors.ref}/growth/{chidi.ref}/"


@pytest.fixture
def weigh(okafors, chidi, grace):
    def weigh(code, value, on, by=grace):
        finding = ObservationInput(chidi, code, value, date.fromisoformat(on))
        return record_observation(family=okafors, finding=finding, by=by)

    return weigh


def published():
    with PUBLISHED.open(encoding="utf-8", newline="") as lines_:
        return list(csv.DictReader(lines_))


@pytest.mark.parametrize("row", published(), ids=lambda row: " ".join(list(row.values())[:6]))
def test_our_centiles_are_those_published_to_check_them_by(row):
    born, observed = (date.fromisoformat(row[name]) for name in ("birth_date", "observation_date"))
    early = 280 - int(row["gestation_weeks"]) * 7 - int(row["gestation_days"])
    value, days = float(row["value"]), (observed - born).days
    for name, age in (("chronological_sds", days), ("corrected_sds", days - early)):
        score = lms(row["method"], row["sex"], age / 365.25).deviates(value)
        assert score == pytest.approx(float(row[name]), abs=0.001), name


@pytest.mark.parametrize("sex", ["female", "male"])
@pytest.mark.parametrize("method", ["weight", "height", "bmi"])
def test_we_compute_what_the_library_computes_at_every_age(sex, method):
    from rcpchgrowth.global_functions import sds_for_measurement

    compared = 0
    for days in [*range(-118, 800, 3), *range(800, 7305, 41)]:
        at = lms(method, sex, days / 365.25)
        if at is None:
            continue
        value = at.value(-1.3)
        theirs = sds_for_measurement("uk-who", days / 365.25, method, value, sex)
        assert at.deviates(value) == pytest.approx(theirs, abs=1e-9)
        compared += 1
    assert compared > 300


def test_there_is_a_line_for_each_centile_and_none_is_drawn_without_a_reference():
    drawn = lines("weight", "male", 0, 2)

    assert [line for line, _ in drawn] == list(CENTILES)
    assert centile(z_score_of_centile(9)) == pytest.approx(9)
    assert lms("weight", "unknown", 1) is None
    assert lms("bmi", "female", 0) is None
    assert lms("weight", "male", 21) is None


def test_ages_are_corrected_before_37_weeks():
    assert corrected_age(0.5, 32) == pytest.approx(0.5 - 56 / 365.25)
    assert corrected_age(0.5, 37) is None
    assert corrected_age(2.0, 30) == pytest.approx(2.0 - 70 / 365.25)
    assert corrected_age(0.5, None) is None


def test_an_early_baby_is_compared_with_babies_as_old_since_the_day_they_were_due():
    child = Person(sex="female", birth_date=date(2026, 1, 1))
    rows = [
        ("gestation_weeks", date(2026, 1, 1), 30.0),
        ("birth_weight_g", date(2026, 1, 1), 1400.0),
        ("weight_kg", date(2026, 7, 1), 6.0),
    ]
    at_birth, later = growth_at(child, rows).measurements

    assert at_birth.value == 1.4
    assert 40 < at_birth.centile < 70  # ordinary at 30 weeks; hopeless for a baby at term
    assert later.corrected == pytest.approx(later.age - 70 / 365.25)


def test_bmi_is_worked_out_of_one_day_from_two_years_on():
    child = Person(sex="male", birth_date=date(2023, 1, 1))
    weights = [("weight_kg", date(2024, 1, 1), 9.0), ("weight_kg", date(2026, 1, 1), 14.0)]
    heights = [("height_cm", date(2024, 1, 1), 75.0), ("height_cm", date(2026, 1, 1), 95.0)]

    (bmi,) = growth_at(child, [*weights, *heights]).of("bmi")

    assert bmi.value == pytest.approx(14 / 0.95**2)


def test_grace_reads_the_chart_and_the_table_beside_it(client_of, grace, page, weigh):
    weigh("gestation_weeks", "32", "2026-01-20")
    weigh("birth_weight_g", "1800", "2026-01-20")
    weigh("weight_kg", "4.1", "2026-04-01")

    answer = client_of(grace).get(page)
    page_text = read(answer)

    assert "Born early" in page_text
    assert "1 April 2026 Weight 10 weeks 2 weeks" in page_text
    assert "4.1 kg" in page_text
    assert answer.content.count(b"leap-growth__since-birth") == 2
    assert answer.content.count(b"leap-growth__named") == 9
    for word in ("obese", "overweight", "underweight"):
        assert word not in page_text.lower()


def test_nothing_measured_is_said_in_words(client_of, grace, page):
    assert "Nothing has been measured yet" in read(client_of(grace).get(page))


def test_the_family_page_leads_there(client_of, grace, okafors, page):
    assert page.encode() in client_of(grace).get(f"/families/{okafors.ref}/").content


def test_a_weight_from_a_visit_that_is_kept_from_sam_is_not_on_his_chart(
    client_of, grace, sam, chidi, page, keep, around, weigh
):
    weigh("weight_kg", "5.2", "2026-04-20")
    keep(grace, "restricted", findings=[ObservationInput(chidi, "weight_kg", "8.7")])

    assert b"8.7 kg" in client_of(grace).get(page).content
    theirs = client_of(sam).get(page)
    assert b"5.2 kg" in theirs.content
    assert b"8.7 kg" not in theirs.content


def test_others_find_no_such_page(client_of, grace, ruth, okafors, page, ada):
    assert client_of(ruth).get(page).status_code == 404
    assert client_of(grace).get(page.replace(page.split("/")[4], ada.ref)).status_code == 404


def test_many_measurements_cost_no_more_than_few(client_of, grace, page, weigh):
    browser = client_of(grace)
    weigh("weight_kg", "4.1", "2026-04-01")
    browser.get(page)
    few = statements(lambda: browser.get(page))
    for n in range(12):
        weigh("weight_kg", f"5.{n}", str(date(2026, 5, 1) + timedelta(days=7 * n)))

    assert statements(lambda: browser.get(page)) == few <= 9


# Values that hardly any child has


@pytest.fixture
def visit(client_of, grace, okafors, chidi):
    def visit(**fields):
        usual = {
            "submission": "5f0c9a52-2b4c-4a0d-9f0d-1c2d3e4f5a6b",
            "concerned": [chidi.ref],
            "kind": "home_visit",
            "on": "2026-11-10",
            "at": "10:30",
            "outcome": "attended",
            "review": "",
            "note": "Weighed at home.",
            "team": "stockwell-health-visiting",
        }
        return client_of(grace).post(f"/families/{okafors.ref}/contacts/new/", usual | fields)

    return visit


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("8900", "If it was in grams, write 8.9."),
        ("19.6", "If it was in pounds, it is 8.89 kg. Correct it, or say that it was checked."),
    ],
)
def test_a_weight_in_the_wrong_unit_is_asked_about_and_nothing_is_lost(
    visit, okafors, chidi, typed, words
):
    answer = visit(**{f"{chidi.ref}-weight_kg": typed})

    assert words in read(answer)
    assert "Weighed at home." in read(answer)
    assert f'value="{typed}"'.encode() in answer.content
    assert okafors.contacts.count() == 0


def test_what_was_checked_is_recorded_as_it_stands(visit, chidi):
    answer = visit(**{f"{chidi.ref}-weight_kg": "19.6"})
    assert "I have checked the unlikely measurements" in read(answer)

    visit(**{f"{chidi.ref}-weight_kg": "19.6", "checked": "on"})

    assert chidi.observations.get().value == "19.6"


def test_an_early_baby_is_not_asked_about(okafors, chidi, grace, weigh, time_machine):
    time_machine.move_to(datetime(2026, 2, 10, 12, tzinfo=ZoneInfo("Europe/London")))
    weigh("gestation_weeks", "24", "2026-01-20")

    weigh("weight_kg", "0.8", "2026-02-09")

    assert chidi.observations.filter(code="weight_kg").exists()


def test_the_api_asks_too(client_of, grace, okafors, chidi):
    body = {"family": okafors.ref, "person": chidi.ref, "code": "height_cm", "value": "28"}

    def send(**more):
        return client_of(grace).post(
            "/api/v1/observations/", body | more, "application/json", headers={
                "Idempotency-Key": f"5f0c9a52-2b4c-4a0d-9f0d-1c2d3e4f5a6{len(more)}",
            },
        )  # fmt: skip

    refused = send()
    assert refused.status_code == 400
    assert "If it was in inches, it is 71.12 cm" in refused.content.decode()
    assert send(checked=True).status_code == 201
