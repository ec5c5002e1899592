"""Safe to send twice: the same key does its work once, and is given the same answer again."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection, transaction
from django.http import HttpRequest
from django.urls import reverse

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from leap.core.outbox import drafts
from leap.core.outbox.models import Draft, Submission
from leap.core.outbox.repeats import WITHIN, SavedBefore, TypedForm, check_not_saved, typed_form

NOTHING_NEW = ""  # for `makes`: the form changes what there is, so doing it twice leaves the same


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
            return _answer(user, key, route)
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


def idempotent_post(
    request: HttpRequest,
    do: Callable[[], object],
    *,
    makes: str = NOTHING_NEW,
    route: str = "",
    opens: str = "",
    clock: tuple[str, ...] = (),
    within: timedelta = WITHIN,
) -> dict[str, object]:
    """Do what a page's form asks for once for each time the form was shown.

    `makes` says what comes of it, “contact”, and so that the same words sent again by a page that
    was loaded anew are asked about; NOTHING_NEW for a form that makes nothing. The earlier one is
    at `opens`, or at the "address" in what `do` returns. `clock` names fields that begin with the
    time of day.

    The answer is what `do` returns where that is a dictionary, else an empty one. `route` says what
    the form is for where the address does not, or where other addresses do the same.
    """
    if request.method != "POST":
        raise RuntimeError("Only what was sent is carried out, not a draft that is shown again.")

    def work() -> dict[str, object]:
        answer = do()
        return answer if isinstance(answer, dict) else {}

    try:
        answer = run_idempotent(
            user=signed_in(request),
            key=request.POST.get("submission", ""),
            route=route or request.path,
            work=work,
            typed=typed_form(request, makes=makes, clock=clock, within=within) if makes else None,
            opens=opens or _about(request),
        )
    except SavedBefore:
        drafts.drop_draft_of_request(request)  # it is saved: there is nothing left to finish
        raise
    drafts.drop_draft_of_request(request)
    return answer


def _about(request: HttpRequest) -> str:
    """The page of the family, where the address names one; else one's own work."""
    where = request.resolver_match
    ref = str(where.kwargs.get("ref", "")) if where else ""
    return reverse("families:family", args=[ref]) if ref.startswith("LB-") else reverse("my_work")


def _take(user: User, key: str, route: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO safekeeping_submission"
            " (user_id, key, route, answer, made_at, digest, digest_untimed)"
            " VALUES (%s, %s, %s, '{}', now(), '', '') ON CONFLICT (user_id, key) DO NOTHING",
            [user.pk, key[:100], route],
        )
        return bool(cursor.rowcount)


def _answer(user: User, key: str, route: str) -> dict[str, object]:
    done = Submission.objects.get(user=user, key=key[:100])
    if done.route != route:
        raise Conflict(
            "This key was already used for something else. Send it again with a new key."
        )
    answer: dict[str, object] = done.answer
    return answer
