"""Our arithmetic gives the figures that official statistics publish."""

import json
from pathlib import Path

import pytest

from outcomes import statistics
from outcomes.statistics import Estimate

PUBLISHED = json.loads((Path(__file__).parent / "reference_values.json").read_text())
TO_1E9 = {"rel": 1e-9, "abs": 1e-12}


def rows(name, key="rows"):
    return [pytest.param(*row, id=f"{name}-{row[0]}-{row[1]}") for row in PUBLISHED[name][key]]


def places(number):
    """How far off a published figure may be for having been rounded: half of its last place."""
    decimals = len(str(number).partition(".")[2])
    return 0.5000001 * 10**-decimals


@pytest.mark.parametrize(
    ("x", "n", "value", "lo", "up", "lo998", "up998"), rows("wilson_proportion")
)
def test_wilson(x, n, value, lo, up, lo998, up998):
    estimate = statistics.wilson(x, n)
    wide = statistics.wilson(x, n, 0.998)

    assert (estimate.value, estimate.lower, estimate.upper) == pytest.approx(
        (value, lo, up), **TO_1E9
    )
    assert (wide.lower, wide.upper) == pytest.approx((lo998, up998), **TO_1E9)


@pytest.mark.parametrize(
    ("year", "area", "x", "n", "value", "lo", "up"), rows("published_small_n_wilson_hepB_24m")
)
def test_wilson_as_published_for_few(year, area, x, n, value, lo, up):
    estimate = statistics.wilson(x, n)

    assert estimate.value * 100 == pytest.approx(value, abs=max(places(value), 0.05))
    assert estimate.lower * 100 == pytest.approx(lo, abs=places(lo))
    assert estimate.upper * 100 == pytest.approx(up, abs=places(up))


SMOKING = PUBLISHED["published_satod_england"]


@pytest.mark.parametrize(
    ("label", "x", "n", "value", "lo", "up"),
    [*SMOKING["rows"], *SMOKING["by_IMD_decile_of_county_UA_2023"], *SMOKING["small_area_2023"]],
)
def test_wilson_as_published_for_smoking_at_delivery(label, x, n, value, lo, up):
    estimate = statistics.wilson(x, n)

    # One district's 44 of 468 stands there as 9.5, between the limits of 9.4.
    assert estimate.value * 100 == pytest.approx(value, abs=0.1 if x == 44 else places(value))
    assert estimate.lower * 100 == pytest.approx(lo, abs=max(places(lo), 0.005))
    assert estimate.upper * 100 == pytest.approx(up, abs=max(places(up), 0.005))


@pytest.mark.parametrize(("area", "x", "n", "value", "lo", "up"), rows("family_clustered_wilson"))
def test_siblings_are_counted_as_half(area, x, n, value, lo, up):
    estimate = statistics.clustered_wilson(x, n)

    assert estimate.value * 100 == pytest.approx(value, abs=0.05)
    assert (estimate.lower * 100, estimate.upper * 100) == pytest.approx((lo, up), abs=0.0051)


@pytest.mark.parametrize(("x", "lower", "upper", "confidence"), rows("byar_counts"))
def test_byar(x, lower, upper, confidence):
    assert statistics.byar_interval(x, confidence) == pytest.approx((lower, upper), **TO_1E9)


@pytest.mark.parametrize(
    ("x", "n", "per", "value", "lo", "up", "lo998", "up998", "method"), rows("crude_rate")
)
def test_rates(x, n, per, value, lo, up, lo998, up998, method):
    estimate = statistics.rate(x, n, per)
    wide = statistics.rate(x, n, per, 0.998)

    assert (estimate.value, estimate.lower, estimate.upper) == pytest.approx(
        (value, lo, up), **TO_1E9
    )
    assert (wide.lower, wide.upper) == pytest.approx((lo998, up998), **TO_1E9)


def test_a_mean():
    expected = PUBLISHED["mean_t"]["expected"]
    values = PUBLISHED["mean_t"]["values"]
    estimate = statistics.mean_estimate(values)
    wide = statistics.mean_estimate(values, 0.998)

    assert (estimate.value, estimate.lower, estimate.upper) == pytest.approx(
        (expected["mean"], expected["lower95"], expected["upper95"]), **TO_1E9
    )
    assert (wide.lower, wide.upper) == pytest.approx(
        (expected["lower99_8"], expected["upper99_8"]), **TO_1E9
    )


@pytest.mark.parametrize("size", ["big", "small"])
def test_a_standardised_rate(size):
    dobson = PUBLISHED["dsr_dobson"]
    expected = dobson[f"{size}_expected_per_100000"]
    groups = [tuple(row) for row in dobson[size]]
    estimate = statistics.standardised_rate(groups, 100_000)

    assert list(statistics.EUROPEAN_STANDARD_POPULATION) == dobson["esp2013"]
    assert (estimate.value, estimate.lower, estimate.upper) == pytest.approx(
        (expected["value"], expected["lower95"], expected["upper95"]), **TO_1E9
    )


def test_no_standardised_rate_of_fewer_than_ten():
    groups = [(9, 1000)] + [(0, 1000)] * 18

    assert statistics.standardised_rate(groups, 100_000) is None


@pytest.mark.parametrize(
    ("series", "name", "direction"),
    [
        ("diabetes_increasing", "diabetes", "increasing"),
        ("mmr1_yorkshire_decreasing_getting_worse", "mmr1", "decreasing"),
        ("eye_disease_increasing_getting_worse", "eye", "increasing"),
    ],
)
def test_a_trend(series, name, direction):
    points = PUBLISHED["trend_marker"]["series_oldest_first"][series]
    expected = PUBLISHED["trend_marker"]["recomputed"][name]
    trend = statistics.trend([Estimate(*point) for point in points])

    assert trend.slope == pytest.approx(expected["slope"], rel=1e-9)
    assert trend.chi_squared == pytest.approx(expected["chi2"], rel=1e-9)
    assert trend.direction == direction


def test_no_trend_of_four_points():
    assert statistics.trend([Estimate(0.5, 0.4, 0.6)] * 4) is None


def test_a_slope_that_one_point_makes_is_no_trend():
    flat = [Estimate(v, v - 0.01, v + 0.01) for v in (0.5, 0.5, 0.5, 0.5, 0.7)]

    assert statistics.trend(flat).direction == "no significant change"


def test_what_is_missing_stays_missing():
    assert statistics.wilson(None, 5) is None
    assert statistics.wilson(5, None) is None
    assert statistics.rate(None, 5, 100) is None


@pytest.mark.parametrize(("part", "whole"), [(6, 5), (-1, 5), (0, 0), (0, -1)])
def test_an_impossible_share_is_an_error(part, whole):
    with pytest.raises(ValueError, match="not a share"):
        statistics.wilson(part, whole)


def test_an_interval_that_touches_the_benchmark_is_similar():
    estimate = Estimate(0.5, 0.4, 0.6)

    assert [statistics.compare(estimate, b) for b in (0.39, 0.4, 0.6, 0.61)] == [
        "higher",
        "similar",
        "similar",
        "lower",
    ]
    assert statistics.judge("higher", "lower") == "worse"
    assert statistics.judge("higher", None) == "higher"
