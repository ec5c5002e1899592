"""What I must see to about referrals: late ones, returned ones, gaps and disagreements."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leap.core.http import signed_in
from leap.core.lookup import get_by_ref_or_404
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from leap.core.ui.pagination import page_of
from referrals import rules
from referrals.models import Referral, Task
from referrals.subject import with_whole_families
from referrals.transitions import task_actions
from referrals.transitions.forms import DoneForm

A_PAGE = 20


def tasks(request: HttpRequest) -> HttpResponse:
    """The tasks of the reader, and of the teams they manage; the oldest first."""
    user = signed_in(request)
    seen = Referral.objects.visible_to(user)
    waiting = (
        Task.objects.visible_to(user)
        .waiting()
        .filter(referral__in=seen)
        .select_related("referral__pathway", "team", "to")
        .order_by("made_at", "pk")
    )
    page = page_of(waiting, A_PAGE, request.GET.get("page"))
    return render(request, "referrals/tasks.html", {"page": page, "user_is": user})


@idempotent_post(NOTHING_NEW)
def done(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what was done about a task, which ends it."""
    user = signed_in(request)
    task = get_by_ref_or_404(
        Task.objects.visible_to(user).select_related(
            "referral__pathway", "referral__from_team", "referral__to_team"
        ),
        ref,
    )
    with_whole_families([task.referral])
    rules.check_can_do_task(task, user)
    form = DoneForm(sent_or_draft(request))
    if request.method == "POST" and form.is_valid():
        try:
            perform(request, task_actions.do_task, task=task, by=user, **form.cleaned_data)
        except ValidationError as wrong:
            form.add_error(None, wrong)
        else:
            messages.success(request, "Noted.")
            return redirect("referrals:tasks")
    return render(request, "referrals/done.html", {"task": task, "form": form})
