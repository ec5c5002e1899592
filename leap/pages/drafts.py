"""Keeping what is typed while it is typed. Forms name themselves: contact-LB-7K3M9."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from leap.http import signed_in
from leap.safekeeping.actions import drop_draft
from leap.safekeeping.actions import keep_draft as keep

LONGEST = 500_000  # characters; a form's worth many times over
NOT_TYPED = ("csrfmiddlewaretoken", "next", "made_for")


@require_POST
@sensitive_post_parameters()
def keep_draft(request: HttpRequest, form: str) -> HttpResponse:
    """Keep every field of the form as it stands. Answers with nothing: 204."""
    fields = {
        name: [str(value).replace("\x00", "") for value in values]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }
    if sum(len(value) for values in fields.values() for value in values) > LONGEST:
        raise BadRequest
    keep(form=form, fields=fields, by=signed_in(request))
    return HttpResponse(status=204)


@require_POST
def discard_draft(request: HttpRequest, form: str) -> HttpResponse:
    """Throw away what was kept, and go back to where the button was."""
    drop_draft(form=form, by=signed_in(request))
    onwards = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(onwards, allowed_hosts={request.get_host()})
    return redirect(onwards if ours else "my_work")
