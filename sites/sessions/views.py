"""Who runs a session, and so opens its register."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform
from sites.sessions import actions, rules
from sites.sessions.forms import StaffForm
from sites.sessions.queries import get_session


@idempotent_post(NOTHING_NEW)
def staff(request: HttpRequest, ref: str) -> HttpResponse:
    """Say which team runs it, and who else."""
    user, session = signed_in(request), get_session(ref)
    rules.check_can_name_staff(session, user)
    for_site = why_not(rules.check_can_name_site_team, user) is None
    form = StaffForm(session, sent_or_draft(request), for_site=for_site)
    if request.method == "POST" and form.is_valid():
        perform(request, actions.name_staff, session=session, by=user, **form.cleaned_data)
        messages.success(request, "Saved who runs this session.")
        return redirect(session)
    return render(request, "sites/staff.html", {"session": session, "form": form})
