"""Changing what a pathway says: each change is a version, and what was sent keeps its own."""

from typing import Any

from django.db import transaction
from django.db.models import F

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from referrals import rules
from referrals.models import Pathway, PathwayVersion


@transaction.atomic
def change_pathway(*, pathway: Pathway, by: User, **fields: Any) -> None:
    """Say something else from now on. Clocks that run keep the days they were given.

    `fields` are among Pathway.CHANGEABLE. Conflict where somebody has changed it since it was read.
    """
    rules.check_can_change_pathways(by)
    _keep(pathway, by=None, only_if_new=True)
    unchanged = Pathway.objects.filter(pk=pathway.pk, version=pathway.version)
    if not unchanged.update(**fields, version=F("version") + 1):
        raise Conflict("Somebody else has just changed this pathway. Look at it again.")
    pathway.refresh_from_db()
    _keep(pathway, by=by)
    record("pathway.changed", by=by, pathway=pathway.code, version=pathway.version)


def _keep(pathway: Pathway, *, by: User | None, only_if_new: bool = False) -> None:
    """Write down what it says now; the first version only when it is about to be left."""
    fields = {name: getattr(pathway, name) for name in Pathway.CHANGEABLE}
    if not only_if_new or pathway.version == 1:
        PathwayVersion.objects.get_or_create(
            pathway=pathway, version=pathway.version, defaults={"fields": fields, "made_by": by}
        )
