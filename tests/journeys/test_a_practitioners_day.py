"""A health visitor's day on a phone: she finds the family, reads before she knocks, logs three
contacts. Her touches are counted; so are the seconds."""

from datetime import date, timedelta
from time import monotonic

import pytest
from django.utils import timezone

from families.inputs import NewPerson
from families.models import Contact, FollowUp, Person
from families.people import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AN_ORDINARY_VISIT = 8  # touches, from the line of what is due to the saved contact
A_MINUTE = 60
THUMB = 44  # pixels


class Touches:
    """A phone whose taps and pieces of typing are counted."""

    def __init__(self, phone):
        self.phone, self.count, self.began = phone, 0, monotonic()

    def tap(self, control):
        self.count += 1
        control.click()

    def type(self, label, text):
        """Tapping the field and dictating or typing into it are two."""
        self.count += 2
        self.phone.get_by_label(label, exact=True).fill(text)

    def report(self, task):
        seconds = monotonic() - self.began
        print(f"{task}: {self.count} interactions, {seconds:.1f} s in the browser")
        return seconds


@pytest.fixture
def small_chidi(okafors, chidi):
    born = timezone.localdate() - timedelta(days=50)
    Person.objects.filter(pk=chidi.pk).update(birth_date=born)
    return chidi


@pytest.fixture
def at_work(phone, sign_in_as, grace, small_chidi):
    return sign_in_as(grace, phone)


def open_line(touches, title):
    """From what is due, straight to the form of that review."""
    phone = touches.phone
    phone.goto("/families/due/")
    row = phone.locator("tr", has_text=title)
    touches.tap(row.get_by_role("link", name="Log a contact"))


def find_and_read(phone):
    phone.goto("/")
    day = Touches(phone)
    phone.get_by_role("combobox").first.fill("okafr")
    day.count += 2
    day.tap(phone.get_by_role("option").first)
    day.tap(phone.get_by_role("button", name="Before I knock"))
    phone.get_by_role("heading", name="Before I knock").wait_for()
    day.report("Finding the family and reading before knocking")
    return day


def log_review(phone):
    review = Touches(phone)
    open_line(review, "6 to 8 week review")
    review.tap(phone.get_by_role("group", name="Was Emeka there?").get_by_label("Yes"))
    review.type("What happened?", "Growing well, feeding on demand.")
    review.type("Weight (kg)", "4.9")
    return saved(review, "A 6 to 8 week review with a weight, from what is due")


def log_call(phone):
    call = Touches(phone)
    call.tap(phone.get_by_role("button", name="Log a contact"))
    call.tap(phone.get_by_label("Phone call"))
    call.type("What happened?", "Ada rang about sleep.")
    return saved(call, "A phone call, from the family")


def log_missed(phone):
    missed = Touches(phone)
    missed.tap(phone.get_by_role("button", name="Log a contact"))
    missed.tap(phone.get_by_label("Was not brought"))
    missed.type("Next step", "Ring and offer another time")
    return saved(missed, "Was not brought, with a next step, from the family")


def saved(touches, task):
    touches.tap(touches.phone.get_by_role("button", name="Save contact"))
    touches.phone.get_by_text("Contact saved.").wait_for()
    touches.seconds = touches.report(task)
    return touches


def test_her_day(at_work, grace, axe):
    reading = find_and_read(at_work)
    assert "6 to 8 week review" in at_work.locator("main").inner_text()
    assert axe(at_work) == []
    contacts = [log(at_work) for log in (log_review, log_call, log_missed)]

    assert reading.count == 4
    assert [contact.count for contact in contacts] == [7, 5, 5]
    assert max(contact.count for contact in contacts) <= AN_ORDINARY_VISIT
    assert max(contact.seconds for contact in contacts) < A_MINUTE
    outcomes = [(c.kind, c.outcome, c.review) for c in Contact.objects.order_by("pk")]
    assert outcomes == [
        ("home_visit", "attended", "six_to_eight_week"),
        ("phone", "attended", ""),
        ("home_visit", "was_not_brought", ""),
    ]
    first = Contact.objects.order_by("pk")[0]
    present = first.people.filter(present=True).values_list("person__given_name", flat=True)
    assert set(present) == {"Ada", "Emeka"}
    assert first.observations.get().value == "4.9"
    assert FollowUp.objects.get().to == grace


