"""Putting a contact right."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from families.access import involvement_actions, restriction_actions
from families.contacts import actions as contact_actions
from families.inputs import NewContact, ObservationInput
from families.models import Contact, ContactVersion, Involvement, Observation, Person
from families.reviews import due
from leap.core.audit.models import Event
from tests.casework.reading import read


@pytest.fixture
def chidis_review(okafors, chidi, stockwell, grace):
    Person.objects.filter(pk=chidi.pk).update(birth_date=timezone.localdate() - timedelta(days=50))
    chidi.refresh_from_db()
    at = timezone.now() - timedelta(hours=2)
    findings = [ObservationInput(chidi, "weight_kg", "4.2")]
    new = NewContact("home_visit", at, "attended", [chidi], note="Feeding well.", findings=findings)
    return contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)


@pytest.fixture
def page(okafors, chidis_review):
    return f"/families/{okafors.ref}/contacts/{chidis_review.ref}/correct/"


@pytest.fixture
def put_right(client_of, grace, page, chidi, stockwell, chidis_review):
    """Send the form as it was shown, with these changes."""

    def send(by=grace, version=0, **changes):
        then = timezone.localtime(chidis_review.occurred_at)
        usual = {
            "concerned": [chidi.ref],
            "kind": "home_visit",
            "on": then.date(),
            "at": f"{then:%H:%M}",
            "outcome": "attended",
            "review": "",
            "note": "Feeding well.",
            "team": stockwell.code,
            "why": "I misread it",
            "seen": version,
            f"{chidi.ref}-weight_kg": "4.2",
        }
        return client_of(by).post(page, {**usual, **changes})

    return send


def test_the_form_shows_the_entry_as_it_stands(client_of, grace, page, chidi):
    form = client_of(grace).get(page).context["form"]

    assert form["note"].value() == "Feeding well."
    assert form["concerned"].value() == [chidi.ref]
    assert form[f"{chidi.ref}-weight_kg"].value() == "4.2"


def test_what_was_written_first_is_kept_and_shown(
    client_of, grace, put_right, okafors, chidis_review
):
    put_right(note="Feeding badly.")

    assert Contact.objects.get().note == "Feeding badly."
    assert ContactVersion.objects.get().was["What happened"] == "Feeding well."
    page_text = read(client_of(grace).get(f"/families/{okafors.ref}/contacts/{chidis_review.ref}/"))
    assert "Feeding well." in page_text
    assert "I misread it" in page_text


def test_figures_and_lists_read_what_was_corrected(put_right, okafors, chidi, grace):
    assert _review(okafors, grace).state != "done"

    reviewed = {f"review-{chidi.ref}": "six_to_eight_week"}
    put_right(**reviewed, **{f"{chidi.ref}-weight_kg": "4.9"})

    assert _review(okafors, grace).state == "done"
    assert [observation.value for observation in Observation.objects.all()] == ["4.9"]


def _review(family, by):
    reviews = due.reviews_due(family, by=by)
    return next(review for review in reviews if review.review == "six_to_eight_week")


def test_the_log_says_what_was_changed_and_not_to_what(put_right):
    put_right(note="Feeding badly.")

    event = Event.objects.get(kind="contact.corrected")
    assert event.details["changed"] == ["What happened"]
    assert "badly" not in str(event.details)


def test_nothing_changed_is_no_correction(put_right, chidis_review):
    then = timezone.localtime(chidis_review.occurred_at)
    Contact.objects.update(occurred_at=then.replace(second=0, microsecond=0))

    put_right()

    assert not ContactVersion.objects.exists()


def test_it_has_to_be_said_why(put_right):
    form = put_right(why="", note="Feeding badly.").context["form"]

    assert list(form.errors) == ["why"]
    assert Contact.objects.get().note == "Feeding well."


def test_two_at_once_are_shown_both_and_neither_is_lost(put_right, miriam):
    put_right(note="Feeding badly.")

    response = put_right(by=miriam, note="Feeding slowly.", why="She told me")

    page_text = read(response)
    assert "Feeding badly." in page_text
    assert "Feeding slowly." in page_text
    assert "Grace Mensah has made of it meanwhile" in page_text
    assert Contact.objects.get().note == "Feeding badly."

    again = put_right(by=miriam, note="Feeding slowly.", why="She told me", version=1)

    assert again.status_code == 302
    assert Contact.objects.get().note == "Feeding slowly."
    assert [v.was["What happened"] for v in ContactVersion.objects.order_by("number")] == [
        "Feeding well.",
        "Feeding badly.",
    ]


def test_another_team_is_told_whom_to_ask(client_of, sam, grace, okafors, family_support, page):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)

    response = client_of(sam).get(page)

    assert response.status_code == 403
    assert "Only Stockwell health visiting corrects what it wrote" in read(response)


def test_somebody_kept_from_the_corrector_stays_in_the_entry(
    put_right, okafors, chidis_review, grace, miriam, make_user, stockwell
):
    emeka = Person.objects.get(given_name="Emeka")
    chidis_review.people.create(person=emeka, present=True, listed=1)
    restriction_actions.restrict_person(
        person=emeka, family=okafors, kind="refuge", named=[miriam], by=grace
    )
    tess = make_user("Tess Hall", stockwell)

    put_right(by=tess, note="Feeding badly.")

    assert chidis_review.people.filter(person=emeka, present=True).exists()


def test_a_version_that_names_somebody_kept_from_the_reader_is_not_shown_to_them(
    client_of, put_right, okafors, chidis_review, grace, miriam, make_user, stockwell
):
    emeka = Person.objects.get(given_name="Emeka")
    chidis_review.people.create(person=emeka, present=True, listed=1)
    put_right(note="Feeding badly.", **{f"there-{emeka.ref}": "yes"})
    restriction_actions.restrict_person(
        person=emeka, family=okafors, kind="refuge", named=[miriam], by=grace
    )
    address = f"/families/{okafors.ref}/contacts/{chidis_review.ref}/"

    assert "Emeka" in read(client_of(miriam).get(address))
    assert "Emeka" not in read(client_of(make_user("Tess Hall", stockwell)).get(address))


def test_no_page_can_change_how_it_stood(put_right, grace, reading_as):
    put_right(note="Feeding badly.")
    reading_as(grace)

    for statement in ("UPDATE families_contactversion SET why = ''", "DELETE FROM {}"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement.format("families_contactversion"))
