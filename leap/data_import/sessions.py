"""Sessions with their rooms, the register of who came, and the places that were booked."""

from leap.data_import.closure import person_comes
from leap.data_import.contacts import PERSON_KEY
from leap.data_import.formats import BY_FILE
from leap.data_import.keys import SESSION as SESSION_KEY
from leap.data_import.keys import make_unlike, new_ref, resolve
from leap.data_import.matching import (
    LONDON_TIME,
    Entity,
    KnownRecord,
    RecordPair,
    fill,
    good,
    linked,
    refuse,
    refuse_different,
    refuse_unknown,
)
from leap.data_import.reference_data import SERVICE, SITE
from leap.data_import.staging import Params, bring, index, run, temporary, view
from sites.models import Attendance

SESSIONS, ATTENDANCE = BY_FILE["sessions.csv"], BY_FILE["attendance.csv"]
SESSION = Entity(
    SESSIONS,
    "sessions_here",
    "leap_sites_session",
    "d.session_ref",
    (
        linked("site", "site_id", "reference_data_site"),
        RecordPair(
            "room",
            "d.room",
            "(SELECT name FROM leap_sites_room r WHERE r.id = t.room_id)",
            "room_id",
            value="d.room_id",
        ),
        linked("service", "service_id", "reference_data_service"),
        RecordPair("starts_at", "d.starts_at", "lower(t.during)", quote=LONDON_TIME),
        RecordPair("ends_at", "d.ends_at", "upper(t.during)", quote=LONDON_TIME),
        RecordPair("capacity", "d.capacity", "t.capacity"),
    ),
)
LOADED = KnownRecord("session", "session_loaded", "ref", SESSIONS.file, SESSIONS)
_PLACES = ", ".join(f"'{status}'" for status in Attendance.HOLDS_A_PLACE)
# What may become of a booking; a file may still have it as it was.
_BECOMES = "'attended', 'did_not_attend', 'cancelled'"


def load_sessions(source: str, params: Params) -> int:
    """Check and load sessions, which stand alone; how many were new."""
    refuse_unknown(SESSIONS, "site", SITE)
    refuse_unknown(SESSIONS, "service", SERVICE)
    resolve(SESSION_KEY, source)
    view(
        "sessions_here",
        """SELECT d.*, k.id, k.is_new, k.public_ref, p.id AS site_id, r.id AS room_id,
                  s.id AS service_id, tstzrange(d.starts_at, d.ends_at) AS during
             FROM in_sessions d
             LEFT JOIN session_key k ON k.ref = d.session_ref
             LEFT JOIN reference_data_site p ON p.code = d.site
             LEFT JOIN leap_sites_room r ON r.site_id = p.id AND r.name = d.room
             LEFT JOIN reference_data_service s ON s.code = d.service""",
    )
    refuse_different(SESSION)
    refuse(TAKEN_IN_LEAP)
    refuse(TAKEN_HERE)
    run(NEW_ROOMS)
    fill(SESSION, good(SESSIONS))
    return bring("leap_sites_session", NEW_SESSIONS, params)


# Rows that are to take a room: new ones, and those whose room is filled in.
_TAKING = f"""
    sessions_here d
      LEFT JOIN leap_sites_session own ON own.id = d.id
     WHERE d.room IS NOT NULL AND d.starts_at < d.ends_at AND own.room_id IS NULL
       AND {good(SESSIONS)}"""

TAKEN_IN_LEAP = f"""
    SELECT '{SESSIONS.file}', d.line, 'room',
           concat(d.room, ' at ', d.site, ' is taken then by session ',
                  coalesce(nullif(t.source_ref, ''), t.ref), ' in LEAP.')
      FROM (SELECT d.* FROM {_TAKING}) AS d
      JOIN leap_sites_session t
        ON int8range(t.room_id, t.room_id, '[]') && int8range(d.room_id, d.room_id, '[]')
       AND t.during && d.during AND t.cancelled_at IS NULL AND t.room_id IS NOT NULL
       AND t.id <> d.id
     WHERE d.room_id IS NOT NULL"""

