"""Persons to be searched among, with names, numbers and homes, made by the database itself.

Three to a family, four hundred families to a team; no contacts. Teams take turns, so that the
families of one practitioner lie all over the tables.
"""

from typing import Any

from django.db import connection, transaction

from leap.core.reference_data.models import Postcode
from leap.ops.benchmarks import population

GIVEN = (
    "Ada Amara Amina Ana Beatriz Bola Carmen Chidi Comfort Dele Efua Elif Emeka Fatima Grace Hana "
    "Ifeoma Imani Ines Isla Ivy Jada Jamal Kofi Kwame Leila Leo Luca Maria Maryam Mateo Mei Mila "
    "Nadia Noah Nora Nuria Olga Omar Oscar Paulo Priya Rosa Ruth Sade Samira Sofia Tariq Teresa "
    "Tomas Uma Vera Wanjiku Xavier Yara Yusuf Zainab Zara Zoe"
)
BEGINS = (
    "Ab Ade Ak Al And Bal Ben Ber Bran Cam Car Chan Cor Dan Del Dor Ed El Fal Far Fern Gal Gar Gon "
    "Hal Har Hol Ib Jan Jor Kal Kar Kim Lam Lar Lin Mar Men Mor Nam Nor Ok Ol Or Pal Par Per Quin "
    "Ram Ros San Sil Sol Tam Tor Um Val Var Wal Wil Yam Zam"
)
ENDS = (
    "afor akis alves amu ando ansah arez ari as atto bano berg bina cedo chuk dani dez dou eira "
    "elli enko eri esi field ford gado gbo han iah idis iku in inga kova lake land lovic man mede "
    "mer moto nandez ng nia nowski oku olu ong osi owa poulos rama rez ridge sari sen shi ska son "
    "stad tali tova uche unga vale vic ward well wicz wood yemi zadeh"
)
PERSONS_PER_POSTCODE = 100
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def fill(persons: int) -> None:
    """Fill an empty, migrated database with about so many persons."""
    families = persons // 3
    with transaction.atomic():
        teams = population.lay_ground(max(families // population.FAMILIES_PER_TEAM, 2))
        homes = _postcodes(max(persons // PERSONS_PER_POSTCODE, 1000))
        values: dict[str, Any] = {
            "families": families,
            "teams": len(teams),
            "first_team": teams[0].pk,
            "homes": homes,
            "view_family": population.view_permission(),
            "given": GIVEN.split(),
            "begins": BEGINS.split(),
            "ends": ENDS.split(),
            "letters": LETTERS,
        }
        with connection.cursor() as cursor:
            population.trust_foreign_keys(cursor)
            for statement in STATEMENTS:
                cursor.execute(statement, values)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _postcodes(count: int) -> list[int]:
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    made = Postcode.objects.bulk_create(
        Postcode(
            postcode=f"SE{1 + i // 4000} {i // 400 % 10}{letters[i // 20 % 20]}{letters[i % 20]}",
            ward_2011="E05000429",
            imd_decile=1 + i % 10,
        )
        for i in range(count)
    )
    return [postcode.pk for postcode in made]


# Family i has the persons 3i - 2 (a child), 3i - 1 (the mother) and 3i (the father).
STATEMENTS = (
    """
    INSERT INTO families_family (id, ref, name, lead_team_id, opened_at, closed_reason, source,
                                 source_ref, last_contact_at)
    SELECT i,
           (SELECT 'LB-' || string_agg(
                substr(%(letters)s, (1 + (i * 7919 + 40000) / (32 ^ place)::bigint %% 32)::int, 1),
                '')
              FROM generate_series(0, 4) AS place),
           (%(begins)s::text[])[1 + i %% cardinality(%(begins)s::text[])]
           || (%(ends)s::text[])[1 + i / 61 %% cardinality(%(ends)s::text[])],
           %(first_team)s + i %% %(teams)s, now(), '', 'bench', 'RIO-' || 100000 + i,
           now() - i %% 400 * interval '1 day'
      FROM generate_series(1, %(families)s::bigint) AS i
    """,
    # Put back below, at once and for all.
    "UPDATE families_family SET search_name = lower(name)",
    "DROP INDEX person_search_name",
    """
    INSERT INTO families_person (id, ref, given_name, family_name, birth_date, sex, nhs_number,
                                 ethnicity, language, telephone, search_name, source, source_ref)
    SELECT i, 'P-' || lpad(i::text, 8, '0'), given, f.name,
           current_date - (CASE place WHEN 0 THEN i * 7919 %% 1826
                                      ELSE 7300 + i * 7919 %% 9131 END)::int,
           CASE place WHEN 1 THEN 'female' WHEN 2 THEN 'male' ELSE 'unknown' END,
           CASE last WHEN 10 THEN '' ELSE nine || last::text END,
           '', '', '07700 ' || lpad((900000 + i * 61 %% 99991)::text, 6, '0'),
           lower(given || ' ' || f.name), '', ''
      FROM families_family AS f
     CROSS JOIN generate_series(0, 2) AS place
     CROSS JOIN LATERAL (SELECT f.id * 3 - 2 + place AS i) AS numbered
     CROSS JOIN LATERAL (
        SELECT (400000000 + i * 97)::text AS nine,
               (%(given)s::text[])[1 + (i * 31 + i / 97) %% cardinality(%(given)s::text[])]
               AS given) AS named
     CROSS JOIN LATERAL (
        SELECT (11 - sum(substr(nine, k, 1)::int * (11 - k)) %% 11) %% 11 AS last
          FROM generate_series(1, 9) AS k) AS checked
    """,
    "CREATE INDEX person_search_name ON families_person USING gin (search_name gin_trgm_ops)",
    """
    INSERT INTO families_member (family_id, person_id, role)
    SELECT f.id, f.id * 3 - 2 + place,
           (ARRAY['child', 'mother', 'father'])[1 + place]
      FROM families_family AS f CROSS JOIN generate_series(0, 2) AS place
    """,
    """
    INSERT INTO families_residence (person_id, postcode_id, address, moved_in_on, listed)
    SELECT m.person_id,
           (%(homes)s::bigint[])[1 + m.family_id * 7 %% cardinality(%(homes)s::bigint[])],
           '', NULL, 0
      FROM families_member AS m
    """,
    """
    INSERT INTO families_involvement (family_id, team_id, reason, note, started_at)
    SELECT f.id, f.lead_team_id, 'registered', '', now() FROM families_family AS f
    """,
    """
    INSERT INTO families_familygroupobjectpermission (content_object_id, group_id, permission_id)
    SELECT f.id, t.group_id, %(view_family)s
      FROM families_family AS f JOIN accounts_team AS t ON t.id = f.lead_team_id
    """,
)
