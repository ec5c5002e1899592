"""Three visits without a signal: written, the browser killed, sent once, and nothing readable left.

The signal is a real connection that is cut: between browser and LEAP stands a relay that can refuse
to connect, or lose LEAP's answers on the way back.
"""

import os
import re
import signal
import socket
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import Error, expect

from families.inputs import NewPerson
from families.models import Contact
from families.people.actions import register_family
from leap.ops.runtime.processes import any_free_port
from tests import app_processes
from tests.browser import ARGUMENTS, PATIENCE, PHONE, chromium
from tests.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROL = "zyxplainlyreadable"
NAMES = ("Zyxokafor", "Zyxbanda", "Zyxnguyen")
NOTES = {name: f"{name.lower()}notes: slept well, feeds often" for name in NAMES}
# In the same store as the visits, and not encrypted: the search must find it.
KEEP_PLAINLY = """(word) => new Promise((done) => {
  indexedDB.open("leap-offline").onsuccess = ({ target: { result } }) => {
    const change = result.transaction("written", "readwrite", { durability: "strict" });
    change.objectStore("written").put({ id: "control", state: "control", word }, "control");
    change.oncomplete = () => done(result.close());
  };
})"""


class Line:
    """A line to LEAP that can be cut, and mended."""

    def __init__(self, to):
        self.to, self.heard = to, None
        self.loses_answers = False  # to what is sent
        self.open: list[socket.socket] = []
        self.port = any_free_port()
        self.url = f"http://localhost:{self.port}"
        self.mend()

    def mend(self):
        self.heard = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._listen, args=[self.heard], daemon=True).start()

    def cut(self):
        for connection in (self.heard, *self.open):
            shut(connection)
        self.open.clear()

    def _listen(self, server):
        while True:
            try:
                browser, _ = server.accept()
            except OSError:
                return
            answered = socket.create_connection(self.to)
            self.open += [browser, answered]
            lost = threading.Event()
            for way in ((browser, answered, lost, True), (answered, browser, lost, False)):
                threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, source, target, lost, is_question):
        with suppress(OSError):
            while data := source.recv(65536):
                if is_question and self.loses_answers and data.startswith(b"POST /offline/send/"):
                    lost.set()
                elif lost.is_set() and not is_question:
                    break  # LEAP has done it, and nobody hears
                target.sendall(data)
        shut(source)
        shut(target)


def shut(one):
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()


@pytest.fixture
def line(live_server):
    port = int(live_server.url.rpartition(":")[2])
    line = Line(("localhost", port))
    yield line
    line.cut()


@pytest.fixture
def start(browser, line, tmp_path):
    """`start()` opens a browser with the same profile, as somebody who taps its icon."""
    opened = []

    def start():
        context = browser.browser_type.launch_persistent_context(
            tmp_path / "profile",
            executable_path=chromium(),
            args=ARGUMENTS,
            base_url=line.url,
            viewport=PHONE,
            locale="en-GB",
        )
        context.set_default_timeout(PATIENCE)
        opened.append(context)
        return context.pages[0]

    yield start
    with suppress(Error):  # killed
        opened[-1].close()


def kill(profile):
    """As a telephone whose battery is taken out."""
    ours = f"--user-data-dir={profile}".encode()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if ours in words and not any(word.startswith(b"--type=") for word in words):
            os.kill(int(process.name), signal.SIGKILL)
            app_processes.wait_until(lambda pid=process: not pid.exists() or is_dead(pid))
            return
    raise AssertionError("no browser runs on this profile")


def is_dead(process):
    return re.search(r"State:\s+Z", (process / "status").read_text()) is not None


def readable(profile, words):
    """Which of the words stand in a file of the profile, and where."""
    wanted = {form: word for word in words for form in (word.encode(), word.encode("utf-16-le"))}
    return {
        (word, path.relative_to(profile).parts[0])
        for path in profile.rglob("*")
        if path.is_file() and not path.is_symlink()
        for form, word in wanted.items()
        if form in path.read_bytes()
    }


@pytest.fixture
def families(grace, stockwell, sw9):
    return [
        register_family(
            name=name,
            lead_team=stockwell,
            by=grace,
            people=[
                NewPerson("mother", f"Ada{name}", name, sex="female", postcode=sw9),
            ],
        )
        for name in NAMES
    ]


def take_all(page):
    page.goto("/offline/take/")
    for name in NAMES:
        page.get_by_label(re.compile(name)).check()
    phrase = page.get_by_label("Passphrase for today").input_value()
    page.get_by_role("button", name="Take them with me").click()
    unlock(page, phrase)
    return phrase


def unlock(page, phrase):
    page.get_by_label("Passphrase", exact=True).fill(phrase)
    page.get_by_role("button", name="Open").click()
    page.get_by_role("button", name=NAMES[0]).wait_for()


def write(page, name):
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", name="Before I knock").wait_for()
    page.get_by_role("button", name="Log this visit").click()
    page.get_by_role("group", name="Who was it about?").get_by_label(f"Ada{name}").check()
    page.get_by_label("What happened?").fill(NOTES[name])
    page.get_by_role("button", name="Save contact").click()
    page.get_by_role("button", name=name).wait_for()


def test_three_visits_without_a_signal(start, line, tmp_path, sign_in_as, grace, families):
    profile = tmp_path / "profile"
    page = sign_in_as(grace, start())
    phrase = take_all(page)
    page.evaluate(KEEP_PLAINLY, CONTROL)
    secret = [*NAMES, "feeds often", phrase, phrase.replace("-", ""), "Mensah", "SW9 9TX"]
    secret += [family.ref for family in families]

    line.cut()
    for name in NAMES:
        write(page, name)
    page.get_by_text("No signal. 3 contacts waiting to be sent.").wait_for()
    kill(profile)
    assert readable(profile, [*secret, CONTROL]) == {(CONTROL, "Default")}

    page = start()
    page.goto("/")
    unlock(page, phrase)
    expect(page.get_by_text("Waiting to be sent", exact=True)).to_have_count(3)
    line.mend()
    send_with_a_lost_answer(page, line)

    assert sorted(contact.note for contact in Contact.objects.all()) == sorted(NOTES.values())
    sign_out(page)
    kill(profile)
    assert readable(profile, [*secret, CONTROL]) == {(CONTROL, "Default")}


def send_with_a_lost_answer(page, line):
    """Signed in again where she is: a killed browser has lost the cookies of its last half minute,
    and perhaps no others."""
    page.context.clear_cookies()
    line.loses_answers = True
    page.get_by_role("button", name="Send now").click()
    page.get_by_label("Your LEAP password").fill(PASSWORD)
    with page.expect_event("requestfailed", lambda request: request.url.endswith("/offline/send/")):
        page.get_by_role("button", name="Sign in and send").click()
    page.get_by_text("No signal. 3 contacts waiting to be sent.").wait_for()
    assert Contact.objects.count() == 1
    line.loses_answers = False
    page.get_by_role("button", name="Send now").click()
    page.get_by_text("Sent", exact=True).nth(2).wait_for()


def sign_out(page):
    page.goto("/")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out.").wait_for()
