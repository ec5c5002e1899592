"""The lists of the queue, read as far as a page shows them: a long one costs what a short one does.

Each list is the sum of parts that lie in one index each, in the order in which they are shown: one
for each team and side. A page takes the first of each part, and counts stop where nobody counts on.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.expressions import OrderBy

from families.models import Family
from leap.core import parse
from leap.core.accounts.models import User
from referrals.models import (
    HELD_BY_RECEIVER,
    HELD_BY_SENDER,
    OVER,
    TAKEN_ON,
    TO_ANSWER,
    Referral,
    Status,
)
from referrals.models.referrals import ReferralQuerySet
from referrals.queue.queue import FINISHED, OTHERS, PROGRESS, SEEN, WAITING

A_PAGE, LAST_PAGE = 20, 500
COUNTED = 100  # beyond it the page says "100+"
BESIDE = ("pathway", "from_team", "to_team", "allocated_to")
RED_FIRST: tuple[OrderBy | str, ...] = (F("due_on").asc(nulls_last=True), "sent_at", "pk")
LATEST_FIRST: tuple[OrderBy | str, ...] = (F("sent_at").desc(nulls_last=True), "-pk")

Part = ReferralQuerySet
Narrow = Callable[[Part], Part]
Counts = dict[str, int | str]


def queue_parts(show: str, team_ids: Sequence[int], user: User) -> list[Part]:
    """The parts of this list of these teams for `user`; no referral is in two of them."""
    return [part.open_to(user) for team in team_ids for part in PARTS[show](team, team_ids)]


def _waiting(team: int, ours: Sequence[int]) -> Iterator[Part]:
    yield Referral.objects.filter(to_team=team, status__in=TO_ANSWER)
    yield Referral.objects.filter(from_team=team, status__in=HELD_BY_SENDER)


def _others(team: int, ours: Sequence[int]) -> Iterator[Part]:
    theirs = Referral.objects.filter(from_team=team, status__in=HELD_BY_RECEIVER)
    yield theirs.exclude(to_team__in=ours)
    awaiting_information = Referral.objects.filter(to_team=team, status=Status.INFORMATION_ASKED)
    yield awaiting_information.exclude(from_team__in=ours)


def _progress(team: int, ours: Sequence[int]) -> Iterator[Part]:
    yield Referral.objects.filter(to_team=team, status__in=TAKEN_ON)


def _finished(team: int, ours: Sequence[int]) -> Iterator[Part]:
    yield Referral.objects.filter(from_team=team, status__in=OVER)
    received = Referral.objects.filter(to_team=team, status__in=OVER, sent_at__isnull=False)
    yield received.exclude(from_team__in=ours)


PARTS: dict[str, Callable[[int, Sequence[int]], Iterator[Part]]] = {
    WAITING: _waiting,
    OTHERS: _others,
    PROGRESS: _progress,
    FINISHED: _finished,
}


class _Counted(Paginator):  # type: ignore[type-arg]
    """Pages of a list of which it is known how many there are, as far as they were counted."""

    def __init__(self, count: int) -> None:
        super().__init__([], A_PAGE)
        self.count = count


def counts(
    show: str, team_ids: list[int], narrow: Narrow, number: int, user: User,
    others: Mapping[str, QuerySet[Any]],
) -> tuple[int, Counts]:  # fmt: skip
    """How many are in the list that is shown, from which page to go on; and in each other, for the
    tabs, up to COUNTED. One statement."""
    mine = queue_parts(PROGRESS, team_ids, user)
    lists: dict[str, list[QuerySet[Any]]] = {
        **{tab: list(queue_parts(tab, team_ids, user)) for tab in (WAITING, OTHERS, PROGRESS)},
        "me": [part.filter(allocated_to=user) for part in mine],
        "nobody": [part.filter(allocated_to=None) for part in mine],
        **{name: [queryset] for name, queryset in others.items()},
    }
    parts = [narrow(part) for part in queue_parts(show, team_ids, user)]
    counted = [_count(parts, number * A_PAGE + COUNTED)]
    counted += [_count(querysets, COUNTED + 1) for querysets in lists.values()]
    with connection.cursor() as cursor:
        columns = ", ".join(statement for statement, _ in counted)
        values: list[Any] = [value for _, parameters in counted for value in parameters]
        cursor.execute(f"SELECT {columns}", values)
        shown_count, *rest = cursor.fetchone()
    in_words = [count if count <= COUNTED else f"{COUNTED}+" for count in rest]
    return shown_count, dict(zip(lists, in_words, strict=True))


def _count(parts: Sequence[QuerySet[Any]], at_most: int) -> tuple[str, list[object]]:
    """SQL, and its values, that counts these together, and each no further than `at_most`."""
    if not parts:
        return "0", []
    firsts = [part.order_by().values("pk")[:at_most].query for part in parts]
    # A part that nothing can be in is written too, as one that is empty.
    written = [
        query.get_compiler(connection=connection, elide_empty=False).as_sql() for query in firsts
    ]
    union = " UNION ALL ".join(f"({statement})" for statement, _ in written)
    values = [value for _, parameters in written for value in parameters]
    return f"(SELECT least(count(*), {at_most}) FROM ({union}) AS found)", values


def page(
    show: str, team_ids: list[int], narrow: Narrow, number: int, count: int, user: User
) -> "Page[Referral]":
    """One page of this list, of which there are `count`; each with `family_is_visible` to `user`.
    A page that is not there is the last. One statement."""
    order = LATEST_FIRST if show == FINISHED else RED_FIRST
    paginator = _Counted(count)
    number = min(number, paginator.num_pages)
    firsts = [
        narrow(part).order_by(*order).values("pk")[: number * A_PAGE]
        for part in queue_parts(show, team_ids, user)
    ]
    if not firsts:
        return Page([], number, paginator)
    keys = firsts[0].union(*firsts[1:], all=True) if firsts[1:] else firsts[0]
    visible = Family.objects.visible_to(user).filter(pk=OuterRef("family"))
    referrals = Referral.objects.filter(pk__in=keys).select_related(*BESIDE).order_by(*order)
    referrals = referrals.annotate(**{SEEN: Exists(visible)})
    return Page(list(referrals[(number - 1) * A_PAGE : number * A_PAGE]), number, paginator)


def capped_page_number(number: str | None) -> int:
    """The page that an address asks for; the first where it cannot be read."""
    return min(parse.page_number(number), LAST_PAGE)
