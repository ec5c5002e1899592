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
    rows = SubjectAccessRequest.objects.visible_to(signed_in(request)).select_related(
        "family", "recorded_by"
    )
    page = page_of(rows.order_by("-status", "due_on", "pk"), AT_ONCE, request.GET.get("page"))
    return render(request, "subject_access/requests.html", {"page": page, **_today()})


@require_GET
def of_family(request: HttpRequest, ref: str) -> HttpResponse:
    """The requests about one family, and the way to record one."""
    family = open_family(request, ref)
    rows = SubjectAccessRequest.objects.visible_to(signed_in(request)).filter(family=family)
    context = {
        "family": family,
        "requests": rows.select_related("person").order_by("-asked_on", "-pk"),
        "refused": why_not(rules.check_can_record, family, signed_in(request)),
        **_today(),
    }
    return render(request, "subject_access/of_family.html", context)


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
    cleaned = form.cleaned_data
    new = NewRequest(
        person=form.people[cleaned["person"]],
        asker=cleaned["asker"],
        asked_by=form.asked_by,
        adviser=cleaned["adviser"],
        asked_on=cleaned["asked_on"],
        identity=cleaned["identity"],
        proved_on=cleaned["proved_on"],
    )
    return actions.record_request(family=family, new=new, by=user)


@require_GET
def request_page(request: HttpRequest, ref: str) -> HttpResponse:
    """How a request stands: when it is due, what is still to be read and by whom."""
    user, access_request = signed_in(request), load(request, ref)
    context = {
        "asked": access_request,
        "progress": progress.reading_progress(access_request, user),
        "late": access_request.is_late(timezone.localdate()),
        "may_answer": not why_not(rules.check_can_answer, access_request, user),
        "may_extend": not why_not(
            rules.check_can_extend, access_request, user, timezone.localdate()
        ),
        "fingerprint": answer.fingerprint(access_request) if access_request.answer else "",
    }
    return render(request, "subject_access/request.html", context)


@idempotent_post(NOTHING_NEW)
def extend(request: HttpRequest, ref: str) -> HttpResponse:
    """Take two months more."""
    user, access_request = signed_in(request), load(request, ref)
    rules.check_can_extend(access_request, user, timezone.localdate())
    form = ExtendForm(sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        try:
            perform(
                request,
                actions.extend,
                request=access_request,
                why=form.cleaned_data["why"],
                by=user,
            )
            messages.success(request, "The answer has two months more. Tell the person why.")
            return redirect("subject_access:request", access_request.ref)
        except ValidationError as wrong:
            form.add_error(None, wrong)
    return render(request, "subject_access/extend.html", {"form": form, "asked": access_request})


@require_POST
@idempotent_post(NOTHING_NEW)
def finish(request: HttpRequest, ref: str) -> HttpResponse:
    """Freeze what leaves."""
    user, access_request = signed_in(request), load(request, ref)
    perform(request, actions.finish, request=access_request, by=user)
    messages.success(request, "The answer is ready. Download it and give it to the person.")
    return redirect("subject_access:request", access_request.ref)


@require_GET
def download(request: HttpRequest, ref: str) -> HttpResponse:
    """The answer as one file."""
    access_request = load(request, ref)
    written = actions.export(request=access_request, by=signed_in(request))
    disposition = f'attachment; filename="your-record-{access_request.ref}.zip"'
    return HttpResponse(
        written,
        content_type="application/zip",
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


def _today() -> dict[str, object]:
    return {"today": timezone.localdate()}
