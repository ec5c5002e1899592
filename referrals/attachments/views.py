"""Attaching files to a referral, reading them, and taking them away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.rls.session import bypass_rls
from referrals.attachments import actions, rules, sanitise
from referrals.attachments.forms import AttachForm, RemoveForm
from referrals.attachments.queries import WHY
from referrals.models import Attachment, Referral
from referrals.transitions.loading import load


@idempotent_post("file", opens="referrals:referral")
def attach(request: HttpRequest, ref: str) -> HttpResponse:
    """Add a file, which both teams read."""
    user = signed_in(request)
    referral = load(user, ref)
    form = AttachForm(sent_or_draft(request), request.FILES or None)
    if request.method != "POST":
        rules.check_can_attach(referral, user)
    elif form.is_valid():
        file = form.cleaned_data["file"]
        try:
            perform(
                request,
                actions.attach,
                referral=referral,
                by=user,
                what=form.cleaned_data["what"],
                name=file.name,
                content=file.read(),
            )
        except ValidationError as wrong:
            form.add_error("file", wrong)
        else:
            messages.success(request, "Attached. Both teams can read it.")
            return redirect(referral)
    return render(request, "referrals/attach.html", {"form": form, "referral": referral})


@require_GET
def attachment(request: HttpRequest, ref: str, file_ref: str) -> HttpResponse:
    """A file, to keep and never to show: the browser runs nothing of it."""
    user = signed_in(request)
    referral = load(user, ref)
    attachment = _load(referral, file_ref)
    content = actions.open_attachment(attachment=attachment, referral=referral, by=user)
    kind = Attachment.Kind(attachment.kind)
    answer = HttpResponse(content, content_type=sanitise.CONTENT_TYPES[kind])
    name = f"{attachment.ref}.{sanitise.ENDINGS[kind]}"  # ours, never the sender's
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@idempotent_post(NOTHING_NEW)
def remove_attachment(request: HttpRequest, ref: str, file_ref: str) -> HttpResponse:
    """Take a file away for good."""
    user = signed_in(request)
    referral = load(user, ref)
    attachment = _load(referral, file_ref)
    rules.check_is_on_a_side(referral, user)
    form = RemoveForm(sent_or_draft(request))
    if request.method != "POST":
        rules.check_can_remove(attachment, user)
    elif form.is_valid():
        remove, why = actions.remove_attachment, form.cleaned_data["why"]
        perform(request, remove, attachment=attachment, why=why, by=user)
        messages.success(request, "Taken away.")
        return redirect(referral)
    context = {"form": form, "referral": referral, "attachment": attachment}
    return render(request, "referrals/remove_attachment.html", context)


def _load(referral: Referral, file_ref: str) -> Attachment:
    with bypass_rls(WHY):
        files_of = Attachment.objects.of(referral).select_related("team", "by", "referral")
        return get_by_ref_or_404(files_of, file_ref)
