"""Every entry of a family's record, section by section, with whom it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Model, QuerySet

from families.models import (
    BreakGlass,
    Contact,
    HandoverNote,
    Observation,
    Residence,
    SafeContact,
    SafetyAlert,
    ServiceConsent,
    SharingDecision,
)
from families.observations.codes import is_printable
from leap.core.ui.formatting import short_day
from leap.governance.subject_access.collection.scope import CollectionScope
from referrals.models import Attachment, ExternalReferral, Note, Referral
from sites.models import Attendance, Booking


@dataclass(frozen=True)
class CollectedEntry:
    """A row, as it would be headed in the answer. `about` is a person's key, or nobody's for what
    is about the family at once; `abuse` marks what speaks of domestic abuse; `named` who alone
    reads it, where it is about somebody restricted."""

    section: str
    record: str
    row: Model
    about: int | None = None
    abuse: frozenset[int] = frozenset()
    named: tuple[int, ...] | None = None


def collected_entries(scope: CollectionScope) -> Iterator[CollectedEntry]:
    """All of them, in the order of the answer."""
    for entries in ALL:
        yield from entries(scope)


def _whose(scope: CollectionScope, person_id: int) -> str:
    """A person, in words fit to leave: others by what they are in the family alone."""
    member = next((relative for relative in scope.members if relative.person_id == person_id), None)
    if scope.is_about(person_id):
        return scope.person.name
    return f"Somebody else: {member.get_role_display().lower()}" if member else "Somebody else"


def _shown(scope: CollectionScope) -> list[int]:
    """The keys of the people whose rows are looked at at all."""
    return [member.person_id for member in scope.members if not scope.is_hidden(member.person)]


def _named(scope: CollectionScope) -> tuple[int, ...] | None:
    """Who alone reads what is about the person asked about, where they are restricted."""
    return tuple(scope.readers.get(scope.person.pk, ())) if scope.person.restriction else None


def _people(scope: CollectionScope) -> Iterator[CollectedEntry]:
    for member in scope.members:
        if member.person_id in _shown(scope):
            whose, about = _whose(scope, member.person_id), member.person_id
            for row in (member.person, member):
                yield CollectedEntry("People", whose, row, about, named=_named_of(scope, about))
    for safe in SafeContact.objects.filter(person__in=_shown(scope)).order_by("person_id"):
        whose = f"How to reach safely: {_whose(scope, safe.person_id)}"
        yield CollectedEntry(
            "People", whose, safe, safe.person_id, named=_named_of(scope, safe.person_id)
        )


def _named_of(scope: CollectionScope, person_id: int) -> tuple[int, ...] | None:
    return _named(scope) if scope.is_about(person_id) else None


def _homes(scope: CollectionScope) -> Iterator[CollectedEntry]:
    homes = Residence.objects.filter(person__in=_shown(scope)).select_related("postcode")
    for home in homes.order_by("person_id", "moved_in_on", "listed", "pk"):
        since = f", from {short_day(home.moved_in_on)}" if home.moved_in_on else ""
        record = f"Where they lived{since}: {_whose(scope, home.person_id)}"
        yield CollectedEntry(
            "Addresses", record, home, home.person_id, named=_named_of(scope, home.person_id)
        )


def _contacts(scope: CollectionScope) -> Iterator[CollectedEntry]:
    contacts = (
        Contact.objects.filter(family=scope.request.family)
        .select_related("team", "by", "service", "site", "agency")
        .prefetch_related("people__person", "observations", "versions", "follow_ups")
        .order_by("occurred_at", "pk")
    )
    for contact in contacts:
        there = [link.person_id for link in contact.people.all()]
        hidden = [e.person for e in contact.people.all() if scope.is_hidden(e.person)]
        others = bool(there) and scope.person.pk not in there
        head = f"{contact.get_kind_display()}, {short_day(contact.occurred_at)}"
        entry = CollectedEntry(
            "Contacts",
            head,
            contact,
            about=min(there) if others else scope.person.pk,
            abuse=_abuse_in(contact.observations.all()),
            named=_all_named(scope, [person.pk for person in hidden]),
        )
        yield entry
        for was in contact.versions.all():
            yield replace(entry, record=f"{head}, as it was before {short_day(was.at)}", row=was)
        for step in contact.follow_ups.all():
            yield replace(entry, record=f"{head}: next step", row=step)


def _abuse_in(observations: Iterable[Observation]) -> frozenset[int]:
    return frozenset(
        observation.person_id for observation in observations if not is_printable(observation.code)
    )


def _all_named(scope: CollectionScope, hidden: Iterable[int]) -> tuple[int, ...] | None:
    """Who is named for everybody restricted whom an entry speaks of."""
    sets = [set(scope.readers.get(pk, ())) for pk in hidden]
    return tuple(sorted(set.intersection(*sets))) if sets else _named(scope)


def _observations(scope: CollectionScope) -> Iterator[CollectedEntry]:
    observations = Observation.objects.filter(person__in=_shown(scope)).select_related(
        "by", "agency"
    )
    for observation in observations.order_by("recorded_on", "pk"):
        yield CollectedEntry(
            "Measurements and findings",
            f"{short_day(observation.recorded_on)}: {_whose(scope, observation.person_id)}",
            observation,
            observation.person_id,
            abuse=_abuse_in([observation]),
            named=_named_of(scope, observation.person_id),
        )


def _referrals(scope: CollectionScope) -> Iterator[CollectedEntry]:
    sent = Referral.objects.filter(family=scope.request.family).exclude(sent_at=None)
    sent = sent.select_related("pathway", "from_team", "to_team", "sent_by", "decided_by")
    for referral in sent.select_related("allocated_to").order_by("sent_at", "pk"):
        yield CollectedEntry(
            "Referrals", f"{referral.pathway}, {short_day(referral.sent_at)}", referral
        )
    notes = Note.objects.filter(referral__in=sent).select_related("referral__pathway", "team", "by")
    for note in notes.order_by("at", "pk"):
        record = f"{note.get_kind_display()}, {short_day(note.at)}: {note.referral.pathway}"
        yield CollectedEntry("Referrals", record, note)
    files = Attachment.objects.filter(referral__in=sent).select_related("referral__pathway", "by")
    for file in files.order_by("made_at", "pk"):
        yield CollectedEntry(
            "Referrals", f"File, {short_day(file.made_at)}: {file.referral.pathway}", file
        )


def _outside(scope: CollectionScope) -> Iterator[CollectedEntry]:
    sent = ExternalReferral.objects.filter(family=scope.request.family)
    for referral in sent.select_related("from_team", "sent_by").order_by("sent_at", "pk"):
        record = f"{referral.organisation}, {short_day(referral.sent_at)}"
        yield CollectedEntry("Referrals to others", record, referral)
        for step in referral.steps.select_related("by").order_by("at", "pk"):
            head = f"{record}: {step.get_kind_display().lower()}, {short_day(step.at)}"
            yield CollectedEntry("Referrals to others", head, step)


def _bookings(scope: CollectionScope) -> Iterator[CollectedEntry]:
    booked = Booking.objects.filter(family=scope.request.family).select_related(
        "session__service", "session__site", "made_by"
    )
    for booking in booked.order_by("made_at", "pk"):
        session = booking.session
        record = f"{session.service}, {session.site}, {short_day(session.starts_at)}"
        yield CollectedEntry("Sessions booked", record, booking)
    came = Attendance.objects.filter(person=scope.person).select_related(
        "session__service", "session__site", "marked_by"
    )
    for attendance in came.order_by("pk"):
        record = f"{attendance.session.service}, {short_day(attendance.session.starts_at)}"
        yield CollectedEntry(
            "Sessions attended", record, attendance, scope.person.pk, named=_named(scope)
        )


def _agreed(scope: CollectionScope) -> Iterator[CollectedEntry]:
    family = scope.request.family
    decisions: QuerySet[Any] = SharingDecision.objects.filter(family=family)
    for decision in decisions.select_related("team", "by").order_by("decided_at", "pk"):
        record = f"{decision.get_decision_display()}, {short_day(decision.decided_at)}"
        yield CollectedEntry("Decisions about sharing", record, decision)
    consents: QuerySet[Any] = ServiceConsent.objects.filter(family=family, person__in=_shown(scope))
    for consent in consents.select_related("team", "service", "by").order_by("said_at", "pk"):
        record = f"{short_day(consent.said_at)}: {_whose(scope, consent.person_id)}"
        yield CollectedEntry("Agreement to services", record, consent, consent.person_id)
    for note in (
        HandoverNote.objects.filter(family=family).select_related("team", "by").order_by("pk")
    ):
        yield CollectedEntry("Handed on", f"{note.team}, {short_day(note.at)}", note)
    for alert in SafetyAlert.objects.filter(family=family).select_related("by").order_by("pk"):
        record = f"{alert.get_kind_display()}, {short_day(alert.made_at)}"
        yield CollectedEntry("To know at the door", record, alert)
    for broken in BreakGlass.objects.filter(family=family).order_by("at", "pk"):
        yield CollectedEntry("Opened in an emergency", f"{short_day(broken.at)}", broken)


ALL = (
    _people,
    _homes,
    _contacts,
    _observations,
    _referrals,
    _outside,
    _bookings,
    _agreed,
)
