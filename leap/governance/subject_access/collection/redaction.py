"""What each field of an entry comes to: leaves as it is, is to be read, or is to be left out.

Fields are found by the closed list in `leap.governance.data_inventory`. One that is declared there
and not named here as never written is written, so nothing new is forgotten.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from families.models import Layer, Observation, Residence
from families.observations.codes import CODES, value_in_words
from leap.core.ui.formatting import short_day, when
from leap.governance.data_inventory import declared
from leap.governance.subject_access.collection import entries
from leap.governance.subject_access.collection.access_log import access_items
from leap.governance.subject_access.collection.entries import CollectedEntry
from leap.governance.subject_access.collection.scope import CollectionScope, read
from leap.governance.subject_access.models import DisclosureItem, SubjectAccessRequest

# How the row is kept and found, or said by its heading already; never anything about the person.
NOT_WRITTEN = {
    "family",
    "person",
    "named",
    "source_ref",
    "search_name",
    "phonetic_name",
    "contact",
    "session",
}
NOT_WRITTEN_OF = {
    "families.Person": {"restriction"},
    "families.Contact": {"occurred_on"},
    "families.ContactVersion": {"people"},
    "families.Observation": {"code", "number", "ref"},
    "families.BreakGlass": {"involvement"},
    "referrals.Referral": {"follows", "incoming"},
    "referrals.Note": {"referral"},
    "referrals.Attachment": {"referral"},
    "referrals.ExternalReferralStep": {"outside"},
    "leap_sites.Attendance": {"booking"},
}
# What is neither personal nor sensitive, but makes the entry readable.
CONTEXT = {
    "families.Contact": {"kind", "team", "minutes"},
    "families.HandoverNote": {"team", "at"},
    "families.SharingDecision": {"decision", "basis", "team", "decided_at", "withdrawn_at"},
    "families.ServiceConsent": {"team", "said_at"},
    "families.BreakGlass": {"at", "reviewed_at"},
    "referrals.Referral": {
        "pathway", "from_team", "to_team", "status", "sent_at", "acknowledged_at", "accepted_at",
        "declined_at", "first_contact_at", "closed_at",
    },
    "referrals.Note": {"kind", "team", "at"},
    "referrals.Attachment": {"kind", "team", "made_at", "removed_at"},
    "referrals.ExternalReferral": {
        "kind", "from_team", "status", "way", "sent_at", "acknowledged_at", "accepted_at",
        "declined_at", "closed_at",
    },
    "referrals.ExternalReferralStep": {"kind", "at"},
    "leap_sites.Booking": {"made_at", "cancelled_at"},
}  # fmt: skip

OTHERS = "It is about somebody else."
TYPED = "Typed freely: it may speak of somebody else."
ABUSE = "It speaks of domestic abuse. Be sure that it is safe for this to reach whoever asks."
AGENCY = "It is kept within one agency, which decides on it."
NAMED = "It is kept for named people only."

Verdict = tuple[str, str]


def gather(request: SubjectAccessRequest) -> list[DisclosureItem]:
    """Every piece of the record, in order, not yet saved."""
    scope = read(request)
    pieces = [
        piece for entry in entries.collected_entries(scope) for piece in _pieces(scope, entry)
    ]
    pieces += access_items(scope)
    for place, piece in enumerate(pieces, start=1):
        piece.request, piece.place = request, place
    return pieces


def _pieces(scope: CollectionScope, entry: CollectedEntry) -> Iterator[DisclosureItem]:
    label = entry.row._meta.label
    for name in written_lines(label, entry.row):
        # A field's value in words; blank where there is none.
        row = entry.row
        if isinstance(row, Observation) and name == "value":
            text = value_in_words(row.code, row.value)
        elif (display := getattr(row, f"get_{name}_display", None)) and getattr(row, name):
            text = str(display())
        else:
            text = _words(getattr(row, name))
        if not text:
            continue
        # What is proposed for one field, and why: the first of these that holds.
        own = entry.about is None or scope.is_about(entry.about)
        layer = _layer(entry)["layer"]
        typed = name in declared(entry.row._meta.label).of_others
        verdicts = (
            (_is_never(scope, entry, name), (DisclosureItem.Proposal.NEVER, "")),
            (not own, (DisclosureItem.Proposal.LEAVE_OUT, OTHERS)),
            (layer == Layer.RESTRICTED, (DisclosureItem.Proposal.LEAVE_OUT, NAMED)),
            (bool(entry.abuse), (DisclosureItem.Proposal.READ, ABUSE)),
            (typed, (DisclosureItem.Proposal.READ, TYPED)),
            (layer == Layer.AGENCY, (DisclosureItem.Proposal.READ, AGENCY)),
        )
        proposal, why = next(
            (verdict for holds, verdict in verdicts if holds), (DisclosureItem.Proposal.PLAIN, "")
        )
        yield DisclosureItem(
            **_layer(entry),
            section=entry.section,
            record=entry.record,
            label=f"{label}.{name}",
            title=_title(entry.row, name),
            text=text,
            proposal=proposal,
            why=why,
            suggested=scope.words_of_others(text)
            if proposal == DisclosureItem.Proposal.READ
            else [],
        )


def written_lines(label: str, row: Model | type[Model]) -> list[str]:
    """The fields of a model that an answer holds, in the model's order."""
    wanted = declared(label).private - NOT_WRITTEN - NOT_WRITTEN_OF.get(label, set())
    wanted |= CONTEXT.get(label, set())
    return [field.name for field in row._meta.concrete_fields if field.name in wanted]


def _is_never(scope: CollectionScope, entry: CollectedEntry, name: str) -> bool:
    """Where a shielded person lives and by what number they are reached; abuse that one party told
    about and another asks for; and what is for named people only, where nobody is named."""
    row = entry.row
    if isinstance(row, Residence):
        shielded = row.postcode_id in scope.shielded_postcodes
        return shielded or row.person_id in scope.shielded_people
    if name == "telephone" and entry.about in scope.unreachable:
        return True
    told_by_others = entry.abuse - {scope.person.pk}
    return bool(told_by_others or (entry.abuse and not scope.is_self)) or entry.named == ()


def _layer(entry: CollectedEntry) -> dict[str, Any]:
    """Who reads the piece: as the entry says, or whoever is named for somebody in it."""
    layer = getattr(entry.row, "layer", Layer.SHARED)
    if layer == Layer.SHARED and entry.named:
        return {"layer": Layer.RESTRICTED, "named": list(entry.named)}
    if layer == Layer.SHARED:
        return {"layer": Layer.SHARED}
    row: Any = entry.row
    return {"layer": layer, "agency_id": row.agency_id, "named": row.named}


def _title(row: Model, name: str) -> str:
    if isinstance(row, Observation) and name == "value":
        return CODES[row.code].title if row.code in CODES else row.code
    words = str(getattr(row._meta.get_field(name), "verbose_name", name))
    return (words[:1].upper() + words[1:]).replace("Nhs", "NHS")


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return when(value)
    if isinstance(value, date):
        return short_day(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_words(part)}" for name, part in value.items() if part)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
