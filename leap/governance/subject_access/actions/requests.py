"""Recording a request, gathering the record for it, and extending its date."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.locking import lock_until_commit
from leap.governance.subject_access import rules
from leap.governance.subject_access.collection import gather as gathered
from leap.governance.subject_access.dates import due_on
from leap.governance.subject_access.models import DisclosureItem, SubjectAccessRequest


@dataclass(frozen=True)
class NewRequest:
    """What is recorded when somebody asks. Without `asked_by` an `adviser` from outside does."""

    person: Person
    asker: str
    asked_on: date
    identity: str
    proved_on: date
    asked_by: Person | None = None
    adviser: str = ""


@transaction.atomic
def record_request(*, family: Family, new: NewRequest, by: User) -> SubjectAccessRequest:
    """Record that somebody asks, and have the record gathered after the commit.

    Raises NotAllowed for who may not, Conflict while an earlier request about the person is open,
    and ValidationError for dates to come and people of other families.
    """
    rules.check_can_record(family, by)
    _check(family, new)
    lock_until_commit("subject-access request", new.person.pk)
    if SubjectAccessRequest.objects.open().filter(person=new.person).exists():
        raise Conflict("A request about this person is under way. Answer that one.")
    request = SubjectAccessRequest.objects.create(
        ref=new_ref("SA", 8),
        family=family,
        due_on=due_on(new.asked_on, new.proved_on),
        recorded_by=by,
        **vars(new),
    )
    record("subject_access.asked", by=by, family_ref=family.ref, subject=request)
    transaction.on_commit(lambda: _ask_for_gathering(request), robust=True)
    return request


def _check(family: Family, new: NewRequest) -> None:
    today = timezone.localdate()
    problems = {
        field: "This is in the future. Give the day it happened."
        for field in ("asked_on", "proved_on")
        if getattr(new, field) > today
    }
    people = set(family.members.values_list("person_id", flat=True))
    if new.person.pk not in people:
        problems["person"] = "Choose somebody of this family."
    if new.asked_by and new.asked_by.pk not in people:
        problems["asked_by"] = "Choose somebody of this family, or name the adviser."
    if not new.asked_by and not new.adviser:
        problems["adviser"] = "Say who asks: somebody of the family, or an adviser by name."
    if problems:
        raise ValidationError(problems)


def _ask_for_gathering(request: SubjectAccessRequest) -> None:
    from leap.governance.subject_access.tasks import (
        gather_for,  # tasks import actions, never the reverse
    )

    gather_for.delay(request.pk)


@transaction.atomic
def gather(*, request: SubjectAccessRequest) -> int:
    """Keep every piece of the record as it now stands, to be read; how many there are.

    Safe to run twice: a request that has been gathered stays as it is.
    """
    claimed = SubjectAccessRequest.objects.select_for_update().get(pk=request.pk)
    if claimed.status != SubjectAccessRequest.Status.GATHERING:
        return 0
    pieces = DisclosureItem.objects.bulk_create(gathered(claimed), batch_size=1000)
    claimed.status, claimed.gathered_at = SubjectAccessRequest.Status.REVIEWING, timezone.now()
    claimed.save(update_fields=["status", "gathered_at"])
    record(
        "subject_access.gathered",
        by=None,
        family_ref=claimed.family.ref,
        subject=claimed,
        pieces=len(pieces),
    )
    return len(pieces)


@transaction.atomic
def extend(*, request: SubjectAccessRequest, why: str, by: User) -> None:
    """Take two months more, once, with the reason that the person is told."""
    today = timezone.localdate()
    lock_until_commit("subject-access answer", request.pk)
    request.refresh_from_db(fields=["status", "extended_on"])
    rules.check_can_extend(request, by, today)
    request.extended_on, request.extended_why = today, why
    request.due_on = due_on(request.asked_on, request.proved_on, extended=True)
    request.save(update_fields=["extended_on", "extended_why", "due_on"])
    record(
        "subject_access.extended",
        by=by,
        family_ref=request.family.ref,
        subject=request,
        due_on=request.due_on.isoformat(),
    )
