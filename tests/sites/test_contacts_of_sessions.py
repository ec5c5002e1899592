"""A contact is of a session that there is, on its day, of its service, with who was there."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from families.contacts.actions import log_contact
from families.contacts.correction_actions import correct_contact
from families.inputs import NewContact
from families.models import Contact, ContactVersion
from leap.core.reference_data.models import Service, Site
from sites.models import Attendance


@pytest.fixture
def came(over, chidi):
    """Chidi came to a session that ended an hour ago."""
    Attendance.objects.create(session=over, person=chidi, status="attended")
    return over


@pytest.fixture
def other(db):
    service = Service.objects.create(
        code="stay-and-play", name="Stay and play", kind="drop_in", strand="cross_cutting"
    )
    return {"service": service, "site": Site.objects.create(code="brixton", name="Brixton library")}


@pytest.fixture
def log(okafors, stockwell, grace, chidi, came):
    def log(session=None, **fields):
        usual = {"concerned": [chidi], "occurred_at": came.starts_at, "outcome": "attended"}
        new = NewContact("group", session=session or came.ref, **usual | fields)
        return log_contact(family=okafors, new=new, team=stockwell, by=grace)

    return log


def test_one_that_fits_is_linked(log, came, ada, baby_massage, larkhall):
    assert log(service=baby_massage, site=larkhall).session_ref == came.ref
    log()
    log(minutes=60, present=[ada])
    assert Contact.objects.filter(session_ref=came.ref).count() == 3


WRONG = {
    "nowhere": "There is no session “SN-NOWHERE”",
    "case": "There is no session",
    "day": "Correct the day, or leave the session out",
    "service": "Choose that service, or leave the session out",
    "site": "Choose that site, or leave the session out",
    "cancelled": "was cancelled, so no contact was part of it",
    "nobody": "nobody of this contact was at session",
    "not there": "nobody of this contact was at session",
    "gave the place back": "nobody of this contact was at session",
}


@pytest.fixture
def wrong(came, other, ada):
    """What is said of a contact that cannot be part of that session, by why not."""

    def wrong_fields(why):
        places = Attendance.objects.filter(session=came)
        if why == "cancelled":
            type(came).objects.update(cancelled_at=timezone.now())
        if why in ("not there", "gave the place back"):
            status = {"not there": "did_not_attend"}.get(why, "cancelled")
            places.update(status=status)
        return {
            "nowhere": {"session": "SN-NOWHERE"},
            "case": {"session": came.ref.lower()},
            "day": {"occurred_at": came.starts_at - timedelta(days=1)},
            "service": {"service": other["service"]},
            "site": {"site": other["site"]},
            "nobody": {"concerned": [ada]},
        }.get(why, {})

    return wrong_fields


@pytest.mark.parametrize("why", WRONG)
def test_one_that_does_not_fit_is_refused_in_words(log, wrong, why):
    with pytest.raises(ValidationError, match=WRONG[why]) as refused:
        log(**wrong(why))

    assert list(refused.value.message_dict) == ["session"]
    assert not Contact.objects.exists()


def test_who_is_booked_counts_until_the_register_says_otherwise(log, came, ada):
    Attendance.objects.create(session=came, person=ada, status="booked")
    assert log(concerned=[ada]).session_ref == came.ref


def test_who_did_not_come_was_expected_at_it(log, came):
    Attendance.objects.update(status="did_not_attend")
    assert log(outcome="was_not_brought").session_ref == came.ref


def contact_form(contact_at, chidi, stockwell, **other):
    local = timezone.localtime(contact_at)
    usual = {
        "submission": str(uuid4()), "concerned": [chidi.ref], "kind": "group",
        "on": f"{local:%Y-%m-%d}", "at": f"{local:%H:%M}", "outcome": "attended",
        "team": stockwell.code, "note": "She sang.",
    }  # fmt: skip
    return usual | other


def test_the_page_says_so_and_asks_which_session(
    client_of, grace, okafors, chidi, stockwell, came, make_session
):
    browser, page = client_of(grace), f"/families/{okafors.ref}/contacts/new/"
    elsewhere = make_session(hours=-50)
    for ref, words in (
        ("SN-NOWHERE", "There is no session"),
        ("not a session", "This is not the reference of a session"),
        (elsewhere.ref, "Correct the day"),
    ):
        answer = browser.post(page, contact_form(came.starts_at, chidi, stockwell, session=ref))
        assert words in answer.text
        assert "Which session was it part of?" in answer.text
        assert "She sang." in answer.text
    assert not Contact.objects.exists()

    browser.post(page, contact_form(came.starts_at, chidi, stockwell, session=""))
    assert Contact.objects.get().session_ref == ""


def test_the_api_says_so_too(client_of, grace, okafors, chidi, stockwell, came, make_session):
    refused = []
    for ref in ("SN-NOWHERE", make_session(hours=-50).ref, make_session(hours=-2).ref, came.ref):
        answer = client_of(grace).post(
            "/api/v1/contacts/",
            {
                "family": okafors.ref, "team": stockwell.code, "kind": "group", "session": ref,
                "occurred_at": came.starts_at.isoformat(), "outcome": "attended",
                "concerned": [chidi.ref],
            },
            content_type="application/json",
            headers={"idempotency-key": str(uuid4())},
        )  # fmt: skip
        refused.append((answer.status_code, "session" in str(answer.json().get("errors", ""))))

    assert refused[3][0] == 201
    assert all(code in (400, 422) and words for code, words in refused[:3]), refused


@pytest.mark.parametrize(
    "fields",
    [
        {"session_ref": "SN-NOWHERE"},
        {"occurred_at": timezone.now() - timedelta(days=40)},
        {"service": "other"},
        {"site": "other"},
    ],
)
def test_nobody_writes_past_it(log, other, fields):
    contact = log()
    fields = {name: other[name] if value == "other" else value for name, value in fields.items()}
    with pytest.raises(IntegrityError, match="session"), transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(**fields)


def correct(contact, people, grace, **fields):
    usual = {"concerned": people, "occurred_at": contact.occurred_at, "outcome": "attended"}
    new = NewContact("group", **usual | fields)
    correct_contact(contact=contact, new=new, members=people, seen=0, why="Wrong", by=grace)
    return Contact.objects.get()


def test_a_correction_keeps_the_link(log, came, chidi, grace):
    assert correct(log(), [chidi], grace, note="She sang.").session_ref == came.ref


def test_put_right_to_another_day_service_or_site_it_is_not_of_the_session(
    log, came, chidi, grace, other
):
    day_before = {"occurred_at": came.starts_at - timedelta(days=1)}
    for fields in (day_before, {"service": other["service"]}, {"site": other["site"]}):
        assert correct(log(), [chidi], grace, **fields).session_ref == ""
        assert ContactVersion.objects.get().was["Session"] == came.ref
        ContactVersion.objects.all().delete()
        Contact.objects.all().delete()
