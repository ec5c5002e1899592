"""The one place that says which addresses are shielded, and from whom.

A shield covers the address, whoever of the others at it is being looked at: a brother in two
families, or a grandmother, gives it away as surely as the mother herself. It does not cover a place
where the one it is hidden from lives, or has lived.
"""

from dataclasses import dataclass
from typing import Any

from django.db import connection

from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls


@dataclass(frozen=True)
class Withheld:
    """Keys of the postcodes that must not show, and of the people whose telephone must not."""

    postcodes: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()


def in_family(family_id: int) -> Withheld:
    """What the pages of a family leave out: somebody in it, now or before, must not learn it."""
    return _read(OF_FAMILY, {"family": family_id})


def withheld_from(user: User) -> Withheld:
    """What is left out where no family is being looked at: what any family that this practitioner
    can see would leave out."""
    return _read(OF_READER, {"who": user.access_keys})


def _read(families: str, named: dict[str, Any]) -> Withheld:
    why = "an address is covered even where the shielded person is out of sight"
    with bypass_rls(why), connection.cursor() as cursor:
        cursor.execute(WITHHELD.format(families=families), named)
        return withheld_from_row(*cursor.fetchone())


def withheld_from_row(postcodes: list[int], people: list[int]) -> Withheld:
    """What WITHHELD answered."""
    return Withheld(frozenset(postcodes), frozenset(people))


OF_FAMILY = "m.family_id = %(family)s"
OF_READER = """EXISTS (SELECT FROM families_involvement i
    WHERE i.family_id = m.family_id AND i.who = ANY(%(who)s)
      AND leap_is_live(i.ended_at))"""

WITHHELD = """
WITH hidden AS (
    SELECT s.person_id, home.postcode_id
      FROM families_shield s
      JOIN families_member m ON m.person_id = s.hidden_from_id AND {families}
      LEFT JOIN families_residence home ON home.person_id = s.person_id
           AND NOT EXISTS (SELECT FROM families_residence own
                            WHERE own.person_id = s.hidden_from_id
                              AND own.postcode_id = home.postcode_id)
     WHERE leap_is_live(s.ended_at)
)
SELECT coalesce(array_agg(DISTINCT postcode_id) FILTER (WHERE postcode_id IS NOT NULL), '{{}}'),
       coalesce(array_agg(DISTINCT person_id), '{{}}')
         || ARRAY(SELECT home.person_id FROM families_residence home
                   WHERE home.postcode_id IN (SELECT postcode_id FROM hidden))
  FROM hidden
"""
