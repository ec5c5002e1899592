"""Who is told of what happens to a family's record."""

from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.accounts.recipients import managers_of, programme_admins


def responsible_recipients(family: Family) -> list[User | Team]:
    """Whoever must hear that the record was opened: the lead practitioner; where there is none, the
    lead team's managers and the team; of a family nobody leads, the admins."""
    lead = family.lead_practitioner
    if lead and lead.is_active and not family.closed_at:
        return [lead]
    if family.lead_team:
        return [*managers_of([family.lead_team_id]), family.lead_team]
    return [*programme_admins()]
