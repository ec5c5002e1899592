"""Reading what would leave, one section and one piece at a time."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from families.access.opening_actions import open_family
from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.ui.pagination import page_of
from leap.governance.subject_access import actions, rules
from leap.governance.subject_access.answer import cut_out
from leap.governance.subject_access.forms import RedactionForm
from leap.governance.subject_access.models import DisclosureItem, Exemption, SubjectAccessRequest
from leap.governance.subject_access.views.loading import load

AT_ONCE = 50


@require_GET
def read(request: HttpRequest, ref: str) -> HttpResponse:
    """What is to be read in one section, with what is proposed."""
    user, access_request = signed_in(request), load(request, ref)
    rules.check_reads(access_request, user)
    open_family(
        request, access_request.family.ref
    )  # reading what would leave is looking at the record
    section = request.GET.get("section", "")
    pieces = (
        rules.pieces_for(access_request, user).to_read().filter(section=section).order_by("place")
    )
    page = page_of(pieces, AT_ONCE, request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    proposed = pieces.undecided().about_others().count()
    context = {"asked": access_request, "section": section, "page": page, "proposed": proposed}
    return render(request, "subject_access/read.html", context)


@require_POST
def accept_proposals(request: HttpRequest, ref: str) -> HttpResponse:
    """Leave out what a section says about other people, as proposed."""
    user, access_request = signed_in(request), load(request, ref)
    section = request.POST.get("section", "")
    done = actions.accept_proposals(request=access_request, section=section, by=user)
    messages.success(request, f"{done} left out.")
    return redirect("subject_access:request", access_request.ref)


def piece(request: HttpRequest, ref: str, place: int) -> HttpResponse:
    """One piece beside what would leave of it, and the decision."""
    user, access_request = signed_in(request), load(request, ref)
    rules.check_is_open(access_request)
    rules.check_reads(access_request, user)
    open_family(request, access_request.family.ref)
    one = get_object_or_404(rules.pieces_for(access_request, user).to_read(), place=place)
    form = RedactionForm(sent_or_draft(request), initial=_first_choice(one))
    decides = request.method == "POST" and "look" not in request.POST
    if decides and form.is_valid() and _decide(access_request, one, form, user):
        return redirect(_next(access_request, one, user))
    words = form.words if form.is_bound and form.is_valid() else one.hidden or one.suggested
    context = {
        "asked": access_request,
        "piece": one,
        "form": form,
        "leaves": cut_out(one.text, words),
    }
    return render(request, "subject_access/piece.html", context)


def _decide(
    access_request: SubjectAccessRequest, one: DisclosureItem, form: RedactionForm, user: User
) -> bool:
    cleaned = form.cleaned_data
    try:
        actions.decide(
            request=access_request,
            piece=one,
            decision=cleaned["decision"],
            hidden=form.words,
            exemption=cleaned["exemption"],
            by=user,
        )
    except ValidationError as wrong:
        form.add_error(None, wrong)
        return False
    return True


def _first_choice(one: DisclosureItem) -> dict[str, str]:
    """What was decided, or else what is proposed. Free text without a suggestion has none."""
    if one.decision:
        words, decision = one.hidden, str(one.decision)
        return {"decision": decision, "hidden": "\n".join(words), "exemption": one.exemption}
    if one.proposal == DisclosureItem.Proposal.LEAVE_OUT:
        return {"decision": DisclosureItem.Decision.LEAVE_OUT, "exemption": Exemption.THIRD_PARTY}
    if one.suggested:
        words, exemption = "\n".join(one.suggested), Exemption.THIRD_PARTY
        return {"decision": DisclosureItem.Decision.HIDE, "hidden": words, "exemption": exemption}
    return {}


def _next(access_request: SubjectAccessRequest, one: DisclosureItem, user: User) -> str:
    """The next piece that waits for this reader, or else the request."""
    waiting = rules.pieces_for(access_request, user).to_read().undecided().order_by("place")
    later = waiting.filter(place__gt=one.place).first() or waiting.first()
    if later is None:
        return reverse("subject_access:request", args=[access_request.ref])
    return reverse("subject_access:piece", args=[access_request.ref, later.place])
