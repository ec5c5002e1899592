"""Files on their way in are held in memory, and no more of one than is ever taken.

A disk that is full must not stop a form from being read.
"""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler


class Bounded(MemoryFileUploadHandler):
    """Keeps one byte more than the largest file, so that the form can say that it is too large."""

    def handle_raw_input(self, *rest: Any, **named: Any) -> None:
        self.activated = True

    def new_file(self, *rest: Any, **named: Any) -> None:
        self.room = settings.FILE_UPLOAD_MAX_MEMORY_SIZE + 1
        super().new_file(*rest, **named)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        chunk = raw_data[: self.room]
        self.room -= len(chunk)
        return super().receive_data_chunk(chunk, start)
