"""What the log of a process may say: where something went wrong, never with what.

The words of an error can be anybody's: a database quotes the row it refuses, a parser what it
could not read. So an error is written as its kind and the lines it came through. What we log
ourselves is written by us, and holds references at most.
"""

import logging
import traceback
from collections.abc import ItemsView
from types import TracebackType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter

Trouble = tuple[type[BaseException], BaseException, TracebackType | None]
# These put the error's own words into their message.
QUOTE_ERRORS = ("celery.", "django.request", "django.security", "django.db", "gunicorn.error")


class NoWords(logging.Formatter):
    """A line for each event; of an error its kind and where it passed, without its words."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        if record.name.startswith(QUOTE_ERRORS) and record.exc_info:
            record = logging.makeLogRecord(
                {**record.__dict__, "msg": _told(record), "args": None, "exc_text": None}
            )
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  # logging's own name
        """One line, whatever somebody has put into an address: no event can be forged."""
        record.message = record.message.replace("\r", "\\r").replace("\n", "\\n")
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802  # logging's own name
        """As Python's, without the error's words and without what variables held."""
        trouble: Trouble = ei
        lines = [f"{trouble[0].__module__}.{trouble[0].__qualname__}"]
        lines += [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(trouble[2])
        ]
        cause = trouble[1].__cause__ or trouble[1].__context__
        if cause is not None:
            lines += ["after", self.formatException((type(cause), cause, cause.__traceback__))]
        return "\n".join(lines)


def _told(record: logging.LogRecord) -> str:
    """Which request or task failed."""
    request = getattr(record, "request", None)
    if isinstance(request, HttpRequest):
        return f"{request.method} {request.path} failed"
    task = getattr(record, "data", None)
    if isinstance(task, dict):
        return f"task {task.get('name')} {task.get('id')} failed"
    return "failed"


class TellNothing(SafeExceptionReporterFilter):
    """Should anybody ever switch on reports of errors: none carries what was sent or was held."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, Any]:
        posted = request.POST if request is not None else {}
        return dict.fromkeys(posted, self.cleansed_substitute)

    def get_traceback_frame_variables(
        self, request: HttpRequest | None, tb_frame: Any
    ) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, self.cleansed_substitute).items()
