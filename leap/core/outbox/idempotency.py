"""Safe to send twice: the same key does its work once, and is given the same answer again.

Going back brings a form's page with a new submission key and the browser's memory of what was
typed. The key alone takes that for something new; what was typed says that it is not. It is
recognised by a digest, since no words are stored to compare with.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ParamSpec, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict
from leap.core.http import signed_in
from leap.core.outbox import drafts
from leap.core.outbox.models import Draft, IdempotencyKey

P = ParamSpec("P")
NOTHING_NEW = ""  # `makes` of a form that changes what there is: done twice, it leaves the same
WITHIN = timedelta(hours=24)
ABOUT_NOW = timedelta(hours=1)
ANOTHER = "another"  # the field by which somebody says that it is not the same
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "submission", "made_for", "next", ANOTHER})
SALT = "leap.core.outbox.repeats"  # of the digests that are kept: it stays as it is


class SavedBefore(Exception):
    """This user saved the same with the same form a while ago (409), and has to say whether it is
    another one."""

    def __init__(self, makes: str, made_at: datetime, address: str) -> None:
        super().__init__(f"You saved this {makes} already.")
        self.makes, self.made_at, self.address = makes, made_at, address


@dataclass(frozen=True)
class TypedForm:
    """What was sent with a form that makes something, as digests."""

    makes: str  # what the form makes, as in “another contact”
    digest: str
    # Without the times of day that a form fills in by itself: a page that is loaded again shows
    # another minute. It counts only where those times are about now.
    digest_untimed: str
    is_about_now: bool
    is_another: bool
    within: timedelta = WITHIN


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
            work=lambda: _answer_of(action(*args, **kwargs)),
            typed=_typed_form(request, makes=makes, clock=clock, within=within) if makes else None,
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
            _check_not_saved(typed, route=route, opens=opens, by=user)
        answer = work()
        made = IdempotencyKey.objects.filter(user=user, key=key[:100])
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
            "INSERT INTO outbox_idempotencykey"
            " (user_id, key, route, answer, made_at, digest, digest_untimed)"
            " VALUES (%s, %s, %s, '{}', now(), '', '') ON CONFLICT (user_id, key) DO NOTHING",
            [user.pk, key[:100], route],
        )
        return bool(cursor.rowcount)


def _earlier_answer(user: User, key: str, route: str) -> dict[str, object]:
    done = IdempotencyKey.objects.get(user=user, key=key[:100])
    if done.route != route:
        raise Conflict(
            "This key was already used for something else. Send it again with a new key."
        )
    answer: dict[str, object] = done.answer
    return answer


# The same thing typed twice


def _typed_form(
    request: HttpRequest, *, makes: str, clock: tuple[str, ...] = (), within: timedelta = WITHIN
) -> TypedForm:
    """The digests of what `request` sends. `clock` names the fields that begin with the time."""
    sent = {
        name: [" ".join(value.split()) for value in values if value.strip()]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }
    files = [(name, _content(file)) for name, uploads in request.FILES.lists() for file in uploads]
    lines = [f"{name}={value}" for name in sorted(sent) for value in sorted(sent[name])]
    lines += [f"{name}:{content}" for name, content in sorted(files)]
    untimed = [line for line in lines if line.partition("=")[0] not in clock]
    times = [value for name in clock for value in sent.get(name, [])]
    return TypedForm(
        makes=makes,
        digest=_digest(lines),
        digest_untimed=_digest(untimed),
        is_about_now=bool(times) and all(_is_about_now(value) for value in times),
        is_another="yes" in (request.POST.get(ANOTHER), request.GET.get(ANOTHER)),
        within=within,
    )


def _content(file: "UploadedFile[Any]") -> str:
    """The sum of a file, which whoever reads it next finds at its beginning."""
    file.seek(0)
    summed = hashlib.sha256()
    for piece in file.chunks():
        summed.update(piece)
    file.seek(0)
    return summed.hexdigest()


def _digest(lines: Iterable[str]) -> str:
    return salted_hmac(SALT, "\n".join(lines), algorithm="sha256").hexdigest()


def _is_about_now(time: str) -> bool:
    now = timezone.localtime()
    try:
        then = datetime.strptime(time[:5], "%H:%M")  # noqa: DTZ007 only the time of day is taken
    except ValueError:
        return False
    then = now.replace(hour=then.hour, minute=then.minute)
    return abs(now - then) <= ABOUT_NOW


def _check_not_saved(typed: TypedForm, *, route: str, opens: str, by: User) -> None:
    """Raise SavedBefore if `by` has saved the same by `route`. Two at once wait for one another:
    call it inside the transaction of the work."""
    with connection.cursor() as cursor:
        lock = f"{by.pk} {route} {typed.digest_untimed}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    if typed.is_another:
        return
    since = timezone.now() - typed.within
    made = IdempotencyKey.objects.exclude(digest="").filter(
        user=by, digest_untimed=typed.digest_untimed, route=route, made_at__gt=since
    )
    if not typed.is_about_now:
        made = made.filter(digest=typed.digest)
    if earlier := made.order_by("-made_at").first():
        address = earlier.answer.get("address") or opens
        raise SavedBefore(typed.makes, earlier.made_at, str(address))
