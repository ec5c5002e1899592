"""Who has looked at a family's record: every opening of it, as the log has it, newest first."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Page
from django.db.models import QuerySet

from families.models import Family
from leap.core.accounts.models import Team
from leap.core.audit.models import Event
from leap.core.ui.pagination import page_of

A_PAGE = 50
# What counts as looking, and how it is said where the event itself does not say how.
LOOKS = {
    "family.opened": "",
    "referral.previewed": "preview",
    "referral.file_opened": "file",
    "outside.printed": "print",
    "subject_access.exported": "export",
}
HOW = {
    "page": "Opened the record",
    "api": "Read by another system",
    "offline": "Taken along on a device",
    "preview": "Preview for a referral",
    "file": "Opened a file of a referral",
    "print": "Printed a referral to somebody outside",
    "export": "Took a copy out",
    "break_glass": "Opened in an emergency",
}
LEVELS = {
    "shared": "What is shared",
    "agency": "With entries of their own agency",
    "restricted": "With entries for named people",
    "break_glass": "What is shared",
    "preview": "Names and the reason for the referral",
    "file": "One file",
    "print": "What the referral says",
    "export": "Everything that was released",
}


@dataclass(frozen=True)
class AccessLogEntry:
    """One look: when, by whom of which team, how, and at what."""

    at: datetime
    by: str
    team: str
    discipline: str
    how: str
    level: str

    @property
    def how_words(self) -> str:
        return HOW.get(self.how, self.how)

    @property
    def level_words(self) -> str:
        return LEVELS.get(self.level, self.level)

    @property
    def is_emergency(self) -> bool:
        return self.how == "break_glass"


def read_page(family: Family, number: str | None) -> "Page[Event]":
    """A page of the events that are looks; `entries_of` says what they were."""
    return page_of(_events(family), A_PAGE, number)


def entries_of(events: Iterable[Event]) -> list[AccessLogEntry]:
    """Each event as a look, in the same order; one statement for their teams."""
    return list(_looks(list(events)))


def read_all(family: Family) -> Iterator[AccessLogEntry]:
    """Every look, newest first."""
    return _looks(list(_events(family)))


def _events(family: Family) -> QuerySet[Event]:
    about = Event.objects.about_family(family.ref).filter(kind__in=LOOKS)
    return about.order_by("-at", "-pk")


def _looks(events: list[Event]) -> Iterator[AccessLogEntry]:
    codes = {event.team_code for event in events if event.team_code}
    teams = Team.objects.filter(code__in=codes).in_bulk(field_name="code") if codes else {}
    for event in events:
        team = teams.get(event.team_code)
        level = str(event.details.get("level", "")) or LOOKS[event.kind]
        how = str(event.details.get("how", "")) or LOOKS[event.kind] or "page"
        yield AccessLogEntry(
            at=event.at,
            by=event.by_name,
            team=team.name if team else "",
            discipline=team.discipline if team else "",
            how="break_glass" if level == "break_glass" else how,
            level=level or "shared",
        )
