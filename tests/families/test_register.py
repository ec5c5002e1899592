"""Registering a family."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.models import Family, Member, Person
from leap.core.audit.models import Event
from leap.core.outbox.models import Draft, Message
from tests.casework.reading import read

SEND = "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"


def typed(*people, **family):
    fields = {"name": "Silva", "postcode": "", "team": "stockwell-health-visiting"}
    rows = {"form-TOTAL_FORMS": len(people), "form-INITIAL_FORMS": 0, "submission": SEND}
    for n, person in enumerate(people):
        rows |= {f"form-{n}-{name}": value for name, value in person.items()}
    return fields | rows | family


def born(day, month, year):
    return {"day_day": day, "day_month": month, "day_year": year}


ANA = {"role": "child", "given_name": "Ana", "family_name": "Silva", **born(1, 6, 2026)}
YARA = {"role": "mother", "given_name": "Yara", "family_name": "Silva"}


@pytest.fixture
def send(client_of, grace, stockwell):
    browser = client_of(grace)
    return lambda fields: browser.post("/families/new/", fields)


def test_a_family_with_its_people_is_led_by_whoever_registers_it(send, sw9, grace, stockwell):
    father = {
        "role": "father",
        "given_name": "João",
        "interpreter": "yes",
        "language": "Portuguese",
    }
    response = send(typed(ANA, YARA, father, postcode="sw99tx"))

    family = Family.objects.get()
    assert response.url == f"/families/{family.ref}/"
    assert (family.lead_team, family.lead_practitioner) == (stockwell, grace)
    assert [m.role for m in family.members.order_by("pk")] == ["child", "mother", "father"]
    ana = Person.objects.get(given_name="Ana")
    assert ana.birth_date == date(2026, 6, 1)
    assert ana.residences.get().postcode == sw9
    assert Person.objects.get(given_name="João").interpreter is True


def test_rows_left_empty_are_nobody(send):
    send(typed(ANA, {"role": "mother"}, {"role": ""}))

    assert Member.objects.count() == 1


def test_an_unborn_baby_has_a_due_date_and_needs_no_name(send):
    due = timezone.localdate() + timedelta(days=60)
    send(typed(YARA, {"role": "unborn", **born(due.day, due.month, due.year)}))

    baby = Member.objects.get(role="unborn").person
    assert (baby.due_date, baby.birth_date) == (due, None)


@pytest.mark.parametrize(
    ("person", "sentence"),
    [
        ({**ANA, **born(31, 2, 2026)}, "Enter a real date"),
        ({**ANA, **born(1, 6, 2126)}, "This is in the future."),
        ({**ANA, **born("", "", "")}, "Enter the child’s date of birth."),
        ({**ANA, "nhs_number": "9434765918"}, "This is not an NHS number"),
        ({**ANA, "postcode": "SW9"}, "“SW9” is not a postcode."),
        ({**ANA, "role": ""}, "Choose who this is in the family."),
        ({**ANA, "given_name": "", "family_name": ""}, "Enter a name, as far as it is known."),
        ({"role": "child"}, "Add at least one person."),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(send, person, sentence):
    response = send(typed(person, name="Silva and Costa"))

    assert sentence in read(response)
    assert 'value="Silva and Costa"' in response.content.decode()
    assert not Family.objects.exists()


def test_a_double_click_registers_once(send):
    first, second = send(typed(ANA)), send(typed(ANA))

    assert first.url == second.url
    assert Family.objects.count() == 1


def test_adding_a_person_keeps_everything_and_complains_of_nothing(send):
    response = send(typed({**ANA, **born(31, 2, 2026)}, add="1"))

    page = response.content.decode()
    assert 'value="Ana"' in page
    assert 'value="31"' in page
    assert "form-1-given_name" in page
    assert "Enter a real date" not in page
    assert not Family.objects.exists()


CHIDI_AGAIN = {"role": "child", "given_name": "Chidy", "family_name": "Okafor", **born(20, 1, 2026)}


def test_somebody_who_looks_known_is_shown_before_anything_is_saved(send, okafors):
    response = send(typed(CHIDI_AGAIN))

    assert "Perhaps this family is already registered" in read(response)
    assert okafors.ref in read(response)
    assert 'value="Chidy"' in response.content.decode()
    assert Family.objects.count() == 1


def test_told_that_they_are_different_it_saves(send, okafors):
    send(typed(CHIDI_AGAIN, are_new="on"))

    assert Family.objects.count() == 2


def test_a_family_the_reader_cannot_see_is_not_hinted_at(client_of, okafors, sam, family_support):
    response = client_of(sam).post("/families/new/", typed(CHIDI_AGAIN, team=family_support.code))

    assert response.status_code == 302
    assert Family.objects.count() == 2


def test_what_was_typed_and_not_sent_is_there_again(client_of, grace, stockwell):
    browser = client_of(grace)
    browser.post("/drafts/register/", typed({**ANA, **born(31, 2, 2026)}))

    page = browser.get("/families/new/")

    assert "We kept what you typed" in read(page)
    assert 'value="Ana"' in page.content.decode()
    assert "Enter a real date" not in read(page)
    browser.post("/families/new/", typed(ANA))
    assert not Draft.objects.exists()


def test_a_team_of_somebody_elses_is_refused(send, family_support):
    send(typed(ANA, team=family_support.code))

    assert not Family.objects.exists()


def test_a_champion_does_not_register_families(client_of, make_user, make_team):
    bola = make_user("Bola Ade", make_team("champions", "champions"))

    assert client_of(bola).get("/families/new/").status_code == 403


CHIDI = {**CHIDI_AGAIN, "given_name": "Chidi"}


def test_somebody_known_elsewhere_is_asked_about_without_saying_where(
    client_of, okafors, sam, family_support
):
    page = client_of(sam).post("/families/new/", typed(CHIDI, team=family_support.code))

    assert "Another team may know somebody of this family" in read(page)
    assert okafors.ref not in read(page)
    assert "Stockwell" not in read(page)
    assert Family.objects.count() == 1


def test_that_team_is_asked_to_get_in_touch(client_of, okafors, sam, grace, family_support):
    browser = client_of(sam)

    page = browser.post("/families/new/ask/", typed(CHIDI, team=family_support.code), follow=True)

    assert Message.objects.get().to == grace.email
    assert Event.objects.filter(kind="family.asked_about", family_ref=okafors.ref).exists()
    assert 'value="Chidi"' in page.content.decode()
    assert okafors.ref not in page.content.decode()


@pytest.mark.parametrize("model", [Family, Person])
def test_a_restricted_record_does_not_exist_there(client_of, okafors, sam, family_support, model):
    model.objects.update(restriction="refuge")
    answer = client_of(sam).post("/families/new/known/", typed(CHIDI, team=family_support.code))

    assert answer.content.decode().strip() == ""


def test_while_one_types_the_reason_is_shown(client_of, okafors, grace):
    kate = {**CHIDI_AGAIN, "given_name": "Chidiebere", "family_name": ""}
    answer = client_of(grace).post("/families/new/known/", typed(kate))

    assert "was born on the same day and has a similar name" in read(answer)


def test_forty_siblings_are_registered_in_one_sitting(send):
    everybody = [{**ANA, "given_name": f"Ana {n}"} for n in range(40)]

    assert send(typed(*everybody)).status_code == 302
    assert Member.objects.count() == 40


def test_names_are_kept_as_they_are_written(send):
    send(typed({**ANA, "given_name": "Zoë 🌻", "family_name": "محمد"}))

    assert Person.objects.get().name == "Zoë 🌻 محمد"
