"""One form, one action: shown, sent once, shown again with what is wrong, or done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post, perform

Act = Callable[..., object]
View = Callable[..., HttpResponse]


def shown_or_sent(view: View) -> View:
    """A page of one form: shown, and done once for each time it was shown."""
    return require_http_methods(["GET", "POST"])(idempotent_post(NOTHING_NEW)(view))


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    success: str,
    to: str | Callable[[dict[str, object]], str],
    template: str,
    **context: Any,
) -> HttpResponse:
    """Show `form`, or do `act` with what it holds and go on to `to`.

    What the action refuses stands above the form, with all that was typed. `to` may be worked out
    from the action's answer, which is the same when the form is sent twice.
    """
    if request.method == "POST" and form.is_valid():
        answer = _do(request, form, act)
        if answer is not None:
            messages.success(request, success.format(**answer))
            return redirect(to(answer) if callable(to) else to)
    return render(request, template, {"form": form, **context})


def _do(request: HttpRequest, form: forms.Form, act: Act) -> dict[str, object] | None:
    """Its answer, or None with the form saying why not."""
    user = signed_in(request)
    try:
        return perform(request, _name_made, act, by=user, **form.cleaned_data)
    except ValidationError as wrong:
        form.add_error(None, wrong)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None


def _name_made(act: Act, **arguments: Any) -> dict[str, object]:
    made = act(**arguments)
    return {"ref": str(getattr(made, "ref", "")), "code": str(getattr(made, "code", ""))}
