"""Letting the answer out, again while it is kept, and throwing the copy away."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import NotAllowed
from leap.core.locking import lock_until_commit
from leap.core.rls.session import bypass_rls
from leap.governance.subject_access import answer, package, rules
from leap.governance.subject_access.models import DisclosureItem, SubjectAccessRequest

KEPT_FOR = timedelta(days=90)


@transaction.atomic
def finish(*, request: SubjectAccessRequest, by: User) -> None:
    """Freeze what leaves. From here on the same files can be written again until they expire.

    What was gathered and not let out is forgotten here: the record itself still has it.
    """
    lock_until_commit("subject-access answer", request.pk)
    claimed = SubjectAccessRequest.objects.select_for_update().get(pk=request.pk)
    with bypass_rls("the answer holds what others have read and decided on, too"):
        rules.check_can_finish(claimed, by)
        claimed.answer = answer.freeze(claimed)
        DisclosureItem.objects.filter(request=claimed).update(text="", suggested=[], hidden=[])
    claimed.status = SubjectAccessRequest.Status.ANSWERED
    claimed.answered_at, claimed.answered_by = timezone.now(), by
    claimed.expires_on = timezone.localdate() + KEPT_FOR
    package.write(claimed)  # what cannot be written is not answered
    claimed.save()
    record(
        "subject_access.finished",
        by=by,
        family_ref=claimed.family.ref,
        subject=claimed,
        fingerprint=answer.fingerprint(claimed),
    )


@transaction.atomic
def export(*, request: SubjectAccessRequest, by: User) -> bytes:
    """The answer as one file. The same request gives the same bytes while its answer is kept."""
    rules.check_can_answer(request, by)
    if request.status != SubjectAccessRequest.Status.ANSWERED:
        raise NotAllowed("There is no answer to download: it is not finished, or has expired.")
    written = package.write(request)
    record(
        "subject_access.exported",
        by=by,
        family_ref=request.family.ref,
        subject=request,
        team_code=request.family.lead_team.code if request.family.lead_team else "",
        size=len(written),
        level="export",
        how="export",
    )
    return written


@transaction.atomic
def delete_copies(*, on: date) -> int:
    """Throw away the copies that have expired by `on`; how many. The log still tells of them."""
    expired = SubjectAccessRequest.objects.filter(
        status=SubjectAccessRequest.Status.ANSWERED, expires_on__lt=on
    )
    gone = list(expired.select_for_update().order_by("pk"))
    for request in gone:
        request.answer, request.status = None, SubjectAccessRequest.Status.EXPIRED
        request.save(update_fields=["answer", "status"])
        record("subject_access.expired", by=None, family_ref=request.family.ref, subject=request)
    return len(gone)
