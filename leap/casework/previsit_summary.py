"""Before I knock: what to know at the door, on one screen of a phone.

What protects people stands first. Nothing here is for paper: most of it is left out of a print.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils import timezone

from families.access.loading import members_of, working_teams
from families.contacts import follow_ups
from families.history import page_query
from families.history.page_query import PageRecords
from families.models import Contact, Family, Layer, Member, Observation, Residence
from families.models.shielded_addresses import Withheld
from families.observations.codes import CODES, is_printable
from families.observations.display import ObservationDisplay, note_is_printed
from families.people import bereavement
from leap.casework.prompts import queries as prompts
from leap.core.accounts.models import User
from leap.core.audit.kinds import HISTORY
from leap.core.audit.models import Event
from leap.core.reference_data.postcodes import postcode_in_words

MOST = 12  # of what changed; the rest is on the family's own page
NOW = ("late", "due_today", "due_soon", "due")


@dataclass(frozen=True)
class HomeAddress:
    """Where some of the family live; blank where it is kept from somebody in it."""

    address: str
    postcode: str
    people: list[str] = field(default_factory=list)

    @property
    def is_withheld(self) -> bool:
        return not self.postcode

    @property
    def place(self) -> str:
        return postcode_in_words(self.postcode)


@dataclass(frozen=True)
class ChangeSinceVisit:
    """Something that somebody else wrote or did since the reader was here."""

    at: datetime
    title: str
    by: str
    note: str = ""
    url: str = ""


def previsit_summary(family: Family, user: User, *, leaving: bool = False) -> dict[str, Any]:
    """What the screen shows. `leaving`, it goes along on a device: without what colleagues wrote
    for named people."""
    today = timezone.localdate()
    further = page_query.fetch_page_records(family, by=user, on=today, before="")
    members = members_of(family, user)
    # When the reader saw somebody of this family last, or tried to.
    mine = Contact.objects.filter(family=family, by=user).order_by("-occurred_at")
    visited = mine.values_list("occurred_at", flat=True).first()
    steps = follow_ups.in_family(family, user)
    due = [review for review in further.due if review.state in NOW]
    return {
        "family": family,
        "members": [(m, m.person_id in further.withheld.people) for m in members],
        "safely_reached": [member for member in members if hasattr(member.person, "safe_contact")],
        "homes": _homes(members, further.withheld, today),
        "alerts": family.alerts.live().select_related("by").order_by("kind", "pk"),
        "losses": bereavement.losses_among(members, today),
        "prompts": prompts.prompts_of_family(family, by=user),
        "interpreters": [m.person for m in members if m.person.interpreter],
        "due": due,
        "steps": steps.exclude(contact__layer=Layer.RESTRICTED) if leaving else steps,
        "visited": visited,
        "changed": _changed(family, user, visited, further, members, leaving=leaving),
        "restricted_people_count": further.hidden.people,
        # The review that a visit today is likely to be: the one that has waited longest.
        "review": min(due, key=lambda review: review.due_on, default=None),
        "can_write": bool(working_teams(family, user)) and not family.closed_at,
        "today": today,
    }


def _homes(members: list[Member], withheld: Withheld, today: date) -> list[HomeAddress]:
    """Where everybody lives today, each address once, with who lives there."""
    moved = Residence.objects.filter(person__in=[m.person_id for m in members])
    moved = moved.filter(Q(moved_in_on=None) | Q(moved_in_on__lte=today)).select_related("postcode")
    latest: dict[int, list[Residence]] = defaultdict(list)
    for one in moved.order_by(F("moved_in_on").desc(nulls_last=True), "listed", "pk"):
        known = latest[one.person_id]
        if not known or known[0].moved_in_on == one.moved_in_on:
            known.append(one)
    homes: dict[tuple[str, str], HomeAddress] = {}
    for member in members:
        for one in latest[member.person_id]:
            home = (
                HomeAddress("", "")
                if one.postcode_id in withheld.postcodes
                else HomeAddress(one.address, one.postcode.postcode)
            )
            shared = homes.setdefault((home.address, home.postcode), home)
            shared.people.append(member.person.given_name or member.person.name)
    return list(homes.values())


def _changed(
    family: Family,
    user: User,
    since: datetime | None,
    further: PageRecords,
    members: list[Member],
    *,
    leaving: bool,
) -> list[ChangeSinceVisit]:
    """What others wrote, found and did since the reader's last visit, the newest first."""
    # What others recorded since of somebody here, other than in an entry that is told anyway. The
    # screen is read at a front door, so what must not be printed is not named here either.
    observations = Observation.objects.visible_to(user).filter(
        ~Q(by=user) | Q(by=None), person__in=[m.person_id for m in members],
        **_after("recorded_at", since),
    )  # fmt: skip
    without_entry = Q(contact=None)
    if since:  # added later to an entry that is the reader's own, or was there before
        without_entry |= Q(contact__by=user) | Q(contact__recorded_at__lte=since)
    observations = observations.filter(without_entry)
    if leaving:
        observations = observations.exclude(layer=Layer.RESTRICTED)
    findings: dict[tuple[str, date], ChangeSinceVisit] = {}
    newest = observations.select_related("person", "by").order_by("-recorded_at", "-pk")
    for one in newest[: MOST * 4]:
        title = "Recorded: something to read on the family’s page"
        if is_printable(one.code):
            title = f"Recorded of {one.person.name}: {CODES[one.code].title}"
        by = one.by.name if one.by else one.source
        findings.setdefault((title, one.recorded_on), ChangeSinceVisit(one.recorded_at, title, by))
    changes = [
        *_entries(family, user, since, leaving=leaving),
        *list(findings.values())[:MOST],
        *_moves(family, user, since),
    ]
    changes += [
        ChangeSinceVisit(entry.at, entry.title, entry.team)
        for entry in further.hidden.lines
        if since is None or entry.at > since
    ]
    return sorted(changes, key=lambda change: change.at, reverse=True)[:MOST]


