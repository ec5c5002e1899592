"""Figures published by a night, and a report issued from them."""

from collections.abc import Callable, Mapping
from datetime import date

import pytest
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.reference_data.models import AREAS, LEAP, LEAP_WARDS
from outcomes import periods
from outcomes.calculation import nights
from outcomes.calculation.counting import Count
from outcomes.calculation.steps import figure
from outcomes.indicators import INDICATORS
from outcomes.models import CalculationStep, Figure, Night, Report
from outcomes.reports import actions
from tests.outcomes.conftest import Lives

Counts = tuple[int, int] | tuple[int, int, int]  # counted, out of, and of whom known
OVER = date(2016, 9, 30)
PLENTY = {"new_birth_visit_14": ((90, 100), (80, 100), (85, 100), (70, 100))}


def publish(
    wards: Mapping[str, tuple[Counts, ...]], period: str = "2016-Q1", as_at: date = OVER
) -> Night:
    """A night that found these counts: for each indicator the four wards' in order. LEAP is their
    sum."""
    night = Night.objects.create(as_at=as_at)
    period_counted = periods.parse(period)
    for code, counts in wards.items():
        complete = [(*numbers, numbers[1])[:3] for numbers in counts]
        complete.append(tuple(map(sum, zip(*complete, strict=True))))
        CalculationStep.objects.create(
            night=night, indicator=code, status=CalculationStep.Status.DONE
        )
        Figure.objects.bulk_create(
            figure(INDICATORS[code], Count(area, period_counted, *numbers), night)
            for area, numbers in zip([*LEAP_WARDS, LEAP], complete, strict=True)
        )
    nights.publish(night=night)
    return Night.objects.get(pk=night.pk)


@pytest.fixture
def published(db) -> Callable[..., Night]:
    return publish


@pytest.fixture
def issue(db, asha: User) -> Callable[..., Report]:
    """Asha issues the report of a period."""

    def issue_report(period: str = "2016-Q1") -> Report:
        return actions.issue(period=periods.parse(period), by=asha)

    return issue_report


@pytest.fixture
def report(published, issue) -> Report:
    """The report of April to June 2016, with Vassall's first feeds too few to show."""
    published(PLENTY | {"breastfed_first_feed": ((20, 30), (25, 30), (10, 20), (3, 9))})
    return issue()


@pytest.fixture
def lives(stockwell) -> Lives:
    return Lives(stockwell)


@pytest.fixture
def now() -> date:
    return timezone.localdate()


def area(name: str) -> str:
    return next(code for code, title in AREAS.items() if title == name)
