"""The answer: what leaves, frozen with the request when somebody has read it all."""

import hashlib
import json
import re
from itertools import groupby
from typing import Any, TypedDict

from leap.core.ui.formatting import short_day
from leap.governance.subject_access.collection.scope import CollectionScope, read
from leap.governance.subject_access.models import DisclosureItem, Exemption, SubjectAccessRequest

HIDDEN = "[hidden]"


class DisclosedField(TypedDict):
    """One field: its words, or why they are left out."""

    title: str
    field: str
    text: str
    withheld: str  # why something in it, or all of it, is held back; blank for none


class DisclosedRecord(TypedDict):
    title: str
    fields: list[DisclosedField]


class Section(TypedDict):
    title: str
    records: list[DisclosedRecord]
    left_out: int  # entries of which nothing leaves


class SubjectAccessAnswer(TypedDict):
    """All that leaves, in words fit for the person."""

    ref: str
    about: str
    asked_on: str
    gathered_on: str
    sections: list[Section]


def freeze(request: SubjectAccessRequest) -> dict[str, Any]:
    """Everything decided, as it will be written. Nothing hidden is in it."""
    scope = read(request)
    pieces = request.pieces.exclude(proposal=DisclosureItem.Proposal.NEVER).order_by("place")
    sections = [
        _section(scope, title, list(of_section))
        for title, of_section in groupby(pieces, key=lambda piece: piece.section)
    ]
    frozen: SubjectAccessAnswer = {
        "ref": request.ref,
        "about": request.person.name,
        "asked_on": short_day(request.asked_on),
        "gathered_on": short_day(request.gathered_at),
        "sections": sections,
    }
    return dict(frozen)


def fingerprint(request: SubjectAccessRequest) -> str:
    """SHA-256 of the answer: two files that say the same were made from the same."""
    written = json.dumps(request.answer, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def as_it_leaves(scope: CollectionScope, piece: DisclosureItem) -> str:
    """The words of a piece without those hidden, nor any that say where a shielded person lives."""
    hidden = [*piece.hidden, *scope.never_in(piece.text)]
    return cut_out(piece.text, hidden)


def cut_out(text: str, hidden: list[str]) -> str:
    """`text` with the words hidden wherever they stand, in either case, the longest first."""
    if not hidden:
        return text
    longest = sorted(filter(None, hidden), key=len, reverse=True)
    return re.sub("|".join(map(re.escape, longest)), HIDDEN, text, flags=re.IGNORECASE)


def _section(scope: CollectionScope, title: str, pieces: list[DisclosureItem]) -> Section:
    records: list[DisclosedRecord] = [
        {
            "title": cut_out(heading, list(scope.never)),
            "fields": [_field(scope, piece) for piece in of_record],
        }
        for heading, of_record in groupby(pieces, key=lambda piece: piece.record)
    ]
    disclosed = [record for record in records if any(field["text"] for field in record["fields"])]
    return {"title": title, "records": disclosed, "left_out": len(records) - len(disclosed)}


def _field(scope: CollectionScope, piece: DisclosureItem) -> DisclosedField:
    out = piece.decision == DisclosureItem.Decision.LEAVE_OUT
    return {
        "title": piece.title,
        "field": piece.label,
        "text": "" if out else as_it_leaves(scope, piece),
        "withheld": str(Exemption(piece.exemption).label) if piece.exemption else "",
    }
