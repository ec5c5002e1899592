"""The download: a PDF to read and a JSON file for machines, in one zip that is always the same."""

import json
from datetime import UTC
from io import BytesIO
from pathlib import Path
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from leap.core.typesetting import typeset
from leap.governance.subject_access import answer
from leap.governance.subject_access.models import SubjectAccessRequest

TEMPLATE = Path(__file__).with_name("answer.typ")
FORMAT, VERSION = "leap-subject-access", 1


def write(request: SubjectAccessRequest) -> bytes:
    """Both files. Their dates are the answer's own: the same answer gives the same bytes."""
    file, name = BytesIO(), f"your-record-{request.ref}"
    with ZipFile(file, "w", ZIP_DEFLATED) as zipped:
        for suffix, written in ((".pdf", as_pdf(request)), (".json", as_json(request))):
            zipped.writestr(_entry(request, name + suffix), written)
    return file.getvalue()


def as_json(request: SubjectAccessRequest) -> bytes:
    """The answer for machines."""
    document = {"format": FORMAT, "version": VERSION, **_given(request)}
    return json.dumps(document, ensure_ascii=False, indent=2, sort_keys=True).encode()


def as_pdf(request: SubjectAccessRequest) -> bytes:
    """The answer to read and print: a tagged, accessible PDF (PDF/UA-1) set by Typst."""
    assert request.answered_at is not None
    return typeset(TEMPLATE, "answer", _given(request), request.answered_at)


def _given(request: SubjectAccessRequest) -> dict[str, Any]:
    return {**cast(dict[str, Any], request.answer), "fingerprint": answer.fingerprint(request)}


def _entry(request: SubjectAccessRequest, name: str) -> ZipInfo:
    assert request.answered_at is not None
    at = request.answered_at.astimezone(UTC)
    entry = ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
    entry.compress_type, entry.create_system = ZIP_DEFLATED, 3  # as on any system
    return entry