def test_everything_on_the_form_can_be_hit_with_a_thumb(at_work, okafors, axe):
    phone = at_work
    phone.goto(f"/families/{okafors.ref}/contacts/new/?review=six_to_eight_week")
    assert axe(phone) == []
    small = phone.evaluate(
        """(least) => [...document.querySelectorAll(
            '.leap-contact label.govuk-radios__label, .leap-contact label.govuk-checkboxes__label, '
            + '.leap-contact .leap-actions button')]
            .filter((one) => one.offsetParent && one.getBoundingClientRect().height < least)
            .map((one) => one.textContent.trim() + one.getBoundingClientRect().height)""",
        THUMB,
    )
    assert small == []
    save = phone.get_by_role("button", name="Save contact").bounding_box()
    assert save["y"] + save["height"] <= 844  # in reach of a thumb without scrolling


def test_only_the_measures_of_the_chosen_review_show(at_work, okafors):
    phone = at_work
    phone.goto(f"/families/{okafors.ref}/contacts/new/?review=six_to_eight_week")
    assert phone.get_by_label("Feeding at 6 to 8 weeks").is_visible()
    assert not phone.get_by_label("Birth weight (grams)").is_visible()

    phone.get_by_label("New birth visit").check()

    assert phone.get_by_label("Birth weight (grams)").is_visible()
    assert not phone.get_by_label("Feeding at 6 to 8 weeks").is_visible()


def test_a_review_that_cannot_be_on_that_day_is_out_of_sight(at_work, okafors, small_chidi):
    phone, born = at_work, timezone.localdate() - timedelta(days=50)
    phone.goto(f"/families/{okafors.ref}/contacts/new/?review=six_to_eight_week")
    phone.get_by_label("New birth visit").check()
    assert phone.get_by_label("6 to 8 week review").is_visible()

    phone.get_by_label("Date", exact=True).fill((born + timedelta(days=10)).isoformat())

    assert not phone.get_by_label("6 to 8 week review").is_visible()
    assert phone.get_by_label("New birth visit").is_visible()


def test_a_measure_that_was_typed_never_goes_out_of_sight(at_work, okafors):
    phone = at_work
    phone.goto(f"/families/{okafors.ref}/contacts/new/?review=six_to_eight_week")
    phone.get_by_label("Weight (kg)").fill("4.9")

    phone.get_by_label("New birth visit").check()

    assert phone.get_by_label("Weight (kg)").is_visible()


def test_siblings_are_logged_in_one_go(at_work, grace, stockwell):
    phone, born = at_work, timezone.localdate() - timedelta(days=50)
    people = [
        NewPerson("mother", "Ana", "Silva", date(1990, 1, 1)),
        *(NewPerson("child", name, "Silva", born) for name in ("Bia", "Caio")),
    ]
    silvas = actions.register_family(name="Silva", people=people, lead_team=stockwell, by=grace)
    touches = Touches(phone)
    phone.goto("/families/due/")
    touches.tap(phone.locator("tr", has_text="Bia Silva").get_by_role("link", name="Log a contact"))
    touches.type("What happened?", "Both growing well.")
    touches.tap(phone.get_by_role("button", name="Save contact"))
    phone.get_by_text("Contact saved.").wait_for()

    concerned = silvas.contacts.get().people.filter(concerned=True)
    assert set(concerned.values_list("person__given_name", flat=True)) == {"Bia", "Caio"}
    assert touches.count == 4
