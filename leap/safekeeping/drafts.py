"""What a form begins with: what was sent and refused, until it is saved or thrown away.

A view that asks `sent_or_draft` for what its form holds keeps nothing itself: `KeepRefused` does,
once the answer shows that nothing was saved.
"""

import re
from collections.abc import Callable
from typing import Any, cast

from django.db import Error, transaction
from django.http import HttpRequest, HttpResponse, QueryDict

from leap.http import signed_in
from leap.safekeeping.actions import drop_draft, keep_draft, kept_draft
from leap.safekeeping.models import Draft

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "next", "made_for", "another"})
LONGEST_NAME = 100


def name_of(request: HttpRequest) -> str:
    """What the form at this address is called: life-close-LB-7K3M9."""
    where = request.resolver_match
    assert where is not None
    about = [str(value) for value in where.kwargs.values() if value is not None]
    name = "-".join([where.view_name, *about])
    return re.sub(r"[^\w-]", "-", name, flags=re.ASCII)[:LONGEST_NAME]


def sent_or_draft(request: HttpRequest, *, form: str = "") -> QueryDict | None:
    """What the form at this address holds: what is sent; when it is opened, what was sent before
    and refused, which stands in `request.draft` too; else None.

    A form that is only opened may be bound and valid: look at the method before carrying it out.
    """
    name = form or name_of(request)
    asked = cast(Any, request)
    asked.draft_name = name
    if request.method == "POST":
        return request.POST
    asked.draft = draft = kept_draft(form=name, by=signed_in(request))
    return draft.typed() if draft else None


def draft_in(request: HttpRequest) -> Draft | None:
    """The draft that `sent_or_draft` has found."""
    return getattr(request, "draft", None)


def drop_typed(request: HttpRequest) -> None:
    """Forget the draft of this form, and keep none of what was sent: it is saved."""
    if name := getattr(request, "draft_name", ""):
        drop_draft(form=name, by=signed_in(request))
        cast(Any, request).draft_name = ""


class KeepRefused:
    """Whatever the reason a form was not carried out, what was typed into it is a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        name = getattr(request, "draft_name", "")
        if request.method == "POST" and name and not 300 <= response.status_code < 400:
            _keep(request, name)
        return response


def _keep(request: HttpRequest, name: str) -> None:
    """Where the database is the reason, it cannot: the answer says so already."""
    fields = {
        name: [str(value).replace("\x00", "") for value in values]
        for name, values in request.POST.lists()
        if name not in NEVER_KEPT
    }
    address = request.get_full_path()
    try:
        with transaction.atomic():
            keep_draft(form=name, fields=fields, address=address, by=signed_in(request))
    except Error:
        return
