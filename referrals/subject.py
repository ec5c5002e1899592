"""Whose record a referral is about, for readers to whom that record may not be open.

Its two sides, and whoever is named to settle something about it, read a referral; the family's
record they read as far as they work with the family, or decide on the referral. So a referral is
never read together with its family in one statement: where the record is closed to the reader, the
referral would be gone as well.
"""

from collections.abc import Iterable
from typing import TypeVar

from django.db import connection

from families.models import Family
from leap.core.rls.session import bypass_rls
from referrals.models import ExternalReferral, Referral

About = TypeVar("About", Referral, ExternalReferral)


def with_families(referrals: Iterable[About]) -> list[About]:
    """These, each with its family as far as the reader sees that: with its reference and nothing
    else where the record is not shared with them."""
    rows = list(referrals)
    if not rows:
        return rows
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES, {"keys": sorted({row.family_id for row in rows})})
        found = cursor.fetchall()
    names = [field.attname for field in FIELDS]
    known = {
        key: (
            Family(pk=key, ref=ref or "")
            if values[0] is None
            else Family.from_db(connection.alias, names, values)
        )
        for key, ref, *values in found
    }
    for row in rows:
        row.family = known[row.family_id]
    return rows


FIELDS = Family._meta.concrete_fields
# The function answers whoever is on a side of a referral, or named to settle something about it.
FAMILIES = f"""
SELECT key, CASE WHEN family.id IS NULL THEN leap_family_of_referral(key) END,
       {", ".join(f'family."{field.column}"' for field in FIELDS)}
  FROM unnest(%(keys)s::bigint[]) AS key LEFT JOIN families_family family ON family.id = key
"""


def with_whole_families(referrals: Iterable[About]) -> list[About]:
    """These, each with its family, which says what may be done; what of it is shown is for the
    page to ask."""
    rows = list(referrals)
    with bypass_rls(
        "what may be done about a referral depends on its family, open to the reader or not"
    ):
        families = Family.objects.select_related("lead_team", "lead_practitioner")
        known = families.in_bulk({row.family_id for row in rows})
    for row in rows:
        row.family = known[row.family_id]
    return rows
