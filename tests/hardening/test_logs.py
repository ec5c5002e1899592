"""An error is told by where it happened, and by no word of a family's."""

import io
import logging

import pytest
from celery import shared_task
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import RequestFactory
from django.utils.log import DEFAULT_LOGGING
from django.views.debug import ExceptionReporter, get_default_exception_reporter_filter

from leap.core.logging import NoWords

WORDS = "Zebedee Quillfeather"


@pytest.fixture
def log():
    """What goes into the log while the test runs, as the console would have it."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(NoWords())
    logging.getLogger().addHandler(handler)
    yield stream
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def clumsy(client_of, settings):
    """A browser that is shown the error page instead of the error."""
    settings.ROOT_URLCONF = "tests.hardening.urls"

    def browser_of(user):
        browser = client_of(user)
        browser.raise_request_exception = False
        return browser

    return browser_of


def test_the_console_writes_no_words_and_nobody_is_sent_errors():
    (console,) = settings.LOGGING["root"]["handlers"]
    assert settings.LOGGING["handlers"][console]["formatter"] == "line"
    assert settings.LOGGING["formatters"]["line"] == {"()": "leap.core.logging.NoWords"}
    assert "mail_admins" in DEFAULT_LOGGING["loggers"]["django"]["handlers"]
    assert logging.getLogger("django").handlers == []
    assert settings.ADMINS == []
    assert not settings.CELERY_WORKER_HIJACK_ROOT_LOGGER


@pytest.mark.parametrize("address", ["/broken/", "/refused/"])
def test_a_page_that_breaks_tells_where_and_not_what(address, clumsy, grace, log):
    answer = clumsy(grace).post(address, {"note": WORDS})
    assert answer.status_code == 500
    assert "Quillfeather" not in answer.content.decode()
    assert f"POST {address} failed" in log.getvalue()
    assert "tests/hardening/urls.py" in log.getvalue()
    assert "Quillfeather" not in log.getvalue()
    assert mail.outbox == []


def test_nobody_forges_a_line_of_the_log(log):
    logging.getLogger("leap").warning("turned away %s", "x\n2026-01-01 INFO leap: all is well")
    assert len(log.getvalue().splitlines()) == 1


def test_an_address_that_is_not_there_is_not_written_down(client_of, grace, log):
    assert client_of(grace).get("/families/quillfeather/").status_code == 404
    assert log.getvalue() == ""


@shared_task
def stumble(note):
    words = f"{note} was here"
    raise ValueError(words)


@shared_task
def trip(note):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::integer", [note])


@pytest.mark.django_db
@pytest.mark.parametrize("task", [stumble, trip])
def test_nor_does_a_task_that_breaks(task, log):
    logging.getLogger("celery.app.trace").propagate = True
    assert task.apply(args=[WORDS]).failed()
    assert f"task tests.hardening.test_logs.{task.__name__.split('.')[-1]}" in log.getvalue()
    assert (
        "ValueError" in log.getvalue()
        or "DataError" in log.getvalue()
        or ("InvalidTextRepresentation" in log.getvalue())
    )
    assert "Quillfeather" not in log.getvalue()


def test_the_cause_of_an_error_is_told_as_sparely():
    try:
        try:
            raise KeyError(WORDS)
        except KeyError as error:
            raise RuntimeError(WORDS) from error
    except RuntimeError as error:
        text = NoWords().formatException((type(error), error, error.__traceback__))
    assert text.splitlines()[0] == "builtins.RuntimeError"
    assert "builtins.KeyError" in text
    assert "Quillfeather" not in text


def test_a_report_of_an_error_would_hold_nothing():
    request = RequestFactory().post("/families/new/", {"name": WORDS})
    try:
        held = WORDS
        raise RuntimeError(len(held))
    except RuntimeError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    report = reporter.get_traceback_text()
    assert get_default_exception_reporter_filter().get_post_parameters(request) == {
        "name": "********************"
    }
    assert "Quillfeather" not in report
