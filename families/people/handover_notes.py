"""Reading what one practitioner left the next to know."""

from datetime import timedelta

from django.utils import timezone

from families.models import Family, HandoverNote
from leap.core.accounts.models import User

FRESH = timedelta(days=90)


def handover_note(family: Family, reader: User) -> HandoverNote | None:
    """The latest of the last three months, for the people of the team in which it was written."""
    if not family.handed_on:  # type: ignore[attr-defined]  # annotated by family_for
        return None
    notes = HandoverNote.objects.filter(
        family=family, team__in=reader.team_ids, at__gte=timezone.now() - FRESH
    )
    return notes.select_related("from_practitioner", "to_practitioner").order_by("-at").first()
