"""A disk that is full: the file is refused in words, nothing of it stays, and no orphan is left."""

import errno
import os
import tempfile
import time
from uuid import uuid4

import pytest
from django.conf import settings as now
from django.core.files.uploadedfile import SimpleUploadedFile

from referrals.attachments import sanitise
from referrals.attachments.actions import UNDER_WAY, stored_path
from referrals.models import Attachment
from referrals.tasks import clear_out_files
from tests.referrals.test_attach import PDF

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kept_in(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def attach(referral, grace, client_of):
    def attach(content=PDF):
        form = {
            "submission": str(uuid4()),
            "what": "Letter",
            "file": SimpleUploadedFile("a", content),
        }
        return client_of(grace).post(f"/referrals/{referral.ref}/attach/", form)

    return attach


def files_in(path):
    return [file for file in path.rglob("*") if file.is_file()]


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO])
def test_a_disk_that_will_not_have_it_says_so_and_keeps_nothing(attach, kept_in, monkeypatch, code):
    def full(file):
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as disk:
        disk.setattr(os, "fsync", full)
        answer = attach()

    assert answer.status_code == 200
    assert "LEAP has no room for this file just now" in answer.text
    assert files_in(kept_in) == []
    assert not Attachment.objects.exists()
    assert attach().status_code == 302


def test_a_folder_that_cannot_be_made_says_so_too(attach, kept_in):
    (kept_in / "attachments").write_text("in the way")

    assert "LEAP has no room for this file just now" in attach().text


def test_what_a_dead_process_left_is_cleared_out(attach, kept_in):
    attach()
    stored = stored_path(Attachment.objects.get().place)
    orphans = [stored_path(letter * 64) for letter in "abc"]
    for orphan in orphans:
        orphan.parent.mkdir(parents=True, exist_ok=True)
        orphan.write_bytes(b"half of a le")
    old = time.time() - UNDER_WAY - 60
    for path in (stored, *orphans[:2]):
        os.utime(path, (old, old))

    assert clear_out_files() == 2
    assert set(files_in(kept_in)) == {stored, orphans[2]}
    assert clear_out_files() == 0


def test_a_file_on_its_way_in_touches_no_disk(attach, monkeypatch):
    """Django writes large ones to a folder for temporary files, which may be full as well."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    large = PDF + b"%" * 3_000_000 + b"\n%%EOF\n"

    assert attach(large).status_code in (200, 302)


def test_what_is_far_too_large_is_refused_in_words(attach, kept_in):
    assert now.FILE_UPLOAD_MAX_MEMORY_SIZE == sanitise.LARGEST
    answer = attach(PDF + b"%" * (sanitise.LARGEST + 5_000_000))

    assert answer.status_code == 200
    assert sanitise.TOO_LARGE in answer.text
    assert files_in(kept_in) == []