def _entries(
    family: Family, user: User, since: datetime | None, *, leaving: bool
) -> list[ChangeSinceVisit]:
    """Entries that others recorded since, even about a day before; without the notes of those that
    tell of what must not be printed."""
    written = Contact.objects.filter(family=family).in_layers_of(user)
    if leaving:
        written = written.exclude(layer=Layer.RESTRICTED)
    written = written.filter(~Q(by=user) | Q(by=None), **_after("recorded_at", since))
    # What was found at a contact, for the statement of contacts.
    theirs = Observation.objects.filter(contact=OuterRef("pk"))
    contacts = (
        written.select_related("by", "team")
        .with_reviews()
        .annotate(found=ArraySubquery(theirs.values(row=JSONObject(code="code", value="value"))))
    )
    return [
        ChangeSinceVisit(
            one.occurred_at,
            f"{what_it_was(one)}: {one.get_outcome_display().lower()}",
            f"{one.by}, {one.team}" if one.by else str(one.team),
            one.note if note_is_printed(_findings_at(one)) else "",
            one.ref,
        )
        for one in contacts.order_by("-recorded_at", "-pk")[:MOST]
    ]


def _findings_at(contact: Contact) -> list[ObservationDisplay]:
    findings: list[dict[str, str]] = contact.found  # type: ignore[attr-defined]
    return [ObservationDisplay(**finding, person="") for finding in findings]


def what_it_was(contact: Contact) -> str:
    """The review it was, or the kind of contact."""
    return contact.title


def _moves(family: Family, user: User, since: datetime | None) -> list[ChangeSinceVisit]:
    """Of the lead, the teams and the referrals."""
    events = Event.objects.filter(family_ref=family.ref, kind__in=HISTORY, **_after("at", since))
    others = events.exclude(by_ref=str(user.ref)).order_by("-at", "-pk")[:MOST]
    return [ChangeSinceVisit(event.at, HISTORY[event.kind], event.by_name) for event in others]


def _after(name: str, since: datetime | None) -> dict[str, Any]:
    return {f"{name}__gt": since} if since else {}
