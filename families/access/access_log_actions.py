"""Noting that somebody has looked: whom at, and at what level, once for each sign-in."""

from collections.abc import Iterable

from django.utils import timezone

from families.access.access_level import annotate_access_level
from families.models import Family, Layer
from leap.core.accounts.models import User
from leap.core.audit.log import event, record, record_all
from leap.core.audit.models import Event

OPENED = "family.opened"
BREAK_GLASS = "break_glass"


def open_record(*, family: Family, by: User, seen: set[str], how: str = "page") -> None:
    """Note that `by` has opened the record; once for each sign-in, whose `seen` this adds to.

    `family` comes with its access level: see `annotate_access_level`.
    """
    if family.ref not in seen:
        _note([family], by=by, seen=seen, how=how)


def open_records(*, families: Iterable[Family], by: User, seen: set[str], how: str) -> int:
    """The same for many, in as many statements as for one; how many were not in `seen`.

    These need not come with anything.
    """
    new = {family.pk for family in families if family.ref not in seen}
    if new:
        _note(
            annotate_access_level(Family.objects.filter(pk__in=new), by), by=by, seen=seen, how=how
        )
    return len(new)


def _note(families: Iterable[Family], *, by: User, seen: set[str], how: str) -> None:
    team_code = by.teams[0].code if by.teams else ""
    families = list(families)
    record_all(
        event(
            OPENED,
            by=by,
            family_ref=family.ref,
            team_code=family.working_team or team_code,  # type: ignore[attr-defined]
            level=_level(family),
            how=how,
        )
        for family in families
    )
    seen.update(family.ref for family in families)


def note_search(*, by: User, count: int) -> None:
    """Note that `by` searched, and how much came up; never what for."""
    record("families.searched", by=by, found=count)


def note_listed(*, by: User, resource: str, rows: int) -> None:
    """Note that `by` was given a page of a list: what of, and how many rows."""
    record("records.listed", by=by, resource=resource, rows=rows)


def seen_this_hour(by: User, refs: Iterable[str]) -> set[str]:
    """Those of the families that a system with `by`'s token was given something of this hour.

    A token signs in once for good, so its looks are counted by the hour: a system that asks every
    minute does not bury the others.
    """
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    openings = Event.objects.filter(
        by_ref=str(by.ref), kind=OPENED, at__gte=hour, family_ref__in=set(refs), details__how="api"
    )
    return set(openings.values_list("family_ref", flat=True))


def _level(family: Family) -> str:
    """The innermost layer that they see; or that they see it by break-glass alone."""
    if not family.at_work:  # type: ignore[attr-defined]
        return BREAK_GLASS
    if family.restriction or family.names_them:  # type: ignore[attr-defined]
        return str(Layer.RESTRICTED)
    return str(Layer.AGENCY if family.of_agency else Layer.SHARED)  # type: ignore[attr-defined]
