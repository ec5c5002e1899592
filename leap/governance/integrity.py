"""What must be true of the data at any moment, and how to find where it is not.

Each promise is one statement that finds what breaks it, by public reference: no names, so that the
answer can be sent to anybody. Constraints and triggers hold most of them; this looks past those.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from leap.core.audit import verify
from outcomes.models import Night
from referrals.models import COMES_BACK, HELD_BY_RECEIVER, HELD_BY_SENDER, UNFINISHED, Status
from sites.models import Attendance

LISTED = 10
CHAINS = 10_000  # the most chains of the log that are told apart


@dataclass(frozen=True)
class BrokenPromise:
    """How often a promise is broken, and the first places by name."""

    count: int
    first: list[str]


@dataclass(frozen=True)
class Promise:
    """Something of which there must be none. `cure` says what to do where there is."""

    none_of: str
    cure: str
    look: Callable[[], BrokenPromise]


def _sql(statement: str, **values: Any) -> Callable[[], BrokenPromise]:
    """Look by one statement, which selects what is wrong as text."""

    def look() -> BrokenPromise:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT wrong, count(*) OVER () FROM ({statement}) AS found (wrong)"
                f" ORDER BY wrong LIMIT {LISTED}",
                values,
            )
            rows = cursor.fetchall()
        return BrokenPromise(rows[0][1] if rows else 0, [wrong for wrong, _ in rows])

    return look


def _audit_chains() -> BrokenPromise:
    breaks = verify.find_breaks(CHAINS)
    return BrokenPromise(len(breaks), breaks[:LISTED])


# The lead team is a column, so there are never two; but it must be there, and be at work.
WITHOUT_A_LEAD = """
    SELECT family.ref
      FROM families_family AS family
     WHERE family.closed_at IS NULL
       AND NOT EXISTS (
           SELECT FROM families_involvement AS spell
            WHERE spell.family_id = family.id AND spell.team_id = family.lead_team_id
              AND leap_is_live(spell.ended_at))"""

# A team holds something while somebody in it can sign in. One that nobody has ever joined works
# elsewhere, and sends us its records: it holds what it says it does. What was sent in from outside
# has to be read here. What went outside is held by its sender, who has it again when it comes back.
HELD_BY_NOBODY = """
    WITH deserted AS (
        SELECT spell.team_id
          FROM accounts_membership AS spell
          JOIN accounts_user AS practitioner ON practitioner.id = spell.user_id
         GROUP BY spell.team_id
        HAVING NOT bool_or(practitioner.is_active
                           AND (spell.ended_on IS NULL OR spell.ended_on > current_date)))
    SELECT ref
      FROM referrals_referral
     WHERE (status = ANY(%(with_sender)s) AND from_team_id IN (SELECT team_id FROM deserted))
        OR (status = ANY(%(with_receiver)s) AND to_team_id IN (SELECT team_id FROM deserted))
        OR status <> ALL(%(statuses)s)
    UNION ALL
    SELECT ref
      FROM referrals_externalreferral
     WHERE from_team_id IN (SELECT team_id FROM deserted)
       AND (status = ANY(%(unfinished)s)
            OR (status = ANY(%(comes_back)s) AND settled_at IS NULL))
    UNION ALL
    SELECT incoming.ref
      FROM referrals_inboundreferral AS incoming
     WHERE incoming.settled_at IS NULL
       AND NOT EXISTS (
           SELECT FROM accounts_membership AS spell
             JOIN accounts_user AS practitioner ON practitioner.id = spell.user_id
            WHERE spell.team_id = incoming.to_team_id AND practitioner.is_active
              AND (spell.ended_on IS NULL OR spell.ended_on > current_date))"""

UNDELIVERED = """
    SELECT format('written %%s, tried %%s times',
                  to_char(made_at AT TIME ZONE 'Europe/London', 'YYYY-MM-DD HH24:MI'), attempts)
      FROM outbox_message
     WHERE delivered_at IS NULL AND told_at IS NULL AND made_at < now() - interval '1 hour'"""

OVERBOOKED = """
    SELECT format('%%s: %%s places, %%s held, %%s counted as taken',
                  session.ref, session.capacity, count(held.id), session.places_taken)
      FROM leap_sites_session AS session
      LEFT JOIN leap_sites_attendance AS held
        ON held.session_id = session.id AND held.status = ANY(%(holding)s)
     GROUP BY session.id
    HAVING count(held.id) > session.capacity OR count(held.id) <> session.places_taken"""

DOUBLE_BOOKED = """
    SELECT format('%%s and %%s', least(one.ref, other.ref), greatest(one.ref, other.ref))
      FROM leap_sites_session AS one
      JOIN leap_sites_session AS other
        ON other.room_id = one.room_id AND other.during && one.during AND one.id < other.id
     WHERE one.cancelled_at IS NULL AND other.cancelled_at IS NULL"""

# Whoever was merged is in no family; the one they were merged into has to be.
IN_NO_FAMILY = """
    SELECT ref
      FROM families_person AS person
     WHERE NOT EXISTS (SELECT FROM families_member WHERE person_id = person.id)
       AND NOT EXISTS (SELECT FROM merging_merge
                        WHERE gone_person_id = person.id AND undone_at IS NULL)"""

HALF_PUBLISHED = """
    SELECT format('%%s %%s: %%s', figure.indicator, figure.period,
           CASE WHEN bool_or(figure.published AND night.status <> %(done)s)
                     THEN 'shown before its night was published'
                WHEN bool_or(NOT figure.published AND night.status = %(done)s)
                     THEN 'left out when its night was published'
                WHEN count(DISTINCT figure.night_id) FILTER (WHERE figure.published) > 1
                     THEN 'published by two nights'
                ELSE 'some areas are missing' END)
      FROM outcomes_figure AS figure
      JOIN outcomes_night AS night ON night.id = figure.night_id
     GROUP BY figure.indicator, figure.period
    HAVING bool_or(figure.published <> (night.status = %(done)s))
        OR count(DISTINCT figure.night_id) FILTER (WHERE figure.published) > 1
        OR count(*) FILTER (WHERE figure.published) %% 5 <> 0"""

PROMISES = (
    Promise(
        "open families without exactly one lead team",
        "Give each a lead team that works with it.",
        _sql(WITHOUT_A_LEAD),
    ),
    Promise(
        "referrals nobody holds",
        "Add a practitioner to the team whose turn it is, or withdraw the referral.",
        _sql(
            HELD_BY_NOBODY,
            with_sender=[str(status) for status in HELD_BY_SENDER],
            with_receiver=[str(status) for status in HELD_BY_RECEIVER],
            statuses=list(Status.values),
            unfinished=[str(status) for status in UNFINISHED],
            comes_back=[str(status) for status in COMES_BACK],
        ),
    ),
    Promise(
        "outbox entries undelivered past an hour",
        "See that a worker runs and that the mail server answers; they then go by themselves.",
        _sql(UNDELIVERED),
    ),
    Promise(
        "sessions booked above capacity",
        "Offer some of the people another session, and count the places again.",
        _sql(OVERBOOKED, holding=[str(status) for status in Attendance.HOLDS_A_PLACE]),
    ),
    Promise(
        "rooms double-booked", "Move one of the two to another room or time.", _sql(DOUBLE_BOOKED)
    ),
    Promise(
        "persons merged into nothing",
        "Nobody sees these people: put each back into a family.",
        _sql(IN_NO_FAMILY),
    ),
    Promise(
        "audit chain breaks",
        "Somebody has changed the log. Keep the database as it is, and compare it with a backup.",
        _audit_chains,
    ),
    Promise(
        "figures of a half-published night",
        "Run manage.py rebuild_outcomes.",
        _sql(HALF_PUBLISHED, done=str(Night.Status.PUBLISHED)),
    ),
)
