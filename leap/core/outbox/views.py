"""Keeping what is typed while it is typed. Forms name themselves: contact-LB-7K3M9."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from leap.core.http import signed_in
from leap.core.outbox.drafts import NoRoom, drop_draft
from leap.core.outbox.drafts import keep_draft as keep

NOT_TYPED = ("csrfmiddlewaretoken", "next", "made_for")


@require_POST
@sensitive_post_parameters()
def keep_draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep every field of the form as it stands. Answers with nothing, 204; or with why not, 507:
    the browser shows it beside the form, in which everything still is."""
    fields = {
        name: [str(value) for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }
    try:
        keep(form=form, fields=fields, by=signed_in(request))
    except NoRoom as full:
        return HttpResponse(f"Not kept. {full}", status=507, content_type="text/plain")
    return HttpResponse(status=204)


@require_POST
def discard_draft(request: HttpRequest, form: str) -> HttpResponse:
    """Throw away what was kept, and go back to where the button was."""
    drop_draft(form=form, by=signed_in(request))
    onwards = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(onwards, allowed_hosts={request.get_host()})
    return redirect(onwards if ours else "my_work")
