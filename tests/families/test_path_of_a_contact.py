"""How many files one goes through to log a contact: docs/house.md says so."""

import sys
from datetime import datetime
from inspect import unwrap
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from families.contacts.views import log_contact
from families.models import Contact, Observation

FILES = 35
NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is seven weeks old
OURS = ("families", "leap", "referrals", "sites", "outcomes")
DRIVER = Path("leap", "core", "prepared_statements")  # as little of the story as Django's own


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def files_run_by(view, work):
    """Those of our files of which a function runs while the view does."""
    files, depth = set(), 0

    def look(frame, event, _):
        nonlocal depth
        code = frame.f_code
        if code is view.__code__:
            depth += {"call": 1, "return": -1}.get(event, 0)
        path = Path(code.co_filename or "")
        if event == "call" and depth and path.is_relative_to(settings.BASE_DIR):
            files.add(path.relative_to(settings.BASE_DIR))

    sys.setprofile(look)
    try:
        work()
    finally:
        sys.setprofile(None)
    return {
        str(path) for path in files if path.parts[0] in OURS and not path.is_relative_to(DRIVER)
    }


def test_a_contact_goes_through_few_files(client_of, grace, okafors, chidi, stockwell):
    typed = {
        "submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c12",
        "concerned": [chidi.ref],
        "kind": "home_visit",
        "on": "2026-03-10",
        "at": "10:30",
        "outcome": "attended",
        "note": "Feeding well.",
        "team": stockwell.code,
        f"{chidi.ref}-weight_kg": "5.1",
    }
    browser = client_of(grace)

    files = files_run_by(
        unwrap(log_contact),
        lambda: browser.post(f"/families/{okafors.ref}/contacts/new/", typed),
    )

    assert (Contact.objects.count(), Observation.objects.count()) == (1, 1)
    assert len(files) == FILES, sorted(files)
