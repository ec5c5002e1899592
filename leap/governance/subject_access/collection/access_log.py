"""Who has looked at the record, for the answer: practitioners by name, police only once read."""

from collections import defaultdict

from families.access.access_log import read_all
from leap.core.accounts.permissions import Discipline
from leap.core.ui.formatting import when
from leap.governance.subject_access.collection.scope import CollectionScope
from leap.governance.subject_access.models import LOOKED, DisclosureItem

POLICE = "That the police looked may hinder their work. Ask them before this leaves."


def access_items(scope: CollectionScope) -> list[DisclosureItem]:
    """One piece for each practitioner and team, with every time they looked."""
    times: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for look in read_all(scope.request.family):
        times[look.by, look.team, look.discipline].append(f"{when(look.at)}: {look.how_words}")
    return [
        DisclosureItem(
            layer="shared",
            section="Who has looked",
            record=f"{by}, {team}" if team else by,
            label=LOOKED,
            title="When, and how",
            text="\n".join(lines),
            proposal=DisclosureItem.Proposal.LEAVE_OUT
            if discipline == Discipline.POLICE
            else DisclosureItem.Proposal.PLAIN,
            why=POLICE if discipline == Discipline.POLICE else "",
        )
        for (by, team, discipline), lines in times.items()
    ]
