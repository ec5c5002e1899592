"""Asking a virus scanner, where the installation has one: clamd, over its INSTREAM command."""

import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

from referrals.models import Attachment

PATIENCE = 20  # seconds
PIECE = 64 * 1024  # bytes
AWAY = "The virus scanner does not answer, so nothing was attached. Try again in a while."
FOUND = "The virus scanner stopped this file. Do not send it on: tell whoever looks after your IT."


def scan(content: bytes) -> Attachment.Scan:
    """Clean, or not scanned where there is no scanner. ValidationError for what it stops, and for a
    scanner that was set up and does not answer: then nothing is let past it."""
    if not settings.CLAMD_URL:
        return Attachment.Scan.NOT_SCANNED
    try:
        answer = _ask(content)
    except OSError:
        raise ValidationError(AWAY) from None
    if answer.endswith("FOUND"):
        raise ValidationError(FOUND)
    if not answer.endswith("OK"):
        raise ValidationError(AWAY)
    return Attachment.Scan.CLEAN


def _ask(content: bytes) -> str:
    """What clamd at `tcp://host:port` says of this."""
    where = urlsplit(settings.CLAMD_URL)
    with socket.create_connection((where.hostname, where.port or 3310), PATIENCE) as connection:
        connection.sendall(b"zINSTREAM\0")
        for at in range(0, len(content), PIECE):
            piece = content[at : at + PIECE]
            connection.sendall(len(piece).to_bytes(4, "big") + piece)
        connection.sendall(bytes(4))
        with connection.makefile("rb") as answer:
            return answer.read(4096).rstrip(b"\0\n").decode("utf-8", "replace")
