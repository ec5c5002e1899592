"""A report stands for ever: what it told cannot be hidden again, so something else is."""

from outcomes.models import Figure
from tests.reports.conftest import area

FEEDS = "breastfed_first_feed"


def hidden() -> set[str]:
    cells = Figure.objects.published().filter(indicator=FEEDS, hidden=True)
    return set(cells.values_list("area_code", flat=True))


def test_a_ward_that_became_small_is_shielded_by_another_ward(published):
    published({FEEDS: ((20, 30), (25, 40), (30, 50), (3, 9))})

    assert hidden() == {area("Vassall"), area("Coldharbour")}


def test_a_ward_that_a_report_told_shields_nobody(published, issue):
    published({FEEDS: ((20, 30), (25, 40), (30, 50), (40, 60))})
    issue()
    published({FEEDS: ((20, 30), (25, 40), (30, 50), (3, 9))})

    # The other wards can be read in the report; LEAP less these would be Vassall.
    assert hidden() == {area("Vassall"), "LEAP"}


def test_a_ward_that_has_changed_since_shields_again(published, issue):
    published({FEEDS: ((20, 30), (25, 40), (30, 50), (40, 60))})
    issue()
    published({FEEDS: ((40, 55), (25, 40), (30, 50), (3, 9))})

    assert hidden() == {area("Vassall"), area("Coldharbour")}