# Of two that overlap, the one that starts later is refused: what remains fits one after the other.
TAKEN_HERE = f"""
    WITH taking AS (
        SELECT d.*, max(d.ends_at) OVER (
                   PARTITION BY d.site, d.room ORDER BY d.starts_at, d.line
                   ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS busy_until
          FROM {_TAKING})
    SELECT '{SESSIONS.file}', d.line, 'room',
           concat(d.room, ' at ', d.site, ' is taken then by session ', other.session_ref,
                  ', on line ', other.line, '.')
      FROM taking d
     CROSS JOIN LATERAL (
        SELECT o.session_ref, o.line FROM in_sessions o
         WHERE o.site = d.site AND o.room = d.room AND o.line <> d.line
           AND o.starts_at < d.ends_at AND o.ends_at > d.starts_at
         ORDER BY o.line LIMIT 1) AS other
     WHERE d.starts_at < d.busy_until"""

NEW_ROOMS = f"""
    INSERT INTO leap_sites_room (site_id, name)
    SELECT DISTINCT d.site_id, d.room FROM sessions_here d
     WHERE d.room IS NOT NULL AND {good(SESSIONS)}
    ON CONFLICT DO NOTHING"""

NEW_SESSIONS = f"""
    INSERT INTO leap_sites_session (id, ref, site_id, room_id, service_id, during, capacity,
                                    places_taken, cancelled_why, source, source_ref)
    SELECT id, public_ref, site_id, room_id, service_id, during, capacity, 0, '', %(source)s,
           session_ref
      FROM sessions_here d WHERE is_new AND {good(SESSIONS)} ORDER BY line"""


def lay_out() -> None:
    """The register's rows, beside the sessions and people they are about."""
    view(
        "session_loaded",
        """SELECT k.ref, t.id, t.during, t.capacity, t.places_taken
             FROM session_key k JOIN leap_sites_session t USING (id)""",
    )
    view(
        "attendance_here",
        """SELECT d.*, s.id AS session_id, k.id AS person_id, t.id, t.status AS status_there
             FROM in_attendance d
             LEFT JOIN session_key s ON s.ref = d.session_ref
             LEFT JOIN person_key k ON k.ref = d.person_ref
             LEFT JOIN leap_sites_attendance t ON t.session_id = s.id AND t.person_id = k.id""",
    )


def check() -> None:
    """Refuse rows of the register that name what is unknown, cannot be, or contradict LEAP."""
    refuse_unknown(ATTENDANCE, "session_ref", LOADED)
    refuse_unknown(ATTENDANCE, "person_ref", PERSON_KEY)
    refuse(STATUS_CONTRADICTS)
    refuse(TWICE_ONE)
    refuse(TOO_EARLY)
    refuse(FULL)


STATUS_CONTRADICTS = f"""
    SELECT '{ATTENDANCE.file}', d.line, 'status',
           concat(d.person_ref, ' is “', d.status_there, '” at ', d.session_ref, ' in LEAP and “',
                  d.status, '” here. Correct the file, or the record in LEAP.')
      FROM attendance_here d
     WHERE d.status <> d.status_there
       AND NOT (d.status_there = 'booked' AND d.status IN ({_BECOMES}))
       AND NOT (d.status = 'booked' AND d.status_there IN ({_BECOMES}))"""

# Two references that were merged are one person, who takes one place.
TWICE_ONE = f"""
    SELECT '{ATTENDANCE.file}', d.line, 'person_ref',
           concat(d.person_ref, ' and ', o.person_ref, ' on line ', o.line,
                  ' are one person in LEAP. Give them one place.')
      FROM attendance_here d
      JOIN attendance_here o ON o.session_id = d.session_id AND o.person_id = d.person_id
     WHERE o.line < d.line AND d.person_ref <> o.person_ref AND d.id IS NULL"""

TOO_EARLY = f"""
    SELECT '{ATTENDANCE.file}', d.line, 'status',
           concat(d.session_ref, ' has not begun, so nobody can be “', d.status, '” yet.')
      FROM attendance_here d JOIN session_loaded s ON s.id = d.session_id
     WHERE lower(s.during) > now() AND d.status NOT IN ('booked', 'cancelled')"""

# Places are given in the order of the file, after those that LEAP has given and not got back.
FULL = f"""
    WITH wanted AS (
        SELECT d.*, row_number() OVER (PARTITION BY d.session_id ORDER BY d.line) AS place
          FROM attendance_here d
         WHERE d.id IS NULL AND d.status IN ({_PLACES}) AND {good(ATTENDANCE)}
    ), returned AS (
        SELECT session_id, count(*) AS places FROM attendance_here
         WHERE status_there IN ({_PLACES}) AND status = 'cancelled' GROUP BY session_id)
    SELECT '{ATTENDANCE.file}', d.line, 'session_ref',
           concat(d.session_ref, ' has ', s.capacity, ' places, and they are taken.')
      FROM wanted d JOIN session_loaded s ON s.id = d.session_id
      LEFT JOIN returned USING (session_id)
     WHERE d.place > s.capacity - s.places_taken + coalesce(returned.places, 0)"""


