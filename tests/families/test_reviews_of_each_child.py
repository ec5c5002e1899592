"""A review belongs to one child: of those named in a contact, of those whose age it fits."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError

from families.contacts import actions as contact_actions
from families.contacts import correction_actions
from families.inputs import NewContact, NewPerson
from families.models import Contact, ContactPerson, Member, Person
from families.people import actions as people_actions
from families.reviews.due import reviews_due
from families.reviews.schedule import BY_CODE, REVIEWS
from tests.casework.reading import read

LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 3, 10)
SEND = "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c12"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(datetime(2026, 3, 10, 12, tzinfo=LONDON), tick=False)


@pytest.fixture
def silvas(grace, stockwell):
    """Bia is eleven weeks old, Davi two years and a month; Yara is their mother."""
    people = [
        NewPerson("mother", "Yara", "Silva", date(1990, 1, 1), sex="female"),
        NewPerson("child", "Bia", "Silva", TODAY - timedelta(weeks=11)),
        NewPerson("child", "Davi", "Silva", date(2024, 2, 8)),
    ]
    return people_actions.register_family(
        name="Silva", people=people, lead_team=stockwell, by=grace
    )


@pytest.fixture
def people(silvas):
    return {p.given_name: p for p in Person.objects.filter(members__family=silvas)}


@pytest.fixture
def log(client_of, grace, silvas, people):
    browser = client_of(grace)

    def send(*about, **reviews):
        typed = {
            "submission": SEND, "concerned": [people[name].ref for name in about],
            "kind": "home_visit", "on": "2026-03-10", "at": "10:30", "outcome": "attended",
            "team": grace.teams[0].code, "note": "Both seen.",
        }  # fmt: skip
        typed |= {f"review-{people[name].ref}": code for name, code in reviews.items()}
        return browser.post(f"/families/{silvas.ref}/contacts/new/", typed)

    return send


def reviews():
    rows = ContactPerson.objects.exclude(review="").order_by("listed")
    return {row.person.given_name: row.review for row in rows}


def done(silvas, grace):
    return {(due.given_name, due.review) for due in reviews_due(silvas, by=grace) if due.is_done}


# The form


def test_each_child_is_asked_about_the_reviews_of_their_own_age(client_of, grace, silvas, people):
    form = client_of(grace).get(f"/families/{silvas.ref}/contacts/new/").context["form"]

    offered = {
        name: [code for code, _ in form.fields[f"review-{people[name].ref}"].choices]
        for name in ("Bia", "Davi")
    }
    assert offered == {"Bia": ["", "six_to_eight_week", "new_birth"], "Davi": ["", "two_year"]}
    assert f"review-{people['Yara'].ref}" not in form.fields


def test_siblings_seen_together_have_a_review_each_or_none(log, silvas, grace):
    log("Bia", "Davi", Davi="two_year")

    assert reviews() == {"Davi": "two_year"}
    assert done(silvas, grace) == {("Davi", "two_year")}


def test_two_reviews_in_one_visit(log, silvas, grace, client_of):
    log("Bia", "Davi", Davi="two_year", Bia="six_to_eight_week")

    assert done(silvas, grace) == {("Davi", "two_year"), ("Bia", "six_to_eight_week")}
    page = read(client_of(grace).get(f"/families/{silvas.ref}/"))
    assert "6 to 8 week review and 2 to 2½ year review" in page


@pytest.mark.parametrize(
    ("name", "code", "sentence"),
    [
        ("Bia", "new_birth", "A New birth visit is of a child from birth to 8 weeks: Bia was born"),
        ("Bia", "two_year", "Select a valid choice"),
        ("Davi", "one_year", "Select a valid choice"),
    ],
)
def test_what_does_not_fit_the_age_is_said_beside_the_child(log, people, name, code, sentence):
    form = log("Bia", "Davi", **{name: code}).context["form"]

    assert list(form.errors) == [f"review-{people[name].ref}"]
    assert sentence in str(form.errors)
    assert form["note"].value() == "Both seen."


def test_a_form_from_before_says_one_review_of_all_it_fits(client_of, grace, silvas, people):
    typed = {
        "submission": SEND, "concerned": [people["Bia"].ref, people["Davi"].ref],
        "kind": "home_visit", "on": "2026-03-10", "at": "10:30", "outcome": "attended",
        "review": "two_year", "team": grace.teams[0].code,
    }  # fmt: skip
    client_of(grace).post(f"/families/{silvas.ref}/contacts/new/", typed)

    assert reviews() == {"Davi": "two_year"}


def test_a_device_sends_a_review_of_each_and_hears_what_does_not_fit(
    client_of, grace, silvas, people
):
    from tests.offline.conftest import Device

    browser = client_of(grace)
    device = Device(browser, browser.post("/offline/take/").json())
    typed = {
        "concerned": [people["Bia"].ref, people["Davi"].ref], "kind": "home_visit",
        "on": "2026-03-10", "at": "10:30", "outcome": "attended", "team": grace.teams[0].code,
    }  # fmt: skip
    page = device.visit(silvas)["contact"]
    assert f'data-review-of="{people["Davi"].ref}"' in page
    assert "two_year 2025-10-08 2027-08-08" in page

    refused = device.send(silvas, typed | {f"review-{people['Bia'].ref}": "new_birth"}).json()
    accepted = device.send(silvas, typed | {f"review-{people['Davi'].ref}": "two_year"}).json()

    assert (refused["state"], accepted["state"]) == ("refused", "sent")
    assert reviews() == {"Davi": "two_year"}


# The action and the API


def visit(people, *about, **fields):
    at = datetime(2026, 3, 10, 10, tzinfo=LONDON)
    return NewContact("home_visit", at, "attended", [people[name] for name in about], **fields)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Bia", "two_year"),
        ("Bia", "one_year"),
        ("Bia", "new_birth"),
        ("Bia", "antenatal"),
        ("Davi", "six_to_eight_week"),
        ("Davi", "one_year"),
        ("Yara", "two_year"),
        ("Yara", "antenatal"),  # eleven weeks after a birth
    ],
)
def test_the_action_refuses_a_review_of_another_age(silvas, people, grace, stockwell, name, code):
    for fields in ({"review": code}, {"reviews": {people[name]: code}}):
        new = visit(people, name, **fields)
        with pytest.raises(ValidationError):
            contact_actions.log_contact(family=silvas, new=new, team=stockwell, by=grace)

    assert not Contact.objects.exists()


def test_the_action_refuses_a_review_of_somebody_it_was_not_about(silvas, people, grace, stockwell):
    new = visit(people, "Bia", reviews={people["Davi"]: "two_year"})

    with pytest.raises(ValidationError, match="Say that the contact was about Davi"):
        contact_actions.log_contact(family=silvas, new=new, team=stockwell, by=grace)


def test_one_review_said_of_the_contact_is_of_those_it_fits(silvas, people, grace, stockwell):
    new = visit(people, "Bia", "Davi", "Yara", review="six_to_eight_week")
    contact_actions.log_contact(family=silvas, new=new, team=stockwell, by=grace)

    assert reviews() == {"Bia": "six_to_eight_week"}


@pytest.mark.parametrize("field", ["review", "reviews"])
def test_the_api_holds_a_review_against_each_childs_age(client_of, grace, silvas, people, field):
    def send(*about, review, of):
        body = {
            "family": silvas.ref, "team": grace.teams[0].code, "kind": "home_visit",
            "occurred_at": "2026-03-10T10:00:00+00:00", "outcome": "attended",
            "concerned": [people[name].ref for name in about],
            field: review if field == "review" else [{"person": people[of].ref, "review": review}],
        }  # fmt: skip
        headers = {"idempotency-key": f"7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f{len(about):04}"}
        return client_of(grace).post(
            "/api/v1/contacts/", body, content_type="application/json", headers=headers
        )

    refused = send("Bia", review="two_year", of="Bia")
    taken = send("Bia", "Davi", review="two_year", of="Davi")

    assert refused.status_code == 400
    assert "from 20 to 42 months" in refused.content.decode()
    assert taken.status_code == 201
    assert taken.json()["reviews"] == [{"person": people["Davi"].ref, "review": "two_year"}]
    assert (
        client_of(grace)
        .get(f"/api/v1/contacts/?person={people['Bia'].ref}&review=two_year")
        .json()["results"]
        == []
    )


def test_every_window_holds_from_its_first_to_its_last_day():
    child = Person(birth_date=date(2024, 8, 31))
    for review in (review for review in REVIEWS if not review.before_birth):
        first, last = review.window(child)
        days = [first - timedelta(1), first, last, last + timedelta(1)]
        assert [review.fits(child, day) for day in days] == [False, True, True, False]
    assert BY_CODE["two_year"].window(child) == (date(2026, 4, 30), date(2028, 2, 29))


def test_an_antenatal_contact_is_before_the_birth(silvas, people, grace, stockwell):
    baby = Person.objects.create(ref="P-BABY", due_date=TODAY + timedelta(weeks=8))
    Member.objects.create(family=silvas, person=baby, role="unborn")
    antenatal = BY_CODE["antenatal"]

    assert antenatal.fits(baby, TODAY)
    assert not antenatal.fits(baby, TODAY - timedelta(weeks=40))
    assert antenatal.fits(people["Bia"], people["Bia"].birth_date - timedelta(days=1))
    assert not antenatal.fits(people["Bia"], people["Bia"].birth_date)


def test_a_correction_keeps_what_was_said_of_each(silvas, people, grace, stockwell, client_of):
    new = visit(people, "Bia", "Davi", reviews={people["Davi"]: "two_year"})
    contact = contact_actions.log_contact(family=silvas, new=new, team=stockwell, by=grace)
    form = client_of(grace).get(f"/families/{silvas.ref}/contacts/{contact.ref}/correct/")
    assert form.context["form"][f"review-{people['Davi'].ref}"].value() == "two_year"

    other = visit(people, "Bia", "Davi", reviews={people["Bia"]: "six_to_eight_week"})
    version = correction_actions.correct_contact(
        contact=contact, new=other, members=list(people.values()), seen=0, why="The other", by=grace
    )

    assert reviews() == {"Bia": "six_to_eight_week"}
    assert version.was["Review"] == "Davi Silva: 2 to 2½ year review"
