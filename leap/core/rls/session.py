"""The second line of defence: the database shows a practitioner only what is shared with them.

`visible_to` decides what anybody sees. Should a query forget it, PostgreSQL's row-level security
gives it nothing that `visible_to` would not have given: during a request the connection takes the
role `leap_web`, which no policy lets past, and says who is reading. Tasks and commands, which work
on everybody's records, are not behind row-level security.

`bypass_rls` opens it for a few lines where looking further is the point, such as counting what is
kept from the reader. docs/decisions/0011-row-level-security.md says what this costs and does not
cover.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from leap.core.accounts.models import User

ROLE = "leap_web"
EVERYTHING = "*"


@dataclass(frozen=True)
class Reader:
    """For whom the connection reads: `who` as in `User.access_keys`, and the reader's agencies."""

    role: str = ROLE
    who: str = ""
    agencies: str = ""
    key: str = ""


NOBODY = Reader()
SYSTEM = Reader(role="none")


def set_reader(user: User) -> None:
    """From here on the connection reads for `user`."""
    _read_for(
        Reader(
            who=",".join(map(str, user.access_keys)),
            agencies=",".join(map(str, user.agency_ids)),
            key=str(user.pk),
        )
    )


@contextmanager
def as_reader(user: User) -> Iterator[None]:
    """Inside the block a command reads for `user`, as one of their requests would."""
    set_reader(user)
    try:
        yield
    finally:
        _go_back_to(SYSTEM)


def identify(user: User) -> None:
    """From here on the connection reads the secrets that `user` signs in with, and nobody's
    records: for whoever is proving, or has just proved, who they are."""
    reader = _reader()
    if reader != SYSTEM and reader.key != str(user.pk):
        _read_for(Reader(key=str(user.pk)))


@contextmanager
def identified(user: User | None) -> Iterator[None]:
    """Inside the block the connection reads the secrets that `user` signs in with."""
    before = _reader()
    if user is not None:
        identify(user)
    try:
        yield
    finally:
        if _reader() != before:
            _go_back_to(before)


@contextmanager
def bypass_rls(why: str) -> Iterator[None]:
    """Look past row-level security for these lines. `why` is for whoever reads the code.

    Querysets are lazy: what is to be read past row-level security has to be evaluated inside.
    """
    reader = _reader()
    if reader == SYSTEM or reader.who == EVERYTHING:
        yield
        return
    _read_for(Reader(who=EVERYTHING, agencies=reader.agencies, key=reader.key))
    try:
        yield
    finally:
        _go_back_to(reader)


def _go_back_to(reader: Reader) -> None:
    try:
        _read_for(reader)
    except Error:  # a failed statement, which rolling back undoes with this; or no connection left
        _remember(reader)


def _reader() -> Reader:
    return cast(Reader, getattr(connection, "leap_reader", SYSTEM))


def _remember(reader: Reader) -> None:
    connection.leap_reader = reader  # type: ignore[attr-defined]


def _read_for(reader: Reader) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('role', %s, false), set_config('leap.access_keys', %s, false),"
            " set_config('leap.agencies', %s, false), set_config('leap.practitioner', %s, false),"
            " set_config('leap.session', '', false), set_config('leap.token', '', false)",
            [reader.role, reader.who, reader.agencies, reader.key],
        )
    _remember(reader)


class RowLevelSecurityMiddleware:
    """Every request reads behind row-level security, from its first look at anybody's record to its
    end.

    A web process never steps out from behind it between requests. Others, such as tests, which use
    the connection for work of their own, get it back as it was.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            set_reader(request.user)
            return self._answer(request)
        return self._answer_nobody(request)

    def _answer_nobody(self, request: HttpRequest) -> HttpResponse:
        """From here on the connection reads for nobody, and `bypass_rls` goes back to nobody: not
        to whom the connection read for before."""
        before, closed = _reader(), LazyAnonymousReader()
        _remember(NOBODY)
        try:
            with connection.execute_wrapper(closed):
                return self._answer(request, stepped_out=lambda: closed.is_closed)
        finally:
            if not closed.is_closed:
                _remember(before)

    def _answer(
        self, request: HttpRequest, stepped_out: Callable[[], bool] = lambda: True
    ) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            if not settings.WEB and stepped_out() and _reader() != SYSTEM:
                _go_back_to(SYSTEM)


class LazyAnonymousReader:
    """Signed out, the connection is for nobody from its first statement. A page that asks the
    database nothing, such as the one that says it is down, does not need it for this."""

    def __init__(self) -> None:
        self.is_closed = False

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        if not self.is_closed:
            self.is_closed = True
            _read_for(NOBODY)
        return execute(*statement)
