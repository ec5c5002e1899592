"""Holding a record, and lifting the hold. Nothing here lets a record go."""

from django.db import transaction
from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.governance.retention import rules
from leap.governance.retention.models import LegalHold


@transaction.atomic
def hold(*, family: Family, reason: str, by: User) -> LegalHold:
    """Keep the record whatever its age. Raises Conflict when it is held already."""
    rules.check_can_hold(family, by)
    Family.objects.select_for_update().only("pk").get(pk=family.pk)
    if LegalHold.objects.live().filter(family=family).exists():
        raise Conflict("This record is held already.")
    made = LegalHold.objects.create(
        ref=new_ref("LH", 8), family=family, reason=reason, placed_by=by
    )
    record("retention.held", by=by, family_ref=family.ref, subject=made)
    return made


@transaction.atomic
def lift(*, family: Family, why: str, by: User) -> None:
    """End the hold. Raises Conflict when there is none."""
    rules.check_can_hold(family, by)
    held = LegalHold.objects.live().select_for_update().filter(family=family).first()
    if held is None:
        raise Conflict("This record is not held.")
    held.lifted_at, held.lifted_by, held.lifted_why = timezone.now(), by, why
    held.save(update_fields=["lifted_at", "lifted_by", "lifted_why"])
    record("retention.hold_lifted", by=by, family_ref=family.ref, subject=held)
