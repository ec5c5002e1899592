"""A child born early is compared by the age since the day it was due, at every age: as the RCPCH
decided for UK-WHO charts, and as its library computes them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.inputs import ObservationInput
from families.models import Person
from families.observations.actions import record_observation
from families.observations.growth.chart import chart, in_centiles
from families.observations.growth.plausibility import plausibility_warnings
from families.observations.growth.series import growth_at
from tests.casework.reading import read

BORN = date(2024, 1, 10)
SECOND_BIRTHDAY = date(2026, 1, 10)


def measured(weeks, code, value, on, sex="male"):
    child = Person(sex=sex, birth_date=BORN)
    rows = [("gestation_weeks", BORN, float(weeks)), (code, on, value)]
    return growth_at(child, rows)


def test_a_boy_of_28_weeks_does_not_fall_on_his_second_birthday():
    days = [SECOND_BIRTHDAY + timedelta(days=n) for n in (-1, 0, 1)]
    measures = [measured(28, "height_cm", 83.0, day).measurements[0] for day in days]

    assert [in_centiles(measure) for measure in measures] == ["21st centile"] * 2 + ["20th centile"]
    assert all(measure.corrected is not None for measure in measures)


@pytest.mark.parametrize(
    ("weeks", "sex", "code", "value"),
    [
        (24, "female", "height_cm", 82.0),
        (31, "male", "weight_kg", 11.2),
        (36, "female", "weight_kg", 12.0),
        (28, "male", "height_cm", 85.0),
    ],
)
@pytest.mark.parametrize("birthday", [1, 2, 3, 4])
def test_no_child_born_early_falls_on_any_birthday(weeks, sex, code, value, birthday):
    """From one day to the next a centile moves by the growth of one day, never by weeks of it."""
    on = BORN.replace(year=BORN.year + birthday)
    before, after = (
        measured(weeks, code, value, day, sex).measurements[0] for day in (on - timedelta(1), on)
    )

    assert before.deviates - after.deviates == pytest.approx(0, abs=0.05)


@pytest.mark.parametrize("weeks", [24, 28, 32, 36])
@pytest.mark.parametrize("days", [40, 500, 731, 760, 820, 1100, 1500])
def test_the_library_of_the_college_says_the_same(weeks, days):
    from rcpchgrowth import Measurement

    on = BORN + timedelta(days=days)
    ours = measured(weeks, "weight_kg", 11.0, on).measurements[0]
    theirs = Measurement(
        sex="male",
        birth_date=BORN,
        observation_date=on,
        measurement_method="weight",
        observation_value=11.0,
        reference="uk-who",
        gestation_weeks=weeks,
        gestation_days=0,
    ).measurement

    dates = theirs["measurement_dates"]
    assert ours.corrected == pytest.approx(dates["corrected_decimal_age"])
    values = theirs["measurement_calculated_values"]
    assert ours.deviates == pytest.approx(values["corrected_sds"], abs=1e-6)


def test_a_child_born_at_term_is_compared_by_the_age_since_birth():
    measurement = measured(37, "height_cm", 83.0, SECOND_BIRTHDAY).measurements[0]

    assert measurement.corrected is None
    assert in_centiles(measurement) == "9th centile"


def test_the_bmi_and_the_change_to_standing_go_by_the_same_age():
    """At two years since birth a child of 28 weeks is 21 months by the age it is compared at."""
    child = Person(sex="male", birth_date=BORN)
    rows = [("gestation_weeks", BORN, 28.0)]
    for on in (SECOND_BIRTHDAY, SECOND_BIRTHDAY + timedelta(days=90)):
        rows += [("weight_kg", on, 11.0), ("height_cm", on, 84.0)]

    growth = growth_at(child, rows)

    [bmi] = growth.of("bmi")
    assert bmi.on == SECOND_BIRTHDAY + timedelta(days=90)
    assert bmi.corrected >= 2
    assert all(point["x"] >= 48 for point in chart(growth, "bmi")["points"])


def test_what_is_asked_about_goes_by_the_corrected_age_too(db):
    """Far from children of two and a half, and not from those as old since they were due."""
    child = Person.objects.create(ref="P-1", sex="male", birth_date=BORN)
    on = BORN + timedelta(days=915)
    warnings = [
        plausibility_warnings(
            [
                ObservationInput(child, "gestation_weeks", weeks),
                ObservationInput(child, "weight_kg", "6.5"),
            ],
            on,
        )
        for weeks in ("40", "23")
    ]

    assert [len(of_one) for of_one in warnings] == [1, 0]


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(datetime(2026, 11, 10, 12, tzinfo=ZoneInfo("Europe/London")), tick=False)


def test_page_table_and_chart_say_the_same(noon, client_of, grace, okafors, chidi):
    chidi.birth_date, chidi.sex = date(2024, 6, 1), "male"
    chidi.save()
    for code, value, on in (
        ("gestation_weeks", "28", date(2024, 6, 1)),
        ("height_cm", "83", date(2026, 6, 1)),
    ):
        finding = ObservationInput(chidi, code, value, on)
        record_observation(family=okafors, finding=finding, by=grace)

    answer = client_of(grace).get(f"/families/{okafors.ref}/growth/{chidi.ref}/")
    text = read(answer)

    assert "at every age, this child is compared by the age since the day it was due" in text
    assert "1 June 2026 Length and height 2 years 0 months 21 months 83 cm 21st centile" in text
    assert b"1 June 2026: 83 cm, 21st centile" in answer.content
    assert b"9th centile" not in answer.content
