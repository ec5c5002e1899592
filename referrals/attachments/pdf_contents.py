"""Whether a PDF acts: runs a script, starts a program, sends, or carries other files.

It is read as a reader would (qpdf): names in hex, object streams and filters make no difference.
What no reader can make sense of is looked through byte by byte, with its compressed parts unpacked.
"""

import io
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

UNPACKED = 60_000_000  # bytes of compressed parts, in all
# Names under which a PDF keeps a script, other files, a form of another language, or media.
LIVELY = {
    "/AFRelationship",
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/ImportData",
    "/JavaScript",
    "/JS",
    "/Launch",
    "/Movie",
    "/Rendition",
    "/RichMedia",
    "/SubmitForm",
    "/XFA",
}
# What an action does: opening, sending or fetching something else. Going to a page is none of it.
ACTS = LIVELY | {"/GoToE", "/GoToR", "/Hide", "/Sound", "/Thread", "/Trans3D"}


class PasswordNeededError(Exception):
    """It opens with a password only."""


def has_active_content(content: bytes) -> bool:
    """Whether there is anything in it that does more than be read. PasswordNeededError for what
    cannot be looked into; ValueError for what is not whole."""
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise PasswordNeededError
            return any(_object_acts(part) for part in [pdf.trailer, *pdf.objects])
    except pikepdf.PasswordError:
        raise PasswordNeededError from None
    except pikepdf.PdfError:
        # With the letters that names may write in hex.
        return any(
            WORDS.search(HEX.sub(lambda match: bytes([int(match[1], 16)]), text)) is not None
            for text in [content, *_streams(content)]
        )


def _object_acts(thing: Any, depth: int = 0) -> bool:
    """Whether it does, or one inside it. What it only refers to is looked at by itself."""
    if depth > 50:
        raise ValueError("nested too deeply")
    inside: list[Any] = []
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        fields = dict(
            thing.items() if isinstance(thing, pikepdf.Dictionary) else thing.stream_dict.items()
        )
        if LIVELY & set(fields) or any(
            isinstance(kind, pikepdf.Name) and str(kind) in ACTS for kind in map(fields.get, KINDS)
        ):
            return True
        inside = list(fields.values())
    elif isinstance(thing, pikepdf.Array):
        inside = list(thing)
    return any(
        _object_acts(child, depth + 1)
        for child in inside
        if isinstance(child, pikepdf.Object) and not child.is_indirect
    )


KINDS = ("/S", "/Type", "/Subtype")


HEX = re.compile(rb"#([0-9A-Fa-f]{2})")
WORDS = re.compile(rb"|".join(re.escape(name.encode()) + rb"\b" for name in sorted(LIVELY)))


def _streams(content: bytes) -> Iterator[bytes]:
    """What stands in the compressed parts of a file that no reader can make sense of."""
    left = UNPACKED
    for match in re.finditer(rb"stream\r?\n", content):
        try:
            unpacked = zlib.decompressobj().decompress(content[match.end() :], left)
        except zlib.error:
            continue
        left -= len(unpacked)
        if left <= 0:
            raise ValueError("unpacks to too much")
        yield unpacked
