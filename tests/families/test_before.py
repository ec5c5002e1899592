"""Before I knock."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions, restriction_actions, safety_actions
from families.access.loading import family_for
from families.contacts import actions as contact_actions
from families.contacts import alert_actions
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Family, Involvement, Person, Residence, SafetyAlert
from families.observations.actions import record_observation
from families.people import actions as people_actions
from leap.casework.life_events import actions as life
from leap.casework.offline.visit_bundle import visit as offline_visit
from leap.core.audit.models import Event
from tests.casework.reading import read, statements

TODAY = timezone.localdate


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/before/"


@pytest.fixture
def with_support(okafors, family_support, grace):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)


@pytest.fixture
def dog(okafors, stockwell, grace):
    return alert_actions.add_alert(
        family=okafors,
        kind="dog",
        words="Loose in the hall. Ring first.",
        review_on=TODAY() + timedelta(days=30),
        team=stockwell,
        by=grace,
    )


def visit(family, person, *, team, by, days_ago, note=""):
    at = timezone.now() - timedelta(days=days_ago)
    new = NewContact("home_visit", at, "attended", [person], note=note)
    return contact_actions.log_contact(family=family, new=new, team=team, by=by)


def test_what_colleagues_did_since_my_last_visit_is_told_and_nothing_older(
    client_of, grace, sam, okafors, chidi, stockwell, family_support, with_support, page
):
    old = visit(okafors, chidi, team=family_support, by=sam, days_ago=9, note="Long ago")
    type(old).objects.filter(pk=old.pk).update(recorded_at=timezone.now() - timedelta(days=9))
    visit(okafors, chidi, team=stockwell, by=grace, days_ago=5, note="Mine")
    visit(okafors, chidi, team=family_support, by=sam, days_ago=2, note="Cot has arrived")

    page_text = read(client_of(grace).get(page))

    assert "Cot has arrived" in page_text
    assert "Long ago" not in page_text.partition("Since your last contact")[2]
    assert "Mine" not in page_text


def test_an_entry_written_late_about_an_earlier_day_is_news(
    client_of, grace, sam, okafors, chidi, stockwell, family_support, with_support, page
):
    visit(okafors, chidi, team=stockwell, by=grace, days_ago=5)
    visit(okafors, chidi, team=family_support, by=sam, days_ago=8, note="Written up today")

    assert "Written up today" in read(client_of(grace).get(page))


def test_an_alert_stands_until_somebody_takes_it_off(client_of, grace, page, dog, okafors):
    browser = client_of(grace)
    assert "Loose in the hall" in read(browser.get(page))

    browser.post(f"/families/{okafors.ref}/alerts/{dog.ref}/end/")

    assert "Loose in the hall" not in read(browser.get(page))
    assert SafetyAlert.objects.get().ended_by == grace
    assert Event.objects.filter(kind="alert.ended").exists()


def test_an_alert_taken_off_by_somebody_first_says_so(client_of, grace, miriam, dog, okafors):
    address = f"/families/{okafors.ref}/alerts/{dog.ref}/end/"
    client_of(miriam).post(address)

    assert client_of(grace).post(address).status_code == 409


def test_an_alert_nobody_has_looked_at_again_says_so(client_of, grace, page, dog):
    SafetyAlert.objects.update(review_on=TODAY() - timedelta(days=1))

    assert "Look at this again" in read(client_of(grace).get(page))


@pytest.mark.parametrize(
    ("review_on", "sentence"),
    [
        (lambda: TODAY(), "This day has passed"),
        (lambda: TODAY() + timedelta(days=400), "more than a year away"),
    ],
)
def test_when_to_look_again_has_to_make_sense(
    client_of, grace, okafors, stockwell, review_on, sentence
):
    typed = {"kind": "dog", "words": "Barks", "review_on": review_on(), "team": stockwell.code}

    page_text = read(client_of(grace).post(f"/families/{okafors.ref}/alerts/add/", typed))

    assert sentence in page_text
    assert "Barks" in page_text or not SafetyAlert.objects.exists()


def test_an_alert_is_added_once_however_often_it_is_sent(client_of, grace, okafors, stockwell):
    browser, address = client_of(grace), f"/families/{okafors.ref}/alerts/add/"
    day = TODAY() + timedelta(days=9)
    typed = {"kind": "dog", "words": "Barks", "review_on": day, "team": stockwell.code}
    for _ in range(2):
        browser.post(address, {**typed, "submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"})

    assert SafetyAlert.objects.count() == 1


def test_a_shielded_address_is_withheld_at_the_door_too(client_of, grace, okafors, page, sw9):
    ada, emeka = (Person.objects.get(given_name=name) for name in ("Ada", "Emeka"))
    Residence.objects.filter(person=emeka).delete()
    everybody = [ada, Person.objects.get(given_name="Chidi")]
    safety_actions.shield(
        people=everybody, hidden_from=emeka, reason="Left", family=okafors, by=grace
    )

    page_text = read(client_of(grace).get(page))

    assert "Address withheld" in page_text
    assert sw9.postcode not in page_text


def test_how_somebody_is_safely_reached_is_never_printed(client_of, grace, okafors, page):
    ada = Person.objects.get(given_name="Ada")
    safety_actions.set_safe_contact(
        person=ada, family=okafors, by=grace, channels=["text"], times="noon"
    )

    response = client_of(grace).get(page)

    assert "Reaching Ada Okafor safely" in read(response)
    assert "leap-alert--warning leap-no-print" in response.content.decode()


def test_somebody_for_named_people_only_is_not_among_who_is_who(
    client_of, sam, grace, miriam, okafors, with_support, page
):
    emeka = Person.objects.get(given_name="Emeka")
    restriction_actions.restrict_person(
        person=emeka, family=okafors, kind="refuge", named=[miriam], by=grace
    )

    assert "Emeka" not in read(client_of(sam).get(page))


def test_an_interpreter_is_asked_for_by_language(client_of, grace, page, okafors):
    Person.objects.filter(given_name="Ada").update(interpreter=True, language="Igbo")

    assert "Igbo interpreter needed" in read(client_of(grace).get(page))


def test_a_family_that_is_not_yours_is_as_if_it_were_not(client_of, sam, page, okafors, dog):
    browser = client_of(sam)

    assert browser.get(page).status_code == 404
    assert browser.get(f"/families/{okafors.ref}/alerts/add/").status_code == 404
    assert browser.post(f"/families/{okafors.ref}/alerts/{dog.ref}/end/").status_code == 404


def test_statements_do_not_grow_with_what_is_in_the_record(
    client_of, grace, sam, okafors, chidi, stockwell, family_support, with_support, page, dog, sw9
):
    browser = client_of(grace)
    browser.get(page)
    few = statements(lambda: browser.get(page))
    for days in range(1, 21):
        visit(okafors, chidi, team=family_support, by=sam, days_ago=days, note="Again")
        alert_actions.add_alert(
            family=okafors,
            kind="access",
            words=f"Stairs {days}",
            review_on=TODAY() + timedelta(days=9),
            team=stockwell,
            by=grace,
        )

    assert statements(lambda: browser.get(page)) == few


def test_a_line_of_what_is_due_leads_to_the_form_filled_in(
    client_of, grace, stockwell, time_machine
):
    born = TODAY() - timedelta(days=50)
    people = [
        NewPerson("mother", "Ana", "Silva", date(1990, 1, 1)),
        *(NewPerson("child", name, "Silva", born) for name in ("Bia", "Caio")),
        NewPerson("child", "Davi", "Silva", born - timedelta(days=1500)),
    ]
    silvas = people_actions.register_family(
        name="Silva", people=people, lead_team=stockwell, by=grace
    )
    bia = Person.objects.get(given_name="Bia")
    line = f"/families/{silvas.ref}/contacts/new/?review=six_to_eight_week&amp;child={bia.ref}"
    browser = client_of(grace)
    assert line in browser.get("/families/due/").content.decode()

    form = browser.get(line.replace("&amp;", "&")).context["form"]

    twins = set(Person.objects.filter(birth_date=born).values_list("ref", flat=True))
    assert set(form["concerned"].value()) == twins
    assert {form[f"review-{ref}"].value() for ref in twins} == {"six_to_eight_week"}
    assert form["present"].value() == [Person.objects.get(given_name="Ana").ref]


def test_a_session_leads_to_the_form_with_its_day_site_and_service(
    client_of, grace, okafors, larkhall, baby_massage
):
    then = timezone.now().replace(microsecond=0) - timedelta(days=1)
    query = {"kind": "group", "site": larkhall.code, "service": baby_massage.code, "at": then}
    query["at"] = then.isoformat()

    form = client_of(grace).get(f"/families/{okafors.ref}/contacts/new/", query).context["form"]

    assert form["kind"].value() == "group"
    assert form["on"].value() == timezone.localdate(then)
    assert (form["site"].value(), form["service"].value()) == ("larkhall", "pairs-together-time")


@pytest.mark.parametrize("nonsense", ["at=yesterday", "review=tea", "kind=owl", "child=P-XXXX9"])
def test_a_line_that_makes_no_sense_leads_to_an_ordinary_form(client_of, grace, okafors, nonsense):
    response = client_of(grace).get(f"/families/{okafors.ref}/contacts/new/?{nonsense}")

    assert response.status_code == 200
    assert response.context["form"]["kind"].value() == "home_visit"
    assert Family.objects.filter(pk=okafors.pk).exists()


@pytest.fixture
def screens(client_of, grace, okafors, page):
    """What Grace reads before the door, online and in the copy she takes along."""

    def screens():
        offline = offline_visit(family_for(grace, okafors.ref), grace)["before"]
        return read(client_of(grace).get(page)), " ".join(re.sub("<[^>]*>", " ", offline).split())

    return screens


@pytest.mark.parametrize(
    ("findings", "is_urgent"),
    [
        ([("epds_total", "9"), ("epds_item_10", "2")], True),
        ([("dash_score", "15")], False),
        ([("domestic_abuse_disclosed", "yes")], False),
    ],
)
def test_over_an_open_prompt_nothing_is_quiet_and_nothing_is_named(
    screens, okafors, stockwell, grace, findings, is_urgent
):
    ada = Person.objects.get(given_name="Ada")
    at = timezone.now() - timedelta(hours=2)
    new = NewContact(
        "home_visit",
        at,
        "attended",
        [ada],
        findings=[ObservationInput(ada, *finding) for finding in findings],
    )
    contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)

    for screen in screens():
        assert ("Something here needs you today" in screen) == is_urgent
        assert ("There is something to decide on" in screen) != is_urgent
        assert "Nothing has changed" not in screen
        for word in ("EPDS", "DASH", "abuse", "harm"):
            assert word not in screen


@pytest.mark.parametrize(
    ("code", "value", "title"),
    [
        ("weight_kg", "9.2", "Recorded of Chidi Okafor: Weight"),
        ("dash_score", "3", "Recorded: something to read on the family’s page"),
        ("domestic_abuse_enquiry", "asked", "Recorded: something to read on the family’s page"),
    ],
)
def test_what_a_colleague_found_without_an_entry_is_news(
    screens, okafors, chidi, stockwell, grace, sam, with_support, code, value, title
):
    visit(okafors, chidi, team=stockwell, by=grace, days_ago=5)
    person = chidi if code == "weight_kg" else Person.objects.get(given_name="Ada")
    record_observation(family=okafors, finding=ObservationInput(person, code, value), by=sam)

    for screen in screens():
        assert title in screen
        assert "Nothing has changed" not in screen


def test_after_a_death_the_words_of_colleagues_stand_before_anything_else(
    screens, okafors, chidi, stockwell, grace, dog
):
    on = TODAY()
    life.record_loss(family=okafors, person=chidi, on=on, team=stockwell, by=grace)

    for screen in screens():
        words = screen.index("Please read what colleagues have written before you get in touch.")
        assert screen.index("Chidi Okafor died on") < words
        assert words < screen.index("Know at the door")


def test_what_to_know_at_the_door_stands_on_the_family_s_page(
    client_of, grace, sam, okafors, with_support, dog
):
    address = f"/families/{okafors.ref}/"
    for practitioner in (grace, sam):
        page_text = read(client_of(practitioner).get(address))
        assert "Dog or other animal: Loose in the hall. Ring first." in page_text
    client_of(grace).post(f"{address}alerts/{dog.ref}/end/")
    assert "Loose in the hall" not in read(client_of(grace).get(address))
