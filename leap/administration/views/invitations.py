"""One form, one action: shown, sent once, shown again with what is wrong, or done."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.idempotency import NOTHING_NEW, idempotent_post

Act = Callable[..., object]


def ask(
    request: HttpRequest,
    form: forms.Form,
    act: Act,
    *,
    said: str,
    to: str | Callable[[dict[str, object]], str],
    template: str,
    makes: str = NOTHING_NEW,
    **shown: Any,
) -> HttpResponse:
    """Show `form`, or do `act` with what it holds and go on to `to`.

    What the action refuses stands above the form, with all that was typed. `to` may be worked out
    from the action's answer, which is the same when the form is sent twice.
    """
    if request.method == "POST" and form.is_valid():
        answer = _do(request, form, act, makes)
        if answer is not None:
            messages.success(request, said.format(**answer))
            return redirect(to(answer) if callable(to) else to)
    return render(request, template, {"form": form, **shown})


def _do(request: HttpRequest, form: forms.Form, act: Act, makes: str) -> dict[str, object] | None:
    """Its answer, or None with the form saying why not."""
    user = signed_in(request)

    def work() -> dict[str, object]:
        made = act(by=user, **form.cleaned_data)
        return {"ref": str(getattr(made, "ref", "")), "code": str(getattr(made, "code", ""))}

    try:
        return idempotent_post(
            request, work, makes=makes, opens=reverse("administration:practitioners")
        )
    except ValidationError as wrong:
        form.add_error(None, wrong)
    except NotAllowed as refusal:
        form.add_error(None, str(refusal))
    return None
