"""What a family's page has to look past row-level security for, asked in one statement: stepping
out from behind it and back costs two more, so this is done once.

Each part stands where it belongs, with why it looks further and what it leaves out for its reader.
"""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from families.access import hidden_entries as hidden
from families.access.hidden_entries import HIDDEN, Hidden
from families.history import timeline
from families.models import Family
from families.models import shielded_addresses as withheld
from families.models.shielded_addresses import OF_FAMILY, WITHHELD, Withheld
from families.reviews import due
from families.reviews.due import Due
from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls


@dataclass(frozen=True)
class PageRecords:
    """Reviews, what is kept from the reader, and the addresses that nobody reads here."""

    due: list[Due]
    hidden: Hidden
    withheld: Withheld


def fetch_page_records(family: Family, *, by: User, on: date, before: str) -> PageRecords:
    """All of it for the page of the timeline before a mark."""
    reviews, named = due.statement(family, by=by, on=on)
    sql = LOOK.format(reviews=reviews, hidden=HIDDEN, withheld=WITHHELD.format(families=OF_FAMILY))
    named |= timeline.hidden_values(family, by, before=before)
    with bypass_rls("each part says why"), connection.cursor() as cursor:
        cursor.execute(sql, named)
        rows, lines, teams, people, postcodes, covered = cursor.fetchone()
    return PageRecords(
        due=due.due_from_rows(rows, on),
        hidden=hidden.hidden_from_row(lines, teams, people),
        withheld=withheld.withheld_from_row(postcodes, covered),
    )


LOOK = """
SELECT (SELECT coalesce(json_agg(each), '[]') FROM ({reviews}) AS each), kept.*, covered.*
  FROM ({hidden}) AS kept, ({withheld}) AS covered
"""
