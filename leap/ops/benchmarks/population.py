"""A plain, large population for measuring, made by the database itself in seconds.

Nobody should mistake it for Lambeth: `manage.py demo` makes that. Here only sizes, spreads and
index shapes are like the real thing: twenty contacts a child, four hundred families a team.
"""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Agency, Membership, Team, User
from leap.core.accounts.permissions import Discipline
from leap.core.reference_data.models import LEAP_WARDS, Postcode, Service, Site

FAMILIES_PER_TEAM = 400
CONTACTS_PER_CHILD = 20
POSTCODES = 500
REVIEWS = ("antenatal", "new_birth", "six_to_eight_week", "one_year", "two_year")


def fill(children: int, *, until: date) -> None:
    """Fill an empty, migrated database with `children` born over the five years before `until`."""
    families = max(children * 7 // 10, 1)
    with transaction.atomic():
        teams = lay_ground(max(families // FAMILIES_PER_TEAM, 2))
        with connection.cursor() as cursor:
            trust_foreign_keys(cursor)
            values: dict[str, int | date] = {
                "children": children,
                "families": families,
                "first_team": teams[0].pk,
                "teams": len(teams),
                "until": until,
                "contacts": CONTACTS_PER_CHILD,
                "postcodes": POSTCODES,
                "first_postcode": Postcode.objects.order_by("pk").values_list("pk", flat=True)[0],
                "view_family": view_permission(),
            }
            for statement in STATEMENTS:
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def lay_ground(teams: int) -> list[Team]:
    """Postcodes, a site, and so many teams; bench@leap.example manages the first."""
    wards = [*LEAP_WARDS, "E05000419"]
    Postcode.objects.bulk_create(
        Postcode(
            postcode=f"SW{2 + i // 260} {i % 10}{chr(65 + i // 10 % 26)}A",
            ward_2011=wards[i % 5],
            imd_decile=1 + i % 10,
        )
        for i in range(POSTCODES)
    )
    site = Site.objects.create(code="bench", name="Bench centre")
    Service.objects.create(
        code="bench", name="Bench drop-in", strand="cross_cutting", kind="drop_in"
    )
    site.rooms.create(name="Hall")
    agency = Agency.objects.create(code="bench", name="Bench agency")
    created = [
        accounts.create_team(
            code=f"bench-{i}",
            name=f"Bench team {i}",
            agency=agency,
            discipline=Discipline.FAMILY_SUPPORT if i == 1 else Discipline.HEALTH_VISITING,
        )
        for i in range(teams)
    ]
    user = User.objects.create_user("bench@leap.example", "bench", name="Bench practitioner")
    accounts.join_team(user=user, team=created[0], role=Membership.Role.MANAGER)
    return created


def trust_foreign_keys(cursor: CursorWrapper) -> None:
    """Spare the check of each foreign key, where the database lets us: the keys are made right."""
    cursor.execute("SELECT usesuper FROM pg_user WHERE usename = current_user")
    if cursor.fetchone()[0]:
        cursor.execute("SET LOCAL session_replication_role = replica")


def view_permission() -> int:
    """The key of the permission that a grant to a team gives."""
    family = ContentType.objects.get(app_label="families", model="family")
    return family.permission_set.get(codename="view_family").pk


# References keep to the letters people can read aloud: no 0 and no 1.
# Persons 1..children are children, the next `families` their mothers, the next their fathers.
STATEMENTS = (
    """
    INSERT INTO families_family (id, ref, name, lead_team_id, opened_at, closed_reason, source,
                                 source_ref, last_contact_at)
    SELECT i, 'LB-B' || translate(lpad(i::text, 8, '0'), '01', 'XY'), 'Family ' || i,
           %(first_team)s + i %% %(teams)s, now(), '', '', '',
           now() - (i %% 400) * interval '1 day' - (i %% 997) * interval '1 minute'
      FROM generate_series(1, %(families)s) AS i
    """,
    """
    INSERT INTO families_person (id, ref, given_name, family_name, birth_date, sex, nhs_number,
                                 ethnicity, language, telephone, search_name, source, source_ref)
    SELECT i, 'P-B' || translate(lpad(i::text, 8, '0'), '01', 'XY'), given, family, born, sex,
           '', 'N', 'English', '', lower(given || ' ' || family), '', ''
      FROM (
        SELECT i,
               'Child' || i %% 4999 AS given, 'Name' || i %% %(families)s AS family,
               %(until)s::date - (i * 7919::bigint %% 1826)::int AS born,
               CASE i %% 2 WHEN 0 THEN 'female' ELSE 'male' END AS sex
          FROM generate_series(1, %(children)s) AS i
        UNION ALL
        SELECT %(children)s + i, 'Mother' || i %% 4999, 'Name' || i %% %(families)s,
               %(until)s::date - 9000 - i %% 6000, 'female'
          FROM generate_series(1, %(families)s) AS i
        UNION ALL
        SELECT %(children)s + %(families)s + i, 'Father' || i %% 4999, 'Name' || i %% %(families)s,
               %(until)s::date - 9500 - i %% 6000, 'male'
          FROM generate_series(1, %(families)s) AS i
      ) AS people
    """,
    """
    INSERT INTO families_member (family_id, person_id, role)
    SELECT 1 + i %% %(families)s, i, 'child' FROM generate_series(1, %(children)s) AS i
    UNION ALL
    SELECT 1 + i %% %(families)s, %(children)s + 1 + i %% %(families)s, 'mother'
      FROM generate_series(1, %(families)s) AS i
    UNION ALL
    SELECT 1 + i %% %(families)s, %(children)s + %(families)s + 1 + i %% %(families)s, 'father'
      FROM generate_series(1, %(families)s) AS i
    """,
    """
    INSERT INTO families_residence (person_id, postcode_id, address, moved_in_on, listed)
    SELECT i, %(first_postcode)s + i %% %(postcodes)s, '', NULL, 0
      FROM generate_series(1, %(children)s + 2 * %(families)s) AS i
    """,
    """
    INSERT INTO families_involvement (family_id, team_id, reason, note, started_at)
    SELECT i, %(first_team)s + i %% %(teams)s, 'registered', '', now()
      FROM generate_series(1, %(families)s) AS i
    """,
    """
    INSERT INTO families_familygroupobjectpermission (content_object_id, group_id, permission_id)
    SELECT i, t.group_id, %(view_family)s
      FROM generate_series(1, %(families)s) AS i
      JOIN accounts_team t ON t.id = %(first_team)s + i %% %(teams)s
    """,
    # The first five contacts of each child are its reviews, near their ages; the rest are spread.
    """
    INSERT INTO families_contact (id, ref, family_id, team_id, kind, occurred_at, outcome,
                                  minutes, note, recorded_at, source, source_ref)
    SELECT (i - 1) * %(contacts)s + n,
           'C-B' || translate(lpad(((i - 1) * %(contacts)s + n)::text, 9, '0'), '01', 'XY'),
           1 + i %% %(families)s, %(first_team)s + (1 + i %% %(families)s) %% %(teams)s,
           CASE n %% 3 WHEN 0 THEN 'clinic' WHEN 1 THEN 'home_visit' ELSE 'phone' END,
           day + interval '10 hours',
           CASE WHEN (i + n) %% 9 = 0 THEN 'was_not_brought' ELSE 'attended' END,
           30, '', now(), '', ''
      FROM generate_series(1, %(children)s) AS i
     CROSS JOIN generate_series(1, %(contacts)s) AS n
     CROSS JOIN LATERAL (
        SELECT least(%(until)s::date - 1,
            %(until)s::date - (i * 7919::bigint %% 1826)::int
            + CASE n WHEN 1 THEN -60 WHEN 2 THEN 10 + i %% 12 WHEN 3 THEN 45 + i %% 20
                     WHEN 4 THEN 350 + i %% 90 WHEN 5 THEN 760 + i %% 180
                     ELSE (i * 31 + n * 97) %% 1400 END) AS day
     ) AS d
    """,
    """
    INSERT INTO families_contactperson (contact_id, person_id, concerned, present, listed, review)
    SELECT (i - 1) * %(contacts)s + n, i, true, (i + n) %% 9 <> 0, 0,
           CASE n WHEN 1 THEN 'antenatal' WHEN 2 THEN 'new_birth' WHEN 3 THEN 'six_to_eight_week'
                  WHEN 4 THEN 'one_year' WHEN 5 THEN 'two_year' ELSE '' END
      FROM generate_series(1, %(children)s) AS i CROSS JOIN generate_series(1, %(contacts)s) AS n
    UNION ALL
    SELECT (i - 1) * %(contacts)s + n,
           %(children)s + CASE WHEN n %% 5 = 0 THEN %(families)s ELSE 0 END + 1 + i %% %(families)s,
           n <= 2, (i + n) %% 9 <> 0, 1, ''
      FROM generate_series(1, %(children)s) AS i CROSS JOIN generate_series(1, %(contacts)s) AS n
     WHERE n <= 2 OR (i + n) %% 9 <> 0
    """,
    """
    INSERT INTO families_observation (ref, person_id, code, recorded_on, value, number, recorded_at,
                                      source)
    SELECT 'O-B' || translate(lpad((row_number() OVER ())::text, 9, '0'), '01', 'XY'), person_id,
           code, recorded_on, value,
           CASE WHEN value ~ '^[0-9.]+$' THEN value::numeric END, now(), ''
      FROM (
        SELECT p.id AS person_id, c.code, p.birth_date + c.after AS recorded_on,
               c.worth[1 + p.id %% array_length(c.worth, 1)] AS value
          FROM families_person p
         CROSS JOIN (VALUES
            ('first_feed', 0, ARRAY['breast_milk', 'breast_milk', 'other']),
            ('feeding_6_8_weeks', 45, ARRAY['exclusive', 'partial', 'none']),
            ('gestation_weeks', 0, ARRAY['40', '39', '36']),
            ('birth_weight_g', 0, ARRAY['3300', '2400', '3000']),
            ('asq3_communication', 850, ARRAY['above', 'above', 'below']),
            ('asq3_gross_motor', 850, ARRAY['above']), ('asq3_fine_motor', 850, ARRAY['above']),
            ('asq3_problem_solving', 850, ARRAY['above', 'monitoring']),
            ('asq3_personal_social', 850, ARRAY['above']),
            ('height_cm', 1600, ARRAY['104', '106', '101']),
            ('weight_kg', 1600, ARRAY['17', '21', '16'])
         ) AS c (code, after, worth)
         WHERE p.id <= %(children)s AND p.birth_date + c.after < %(until)s
        UNION ALL
        SELECT %(children)s + 1 + i %% %(families)s, c.code, p.birth_date + c.after,
               c.worth[1 + i %% array_length(c.worth, 1)]
          FROM generate_series(1, %(children)s) AS i
          JOIN families_person p ON p.id = i
         CROSS JOIN (VALUES
            ('smoking_at_delivery', 0, ARRAY['no', 'no', 'yes']),
            ('booking_bmi', -200, ARRAY['24', '31', '27']),
            ('epds_total', 40, ARRAY['4', '11']),
            ('domestic_abuse_enquiry', 10, ARRAY['asked', 'not_asked_not_alone'])
         ) AS c (code, after, worth)
         WHERE p.birth_date + c.after < %(until)s
      ) AS found
    """,
    """
    INSERT INTO referrals_referral (ref, family_id, pathway_id, from_team_id, to_team_id, status,
        reason, made_at, sent_at, acknowledge_by, first_contact_by, acknowledged_at,
        decline_reason, alternative, outcome, source, source_ref)
    SELECT 'R-B' || translate(lpad(i::text, 8, '0'), '01', 'XY'), i, p.id,
           %(first_team)s + i %% %(teams)s, t.id,
           CASE WHEN i %% 10 = 0 THEN 'acknowledged' ELSE 'sent' END, 'Asked for.', now(),
           now() - i %% 300 * interval '1 day', (now() - i %% 300 * interval '1 day')::date + 1,
           (now() - i %% 300 * interval '1 day')::date + 10, NULL, '', '', '', '', ''
      FROM generate_series(1, %(families)s, 20) AS i
     CROSS JOIN (SELECT min(id) AS id FROM referrals_pathway) AS p
      JOIN accounts_team t ON t.id = %(first_team)s + (i + 1 + i / 20 %% 3) %% %(teams)s
     WHERE t.id <> %(first_team)s + i %% %(teams)s
    """,
    # What was given a key by hand above must not be given out again.
    """
    SELECT setval(pg_get_serial_sequence(name, 'id'), top)
      FROM (SELECT 'families_family' AS name, max(id) AS top FROM families_family
            UNION ALL SELECT 'families_person', max(id) FROM families_person
            UNION ALL SELECT 'families_contact', max(id) FROM families_contact) AS tops
    """,
)
