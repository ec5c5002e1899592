"""Looking a day's openings through. What it finds is a question for a manager, never a verdict."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from families.name_normalisation import normalise_name
from leap.core.audit.log import record
from leap.core.audit.models import Event

LOOKED_THROUGH, OPENED = "openings.looked_through", "family.opened"
LONGEST_BACK = timedelta(days=31)  # where nobody has looked yet
A_DAY = timedelta(days=1)


def look_through_missed() -> int:
    """Look through every day of London that is over and has not been; how many were asked about."""
    today = timezone.localdate()
    last = Event.objects.filter(kind=LOOKED_THROUGH).order_by("-at", "-pk").first()
    day = date.fromisoformat(str(last.details["day"])) + A_DAY if last else today - LONGEST_BACK
    alerts = 0
    while day < today:
        alerts += look_through(day)
        day += A_DAY
    return alerts


@transaction.atomic
def look_through(day: date) -> int:
    """Ask about the odd openings of one day, each once; how many had not been asked about."""
    named: dict[str, Any] = {
        "day": day,
        "opened": OPENED,
        "begins": timezone.make_aware(datetime.combine(day, time())),
        "ends": timezone.make_aware(datetime.combine(day + A_DAY, time())),
    }
    with connection.cursor() as cursor:
        # Of those who opened a record that day and of those on it: each with itself plainly. The
        # database's own letters depend on its locale; `normalise_name` reads every script.
        cursor.execute(NAMES, named)
        named["names"] = json.dumps({name: normalise_name(name) for (name,) in cursor.fetchall()})
        cursor.execute(ASK, named)
        alerts = int(cursor.rowcount)
    record(LOOKED_THROUGH, by=None, day=str(day), asked=alerts)
    return alerts


def _plainly(column: str) -> str:
    return f"(%(names)s::jsonb ->> {column})"


NAMES = """
    WITH opened AS (
        SELECT e.by_ref, f.id AS family_id
          FROM audit_event e JOIN families_family f ON f.ref = e.family_ref
         WHERE e.kind = %(opened)s AND e.at >= %(begins)s AND e.at < %(ends)s)
    SELECT u.name FROM accounts_user u WHERE u.ref::text IN (SELECT by_ref FROM opened)
     UNION
    SELECT p.family_name
      FROM families_person p JOIN families_member m ON m.person_id = p.id
     WHERE m.family_id IN (SELECT family_id FROM opened)"""


ASK = f"""
INSERT INTO families_accessalert (family_id, practitioner_id, "on", why, review_note)
WITH opened AS (
    SELECT e.at, f.id AS family_id, f.lead_practitioner_id, u.id AS user_id, u.name,
           replace(upper(u.home_postcode), ' ', '') AS home_postcode
      FROM audit_event e
      JOIN accounts_user u ON u.ref::text = e.by_ref
      JOIN families_family f ON f.ref = e.family_ref
     WHERE e.kind = %(opened)s AND e.at >= %(begins)s AND e.at < %(ends)s
), teams AS (
    SELECT m.user_id, m.team_id
      FROM accounts_membership m
     WHERE m.started_on <= %(day)s AND (m.ended_on IS NULL OR m.ended_on > %(day)s)
), in_family AS (
    SELECT m.family_id, p.id AS person_id, {_plainly("p.family_name")} AS surname
      FROM families_member m
      JOIN families_person p ON p.id = m.person_id
     WHERE m.family_id IN (SELECT family_id FROM opened)
       AND (m.left_on IS NULL OR m.left_on > %(day)s)
), homes AS (
    SELECT DISTINCT i.family_id, replace(pc.postcode, ' ', '') AS postcode
      FROM in_family i
      JOIN families_residence r ON r.person_id = i.person_id
      JOIN reference_data_postcode pc ON pc.id = r.postcode_id
     WHERE coalesce(r.moved_in_on, '-infinity') = (
           SELECT max(coalesce(latest.moved_in_on, '-infinity'))
             FROM families_residence latest
            WHERE latest.person_id = i.person_id
              AND (latest.moved_in_on IS NULL OR latest.moved_in_on <= %(day)s))
)
SELECT family_id, user_id, %(day)s, why, ''
  FROM (
    SELECT o.family_id, o.user_id, 'no_link' AS why
      FROM opened o
     WHERE o.lead_practitioner_id IS DISTINCT FROM o.user_id
       AND NOT EXISTS (
           SELECT FROM families_involvement spell
            WHERE spell.family_id = o.family_id AND spell.started_at <= o.at
              AND leap_is_live(spell.ended_at, o.at)
              AND (spell.practitioner_id = o.user_id OR spell.team_id IN (
                   SELECT t.team_id FROM teams t WHERE t.user_id = o.user_id)))
       AND NOT EXISTS (
           SELECT FROM referrals_referral r
             JOIN teams t ON t.user_id = o.user_id AND t.team_id IN (r.from_team_id, r.to_team_id)
            WHERE r.family_id = o.family_id AND r.made_at <= o.at
              AND coalesce(r.closed_at, r.declined_at, r.ended_at, 'infinity') > o.at)
       AND NOT EXISTS (
           SELECT FROM leap_sites_booking b
             LEFT JOIN leap_sites_attendance a ON a.booking_id = b.id
            WHERE b.family_id = o.family_id AND b.made_at <= o.at
              AND coalesce(b.cancelled_at, 'infinity') > o.at
              AND o.user_id IN (b.made_by_id, a.marked_by_id))
    UNION
    SELECT o.family_id, o.user_id, 'same_surname'
      FROM opened o
      JOIN in_family i ON i.family_id = o.family_id
     WHERE i.surname <> '' AND ' ' || {_plainly("o.name")} LIKE '%% ' || i.surname
    UNION
    SELECT o.family_id, o.user_id, 'same_postcode'
      FROM opened o
      JOIN homes h ON h.family_id = o.family_id AND h.postcode = o.home_postcode
  ) odd
ON CONFLICT DO NOTHING
"""
