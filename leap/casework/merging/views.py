"""Looking for doubles, comparing two records, merging them, and undoing it."""

from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from families.access.loading import family_for
from families.models import Contact, Family, Observation, Person
from leap.casework.merging import actions, rules, suggestions
from leap.casework.merging.forms import MergeForm
from leap.casework.merging.models import Merge
from leap.core.accounts.models import User
from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.rls.session import bypass_rls


@require_GET
def merging(request: HttpRequest) -> HttpResponse:
    """Records that may be doubles, and what has been merged."""
    user = signed_in(request)
    pairs = suggestions.pairs(user)
    # One family of each that the reader can see.
    people = [p for pair in pairs for p in (pair.one, pair.other)]
    seen = Family.objects.visible_to(user).filter(members__person__in=people)
    rows = seen.values_list("members__person", "pk").order_by("-closed_at")
    families = Family.objects.in_bulk([pk for _, pk in rows])
    families = {person: families[pk] for person, pk in rows}
    suggested = [
        {"pair": pair, "one": families.get(pair.one.pk), "other": families.get(pair.other.pk)}
        for pair in pairs
    ]
    done = Merge.objects.visible_to(user).order_by("-pk")[:50].with_names()
    return render(request, "merging/merging.html", {"pairs": suggested, "merges": done})


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW, route="merging:merge")
def people(request: HttpRequest, kept: str, gone: str) -> HttpResponse:
    """Two persons side by side, and merging the second into the first."""
    user = signed_in(request)
    seen = Person.objects.visible_to(user)
    one, other = get_by_ref_or_404(seen, kept), get_by_ref_or_404(seen, gone)
    with bypass_rls("whether they can be merged depends on what the reader does not see as well"):
        rules.check_can_merge_people(one, other, user)
    return _merge(request, one, other, rules.doubts(one, other), actions.merge_people)


@require_http_methods(["GET", "POST"])
@idempotent_post(NOTHING_NEW, route="merging:merge")
def families(request: HttpRequest, kept: str, gone: str) -> HttpResponse:
    """Two families side by side, and merging the second into the first."""
    user = signed_in(request)
    one, other = family_for(user, kept), family_for(user, gone)
    with bypass_rls("whether they can be merged depends on what the reader does not see as well"):
        rules.check_can_merge_families(one, other, user)
    return _merge(request, one, other, [], actions.merge_families)


def _merge(
    request: HttpRequest, kept: Any, gone: Any, doubts: list[str], act: Callable[..., Merge]
) -> HttpResponse:
    user = signed_in(request)
    form = MergeForm(sent_or_draft(request), kept=kept, gone=gone, doubts=doubts)
    if request.method == "POST" and form.is_valid():
        merged = perform(request, act, kept=kept, gone=gone, taken=form.taken, by=user)
        messages.success(request, "Merged. You can undo this at any time.")
        return redirect("merging:merge", merged["ref"])
    sides = [_side(kept, user), _side(gone, user)]
    context = {"form": form, "kept": kept, "gone": gone, "sides": sides, "doubts": doubts}
    return render(request, "merging/compare.html", context)


def _side(record: Any, user: User) -> dict[str, Any]:
    """What hangs on a record, as far as the reader sees it."""
    if isinstance(record, Family):
        contacts = Contact.objects.visible_to(user).filter(family=record)
        members = record.members.current().open_to(user).select_related("person")
        return {"record": record, "members": members, "contacts": contacts.count()}
    contacts = Contact.objects.visible_to(user).filter(people__person=record)
    observations = Observation.objects.visible_to(user).filter(person=record).distinct()
    theirs = Family.objects.visible_to(user).filter(members__person=record)
    numbers = {"contacts": contacts.distinct().count(), "observations": observations.count()}
    return {"record": record, "families": theirs.distinct(), **numbers}


@require_GET
def merge(request: HttpRequest, ref: str) -> HttpResponse:
    """One merge: what became one, by whom, and how much moved."""
    user = signed_in(request)
    record = _merged(ref, user)
    with bypass_rls("how many rows moved, of each kind, and nothing of what is in them"):
        moved = Counter(record.carried.values_list("table", flat=True))
    counted = sorted((WORDS[table], count) for table, count in moved.items() if table in WORDS)
    can_undo = record.undone_at is None and _may_undo(record, user)
    context = {"merge": record, "moved": counted, "can_undo": can_undo}
    return render(request, "merging/merge.html", context)


WORDS = {
    "families_contact": "contacts",
    "families_contactperson": "places in contacts",
    "families_involvement": "spells of work",
    "families_member": "memberships of families",
    "families_observation": "observations",
    "families_residence": "addresses",
    "families_safecontact": "ways to reach somebody safely",
    "families_sharingdecision": "sharing decisions",
    "families_shield": "shields",
    "leap_sites_attendance": "marks in registers",
    "leap_sites_booking": "bookings",
    "referrals_referral": "referrals",
}


def _merged(ref: str, user: User) -> Merge:
    merges = Merge.objects.visible_to(user).filter(ref=ref).with_names()
    if not merges:
        raise Http404
    return merges[0]


def _may_undo(merge: Merge, user: User) -> bool:
    try:
        with bypass_rls("whether it can be undone depends on what the reader does not see as well"):
            rules.check_can_undo(merge, user)
    except NotAllowed:
        return False
    return True


@require_POST
def undo(request: HttpRequest, ref: str) -> HttpResponse:
    """Make two of one again."""
    user = signed_in(request)
    merge = _merged(ref, user)
    actions.undo_merge(merge=merge, by=user)
    messages.success(request, "Undone. The two records are as they were, with what is new since.")
    return redirect("merging:merge", merge.ref)
