"""The pages of requests, from asking to the download."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Involvement
from leap.core.audit.models import Event
from leap.governance.subject_access import actions
from leap.governance.subject_access.models import SubjectAccessRequest
from tests.casework.reading import read, statements, without_tokens


def typed(ada, **changes):
    day = timezone.localdate().isoformat()
    usual = {"person": ada.ref, "asker": "self", "asked_on": day, "proved_on": day}
    return usual | {"identity": "passport", "submission": "1"} | changes


@pytest.fixture
def new(okafors):
    return f"/subject-access/of/{okafors.ref}/new/"


def test_grace_records_that_ada_asks(client_of, grace, okafors, ada, new):
    page = client_of(grace).post(new, typed(ada), follow=True)

    request = SubjectAccessRequest.objects.get()
    assert (request.person, request.asked_by, request.recorded_by) == (ada, ada, grace)
    assert request.ref in read(page)
    assert "Being gathered" in read(page)


def test_sent_twice_it_is_recorded_once(client_of, grace, ada, new):
    browser = client_of(grace)
    browser.post(new, typed(ada))
    browser.post(new, typed(ada))

    assert SubjectAccessRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"asked_on": "2999-01-01"}, "This is in the future"),
        ({"asker": "parent"}, "Choose who of the family asks."),
        ({"asker": "solicitor"}, "Give the name of the adviser"),
        ({"person": "P-22222222"}, "Select a valid choice"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client_of, grace, ada, new, changes, words):
    page = read(client_of(grace).post(new, typed(ada, **changes)))

    assert words in page
    assert not SubjectAccessRequest.objects.exists()


def test_the_manager_reads_decides_and_lets_it_out(client_of, miriam, ask, ada, log):
    log(ada)
    request, browser = ask(ada), client_of(miriam)
    page = f"/subject-access/{request.ref}/"
    for section in ("People", "Addresses"):
        browser.post(f"{page}accept-proposals/", {"section": section})
    note = request.pieces.get(label="families.Contact.note")
    text = read(browser.get(f"{page}read/{note.place}/"))
    assert "Emeka has lost his job" in text
    assert "[hidden] has lost his job; ring him on [hidden]." in text

    hide = {"decision": "hide", "hidden": "Emeka\r\nhis job", "exemption": "third_party"}
    looked = read(browser.post(f"{page}read/{note.place}/", {**hide, "look": "1"}))
    assert "[hidden] has lost [hidden]" in looked
    browser.post(f"{page}read/{note.place}/", hide)
    for piece in request.pieces.to_read().undecided():
        browser.post(f"{page}read/{piece.place}/", {"decision": "keep"})
    done = browser.post(f"{page}finish/", {"submission": "1"}, follow=True)

    assert "Download the answer" in read(done)
    zipped = browser.get(f"{page}download/")
    assert zipped["Content-Type"] == "application/zip"
    assert f"your-record-{request.ref}.zip" in zipped["Content-Disposition"]
    assert Event.objects.filter(kind="subject_access.exported").count() == 1


def test_grace_sees_how_it_stands_and_not_what_would_leave(client_of, grace, ask, ada, log):
    log(ada)
    request = ask(ada)
    browser, page = client_of(grace), f"/subject-access/{request.ref}/"

    assert "read by the managers of Stockwell health visiting" in read(browser.get(page))
    assert browser.get(f"{page}read/?section=Contacts").status_code == 403
    assert browser.get(f"{page}download/").status_code == 403
    assert browser.post(f"{page}finish/").status_code == 403


@pytest.mark.parametrize("user", ["sam", "asha", "noor"])
def test_to_everybody_else_it_is_not_there(client_of, request, user, ask, ada):
    subject_request, browser = ask(ada), client_of(request.getfixturevalue(user))
    absent = without_tokens(browser.get("/subject-access/SA-22222222/"))

    for end in ("", "extend/", "read/?section=People", "read/1/", "download/"):
        answer = browser.get(f"/subject-access/{subject_request.ref}/{end}")
        assert answer.status_code == 404
        assert without_tokens(answer) == absent
    assert subject_request.ref not in read(browser.get("/subject-access/"))


def test_looking_in_an_emergency_is_not_enough_to_record_one(client_of, sam, okafors, new):
    until = timezone.now() + timedelta(hours=4)
    Involvement.objects.create(
        family=okafors, practitioner=sam, reason="break_glass", ended_at=until
    )

    assert client_of(sam).get(new).status_code == 403


def test_how_much_waits_for_others_is_said_and_not_what(
    client_of, miriam, grace, ask, ada, log, settle
):
    from families.models import Contact

    contact = log(ada)
    Contact.objects.filter(pk=contact.pk).update(layer="restricted", named=[grace.pk])
    request, browser = ask(ada), client_of(miriam)
    waiting = request.pieces.filter(layer="restricted").to_read().count()

    page = read(browser.get(f"/subject-access/{request.ref}/"))

    assert f"{waiting} still to be decided by others: people named for an entry." in page
    note = request.pieces.get(label="families.Contact.note")
    assert browser.get(f"/subject-access/{request.ref}/read/{note.place}/").status_code == 404


def test_the_family_leads_to_it(client_of, grace, okafors):
    browser = client_of(grace)

    page = browser.get(f"/families/{okafors.ref}/").content.decode()

    assert f"/subject-access/of/{okafors.ref}/" in page
    assert "Nobody of this family has asked yet." in read(
        browser.get(f"/subject-access/of/{okafors.ref}/")
    )


def test_statements_do_not_grow_with_the_record(client_of, miriam, ask, ada, emeka, log):
    log(ada)
    request, browser = ask(ada), client_of(miriam)
    pages = ("", "read/?section=Contacts")
    for end in pages:
        browser.get(f"/subject-access/{request.ref}/{end}")
    few = [statements(lambda e=e: browser.get(f"/subject-access/{request.ref}/{e}")) for e in pages]
    for _ in range(20):
        log(ada)
    other = ask(emeka)

    assert [
        statements(lambda e=e: browser.get(f"/subject-access/{other.ref}/{e}")) for e in pages
    ] == few


@pytest.fixture
def waiting(ask, ada, log):
    log(ada)
    return ask(ada)


PAGES = {
    "requests": "/subject-access/",
    "of_family": "/subject-access/of/{family}/",
    "new": "/subject-access/of/{family}/new/",
    "request": "/subject-access/{ref}/",
    "extend": "/subject-access/{ref}/extend/",
    "read": "/subject-access/{ref}/read/?section=Contacts",
    "piece": "/subject-access/{ref}/read/{note}/",
}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_every_page_reads_well_for_everybody(
    page, phone, sign_in_as, axe, miriam, waiting, okafors, settle
):
    note = waiting.pieces.get(label="families.Contact.note").place
    for screen in (page, phone):
        sign_in_as(miriam, screen)
        for address in PAGES.values():
            screen.goto(address.format(family=okafors.ref, ref=waiting.ref, note=note))
            assert axe(screen) == []
            assert (
                screen.evaluate("document.documentElement.scrollWidth")
                <= (screen.viewport_size["width"])
            )
    actions.finish(request=settle(waiting), by=miriam)
    page.goto(f"/subject-access/{waiting.ref}/")
    assert axe(page) == []
