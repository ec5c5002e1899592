"""Files on a referral: added by one side, read by both, and taken away by the side that added."""

import contextlib
import errno
import hashlib
import logging
import os
import secrets
import time
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.locking import lock_until_commit
from referrals import rules
from referrals.attachments import rules as file_rules
from referrals.attachments import sanitise
from referrals.attachments.virus_scan import scan
from referrals.models import Attachment, Referral
from referrals.transitions.transition import record_referral_event

LONGEST = 100
AT_ONCE = 500  # files
UNDER_WAY = 24 * 60 * 60  # seconds
NO_ROOM = (
    "LEAP has no room for this file just now, so nothing was attached. Keep it, tell whoever looks"
    " after LEAP, and attach it again later."
)
log = logging.getLogger("leap.referrals")
GONE = "This file is not what was attached, or is gone. Ask who attached it to do so again."


def attach(*, referral: Referral, what: str, name: str, content: bytes, by: User) -> Attachment:
    """Keep a file for both sides to read; the same one twice is kept once.

    ValidationError, with what to do, for what is too large, of no kind that is taken, or stopped by
    the virus scanner. The scanner is asked before anything is locked.
    """
    file_rules.check_can_attach(referral, by)
    sent = hashlib.sha256(content).hexdigest()
    same = Attachment.objects.there().filter(referral=referral, sent_sha256=sent)
    if there := same.first():
        return there
    scanned, (kind, clean_copy) = scan(content), sanitise.read(content)
    place = secrets.token_hex(32)
    _write(place, clean_copy)
    try:
        with transaction.atomic():
            return _note(
                Attachment(
                    ref=new_ref("AT", 10),
                    referral=referral,
                    what=what,
                    name=_shown(name),
                    kind=kind,
                    size=len(clean_copy),
                    sha256=hashlib.sha256(clean_copy).hexdigest(),
                    sent_sha256=sent,
                    place=place,
                    scan=scanned,
                    team=rules.side_of(referral, by),
                    by=by,
                )
            )
    except IntegrityError:  # the same file, sent twice at once: the other one is kept
        _delete(place)
        return same.get()
    except BaseException:
        _delete(place)
        raise


def _note(attachment: Attachment) -> Attachment:
    lock_until_commit("attachments", attachment.referral_id)
    file_rules.check_has_room(attachment.referral)
    attachment.save(force_insert=True)
    details = {"file": attachment.ref, "sha256": attachment.sha256, "scan": attachment.scan}
    referral, by, team = attachment.referral, attachment.by, attachment.team
    record_referral_event("referral.file_added", referral, by=by, team=team, **details)
    return attachment


def _shown(name: str) -> str:
    """A name fit to be read: no folders, and nothing that cannot be printed."""
    last = name.replace("\\", "/").rpartition("/")[2]
    return (
        "".join(character for character in last if character.isprintable())[:LONGEST] or "no name"
    )


def open_attachment(*, attachment: Attachment, referral: Referral, by: User) -> bytes:
    """Its content, proved by its sum, for somebody on a side of `referral`. Noted each time.

    Conflict where it is gone, or is not what was kept.
    """
    file_rules.check_can_read(attachment, referral, by)
    try:
        content = stored_path(attachment.place).read_bytes()
    except FileNotFoundError:
        raise Conflict(GONE) from None
    if hashlib.sha256(content).hexdigest() != attachment.sha256:
        raise Conflict(GONE)
    team = rules.side_of(referral, by)
    record_referral_event("referral.file_opened", referral, by=by, team=team, file=attachment.ref)
    return content


@transaction.atomic
def remove_attachment(*, attachment: Attachment, why: str, by: User) -> None:
    """Take it away: its content goes for good once this is saved; that it was there stays."""
    file_rules.check_can_remove(attachment, by)
    rules.check_is_said(why=why)
    there = Attachment.objects.there().filter(pk=attachment.pk)
    if not there.update(removed_at=timezone.now(), removed_by=by, why_removed=why):
        raise Conflict("A colleague has just taken this file away.")
    referral, team = attachment.referral, attachment.team
    record_referral_event("referral.file_removed", referral, by=by, team=team, file=attachment.ref)
    transaction.on_commit(lambda: _delete(attachment.place))


def stored_path(place: str) -> Path:
    """Where content is kept: never below a served folder, under a name chosen by chance."""
    return Path(settings.MEDIA_ROOT) / "attachments" / place[:2] / place


def _write(place: str, content: bytes) -> None:
    """All of it or nothing; ValidationError where the disk is full or will not have it."""
    path = stored_path(place)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        _delete(place)
        log.error("a file was not written: %s", errno.errorcode.get(error.errno or 0, "?"))
        raise ValidationError(NO_ROOM) from None


def _delete(place: str) -> None:
    """A file that cannot be deleted now is found by `clear_out_files`."""
    with contextlib.suppress(OSError):
        stored_path(place).unlink()


def clear_out_files() -> int:
    """Delete files that no attachment names: a process died between the file and its row, or a
    disk refused to delete. What may still be under way is left alone. How many went."""
    before = time.time() - UNDER_WAY
    kept = (Path(settings.MEDIA_ROOT) / "attachments").glob("*/*")
    old = (path for path in kept if path.is_file() and path.stat().st_mtime < before)
    gone = 0
    while some := list(islice(old, AT_ONCE)):
        named = Attachment.objects.there().filter(place__in=[path.name for path in some])
        places = set(named.values_list("place", flat=True))
        for path in some:
            if path.name not in places:
                path.unlink(missing_ok=True)
                gone += 1
    return gone
