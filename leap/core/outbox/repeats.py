"""The same thing typed twice: recognised by a digest, since no words are stored to compare with.

Going back brings a form's page with a new submission key and the browser's memory of what was
typed. The key alone takes that for something new; what was typed says that it is not.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from leap.core.accounts.models import User
from leap.core.outbox.models import Submission

WITHIN = timedelta(hours=24)
ABOUT_NOW = timedelta(hours=1)
ANOTHER = "another"  # the field by which somebody says that it is not the same
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "submission", "made_for", "next", ANOTHER})
SALT = "leap.core.outbox.repeats"


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


def typed_form(
    request: HttpRequest, *, makes: str, clock: tuple[str, ...] = (), within: timedelta = WITHIN
) -> TypedForm:
    """The digests of what `request` sends. `clock` names the fields that begin with the time."""
    sent = {
        name: [" ".join(value.split()) for value in values if value.strip()]
        for name, values in request.POST.lists()
        if name not in NOT_TYPED
    }
    files = [(name, _content(file)) for name, each in request.FILES.lists() for file in each]
    lines = [f"{name}={value}" for name in sorted(sent) for value in sorted(sent[name])]
    lines += [f"{name}:{content}" for name, content in sorted(files)]
    untimed = [line for line in lines if line.partition("=")[0] not in clock]
    times = [value for name in clock for value in sent.get(name, [])]
    return TypedForm(
        makes=makes,
        digest=_digest(lines),
        digest_untimed=_digest(untimed),
        is_about_now=bool(times) and all(_is_about_now(each) for each in times),
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


def check_not_saved(typed: TypedForm, *, route: str, opens: str, by: User) -> None:
    """Raise SavedBefore if `by` has saved the same by `route`. Two at once wait for one another:
    call it inside the transaction of the work."""
    with connection.cursor() as cursor:
        lock = f"{by.pk} {route} {typed.digest_untimed}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [lock])
    if typed.is_another:
        return
    since = timezone.now() - typed.within
    made = Submission.objects.exclude(digest="").filter(
        user=by, digest_untimed=typed.digest_untimed, route=route, made_at__gt=since
    )
    if not typed.is_about_now:
        made = made.filter(digest=typed.digest)
    if earlier := made.order_by("-made_at").first():
        address = earlier.answer.get("address") or opens
        raise SavedBefore(typed.makes, earlier.made_at, str(address))
