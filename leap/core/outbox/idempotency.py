"""Safe to send twice: the same key does its work once, and is given the same answer again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial, wraps
from typing import Any, ParamSpec, cast

from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from leap.core.outbox import drafts
from leap.core.outbox.models import Draft, Submission
from leap.core.outbox.repeats import WITHIN, SavedBefore, TypedForm, check_not_saved, typed_form

P = ParamSpec("P")
NOTHING_NEW = ""  # what a form makes that changes what there is: doing it twice leaves the same


@dataclass(frozen=True)
class FormPost:
    """What sending a page's form makes, and what its submission key stands for."""

    makes: str
    route: str
    opens: str
    clock: tuple[str, ...]
    within: timedelta


def idempotent_post(
    makes: str,
    *,
    route: str = "{path}",
    opens: str = "",
    clock: tuple[str, ...] = (),
    within: timedelta = WITHIN,
) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """A view whose form does its work once for each time that it was shown, by `perform`.

    `makes` says what comes of it, “contact”, and so that the same words sent again by a page that
    was loaded anew are asked about; NOTHING_NEW for a form that makes nothing. The earlier one is
    at the "address" in the answer, or at the page named `opens`, or on the family's page. `clock`
    names fields that begin with the time of day. `route` says what the form is for where the
    address does not, or where other addresses do the same: it names parts of the address and
    arguments of what is performed, as in "{path} {family.ref}".
    """
    post = FormPost(makes, route, opens, clock, within)

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        @wraps(view)
        def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            cast(Any, args[0]).form_post = post
            return view(*args, **kwargs)

        cast(Any, answer).form_post = post
        return answer

    return decorate


def perform(
    request: HttpRequest, action: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs
) -> dict[str, object]:
    """Do what the form of an `idempotent_post` view asks for, or give the answer of the first time.

    The answer is what `action` returns where that is a dictionary; of a record that it made, the
    "ref", and the "address" where it has one; else empty. What `action` raises goes on to the view,
    with nothing done and the key free for the corrected form.
    """
    post: FormPost | None = getattr(request, "form_post", None)
    if post is None:
        raise RuntimeError("Only a view that is an idempotent_post carries out what was sent.")
    if request.method != "POST":
        raise RuntimeError("Only what was sent is carried out, not a draft that is shown again.")
    makes, clock, within = post.makes, post.clock, post.within
    about = request.resolver_match.kwargs if request.resolver_match else {}
    try:
        answer = run_idempotent(
            user=signed_in(request),
            key=request.POST.get("submission", ""),
            route=post.route.format(**{**about, **kwargs, "path": request.path}),
            work=lambda: _answer_of(partial(action, *args, **kwargs)()),
            typed=typed_form(request, makes=makes, clock=clock, within=within) if makes else None,
            opens=_opens(post.opens, request),
        )
    except SavedBefore:
        drafts.drop_draft_of_request(request)  # it is saved: there is nothing left to finish
        raise
    drafts.drop_draft_of_request(request)
    return answer


def _answer_of(made: Any) -> dict[str, object]:
    if isinstance(made, dict):
        return made
    answer: dict[str, object] = {"ref": str(made.ref)} if hasattr(made, "ref") else {}
    if hasattr(made, "get_absolute_url"):
        answer["address"] = made.get_absolute_url()
    return answer


def _opens(name: str, request: HttpRequest) -> str:
    """The page of that name about what the address names; else the family's, else one's work."""
    where = request.resolver_match
    if where and where.view_name == name:
        return request.path
    ref = str(where.kwargs.get("ref", "")) if where else ""
    if name:
        return reverse(name, args=[ref] if ref else [])
    return reverse("families:family", args=[ref]) if ref.startswith("LB-") else reverse("my_work")


def run_idempotent(
    *,
    user: User,
    key: str,
    route: str,
    work: Callable[[], dict[str, object]],
    typed: TypedForm | None = None,
    opens: str = "",
) -> dict[str, object]:
    """Do `work` unless this user's `key` has done it before; either way its answer.

    The key is taken first, in the transaction of the work: a second sender waits on it until the
    first has finished, then reads the first one's answer. Work that fails frees its key, so that a
    corrected form can be sent again under the same one. An empty key does the work plainly.

    Where `typed` is given, another key with the same words raises SavedBefore. What was typed and
    kept as a draft under this key is dropped with it: it has been saved for good.
    """
    if not key:
        with transaction.atomic():
            return work()
    with transaction.atomic():
        if not _take(user, key, route):
            return _earlier_answer(user, key, route)
        if typed:
            check_not_saved(typed, route=route, opens=opens, by=user)
        answer = work()
        made = Submission.objects.filter(user=user, key=key[:100])
        made.update(
            answer=answer,
            digest=typed.digest if typed else "",
            digest_untimed=typed.digest_untimed if typed else "",
        )
        Draft.objects.filter(user=user, fields__submission__0=key).delete()
        return answer


def _take(user: User, key: str, route: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO safekeeping_submission"
            " (user_id, key, route, answer, made_at, digest, digest_untimed)"
            " VALUES (%s, %s, %s, '{}', now(), '', '') ON CONFLICT (user_id, key) DO NOTHING",
            [user.pk, key[:100], route],
        )
        return bool(cursor.rowcount)


def _earlier_answer(user: User, key: str, route: str) -> dict[str, object]:
    done = Submission.objects.get(user=user, key=key[:100])
    if done.route != route:
        raise Conflict(
            "This key was already used for something else. Send it again with a new key."
        )
    answer: dict[str, object] = done.answer
    return answer