def load_attendance(params: Params) -> dict[str, int]:
    """Load the register; how many rows of it were new. A booking is one family's in one session."""
    temporary(
        "coming_in",
        f"""AS SELECT d.*, f.family_id, s.during FROM attendance_here d
              JOIN session_loaded s ON s.id = d.session_id
              LEFT JOIN LATERAL (SELECT family_id FROM families_member m
                                  WHERE m.person_id = d.person_id ORDER BY m.id LIMIT 1) f ON true
             WHERE d.person_id IS NOT NULL AND {person_comes("d.person_id")}
               AND {good(ATTENDANCE)} AND d.status IS DISTINCT FROM d.status_there
               AND NOT (d.status = 'booked' AND d.id IS NOT NULL)""",
    )
    temporary(
        "booking_new",
        f"""AS SELECT session_id, family_id, during,
                   bool_and(status = 'cancelled') AS is_cancelled,
                   {new_ref("BK", 8)} AS public_ref
              FROM coming_in d
             WHERE id IS NULL AND status <> 'walked_in' AND family_id IS NOT NULL AND NOT EXISTS (
                   SELECT FROM leap_sites_booking b WHERE b.cancelled_at IS NULL
                      AND b.session_id = d.session_id AND b.family_id = d.family_id)
             GROUP BY session_id, family_id, during""",
    )
    index("booking_new", "public_ref")
    make_unlike("booking_new", "leap_sites_booking", "BK", 8)
    bring("leap_sites_booking", NEW_BOOKINGS, params)
    new = bring("leap_sites_attendance", NEW_ATTENDANCE, params)
    run(MARKED, params)
    run(RETURNED, params)
    run(PLACES_TAKEN)
    return {"attendance": new}


NEW_BOOKINGS = """
    INSERT INTO leap_sites_booking (ref, session_id, family_id, made_at, cancelled_at, access_needs)
    SELECT public_ref, session_id, family_id, least(%(now)s, lower(during)),
           CASE WHEN is_cancelled THEN least(%(now)s, lower(during)) END, ''
      FROM booking_new"""

_MARKED_AT = "CASE WHEN d.status IN ('attended', 'did_not_attend', 'walked_in') THEN {} END"

NEW_ATTENDANCE = f"""
    INSERT INTO leap_sites_attendance (session_id, person_id, booking_id, status, marked_at)
    SELECT d.session_id, d.person_id, b.id, d.status,
           {_MARKED_AT.format("least(%(now)s, upper(d.during))")}
      FROM coming_in d
      LEFT JOIN LATERAL (
        SELECT b.id FROM leap_sites_booking b
         WHERE b.session_id = d.session_id AND b.family_id = d.family_id AND d.status <> 'walked_in'
         ORDER BY b.cancelled_at NULLS FIRST, b.id DESC LIMIT 1) AS b ON true
     WHERE d.id IS NULL ORDER BY d.line"""

MARKED = f"""
    WITH done AS (
        UPDATE leap_sites_attendance t
           SET status = d.status, marked_at = {_MARKED_AT.format("%(now)s")}
          FROM coming_in d WHERE t.id = d.id
        RETURNING t.id)
    INSERT INTO filled (name, id) SELECT '{ATTENDANCE.name}', id FROM done"""

# A booking of which nobody is left is cancelled.
RETURNED = """
    UPDATE leap_sites_booking b SET cancelled_at = %(now)s
     WHERE b.cancelled_at IS NULL AND b.id IN (
            SELECT t.booking_id FROM coming_in d JOIN leap_sites_attendance t ON t.id = d.id
             WHERE d.status = 'cancelled')
       AND NOT EXISTS (SELECT FROM leap_sites_attendance t
                        WHERE t.booking_id = b.id AND t.status <> 'cancelled')"""

PLACES_TAKEN = f"""
    UPDATE leap_sites_session s SET places_taken = taken.places
      FROM (SELECT session_id, count(*) FILTER (WHERE status IN ({_PLACES})) AS places
              FROM leap_sites_attendance
             WHERE session_id IN (SELECT session_id FROM coming_in) GROUP BY session_id) AS taken
     WHERE s.id = taken.session_id AND s.places_taken <> taken.places"""
