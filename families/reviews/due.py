"""What is due: the mandated reviews, counted from the birth date or the due date.

One statement finds them for any set of families, however many. Screens, lists of work and reminders
ask here, so that a review is late on the same day for everybody.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case, F, When
from django.utils import timezone

from families.models import Family, Member
from families.models.families import FamilyQuerySet, lead_at_work
from families.models.people import called_without_name, person_is_open
from families.reviews.schedule import BY_CODE, COLUMNS, TABLE
from leap.core.accounts.models import User
from leap.core.rls.expressions import layer_is_open
from leap.core.rls.session import bypass_rls
from leap.core.ui.formatting import short_day

SOON = timedelta(days=7)


@dataclass(frozen=True)
class Due:
    """One review of one child: done, or when it is due."""

    on: date  # the day that asks
    family_ref: str
    family_name: str
    person_ref: str
    given_name: str
    person_name: str
    birth_date: date | None
    due_date: date | None
    review: str
    opens_on: date
    due_on: date
    closes_on: date
    done_on: date | None  # blank where the reader may not know the day, too
    is_done: bool
    practitioner: str  # who leads the family; blank when nobody does, or when not asked

    @property
    def title(self) -> str:
        return BY_CODE[self.review].title

    @property
    def who(self) -> str:
        return self.person_name or called_without_name(self.birth_date, self.due_date, None)

    @property
    def state(self) -> str:
        """done, done_late, missed, late, due_today, due_soon, due or not_due."""
        if self.is_done:
            return "done_late" if self.done_on and self.done_on > self.due_on else "done"
        if self.on >= self.closes_on:
            return "missed"
        if self.on < self.opens_on:
            return "not_due"
        return self._waiting()

    def _waiting(self) -> str:
        if self.due_on < self.on:
            return "late"
        if self.due_on == self.on:
            return "due_today"
        return "due_soon" if self.due_on - self.on <= SOON else "due"

    @property
    def words(self) -> str:
        """The state as people say it: 3 days late, due tomorrow, done 3 May 2016."""
        if self.is_done:
            return f"done {short_day(self.done_on)}" if self.done_on else "done"
        days = (self.due_on - self.on).days
        return {
            "missed": "not done in time",
            "late": f"{_count(-days)} late",
            "due_today": "due today",
            "due_soon": "due tomorrow" if days == 1 else f"due in {_count(days)}",
            "due": f"due by {short_day(self.due_on)}",
            "not_due": f"from {short_day(self.opens_on)}",
        }[self.state]


def _count(days: int) -> str:
    return f"{days} day{'' if days == 1 else 's'}"


class FamiliesWithDue:
    """The reviews that can be done now for these families and have not been, a page at a time.

    Late ones first, youngest child first; then the others by the day they are due.
    """

    def __init__(self, families: FamilyQuerySet, *, by: User, on: date | None = None) -> None:
        self.on = on or timezone.localdate()
        self._families, self._named = _embedded(families)
        self._named |= _reader(by)
        self._totals: tuple[int, int, int] | None = None

    def __getitem__(self, wanted: slice) -> list[Due]:
        start, stop = wanted.start or 0, wanted.stop
        named = {**self._named, "soon": self.on + SOON, "first": start, "most": stop - start}
        rows = _ask(WAITING, self._families, TIMELY, {**named, "on": self.on})
        if rows or not start:
            self._totals = rows[0][-3:] if rows else (0, 0, 0)
        return [Due(self.on, *row[:-3]) for row in rows]

    def count(self) -> int:
        """How many in all; asks the database only when no page has been read yet."""
        return self._counted()[0]

    @property
    def late(self) -> int:
        return self._counted()[1]

    @property
    def soon(self) -> int:
        """Due within seven days, today included."""
        return self._counted()[2]

    def _counted(self) -> tuple[int, int, int]:
        if self._totals is None:
            _ = self[0:1]
        assert self._totals is not None
        return self._totals


def reviews_due(family: Family, *, by: User, on: date | None = None) -> list[Due]:
    """Every review of every child of one family that `by` may see, in the order they come."""
    on = on or timezone.localdate()
    sql, named = statement(family, by=by, on=on)
    why = "a review done in an entry kept from the reader is done all the same"
    with bypass_rls(why), connection.cursor() as cursor:
        cursor.execute(sql, named)
        return [Due(on, *row) for row in cursor.fetchall()]


def statement(family: Family, *, by: User, on: date) -> tuple[str, dict[str, Any]]:
    """What `reviews_due` asks, for a longer statement; `due_from_rows` reads its rows as JSON."""
    families, named = _embedded(Family.objects.filter(pk=family.pk))
    sql = (
        FOUND.format(
            columns=COLUMNS,
            reviews=TABLE,
            families=families,
            timely="",
            is_open=layer_is_open("c"),
            is_open_person=person_is_open("p"),
        )
        + EVERY
    )
    return sql, {**named, **_reader(by), "on": on, "children": list(Member.CHILD_ROLES)}


def due_from_rows(rows: list[dict[str, Any]], on: date) -> list[Due]:
    """The reviews that came as JSON, in the order they came."""
    return [Due(on, *(_read(name, value) for name, value in row.items())) for row in rows]


def _read(name: str, value: Any) -> Any:
    is_day = name.endswith(("_on", "_date")) and value is not None
    return date.fromisoformat(value) if is_day else value


def _embedded(families: FamilyQuerySet) -> tuple[str, dict[str, Any]]:
    """The open ones, as a subselect whose values have names, to stand in a longer statement."""
    led_by = Case(When(lead_at_work(), then=F("lead_practitioner")))
    wanted = families.open().order_by().values_list("pk", "ref", "name", led_by)
    sql, values = wanted.query.sql_with_params()
    named = {f"family_{n}": value for n, value in enumerate(values)}
    return sql % tuple(f"%({name})s" for name in named), named


def _reader(by: User) -> dict[str, Any]:
    return {"me": by.pk, "agencies": by.agency_ids}


def _ask(wanted: str, families: str, timely: str, named: dict[str, Any]) -> list[Any]:
    sql = (
        FOUND.format(
            columns=COLUMNS,
            reviews=TABLE,
            families=families,
            timely=timely,
            is_open=layer_is_open("c"),
            is_open_person=person_is_open("p"),
        )
        + wanted
    )
    why = "a review done in an entry kept from the reader is done all the same"
    with bypass_rls(why), connection.cursor() as cursor:
        cursor.execute(sql, {**named, "children": list(Member.CHILD_ROLES)})
        rows: list[Any] = cursor.fetchall()
        return rows


# A review is done when any contact, in whichever family, was attended as that review of the child.
# The antenatal contact may have been with the mother alone: then it is the family's. One
# done in an entry that is kept from the reader is done for them, too: nobody goes to do it again.
# On which day is kept with the entry.
FOUND = """
WITH review {columns} AS (VALUES {reviews}),
-- Found once and put down, so that no plan can look for them again for each child.
wanted (id, ref, name, lead_practitioner_id) AS MATERIALIZED ({families}),
found AS (
    SELECT f.ref AS family_ref, f.name AS family_name, f.lead_practitioner_id,
           p.ref AS person_ref, p.given_name, trim(p.given_name || ' ' || p.family_name) AS name,
           p.birth_date, p.due_date, r.code, start.day,
           (start.day + r.opens)::date AS opens_on,
           (start.day + r.due)::date AS due_on,
           (start.day + r.closes)::date AS closes_on,
           CASE WHEN done.is_open THEN done.occurred_on END AS done_on,
           done.occurred_on IS NOT NULL AS is_done
      FROM wanted f
      JOIN families_member m ON m.family_id = f.id AND m.role = ANY(%(children)s)
           AND (m.left_on IS NULL OR m.left_on > %(on)s)
      JOIN families_person p ON p.id = m.person_id AND p.died_on IS NULL
           AND {is_open_person}
      JOIN review r ON r.before_birth = (p.birth_date IS NULL)
     CROSS JOIN LATERAL (SELECT coalesce(p.birth_date, p.due_date) AS day) start
      LEFT JOIN LATERAL (
            SELECT c.occurred_on, {is_open} AS is_open
              FROM families_contact c
              JOIN families_contactperson cp ON cp.contact_id = c.id AND cp.concerned
             WHERE cp.person_id = p.id AND cp.review = r.code AND c.outcome = 'attended'
             UNION ALL
            SELECT c.occurred_on, {is_open}
              FROM families_contact c
              JOIN families_contactperson cp ON cp.contact_id = c.id
              JOIN families_member mother ON mother.family_id = f.id
                   AND mother.person_id = cp.person_id AND mother.role = 'mother'
             WHERE r.before_birth AND c.family_id = f.id AND cp.review = r.code
               AND c.outcome = 'attended' AND c.occurred_on > start.day - 280
             ORDER BY occurred_on
             LIMIT 1
           ) done ON true
     WHERE start.day IS NOT NULL {timely}
)
SELECT family_ref, family_name, person_ref, given_name, found.name, birth_date, due_date, code,
       opens_on, due_on, closes_on, done_on, is_done
"""
TIMELY = "AND start.day + r.opens <= %(on)s AND start.day + r.closes > %(on)s"
WAITING = """, coalesce(u.name, ''), count(*) OVER (),
       count(*) FILTER (WHERE due_on < %(on)s) OVER (),
       count(*) FILTER (WHERE due_on BETWEEN %(on)s AND %(soon)s) OVER ()
  FROM found LEFT JOIN accounts_user u ON u.id = lead_practitioner_id
 WHERE NOT is_done
 ORDER BY due_on >= %(on)s, CASE WHEN due_on < %(on)s THEN day END DESC, due_on, person_ref
 LIMIT %(most)s OFFSET %(first)s
"""
EVERY = ", '' AS practitioner FROM found ORDER BY day DESC, person_ref, due_on"


def due_families(user: User, whose: str) -> FamilyQuerySet:
    """The open families whose reviews `user` answers for: their own, or their teams'."""
    families = Family.objects.visible_to(user).open()
    if whose == "team":
        return families.led_by(user.team_ids)
    return families.filter(lead_practitioner=user)
