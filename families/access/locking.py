"""One change to a family at a time, where what is looked at stands in several tables."""

from families.models import Family
from leap.core.rls.session import bypass_rls


def lock_family(family: Family) -> None:
    """Nobody else passes here with this family until the commit; `family` says how it stands now.

    For what depends on a count of its referrals, consents or moves: two who each look before the
    other has written would both go on. It comes before any row of those, so that no two wait for
    each other.
    """
    with bypass_rls("whoever acts on a family waits for the others, also for those it cannot see"):
        now = Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    family.closed_at, family.restriction = now.closed_at, now.restriction
    family.lead_practitioner_id, family.lead_team_id = now.lead_practitioner_id, now.lead_team_id
