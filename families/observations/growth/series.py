"""What was measured of a child, and where it lies on the reference.

A child born before 37 weeks is compared with others by the age since the day it was due, at every
age, as the Royal College of Paediatrics and Child Health decided for charts that a computer draws
and as its library does: were the correction ever to end, the child would fall by several centiles
that day without having grown any less. The age since birth stands beside it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from families.models import Observation, Person
from families.observations.codes import codes_of_group
from families.observations.declaration import Group
from families.observations.growth.reference import (
    DAYS_IN_A_YEAR,
    TERM,
    TWO_YEARS,
    Method,
    centile,
    lms,
)
from leap.core.accounts.models import User

EARLY = 37  # weeks; born before them is early
CODES = codes_of_group(Group.GROWTH)
CHARTED: dict[str, Method] = {"weight_kg": "weight", "height_cm": "height"}
UNITS: dict[Method, str] = {"weight": "kg", "height": "cm", "bmi": "kg/m²"}


@dataclass(frozen=True)
class Measurement:
    """One value of one day. Ages are in years; `corrected` is None where no correction counts."""

    method: Method
    on: date
    value: float
    age: float
    corrected: float | None
    deviates: float | None  # None where the reference says nothing

    @property
    def placed(self) -> float:
        """The age by which it is compared."""
        return self.age if self.corrected is None else self.corrected

    @property
    def centile(self) -> float | None:
        return None if self.deviates is None else centile(self.deviates)


@dataclass(frozen=True)
class Growth:
    """Everything measured of one child that the reader may see, the earliest first."""

    person: Person
    gestation: int | None
    measurements: list[Measurement]

    @property
    def early(self) -> bool:
        return days_early(self.gestation) > 0

    def of(self, method: Method) -> list[Measurement]:
        return [measurement for measurement in self.measurements if measurement.method == method]


def growth_of_child(person: Person, *, by: User) -> Growth:
    """What `by` may see, in one statement. Of two on one day the later row counts."""
    observations = Observation.objects.visible_to(by).filter(person=person, code__in=CODES)
    rows = observations.order_by("recorded_on", "pk").values_list("code", "recorded_on", "number")
    return growth_at(person, [(code, on, float(number)) for code, on, number in rows if number])


def growth_at(person: Person, rows: Iterable[tuple[str, date, float]]) -> Growth:
    """The same from (code, day, number), earliest first."""
    by_day: dict[tuple[Method, date], float] = {}
    gestation, born = None, person.birth_date
    for code, on, number in rows:
        if code == "gestation_weeks":
            gestation = int(number)
        elif code == "birth_weight_g" and born:
            by_day["weight", born] = number / 1000
        elif code in CHARTED and born and on >= born:
            by_day[CHARTED[code], on] = number
    # Of the days on which both a weight and a height were taken, from two years on: by the age at
    # which they are compared, since it decides whether a child stands or lies to be measured.
    values: list[tuple[Method, date, float]] = [
        *((*key, value) for key, value in by_day.items()),
        *[
            ("bmi", on, by_day["weight", on] / (height / 100) ** 2)
            for (method, on), height in by_day.items()
            if method == "height"
            and ("weight", on) in by_day
            and _compared_at(_age(born, on), gestation) >= TWO_YEARS
        ],
    ]
    placed = []
    for method, on, value in values:
        age = _age(born, on)
        at = lms(method, person.sex, _compared_at(age, gestation))
        deviates = at.deviates(value) if at else None
        corrected = corrected_age(age, gestation)
        placed.append(Measurement(method, on, value, age, corrected, deviates))
    return Growth(
        person,
        gestation,
        sorted(placed, key=lambda measurement: (measurement.on, measurement.method)),
    )


def _age(born: date | None, on: date) -> float:
    return (on - born).days / DAYS_IN_A_YEAR if born else 0.0


def _compared_at(age: float, gestation: int | None) -> float:
    corrected = corrected_age(age, gestation)
    return age if corrected is None else corrected


def days_early(gestation: int | None) -> int:
    """By how many days a child was born before it was due; none from 37 completed weeks on."""
    return 0 if gestation is None or gestation >= EARLY else TERM - gestation * 7


def corrected_age(age: float, gestation: int | None) -> float | None:
    """The age since the day a child born early was due; None for a child born at term."""
    early = days_early(gestation)
    return age - early / DAYS_IN_A_YEAR if early else None
