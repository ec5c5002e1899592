"""Recording a request, seeing how it stands, and letting the answer out."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from families.access.loading import family_for
from families.access.opening_actions import open_family
from families.models import Family
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.ui.pagination import page_of
from leap.governance.subject_access import actions, answer, progress, rules
from leap.governance.subject_access.actions.requests import NewRequest
from leap.governance.subject_access.forms import ExtendForm, RecordForm
from leap.governance.subject_access.models import SubjectAccessRequest
from leap.governance.subject_access.views.loading import load

AT_ONCE = 25


@require_GET
def requests(request: HttpRequest) -> HttpResponse:
    """The requests about families the reader can see, what is due first at the top."""
    found = SubjectAccessRequest.objects.visible_to(signed_in(request)).select_related(
        "family", "recorded_by"
    )
    page = page_of(found.order_by("-status", "due_on", "pk"), AT_ONCE, request.GET.get("page"))
    return render(request, "subject_access/requests.html", {"page": page, **_today()})


@require_GET
def of_family(request: HttpRequest, ref: str) -> HttpResponse:
    """The requests about one family, and the way to record one."""
    family = open_family(request, ref)
    found = SubjectAccessRequest.objects.visible_to(signed_in(request)).filter(family=family)
    shown = {
        "family": family,
        "requests": found.select_related("person").order_by("-asked_on", "-pk"),
        "refused": why_not(rules.check_can_record, family, signed_in(request)),
        **_today(),
    }
    return render(request, "subject_access/of_family.html", shown)


@idempotent_post("request")
def new(request: HttpRequest, ref: str) -> HttpResponse:
    """Record that somebody asks."""
    user = signed_in(request)
    family = open_family(request, ref) if request.method == "GET" else family_for(user, ref)
    rules.check_can_record(family, user)
    form = RecordForm(family, sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        try:
            recorded = perform(request, _record, family, form, user)
            messages.success(request, "The request is recorded. The record is being gathered.")
            return redirect("subject_access:request", recorded["ref"])
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return render(request, "subject_access/new.html", {"form": form, "family": family})


def _record(family: Family, form: RecordForm, user: User) -> SubjectAccessRequest:
    given = form.cleaned_data
    asked = NewRequest(
        person=form.people[given["person"]],
        asker=given["asker"],
        asked_by=form.asked_by,
        adviser=given["adviser"],
        asked_on=given["asked_on"],
        identity=given["identity"],
        proved_on=given["proved_on"],
    )
    return actions.record_request(family=family, new=asked, by=user)


@require_GET
def request_page(request: HttpRequest, ref: str) -> HttpResponse:
    """How a request stands: when it is due, what is still to be read and by whom."""
    user, found = signed_in(request), load(request, ref)
    shown = {
        "asked": found,
        "progress": progress.of(found, user),
        "late": found.is_late(timezone.localdate()),
        "may_answer": not why_not(rules.check_can_answer, found, user),
        "may_extend": not why_not(rules.check_can_extend, found, user, timezone.localdate()),
        "fingerprint": answer.fingerprint(found) if found.answer else "",
    }
    return render(request, "subject_access/request.html", shown)


@idempotent_post(NOTHING_NEW)
def extend(request: HttpRequest, ref: str) -> HttpResponse:
    """Take two months more."""
    user, found = signed_in(request), load(request, ref)
    rules.check_can_extend(found, user, timezone.localdate())
    form = ExtendForm(sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, actions.extend, request=found, why=form.cleaned_data["why"], by=user)
            messages.success(request, "The answer has two months more. Tell the person why.")
            return redirect("subject_access:request", found.ref)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return render(request, "subject_access/extend.html", {"form": form, "asked": found})


@require_POST
@idempotent_post(NOTHING_NEW)
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Freeze what leaves."""
    user, found = signed_in(request), load(request, ref)
    perform(request, actions.finish, request=found, by=user)
    messages.success(request, "The answer is ready. Download it and give it to the person.")
    return redirect("subject_access:request", found.ref)


@require_GET
def download(request: HttpRequest, ref: str) -> HttpResponse:
    """The answer as one file."""
    found = load(request, ref)
    written = actions.export(request=found, by=signed_in(request))
    disposition = f'attachment; filename="your-record-{found.ref}.zip"'
    return HttpResponse(
        written,
        content_type="application/zip",
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


def _today() -> dict[str, object]:
    return {"today": timezone.localdate()}
