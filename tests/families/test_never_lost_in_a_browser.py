"""Typing outlives a closed tab, a time-out, another device and a web process that is killed."""

import os
import socket
import subprocess
import sys

import pytest
from django.conf import settings

from families.models import Contact
from leap.core.auth.models import UserSession
from leap.core.outbox.models import Draft
from leap.ops.runtime.processes import any_free_port
from tests import app_processes

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORDS = "Ada is tired, and glad of the visit."


def type_and_wait(page, address):
    page.goto(address)
    page.get_by_label("What happened?").fill(WORDS)
    page.get_by_text("Draft saved").wait_for()


@pytest.fixture
def address(okafors):
    return f"/families/{okafors.ref}/contacts/new/"


def test_a_closed_tab_loses_nothing(page, sign_in_as, grace, address):
    sign_in_as(grace, page)
    type_and_wait(page, address)
    again = page.context.new_page()
    page.close()

    again.goto(address)

    assert again.get_by_label("What happened?").input_value() == WORDS


def test_a_tab_closed_before_the_draft_was_due_keeps_it_on_leaving(
    page, sign_in_as, grace, address
):
    sign_in_as(grace, page)
    page.goto(address)
    page.get_by_label("What happened?").fill(WORDS)
    again = page.context.new_page()
    page.goto("about:blank")

    app_processes.wait_until(Draft.objects.exists, seconds=10)
    again.goto(address)

    assert again.get_by_label("What happened?").input_value() == WORDS


def test_another_device_goes_on_where_this_one_stopped(page, phone, sign_in_as, grace, address):
    type_and_wait(sign_in_as(grace, page), address)

    sign_in_as(grace, phone).goto(address)

    assert phone.get_by_label("What happened?").input_value() == WORDS
    phone.get_by_role("button", name="Save contact").click()
    phone.get_by_text("Contact saved.").wait_for()
    assert Contact.objects.get().note == WORDS


def test_after_a_time_out_it_is_there_again(page, sign_in_as, grace, address):
    type_and_wait(sign_in_as(grace, page), address)
    UserSession.objects.all().delete()

    page.goto(address)
    assert "/sign-in/" in page.url
    sign_in_as(grace, page).goto(address)

    assert page.get_by_label("What happened?").input_value() == WORDS


# A web process of its own, killed as a machine that loses power would


@pytest.fixture
def gunicorn(tmp_path):
    """`start()` begins a real web process on the test database, always at the same address."""
    running, port = [], any_free_port()
    environ = {**os.environ, "DATABASE_URL": app_processes.database_url(), "DEMO": "1"}
    environ |= {"SECRET_KEY": settings.SECRET_KEY, "LEAP_VAR": str(tmp_path)}
    environ["DJANGO_SETTINGS_MODULE"] = "leap.settings"
    django = [sys.executable, "-m", "django", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(django, cwd=settings.BASE_DIR, env=environ, check=True)

    def start():
        command = [sys.executable, "-m", "gunicorn", "leap.wsgi", "--log-level", "critical"]
        command += ["--workers", "1", "--bind", f"127.0.0.1:{port}"]
        process = subprocess.Popen(
            command, cwd=settings.BASE_DIR, env=environ, start_new_session=True
        )
        running.append(process)
        app_processes.wait_until(lambda: _listens(port), seconds=60)
        return process, f"http://localhost:{port}"

    yield start
    for process in running:
        app_processes.kill(process)


def _listens(port):
    with socket.socket() as connection:
        return connection.connect_ex(("127.0.0.1", port)) == 0


def test_a_web_process_killed_in_the_middle_loses_nothing_that_was_typed(
    browser, gunicorn, sign_in_as, grace, address, okafors
):
    process, at = gunicorn()
    context = browser.new_context(base_url=at, locale="en-GB")
    page = context.new_page()
    sign_in_as(grace, page)
    type_and_wait(page, address)
    app_processes.kill(process)

    more = f"{WORDS} She asked about sleep."
    page.get_by_label("What happened?").fill(more)
    page.get_by_text("Not saved yet. Your typing is still on this page").wait_for()
    gunicorn()
    page.get_by_text("Draft saved").wait_for()
    page.get_by_role("button", name="Save contact").click()
    page.get_by_text("Contact saved.").wait_for()

    assert Contact.objects.get().note == more
    context.close()
