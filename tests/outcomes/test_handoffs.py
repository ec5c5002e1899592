"""Referrals acknowledged in time."""

from datetime import UTC, date, datetime

import pytest

from referrals.models import Pathway, Referral


@pytest.fixture
def refer(stockwell, family_support):
    pathway = Pathway.objects.create(
        code="test-pathway",
        name="Test",
        kind="referral",
        from_discipline="health_visiting",
        to_discipline="family_support",
        acknowledge_within=2,
        first_contact_within=5,
    )

    def create(family, *, due, acknowledged=None, status="sent"):
        return Referral.objects.create(
            ref=f"R-{Referral.objects.count()}",
            family=family,
            pathway=pathway,
            from_team=stockwell,
            to_team=family_support,
            status=status,
            sent_at=datetime(2016, 4, 1, tzinfo=UTC),
            acknowledge_by=due,
            first_contact_by=due,
            acknowledged_at=acknowledged,
        )

    return create


def test_acknowledged_by_the_end_of_the_last_day_in_london(lives, tally, refer):
    family = lives.child(date(2015, 1, 1)).members.get().family
    due = date(2016, 5, 5)
    refer(family, due=due, acknowledged=datetime(2016, 5, 5, 22, 30, tzinfo=UTC))
    refer(family, due=due, acknowledged=datetime(2016, 5, 5, 23, 30, tzinfo=UTC))
    refer(family, due=due)

    assert tally("referral_in_time") == (1, 3)


def test_in_the_quarter_in_which_the_acknowledgement_fell_due(lives, tally, refer):
    family = lives.child(date(2015, 1, 1)).members.get().family
    for due in (date(2016, 3, 31), date(2016, 4, 1), date(2016, 6, 30), date(2016, 7, 1)):
        refer(family, due=due)

    assert tally("referral_in_time") == (0, 2)
    assert tally("referral_in_time", as_at=date(2016, 6, 29)) == (0, 1)


def test_the_ward_is_that_of_the_youngest_an_unborn_baby_included(lives, tally, refer):
    family = lives.family()
    lives.child(date(2015, 1, 1), family, ward="Stockwell")
    lives.person("unborn", family, due_date=date(2016, 9, 1), ward="Vassall")
    refer(family, due=date(2016, 5, 5))

    assert tally("referral_in_time", area="Vassall") == (0, 1)
    assert tally("referral_in_time", area="Stockwell") == (0, 0)
