"""One occasion counts once: a contact at a session is that attendance, not another one."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.utils import timezone

from families.models import Contact
from outcomes.periods import parse
from outcomes.reports import activity, reach
from sites.models import Attendance, Session

DAY = date(2016, 5, 3)
Q1 = parse("2016-Q1")
LATER = date(2020, 1, 1)


@pytest.fixture
def held(larkhall, baby_massage):
    """A session on that morning in London, with these who came."""

    def hold_session(*people, day=DAY, status="attended"):
        start = datetime(day.year, day.month, day.day, 9, tzinfo=UTC)
        during = (start, start + timedelta(hours=1))
        session, _ = Session.objects.get_or_create(
            ref=f"S-{day:%m%d}", site=larkhall, service=baby_massage,
            defaults={"during": during, "capacity": 10},
        )  # fmt: skip
        for person in people:
            Attendance.objects.create(session=session, person=person, status=status)
        return session

    return hold_session


def times(child):
    """How often reach counts somebody in the quarter, by the indicators and by the report."""
    row = reach.count(Q1, LATER)[False, "LEAP"]
    return row[1], row[2]


@pytest.mark.parametrize("kind", ["linked", "same", "linked, of another site"])
def test_the_same_afternoon_as_contact_and_attendance_is_one(
    lives, tally, held, larkhall, baby_massage, kind
):
    child = lives.child(date(2015, 1, 1))
    for n in range(2):
        day = DAY + timedelta(days=7 * n)
        session, contact = held(child, day=day), lives.contact(day, child)
        contact.session_ref = session.ref if "linked" in kind else ""
        if kind == "same":
            contact.site, contact.service = larkhall, baby_massage
        contact.save()

    assert tally("reach_children") == (1, 1)
    assert tally("reach_sustained") == (0, 1)
    assert times(child) == (1, 0)
    lives.contact(date(2016, 6, 1), child)
    assert tally("reach_sustained") == (1, 1)
    assert times(child) == (1, 1)


def test_another_service_site_or_day_or_child_is_another_occasion(
    lives, tally, held, larkhall, baby_massage
):
    child, sibling = lives.child(date(2015, 1, 1)), lives.child(date(2015, 1, 1))
    held(sibling)
    held(child, status="did_not_attend")
    for day, site, service in (
        (DAY, larkhall, baby_massage),  # her own attendance is none
        (DAY + timedelta(1), larkhall, baby_massage),
        (DAY, None, None),
    ):
        contact = lives.contact(day, child)
        contact.site, contact.service = site, service
        contact.save()

    assert tally("reach_sustained") == (1, 2)


def test_two_workers_who_log_one_session_met_the_child_once(lives, tally, held):
    family = lives.family()
    child, father = lives.child(date(2015, 1, 1), family), lives.person("father", family)
    session = held()
    for _ in range(2):
        Contact.objects.filter(pk=lives.contact(DAY, child, present=[father]).pk).update(
            session_ref=session.ref
        )
    lives.contact(DAY + timedelta(1), child)

    assert tally("reach_sustained") == (0, 1)
    assert tally("father_present") == (1, 2)


def test_what_services_delivered_names_it_once(lives, held, larkhall, baby_massage):
    child = lives.child(date(2015, 1, 1))
    held(child)
    for day in (DAY, DAY + timedelta(1)):
        contact = lives.contact(day, child)
        contact.site, contact.service = larkhall, baby_massage
        contact.save()

    everything = activity.count(Q1, LATER)["all"]
    assert (everything.contacts, everything.attendances) == (1, 1)


# Where it is linked


def test_the_link_from_a_session_is_kept_with_the_contact(
    client_of, grace, okafors, chidi, larkhall, baby_massage, stockwell
):
    start = timezone.now() - timedelta(days=1)
    session = Session.objects.create(
        ref="S-7K3M8", site=larkhall, service=baby_massage, capacity=5,
        during=(start, start + timedelta(hours=1)),
    )  # fmt: skip
    Attendance.objects.create(session=session, person=chidi, status="attended")
    browser = client_of(grace)
    (line,) = browser.get(f"/sessions/{session.ref}/").context["came"]
    query = dict(parse_qsl(urlsplit(line.contact_form).query))
    form = browser.get(line.contact_form).context["form"]
    assert query["session"] == form["session"].value() == session.ref

    local = timezone.localtime(start)
    typed = {
        "submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c18", "concerned": [chidi.ref],
        "kind": "group", "on": f"{local:%Y-%m-%d}", "at": f"{local:%H:%M}", "outcome": "attended",
        "team": stockwell.code, "session": form["session"].value(),
    }  # fmt: skip
    browser.post(f"/families/{okafors.ref}/contacts/new/", typed)

    contact = Contact.objects.get()
    assert contact.session_ref == session.ref
    assert contact.ref in browser.get(f"/sessions/{session.ref}/").content.decode()


def test_the_api_links_it_too(client_of, grace, okafors, chidi, stockwell, held):
    held(chidi, day=date(2026, 2, 1))
    data = {
        "family": okafors.ref, "team": stockwell.code, "kind": "group", "session": "S-0201",
        "occurred_at": "2026-02-01T10:00:00+00:00", "outcome": "attended",
        "concerned": [chidi.ref],
    }  # fmt: skip
    answer = client_of(grace).post(
        "/api/v1/contacts/", data, content_type="application/json",
        headers={"idempotency-key": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c19"},
    )  # fmt: skip

    assert answer.json()["session"] == Contact.objects.get().session_ref == "S-0201"
