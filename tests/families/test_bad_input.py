"""What cannot be, or hardly can: each gets a sentence that says what to do, and nothing is lost."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.access import safety_actions
from families.models import Contact, Member, Observation, Person
from leap.core.audit.models import Event
from tests.casework.reading import read

NOON = datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is fourteen weeks old
SEND = "5a7f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"
ARABIC, FLOWER = "عبد الرحمن", "Zoë 🌻"
FAMILY = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def day(on, name="day"):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def log(client_of, grace, okafors, chidi):
    """Send the form of an ordinary visit, but for what is wrong."""
    browser = client_of(grace)

    def send(**typed):
        usual = {
            "submission": SEND, "concerned": chidi.ref, "kind": "home_visit", "on": "2026-05-03",
            "outcome": "attended", "at": "10:00", "team": grace.teams[0].code,
            "note": "Long and careful words.",
        }  # fmt: skip
        return browser.post(f"/families/{okafors.ref}/contacts/new/", usual | typed)

    return send


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"on": "2026-05-05"}, "This is in the future. Give the time it happened"),
        ({"on": "2026-01-19"}, "Chidi Okafor was born on 20 January 2026. Check the date"),
        ({"on": "2006-05-03"}, "This is more than ten years ago. Check the year."),
        ({"on": "31/02/2026"}, "date"),
        ({"weight": "6200"}, "If it was in grams, write 6.2."),
        ({"weight": "14.2"}, "If it was in pounds, it is 6.44 kg. Correct it, or say"),
        ({"weight": "six"}, "Weight is a number, in figures, not “six”."),
        ({"weight": "-6"}, "Weight is between 0.2 and 250 kg, not -6."),
        ({"minutes": "9999"}, "That is longer than a day."),
        ({"next_step": "Ring", "next_on": "2026-05-03"}, "This day has passed."),
    ],
)
def test_a_visit_that_cannot_be_is_asked_about_with_every_word_kept(log, chidi, typed, words):
    if "weight" in typed:
        typed = {
            f"{chidi.ref}-weight_kg": typed["weight"],
            f"review-{chidi.ref}": "six_to_eight_week",
        }
    answer = log(**typed)

    assert words in read(answer)
    page_text = answer.content.decode()
    assert "Long and careful words." in page_text
    assert all(str(value) in page_text for value in typed.values())
    assert not Contact.objects.exists()


def test_a_measurement_that_was_checked_is_kept_as_it_is(log, chidi):
    measured = {f"{chidi.ref}-weight_kg": "14.2", f"review-{chidi.ref}": "six_to_eight_week"}
    log(**measured, checked="on")

    assert Observation.objects.get(code="weight_kg").value == "14.2"


# Registering


@pytest.fixture
def register(client_of, grace):
    browser = client_of(grace)

    def send(*people, **family):
        rows = {
            f"form-{n}-{name}": value
            for n, entry in enumerate(people)
            for name, value in entry.items()
        }
        whole = {"name": "Silva", "team": grace.teams[0].code, "submission": SEND}
        whole |= {"form-TOTAL_FORMS": len(people), "form-INITIAL_FORMS": 0}
        return browser.post("/families/new/", whole | rows | family)

    return send


def person(role="child", name="Ana", on=date(2026, 3, 1)):
    return {"role": role, "given_name": name, "family_name": "Silva", **(day(on) if on else {})}


MUM, MAMA = person("mother", "Yara", None), person("mother", "Rosa", None)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ([person(on=date(2026, 5, 5))], "This is in the future. For a baby not yet born choose"),
        ([person("unborn", "", date(2028, 1, 1))], "is due within 42 weeks from now"),
        ([person("unborn", "", None)], "Enter the date the baby is due."),
        ([person(on=date(1825, 1, 1))], "This is more than 120 years ago. Check the year."),
        ([person(on=date(1992, 3, 1))], "34 years old, and a child here is under 18."),
        ([person("mother", "Yara", date(2025, 3, 1))], "A mother of 1 year cannot be."),
        ([person(), MUM, MAMA], "Yara Silva and Rosa Silva are both entered as mother."),
        ([{**person(), "nhs_number": "943 476 5918"}], "This is not an NHS number"),
        ([person(name="A" * 101)], "100 characters"),
    ],
)
def test_a_family_that_can_hardly_be_is_asked_about(register, people, words):
    answer = register(*people)

    assert words in read(answer)
    assert all(f'value="{entry["family_name"]}"' in answer.content.decode() for entry in people)
    assert not Member.objects.exists()


def test_two_mothers_are_registered_once_somebody_has_said_that_it_is_right(register):
    assert "I have checked: the parents are right" in read(register(person(), MUM, MAMA))

    register(person(), MUM, MAMA, parents_are_right="on")

    assert Member.objects.filter(role="mother").count() == 2


@pytest.mark.parametrize("name", [ARABIC, FLOWER, FAMILY, "O’Brien-Ngũgĩ", "José\u0301", "李"])
def test_any_name_is_kept_found_and_shown(register, client_of, grace, name):
    register(person(name=name))

    registered = Person.objects.get()
    assert registered.given_name == name
    page = client_of(grace).get(f"/families/{registered.members.get().family.ref}/")
    assert name in page.content.decode()


def test_forty_siblings_can_be_visited_and_drawn(register, client_of, grace):
    register(*[person(name=f"Ana {n}", on=date(2026, 3, 1) - timedelta(n * 99)) for n in range(40)])
    family = Member.objects.first().family

    browser = client_of(grace)
    for page in ("", "contacts/new/", "before/", "chronology/"):
        assert "Ana 39" in browser.get(f"/families/{family.ref}/{page}").content.decode()


# Putting right what is known of somebody


@pytest.fixture
def change(client_of, grace, okafors):
    browser = client_of(grace)

    def send(person, user=None, **typed):
        address = f"/families/{okafors.ref}/people/{person.ref}/change/"
        form = browser.get(address).context["form"]
        usual = {name: form[name].value() or "" for name in form.fields if name != "day"}
        usual |= day(person.birth_date) | {"submission": SEND}
        usual = {name: value for name, value in usual.items() if value is not False}
        return browser.post(address, usual | typed)

    return send


def test_a_birth_date_that_changes_the_age_group_says_what_else_changes(change, log, chidi):
    log(on="2026-02-10", review="")

    answer = change(chidi, **day(date(2025, 6, 20)))

    assert (
        "Chidi would be 10 months old, not 3 months. Due no longer: 6 to 8 week review. Due"
        " instead: 1 year review." in read(answer)
    )
    chidi.refresh_from_db()
    assert chidi.birth_date == date(2026, 1, 20)
    change(chidi, **day(date(2025, 6, 20)), checked="on", submission=SEND.replace("5a", "6a"))
    chidi.refresh_from_db()
    assert chidi.birth_date == date(2025, 6, 20)


def test_a_birth_after_a_visit_is_asked_about(change, log, chidi):
    log(on="2026-01-25")

    assert "1 contact was before that birth." in read(change(chidi, **day(date(2026, 2, 1))))


def test_another_day_that_changes_nothing_else_is_just_saved(change, chidi):
    change(chidi, **day(date(2026, 1, 21)))

    chidi.refresh_from_db()
    assert chidi.birth_date == date(2026, 1, 21)
    event = Event.objects.get(kind="person.changed")
    assert event.details["fields"] == ["birth_date"]
    assert "2026-01-21" not in str(event.details)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (day(date(2026, 6, 1)), "This is in the future."),
        (day(date(1990, 6, 1)), "a child here is under 18"),
        ({"role": "mother"}, "A mother of 0 years cannot be."),
        ({"given_name": "", "family_name": ""}, "Enter a name, as far as it is known."),
        ({"nhs_number": "123"}, "This is not an NHS number"),
    ],
)
def test_details_that_cannot_be_are_asked_about(change, chidi, typed, words):
    assert words in read(change(chidi, **typed))
    chidi.refresh_from_db()
    assert (chidi.birth_date, chidi.given_name) == (date(2026, 1, 20), "Chidi")


def test_a_second_mother_by_mistake_is_asked_about_and_a_first_change_is_not_lost(
    change, emeka, ada
):
    assert "are both entered as mother" in read(change(emeka, role="mother"))

    change(emeka, role="mother", parents_are_right="on", telephone="020 7946 0999")
    emeka.refresh_from_db()
    assert emeka.telephone == "020 7946 0999"
    assert "both entered" not in read(change(ada, language="Igbo"))  # said once


def test_two_who_change_at_once_are_shown_both(change, chidi):
    answer = change(chidi, given_name="Chidiebere", seen="0123456789abcdef")

    assert "Somebody else has changed this since you opened it" in read(answer)
    assert 'value="Chidiebere"' in answer.content.decode()
    assert "First names: Chidi" in read(answer)


def test_a_telephone_that_is_withheld_is_not_asked_for_and_stays(
    change, client_of, grace, okafors, ada, emeka
):
    Person.objects.filter(pk=ada.pk).update(telephone="020 7946 0777")
    safety_actions.shield(
        people=[ada], hidden_from=emeka, reason="refuge", family=okafors, by=grace
    )
    address = f"/families/{okafors.ref}/people/{ada.ref}/change/"
    assert "7946" not in client_of(grace).get(address).content.decode()

    assert "7946" not in read(change(ada, given_name="Adaeze", seen="0123456789abcdef"))
    change(ada, given_name="Adaeze", submission=SEND.replace("5a", "6a"))
    ada.refresh_from_db()
    assert (ada.given_name, ada.telephone) == ("Adaeze", "020 7946 0777")


def test_a_birth_after_the_death_cannot_be(change, chidi):
    Person.objects.filter(pk=chidi.pk).update(died_on=date(2026, 3, 1))

    assert "This is after the day of death, 1 March 2026." in read(
        change(chidi, **day(date(2026, 3, 2)))
    )


# Somebody joins


@pytest.fixture
def add(client_of, grace, okafors):
    browser, address = client_of(grace), f"/families/{okafors.ref}/people/add/"
    return lambda **typed: browser.post(address, {"submission": SEND, **typed})


def test_a_baby_on_the_way_is_added_and_lives_with_the_others(add, okafors, sw9):
    add(role="unborn", with_children="on", **day(date(2026, 9, 1)))
    add(role="unborn", with_children="on", **day(date(2026, 9, 1)))  # a double click

    baby = Person.objects.get(due_date=date(2026, 9, 1))
    assert baby.residences.get().postcode == sw9
    assert Event.objects.filter(kind="family.person_added").count() == 1


def test_the_same_child_is_not_added_twice_by_mistake(add, okafors):
    again = {"role": "child", "given_name": "Chidi", "family_name": "Okafor"}
    answer = add(**again, **day(date(2026, 1, 20)))

    assert "Perhaps this is somebody who is already on record" in read(answer)
    add(**again, **day(date(2026, 1, 20)), are_new="on")
    assert okafors.members.filter(role="child").count() == 2


def test_another_mother_is_asked_about_and_a_grandmother_is_not(add, okafors):
    assert "are both entered as mother" in read(add(role="mother", given_name="Ngozi"))

    add(role="grandparent", given_name="Ngozi", sex="female")
    assert okafors.members.filter(role="grandparent").count() == 1


def test_only_those_at_work_with_the_family_change_or_add(client_of, sam, okafors, chidi):
    for page in ("add", f"{chidi.ref}/change"):
        address = f"/families/{okafors.ref}/people/{page}/"
        assert client_of(sam).get(address).status_code == 404
        assert client_of(sam).post(address, {}).status_code == 404


@pytest.mark.parametrize(
    ("code", "typed", "words"),
    [
        ("weight_kg", "six", "Weight is a number"),
        ("weight_kg", "-6", "Weight is between"),
        ("feeding_6_8_weeks", "soup", "Feeding at 6 to 8 weeks"),
    ],
)
def test_the_summary_says_whose_measure_is_wrong(log, chidi, code, typed, words):
    """Twins have the same measures; beside the field stands whose it is."""
    answer = log(**{f"{chidi.ref}-{code}": typed, f"review-{chidi.ref}": "six_to_eight_week"})
    assert f"Chidi: {words}" in answer.content.decode()
