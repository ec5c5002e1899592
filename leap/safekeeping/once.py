"""Safe to send twice: the same key does its work once, and is given the same answer again."""

from collections.abc import Callable

from django.db import connection, transaction
from django.http import HttpRequest

from leap.accounts.models import User
from leap.errors import Conflict
from leap.http import signed_in
from leap.safekeeping.models import Submission


def once(
    *, user: User, key: str, route: str, work: Callable[[], dict[str, object]]
) -> dict[str, object]:
    """Do `work` unless this user's `key` has done it before; either way its answer.

    The key is taken first, in the transaction of the work: a second sender waits on it until the
    first has finished, then reads the first one's answer. Work that fails frees its key, so that a
    corrected form can be sent again under the same one. An empty key does the work plainly.
    """
    if not key:
        with transaction.atomic():
            return work()
    with transaction.atomic():
        if not _take(user, key, route):
            return _answer(user, key, route)
        answer = work()
        Submission.objects.filter(user=user, key=key).update(answer=answer)
        return answer


def do_once(
    request: HttpRequest, do: Callable[[], object], *, route: str = ""
) -> dict[str, object]:
    """Do what a page's form asks for once for each time the form was shown.

    The answer is what `do` returns where that is a dictionary, else an empty one. `route` says what
    the form is for where the address does not, or where other addresses do the same.
    """

    def work() -> dict[str, object]:
        answer = do()
        return answer if isinstance(answer, dict) else {}

    key = request.POST.get("submission", "")
    return once(user=signed_in(request), key=key, route=route or request.path, work=work)


def _take(user: User, key: str, route: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO safekeeping_submission (user_id, key, route, answer, made_at)"
            " VALUES (%s, %s, %s, '{}', now()) ON CONFLICT (user_id, key) DO NOTHING",
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
