"""What services did, by strand."""

from datetime import date, datetime

import pytest

from families.models import Contact
from leap.core.reference_data.models import Service
from outcomes import periods
from outcomes.disclosure import round_count
from outcomes.models import Report
from outcomes.reports import activity
from sites.models import Attendance, Session
from tests.outcomes.conftest import LONDON

QUARTER, LATER = periods.parse("2016-Q1"), date(2016, 9, 30)


@pytest.fixture
def toothbrushing(db) -> Service:
    return Service.objects.create(
        code="toothbrushing",
        name="Supervised Toothbrushing",
        strand="diet_and_nutrition",
        kind="course",
    )


@pytest.fixture
def held(larkhall, baby_massage):
    """A session of baby massage on a day."""

    def hold_session(day: date, ref: str, **fields) -> Session:
        starts = datetime(day.year, day.month, day.day, 10, tzinfo=LONDON)
        during = (starts, starts.replace(hour=11))
        return Session.objects.create(
            ref=ref, site=larkhall, service=baby_massage, during=during, capacity=30, **fields
        )

    return hold_session


def counted() -> dict[str, tuple[int, ...]]:
    return {
        strand: (len(counts.names), counts.sessions, counts.contacts, counts.attendances)
        for strand, counts in activity.count(QUARTER, LATER).items()
    }


def test_contacts_sessions_and_attendances_are_counted_by_strand(lives, held, toothbrushing):
    child, sibling = lives.child(date(2016, 1, 1)), lives.child(date(2016, 1, 1))
    for person, status in ((child, "attended"), (sibling, "did_not_attend")):
        Attendance.objects.create(
            session=held(date(2016, 5, 5), f"SE-{person.pk}"), person=person, status=status
        )
    lives.contact(date(2016, 4, 1), child)
    Contact.objects.update(service=toothbrushing)
    lives.contact(date(2016, 4, 2), child)

    counts = counted()

    assert counts["social_and_emotional"] == (1, 2, 0, 1)
    assert counts["diet_and_nutrition"] == (1, 0, 1, 0)
    assert counts["none"] == (0, 0, 1, 0)
    assert counts["all"] == (2, 2, 2, 1)


def test_cancelled_sessions_missed_contacts_and_other_quarters_are_left_out(lives, held):
    held(date(2016, 5, 5), "SE-1", cancelled_at=datetime(2016, 5, 4, tzinfo=LONDON))
    held(date(2016, 7, 1), "SE-2")
    lives.contact(date(2016, 4, 1), lives.child(date(2016, 1, 1)), outcome="no_access")

    assert counted()["all"] == (0, 0, 0, 0)


def test_few_contacts_are_hidden_with_a_companion(lives, toothbrushing, baby_massage):
    child = lives.child(date(2016, 1, 1))
    for number in range(33):
        contact = lives.contact(date(2016, 4, 1), child)
        contact.service = (toothbrushing, baby_massage, None)[
            0 if number < 3 else 1 + (number > 14)
        ]
        contact.save()

    rows = activity.gather(QUARTER, LATER, LATER)["rows"]

    counts = {row["strand"]: row["contacts"]["count"] for row in rows}
    assert counts["diet_and_nutrition"] is None
    assert counts["social_and_emotional"] is None
    assert (counts["none"], counts["all"]) == (20, 35)  # 18 and 33


def test_services_beside_outcomes_carry_the_warning():
    assert "must not be used to rank them" in activity.WARNING


@pytest.mark.parametrize("months", [(8, 8, 1), (9, 8, 2), (20, 30, 3), (8, 8, 0)])
def test_what_reports_of_the_months_told_does_not_give_the_quarter_away(
    lives, published, issue, months
):
    """Contacts of the months add up to the quarter's: with two months told, the third follows."""
    child = lives.child(date(2016, 1, 1))
    for month, number in zip((4, 5, 6), months, strict=True):
        for _ in range(number):
            lives.contact(date(2016, month, 3), child)
    for period in ("2016-04", "2016-05", "2016-06", "2016-Q1"):
        published({"review_1_year": ((40, 50),) * 4}, period)
        issue(period)

    counts = {
        (report.period, row["strand"]): row["contacts"]["count"]
        for report in Report.objects.all()
        for row in report.content["delivered"]["rows"]
    }
    few = 0 < months[2] < 8
    assert (counts["2016-06", "all"] is None) == few
    assert (counts["2016-Q1", "all"] is None) == few
    assert counts["2016-04", "all"] == round_count(months[0])
