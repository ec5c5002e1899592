"""The mandated reviews: when each is due, and at which ages of a child it can have been done.

Form, action, import and figures read the same table, as objects here and as SQL in `TABLE`.
"""

import calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from families.models import Contact, Family, Member, Person
from leap.core.ui.formatting import short_day

PREGNANCY = timedelta(days=301)  # 43 weeks: longer than any
BETWEEN_PREGNANCIES = timedelta(days=84)  # no woman is seen in pregnancy so soon after a birth


@dataclass(frozen=True)
class Span:
    """A length of time from somebody's birth date, or from a baby's due date."""

    months: int = 0
    days: int = 0

    def after(self, start: date) -> date:
        """`start` and this much more; months clamp to the last day of a shorter one."""
        years, month = divmod(start.month - 1 + self.months, 12)
        year, month = start.year + years, month + 1
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(start.day, last)) + timedelta(days=self.days)

    def __str__(self) -> str:
        return f"{self.months} months {self.days} days"  # as PostgreSQL reads an interval


@dataclass(frozen=True)
class MandatedReview:
    """A mandated review. It is asked for from `opens` to `closes` and due by `due`; it can be of a
    child whose age is from `youngest` to `oldest`, both days included."""

    code: str
    opens: Span
    due: Span
    closes: Span
    youngest: Span
    oldest: Span
    ages: str  # the same, in words
    before_birth: bool = False

    @property
    def title(self) -> str:
        return str(Contact.Review(self.code).label)

    def window(self, person: Person) -> tuple[date, date] | None:
        """The first and last day on which this review can be of `person`; None for nobody's."""
        born = person.birth_date
        if self.before_birth:
            if born:
                return born - PREGNANCY, born - timedelta(days=1)
            due = person.due_date
            return (due - PREGNANCY, self.oldest.after(due)) if due else None
        return (self.youngest.after(born), self.oldest.after(born)) if born else None

    def fits(self, person: Person, on: date) -> bool:
        """Whether this review can be what somebody did with `person` on that day."""
        window = self.window(person)
        if window is None or (person.died_on and on > person.died_on):
            return False
        return window[0] <= on <= window[1]


REVIEWS = (
    # Asked for from 28 weeks of pregnancy, which is twelve before the due date.
    MandatedReview(
        "antenatal",
        Span(days=-84),
        Span(),
        Span(days=42),
        youngest=Span(days=-PREGNANCY.days),
        oldest=Span(days=42),
        ages="before birth",
        before_birth=True,
    ),
    MandatedReview(
        "new_birth",
        Span(),
        Span(days=14),
        Span(days=42),
        youngest=Span(),
        oldest=Span(days=56),
        ages="from birth to 8 weeks",
    ),
    MandatedReview(
        "six_to_eight_week",
        Span(days=42),
        Span(days=56),
        Span(months=6),
        youngest=Span(days=28),
        oldest=Span(months=6),
        ages="from 4 weeks to 6 months",
    ),
    MandatedReview(
        "one_year",
        Span(months=9),
        Span(months=12),
        Span(months=20),
        youngest=Span(months=8),
        oldest=Span(months=20),
        ages="from 8 to 20 months",
    ),
    MandatedReview(
        "two_year",
        Span(months=24),
        Span(months=30),
        Span(months=36),
        youngest=Span(months=20),
        oldest=Span(months=42),
        ages="from 20 to 42 months",
    ),
)
BY_CODE = {review.code: review for review in REVIEWS}

# Rows of (code, opens, due, closes, before_birth, youngest, oldest).
TABLE = ", ".join(
    f"('{review.code}', interval '{review.opens}', interval '{review.due}',"
    f" interval '{review.closes}', {review.before_birth},"
    f" interval '{review.youngest}', interval '{review.oldest}')"
    for review in REVIEWS
)
COLUMNS = "(code, opens, due, closes, before_birth, youngest, oldest)"


def fits_sql(review: str, born: str, due: str, died: str, on: str) -> str:
    """SQL: whether the review of a row named `review`, of `TABLE`, can have been of somebody with
    these dates on that day. The same as `Review.fits`."""
    return f"""(({died} IS NULL OR {on} <= {died}) AND CASE
        WHEN NOT {review}.before_birth THEN {on} BETWEEN ({born} + {review}.youngest)::date
                                                     AND ({born} + {review}.oldest)::date
        WHEN {born} IS NOT NULL THEN {on} BETWEEN {born} - {PREGNANCY.days} AND {born} - 1
        ELSE {on} BETWEEN ({due} + {review}.youngest)::date AND ({due} + {review}.oldest)::date
        END)"""


def fitting_reviews(people: Collection[Person], on: date) -> list[MandatedReview]:
    """The reviews that a contact on this day with any of these people could be."""
    return [review for review in REVIEWS if any(review.fits(person, on) for person in people)]


def whom_it_fits(code: str, people: Collection[Person], on: date, family: Family) -> list[Person]:
    """Those of `people` whose review of this kind it can have been. An antenatal contact can be
    with the mother alone."""
    review = BY_CODE[code]
    fits = [person for person in people if review.fits(person, on)]
    others = [person for person in people if person not in fits]
    return fits + _expectant(others, on, family) if review.before_birth and others else fits


def _expectant(people: Collection[Person], on: date, family: Family) -> list[Person]:
    """The mothers among them, unless the family had a baby in the weeks before."""
    born = family.members.filter(role__in=Member.CHILD_ROLES)
    lately = born.filter(person__birth_date__gt=on - BETWEEN_PREGNANCIES)
    if lately.filter(person__birth_date__lte=on).exists():
        return []
    mothers = family.members.filter(role=Member.Role.MOTHER, person__in=people)
    keys = set(mothers.values_list("person_id", flat=True))
    return [person for person in people if person.pk in keys]


def why_not(code: str, person: Person, on: date) -> str:
    """Why a review of this kind was not of `person` on that day."""
    review, name = BY_CODE[code], person.given_name or person.name or "this baby"
    if person.died_on and on > person.died_on:
        return f"{name} died on {short_day(person.died_on)}. Check the date, or choose No."
    if review.before_birth:
        # Rather a parent than a child.
        is_grown = person.birth_date and person.birth_date < on - 10 * PREGNANCY
        return (
            "The antenatal contact is with an unborn baby or the mother, before the birth, and"
            f" {name} was not {'expecting' if is_grown else 'expected'} on that day."
            " Check the date, or choose No."
        )
    if person.birth_date is None:
        return f"A {review.title} is of a child {review.ages}; {name} has no date of birth here."
    return (
        f"A {review.title} is of a child {review.ages}: {name} was born on"
        f" {short_day(person.birth_date)}. Check the date, or choose another review, or No."
    )
