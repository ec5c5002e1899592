"""A few lives written down by hand, straight into the record, for figures worked out by hand."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from families.models import Contact, ContactPerson, Family, Member, Observation, Person, Residence
from leap.core.accounts.models import Team
from leap.core.reference_data.models import LEAP_WARDS, Postcode
from outcomes import periods
from outcomes.calculation.counting import count as counted
from outcomes.calculation.growth_cutoffs import fill_growth_cutoffs
from outcomes.indicators import INDICATORS

LONDON = ZoneInfo("Europe/London")
LATER = date(2020, 1, 1)
POSTCODES = {"Coldharbour": "SW9 8HE", "Stockwell": "SW9 9TX", "Tulse Hill": "SW2 2AA"}
POSTCODES |= {"Vassall": "SW9 6AA", "elsewhere": "SE22 8AA"}


@dataclass
class Lives:
    """Families, people, contacts and findings, each in a line."""

    team: Team
    numbers: count = field(default_factory=lambda: count(1))

    def family(self) -> Family:
        number = next(self.numbers)
        return Family.objects.create(ref=f"LB-{number}", name=f"F{number}", lead_team=self.team)

    def person(self, role, family=None, *, ward="Stockwell", **fields) -> Person:
        person = Person.objects.create(ref=f"P-{next(self.numbers)}", **fields)
        Member.objects.create(family=family or self.family(), person=person, role=role)
        if ward:
            self.home(person, ward)
        return person

    def child(self, born, family=None, **fields) -> Person:
        return self.person("child", family, birth_date=born, **fields)

    def mother(self, family=None, **fields) -> Person:
        return self.person("mother", family, sex="female", **fields)

    def home(self, person, ward, since=None, listed=0) -> None:
        code = next((c for c, name in LEAP_WARDS.items() if name == ward), "E05000617")
        postcode, _ = Postcode.objects.get_or_create(
            postcode=POSTCODES[ward], defaults={"ward_2011": code}
        )
        Residence.objects.create(person=person, postcode=postcode, moved_in_on=since, listed=listed)

    def contact(self, at, *concerned, present=(), outcome="attended", review="", family=None):
        """`at` is a day, for ten in the morning in London, or a moment."""
        if not isinstance(at, datetime):
            at = datetime.combine(at, time(10), LONDON)
        contact = Contact.objects.create(
            ref=f"C-{next(self.numbers)}",
            family=family or concerned[0].members.first().family,
            team=self.team,
            kind="home_visit",
            occurred_at=at,
            outcome=outcome,
        )
        for listed, person in enumerate(dict.fromkeys([*concerned, *present])):
            ContactPerson.objects.create(
                contact=contact,
                person=person,
                concerned=person in concerned,
                present=person in present,
                review=review if person in concerned else "",
                listed=listed,
            )
        return contact

    def observation(self, person, code, on, value, contact=None) -> Observation:
        number = value if isinstance(value, int | float) else None
        return Observation.objects.create(
            ref=f"O-{next(self.numbers)}",
            person=person,
            code=code,
            recorded_on=on,
            value=str(value),
            number=number,
            contact=contact,
        )


@pytest.fixture
def lives(stockwell) -> Lives:
    return Lives(stockwell)


@pytest.fixture
def tally(db):
    """(met, counted) of an indicator for LEAP or a ward: by default April to June 2016."""

    def counts_of(indicator, period="2016-Q1", *, area="LEAP", as_at=LATER):
        if "age_4" in indicator:
            fill_growth_cutoffs()
        period_list = [periods.parse(period)]
        wanted = next((c for c, name in LEAP_WARDS.items() if name == area), area)
        [total] = [
            row
            for row in counted([INDICATORS[indicator]], period_list, as_at)[indicator]
            if row.area_code == wanted
        ]
        return total.numerator, total.denominator

    return counts_of
