"""What a form begins with: what was sent and refused, until it is saved or thrown away.

A view that asks `sent_or_draft` for what its form holds keeps nothing itself:
`KeepRefusedFormsMiddleware` does, once the answer shows that nothing was saved.
"""

import logging
import re
from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db import Error, connection, transaction
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse, QueryDict

from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.outbox.models import Draft

NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "next", "made_for", "another", "as_shown"})
NO_FORMS = (
    "/api/",
    "/drafts/",
)  # what sends there is a system, or a form that saves while one types
LONGEST_NAME = 100
LONGEST_ADDRESS = 500
LARGEST_DRAFT = 500_000  # characters: a form's worth many times over
MOST_DRAFTS, MOST_CHARACTERS = 100, 2_500_000  # of one person
log = logging.getLogger("leap.core.outbox")


# Forms that save while one types have shorter names, which browsers know.
NAMES = {
    "families:register": "register",
    "families:log_contact": "contact-{ref}",
    "families:decide_sharing": "sharing-{ref}",
    "families:assessments": "assessment-{ref}-{person_ref}",
    "families:add_person": "add-person-{ref}",
    "families:new_address": "new-address-{ref}",
}


def name_of(request: HttpRequest, *more: str) -> str:
    """What the form at this address is called: life-close-LB-7K3M9. `more` is what it is about
    besides, where the path does not say."""
    where = request.resolver_match
    assert where is not None
    if where.view_name in NAMES:
        return NAMES[where.view_name].format(**where.kwargs)
    about = [str(value) for value in where.kwargs.values() if value is not None]
    name = "-".join([where.view_name, *about, *more])
    return re.sub(r"[^\w-]", "-", name, flags=re.ASCII)[:LONGEST_NAME]


def sent_or_draft(request: HttpRequest, *, form: str = "") -> QueryDict | None:
    """What the form at this address holds: what is sent; when it is opened, what was sent before
    and refused, which stands in `request.draft` too; else None.

    A form that is only opened may be bound and valid: look at the method before carrying it out.
    """
    name = form or name_of(request)
    of_request = cast(Any, request)
    of_request.draft_name = name
    if request.method == "POST":
        return request.POST
    draft = draft_of(form=name, by=signed_in(request))
    of_request.draft = draft_in(request) or draft  # of several forms on one page, the first
    return draft.typed() if draft else None


def draft_in(request: HttpRequest) -> Draft | None:
    """The draft that `sent_or_draft` has found."""
    return getattr(request, "draft", None)


def drop_draft_of_request(request: HttpRequest) -> None:
    """Forget the draft of this form, and keep none of what was sent: it is saved."""
    if name := getattr(request, "draft_name", ""):
        drop_draft(form=name, by=signed_in(request))
        cast(Any, request).draft_name = ""


class NoRoom(Exception):
    """No more is kept for this person: what was typed is where they typed it, and nowhere else."""


@transaction.atomic
def keep_draft(*, form: str, fields: dict[str, list[str]], by: User, address: str = "") -> None:
    """Keep what `by` has typed into `form` so far, in place of what was kept before. `address` is
    where the form is found again, where its name does not say. NoRoom, with what to do, beyond what
    is kept for one person.
    """
    if len(address) > LONGEST_ADDRESS:
        address = address.partition("?")[0][:LONGEST_ADDRESS]
    size = sum(len(value) for values in fields.values() for value in values)
    _check_room(form, size, by)
    Draft.objects.bulk_create(
        [Draft(user=by, form=form, fields=fields, address=address, size=size)],
        update_conflicts=True,
        unique_fields=["user", "form"],
        update_fields=["fields", "address", "size", "saved_at"],
    )


def _check_room(form: str, size: int, by: User) -> None:
    """Two at once wait for one another: neither fills what the other has counted as free."""
    if size > LARGEST_DRAFT:
        raise NoRoom(f"This is longer than the {LARGEST_DRAFT:,} characters that are kept. Save it,"
                     " or shorten it.")  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"draft {by.pk}"])
    others = Draft.objects.filter(user=by).exclude(form=form)
    held = others.aggregate(many=Count("pk"), size=Coalesce(Sum("size"), 0))
    if held["many"] >= MOST_DRAFTS or held["size"] + size > MOST_CHARACTERS:
        raise NoRoom(
            f"You have {held['many']} forms that are not finished, and no more is kept. Save or"
            " discard some of them on My work."
        )


def draft_of(*, form: str, by: User) -> Draft | None:
    """What `by` has typed into `form` and not sent."""
    return Draft.objects.unsent().filter(user=by, form=form).first()


def drop_draft(*, form: str, by: User) -> None:
    """Forget the draft: it has been saved for good, or thrown away."""
    Draft.objects.filter(user=by, form=form).delete()


class KeepRefusedFormsMiddleware:
    """Whatever the reason a form was not carried out, what was typed into it is a draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and _is_theirs(request):
            if 300 <= response.status_code < 400:  # done, and on to what came of it
                drop_draft_of_request(request)
            elif name := getattr(request, "draft_name", _refused_early(request, response)):
                fields = {
                    field: [str(value) for value in values]
                    for field, values in request.POST.lists()
                    if field not in NEVER_KEPT
                }
                address = request.get_full_path()
                try:
                    keep_draft(form=name, fields=fields, address=address, by=signed_in(request))
                except NoRoom as full:
                    messages.warning(request, f"What you typed last was not kept. {full}")
                except Error:  # the database is the reason: the answer says so already
                    log.warning("a draft was not kept: the database would not take it")
        return response


def _is_theirs(request: HttpRequest) -> bool:
    """Whether whoever is signed in typed it: a page may have been opened by somebody before."""
    if not request.user.is_authenticated:
        return False
    return request.POST.get("made_for", "") in ("", str(signed_in(request).ref))


def _refused_early(request: HttpRequest, response: HttpResponse) -> str:
    """The form's name, where a rule refused it before the view had looked at what was sent, and
    words are in it: a button has none."""
    if response.status_code not in (403, 409, 429) or request.path.startswith(NO_FORMS):
        return ""
    return name_of(request) if request.resolver_match and free_text_in(request.POST) else ""


def free_text_in(sent: QueryDict) -> list[tuple[str, str]]:
    """What was typed by hand, as far as can be told: whatever has a space in it."""
    return [
        (name, value)
        for name, values in sent.lists()
        if name not in NEVER_KEPT and "password" not in name
        for value in values
        if len(value.split()) > 1
    ]


def free_text_of_refused(request: HttpRequest) -> list[tuple[str, str]]:
    """For the page that refuses: what was typed, so that it can be copied; of this sending, or of
    one before, when the form is opened again."""
    if request.method == "POST":
        return free_text_in(request.POST)
    if not request.resolver_match or request.path.startswith("/api/"):
        return []
    name = getattr(request, "draft_name", "") or name_of(request)
    draft = draft_in(request) or draft_of(form=name, by=signed_in(request))
    return free_text_in(draft.typed()) if draft else []
