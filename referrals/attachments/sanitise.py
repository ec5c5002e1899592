"""What may be attached: told by the content, never by the name, and cleaned of what it hides.

A picture is read to its last byte: what a camera wrote beside it, such as where it was taken, and
whatever stands behind its end are left out. Anything that is not what it begins as is refused, with
a sentence.
"""

import io
import zlib
from collections.abc import Iterator
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.core.exceptions import ValidationError

from referrals.attachments import pdf_contents, word_contents
from referrals.models import Attachment

Kind = Attachment.Kind
LARGEST = 10_000_000  # bytes
WIDEST = 50_000_000  # pixels of a picture, all in all
PARTS, UNPACKED = 1_000, 60_000_000  # of a Word document: files in it, and their bytes in all
TAKEN = "Attach a PDF, a JPEG or PNG picture, a Word document (.docx) or plain text."
TOO_LARGE = "This file is larger than 10 MB. Send a smaller one, or the pages that matter."
BROKEN = "This file is not whole, or not what it begins as. Save it again and attach that."
ALIVE = (
    "This file carries a program or other files inside it, or fetches something from elsewhere. "
    "Save it without them: “Save as PDF”, or print it to a PDF."
)
SEALED = "This file opens with a password only. Attach one without."
ENDINGS = {Kind.PDF: "pdf", Kind.JPEG: "jpg", Kind.PNG: "png", Kind.TEXT: "txt", Kind.DOCX: "docx"}
CONTENT_TYPES = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.TEXT: "text/plain; charset=utf-8",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class SanitisedFile(NamedTuple):
    """What a file is, and its content as it is kept."""

    kind: Kind
    content: bytes


def read(content: bytes) -> SanitisedFile:
    """What this is. ValidationError, with what to do, for what is not taken."""
    if not content:
        raise ValidationError("This file is empty.")
    if len(content) > LARGEST:
        raise ValidationError(TOO_LARGE)
    if content.startswith(b"%PDF-"):
        return SanitisedFile(Kind.PDF, _pdf(content))
    if content.startswith(b"\xff\xd8\xff"):
        return SanitisedFile(Kind.JPEG, b"".join(_jpeg(content)))
    if content.startswith(PNG):
        return SanitisedFile(Kind.PNG, b"".join(_png(content)))
    if content.startswith(b"PK\x03\x04"):
        return SanitisedFile(Kind.DOCX, _docx(content))
    return SanitisedFile(Kind.TEXT, _text(content))


def _pdf(content: bytes) -> bytes:
    if b"%%EOF" not in content[-2048:]:
        raise ValidationError(BROKEN)
    if b"/Encrypt" in content:
        raise ValidationError(SEALED)
    try:
        if pdf_contents.has_active_content(content):
            raise ValidationError(ALIVE)
    except pdf_contents.PasswordNeededError:
        raise ValidationError(SEALED) from None
    except ValueError:
        raise ValidationError(BROKEN) from None
    return content


NO_LENGTH = {0x01, *range(0xD0, 0xD8)}  # markers that stand alone
SCAN, END = 0xDA, 0xD9
FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
# Of what applications write beside a picture: JFIF, its colours, and Adobe's word on them.
APPLICATIONS, COMMENT, KEPT = range(0xE0, 0xF0), 0xFE, (0xE0, 0xE2, 0xEE)


def _jpeg(content: bytes) -> Iterator[bytes]:
    """The picture, segment by segment, without what a camera wrote beside it."""
    yield content[:2]
    at, scans = 2, 0
    while True:
        at = _marker(content, at)
        marker = content[at + 1]
        if marker == END:
            break
        if marker in NO_LENGTH:
            at += 2
            continue
        after = _after_segment(content, at)
        if marker in FRAMES:
            _check_pixels(content[at + 5 : at + 7], content[at + 7 : at + 9])
        if marker == SCAN:
            scans, after = scans + 1, _after_scan(content, after)
        if marker in KEPT or (marker not in APPLICATIONS and marker != COMMENT):
            yield content[at:after]
        at = after
    if not scans:
        raise ValidationError(BROKEN)
    yield b"\xff\xd9"


def _marker(content: bytes, at: int) -> int:
    """Where the next marker begins: fill bytes may stand before it."""
    while content[at : at + 2] == b"\xff\xff":
        at += 1
    if content[at : at + 1] != b"\xff" or at + 1 >= len(content):
        raise ValidationError(BROKEN)
    return at


def _after_segment(content: bytes, at: int) -> int:
    length = int.from_bytes(content[at + 2 : at + 4], "big")
    if length < 2 or at + 2 + length > len(content):
        raise ValidationError(BROKEN)
    return at + 2 + length


def _after_scan(content: bytes, at: int) -> int:
    """Where the picture's data end: at the first marker that is no part of them."""
    while (at := content.find(b"\xff", at)) >= 0:
        following = content[at + 1 : at + 2]
        if following not in (b"\x00", b"\xff") and following and following[0] not in NO_LENGTH:
            return at
        at += 1 if following == b"\xff" else 2
    raise ValidationError(BROKEN)


PNG = b"\x89PNG\r\n\x1a\n"
# What it takes to show the picture in its colours. Everything else may be left out.
CHUNKS = frozenset(b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB bKGD pHYs".split())


def _png(content: bytes) -> Iterator[bytes]:
    """The picture, chunk by chunk, each proved by its sum, without what was written beside it."""
    yield PNG
    at, name = len(PNG), b""
    while name != b"IEND":
        length = int.from_bytes(content[at : at + 4], "big")
        name, after = content[at + 4 : at + 8], at + 12 + length
        sum_of = zlib.crc32(content[at + 4 : after - 4]).to_bytes(4, "big")
        if after > len(content) or content[after - 4 : after] != sum_of:
            raise ValidationError(BROKEN)
        if (at == len(PNG)) != (name == b"IHDR"):
            raise ValidationError(BROKEN)
        if name == b"IHDR":
            _check_pixels(content[at + 8 : at + 12], content[at + 12 : at + 16])
        if name in CHUNKS:
            yield content[at:after]
        at = after


def _check_pixels(one: bytes, other: bytes) -> None:
    if int.from_bytes(one, "big") * int.from_bytes(other, "big") > WIDEST:
        raise ValidationError("This picture has too many pixels to open safely. Send it smaller.")


def _docx(content: bytes) -> bytes:
    """A Word document: a zip with the right parts, none of them a program, and no bomb."""
    try:
        with ZipFile(io.BytesIO(content)) as zipped:
            _check_parts(zipped.infolist())
            if word_contents.has_active_content(zipped, zipped.infolist()):
                raise ValidationError(ALIVE)
    except (BadZipFile, ValueError, NotImplementedError):
        raise ValidationError(BROKEN) from None
    return content


def _check_parts(parts: list[ZipInfo]) -> None:
    names = {part.filename for part in parts}
    if not {"[Content_Types].xml", "word/document.xml"} <= names:
        raise ValidationError(TAKEN)
    if any(part.flag_bits & 1 for part in parts):
        raise ValidationError(SEALED)
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise ValidationError(TOO_LARGE)


CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def _text(content: bytes) -> bytes:
    """Plain text, in UTF-8. What is neither text nor any of the others is taken by no name."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        raise ValidationError(TAKEN) from None
    if CONTROLS & set(content) or content.lstrip()[:1] == b"<":
        raise ValidationError(TAKEN)
    return content
