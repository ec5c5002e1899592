"""Logging a contact."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.inputs import NewPerson
from families.models import Contact, Family, Involvement, Observation, Person
from families.people import actions as people_actions
from leap.core.audit.models import Event
from leap.core.outbox.models import Draft
from tests.casework.reading import read, statements

LONDON = ZoneInfo("Europe/London")
SEND = "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"
NOON = datetime(2026, 3, 10, 12, tzinfo=LONDON)  # Chidi is seven weeks old


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def emeka(okafors):
    return Person.objects.get(given_name="Emeka")


@pytest.fixture
def visit(chidi, stockwell):
    """An ordinary home visit, as the browser sends it."""

    def fields(**other):
        usual = {
            "submission": SEND,
            "concerned": [chidi.ref],
            "kind": "home_visit",
            "on": "2026-03-10",
            "at": "10:30",
            "outcome": "attended",
            "note": "Feeding well.",
            "team": stockwell.code,
        }
        return usual | other

    return fields


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/contacts/new/"


@pytest.fixture
def send(client_of, grace, page):
    browser = client_of(grace)
    return lambda fields: browser.post(page, fields)


def test_a_visit_is_kept_with_whom_it_was_about_and_who_was_there(
    send, visit, okafors, chidi, ada, emeka, grace
):
    attendance = {"present": [ada.ref], f"there-{emeka.ref}": "yes", "alone": [ada.ref]}
    reviewed = {f"review-{chidi.ref}": "six_to_eight_week"}
    response = send(visit(**attendance, **reviewed, minutes="40"))

    assert response.url == f"/families/{okafors.ref}/"
    contact = Contact.objects.get()
    assert contact.occurred_at == datetime(2026, 3, 10, 10, 30, tzinfo=LONDON)
    assert (contact.by, contact.minutes, contact.review) == (grace, 40, "six_to_eight_week")
    assert [(row.person, row.concerned) for row in contact.people.order_by("listed")] == [
        (chidi, True),
        (ada, False),
        (emeka, False),
    ]


def test_saving_says_so_and_shows_it_on_the_timeline(client_of, grace, page, visit):
    response = client_of(grace).post(page, visit(), follow=True)

    assert "Contact saved." in read(response)
    assert "Feeding well." in read(response)


def test_what_was_measured_is_kept_with_the_contact(send, visit, chidi, ada):
    send(visit(**{f"{chidi.ref}-feeding_6_8_weeks": "partial", f"{ada.ref}-epds_total": "11"}))

    rows = Observation.objects.order_by("code").values_list("person", "code", "value")
    assert list(rows) == [(ada.pk, "epds_total", "11"), (chidi.pk, "feeding_6_8_weeks", "partial")]


def test_the_form_is_ready_for_an_ordinary_visit(client_of, grace, page, chidi):
    form = client_of(grace).get(page).context["form"]

    assert form["concerned"].value() == [chidi.ref]
    assert form["kind"].value() == "home_visit"
    assert form["outcome"].value() == "attended"
    assert (form["on"].value(), f"{form['at'].value():%H:%M}") == (NOON.date(), "12:00")
    assert form["team"].is_hidden


def test_only_reviews_and_measures_that_fit_the_age_are_offered(client_of, grace, page, chidi):
    form = client_of(grace).get(page).context["form"]

    offered = [code for code, _ in form.fields[f"review-{chidi.ref}"].choices]
    assert offered == ["", "new_birth", "six_to_eight_week"]
    assert f"{chidi.ref}-feeding_6_8_weeks" in form.fields
    assert f"{chidi.ref}-asq3_communication" not in form.fields


def test_the_father_is_asked_about_by_name(client_of, grace, page):
    assert "Was Emeka there?" in read(client_of(grace).get(page))


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"on": "2026-03-11"}, "This is in the future."),
        ({"at": "12:05"}, "This is in the future."),
        ({"on": "2010-03-11"}, "This is more than ten years ago."),
        ({"on": "2026-01-19"}, "Chidi Okafor was born on 20 January 2026."),
        ({"on": "yesterday"}, "“yesterday” is not a date."),
        ({"concerned": []}, "Tick whom the contact was about."),
        ({"concerned": ["P-NOTTHEIRS"]}, "Select a valid choice."),
        ({"minutes": "1441"}, "That is longer than a day."),
        ({"next_step": "Weigh Chidi", "next_on": "2026-03-09"}, "This day has passed."),
        ({"next_step": "Weigh Chidi", "next_on": ""}, "Say by when"),
        ({"kind": "telepathy"}, "Select a valid choice."),
        ({"outcome": ""}, "Answer “What came of it?”"),
    ],
)
def test_what_cannot_be_is_said_and_the_note_is_not_lost(send, visit, fields, sentence):
    response = send(visit(**fields))

    assert response.status_code == 200
    assert sentence in read(response)
    assert "Feeding well." in read(response)
    assert not Contact.objects.exists()


def test_a_weight_in_the_wrong_unit_is_questioned(send, visit, chidi):
    response = send(visit(**{f"{chidi.ref}-weight_kg": "4300"}))

    assert "between 0.2 and 250 kg, not 4300. If it was in grams, write 4.3." in read(response)
    assert 'value="4300"' in response.content.decode()


def test_a_review_without_its_child_is_questioned(send, visit, ada, chidi):
    response = send(visit(concerned=[ada.ref], **{f"review-{chidi.ref}": "new_birth"}))

    assert "Tick Chidi Okafor as whom it was about, or choose No." in read(response)


def test_a_double_click_makes_one_contact(send, visit):
    first, second = send(visit()), send(visit())

    assert first.url == second.url
    assert Contact.objects.count() == 1


def test_siblings_are_logged_in_one_go(client_of, grace, stockwell, visit):
    born = timezone.localdate() - timedelta(days=50)
    people = [NewPerson("child", name, "Silva", born) for name in ("Ana", "Bia")]
    silvas = people_actions.register_family(
        name="Silva", people=people, lead_team=stockwell, by=grace
    )
    twins = [member.person.ref for member in silvas.members.all()]

    client_of(grace).post(f"/families/{silvas.ref}/contacts/new/", visit(concerned=twins))

    assert Contact.objects.get().people.filter(concerned=True).count() == 2


# Drafts


def test_typing_is_there_again_and_gone_once_saved(client_of, grace, okafors, page, visit):
    browser = client_of(grace)
    half = visit(note="Half a sentence", on="2026-1")
    answer = browser.post(f"/drafts/contact-{okafors.ref}/", half)
    assert answer.status_code == 204

    again = browser.get(page)

    assert "We kept what you typed about this contact on 10 March 2026, midday" in read(again)
    assert "Half a sentence" in read(again)
    assert "is not a date" not in read(again)
    browser.post(page, visit())
    assert "Half a sentence" not in read(browser.get(page))
    assert not Draft.objects.exists()


def test_an_autosave_that_comes_late_does_not_bring_a_saved_contact_back(
    client_of, grace, okafors, page, visit
):
    browser = client_of(grace)
    browser.post(page, visit())
    browser.post(f"/drafts/contact-{okafors.ref}/", visit(note="Feeding well, again"))

    assert "Feeding well, again" not in read(browser.get(page))


def test_a_draft_can_be_thrown_away(client_of, grace, okafors, page, visit):
    browser = client_of(grace)
    browser.post(f"/drafts/contact-{okafors.ref}/", visit(note="Half a sentence"))

    response = browser.post(f"/drafts/contact-{okafors.ref}/discard/", {"next": page})

    assert response.url == page
    assert "Half a sentence" not in read(browser.get(page))


def test_nobody_else_is_shown_my_draft(client_of, grace, miriam, okafors, page, visit):
    client_of(grace).post(f"/drafts/contact-{okafors.ref}/", visit(note="Half a sentence"))

    assert "Half a sentence" not in read(client_of(miriam).get(page))


# Who may


def test_a_family_that_is_not_yours_is_as_if_it_were_not(client_of, sam, page, visit):
    browser = client_of(sam)

    assert browser.get(page).status_code == browser.post(page, visit()).status_code == 404
    assert not Contact.objects.exists()


def test_a_closed_record_is_not_written_to(client_of, grace, okafors, page, visit):
    Family.objects.filter(pk=okafors.pk).update(closed_at=timezone.now())
    browser = client_of(grace)

    assert browser.get(page).status_code == 403
    assert "This family’s record is closed" in read(browser.post(page, visit())).replace("'", "’")


def test_another_team_around_the_family_logs_for_itself(
    client_of, sam, grace, okafors, family_support, page, visit
):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)

    client_of(sam).post(page, visit(team=family_support.code))

    assert Contact.objects.get().team == family_support


def test_every_contact_is_in_the_log(send, visit, okafors):
    send(visit())

    event = Event.objects.get(kind="contact.logged")
    assert (event.family_ref, event.by_name) == (okafors.ref, "Grace Mensah")
    assert "Feeding" not in str(event.details)


def test_saving_takes_few_statements_whatever_is_there(
    client_of, grace, okafors, stockwell, page, visit, chidi, ada
):
    browser = client_of(grace)
    measured = {f"{chidi.ref}-feeding_6_8_weeks": "partial", f"{ada.ref}-epds_total": "11"}
    first = statements(lambda: browser.post(page, visit(submission="", **measured)))
    for n in range(50):
        browser.post(page, visit(submission=f"{n:08}-6f0e-4c7e-9d4e-0f3a5d6f1c11"))

    assert statements(lambda: browser.post(page, visit(**measured))) <= 20
    assert first <= 20


# Looking at one


def test_a_contact_is_read_in_full(client_of, grace, okafors, send, visit, ada, chidi):
    send(visit(present=[ada.ref], **{f"{chidi.ref}-feeding_6_8_weeks": "exclusive"}))
    contact = Contact.objects.get()

    page = read(client_of(grace).get(f"/families/{okafors.ref}/contacts/{contact.ref}/"))

    assert "Home visit on 10 March 2026" in page
    assert "Feeding well." in page
    assert "Breast milk only" in page
    assert "Ada Okafor" in page


def test_a_contact_of_another_family_is_not_found_under_this_one(
    client_of, grace, okafors, stockwell, send, visit
):
    send(visit())
    silvas = people_actions.register_family(name="Silva", people=[], lead_team=stockwell, by=grace)

    address = f"/families/{silvas.ref}/contacts/{Contact.objects.get().ref}/"

    assert client_of(grace).get(address).status_code == 404
