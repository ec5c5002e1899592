"""Entries kept within an agency or for named people: who reads them, and what others find."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache

from families.access import restriction_rules
from families.inputs import Audience, ObservationInput
from families.models import Contact, Family, Observation
from families.reviews.due import reviews_due
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from tests.casework.reading import read, statements
from tests.families.test_log_contact import SEND

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is seven weeks old


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/"


@pytest.fixture
def contact_page(okafors):
    return lambda contact: f"/families/{okafors.ref}/contacts/{contact.ref}/"


def send(browser, okafors, chidi, **fields):
    usual = {
        "submission": SEND,
        "concerned": [chidi.ref],
        "kind": "home_visit",
        "on": "2026-03-10",
        "at": "10:30",
        "outcome": "attended",
        "review": "",
        "note": "Kept words.",
        "team": "stockwell-health-visiting",
    }
    return browser.post(f"/families/{okafors.ref}/contacts/new/", usual | fields)


# Choosing


def test_the_form_shares_with_everybody_unless_told_otherwise(client_of, grace, okafors, chidi):
    send(client_of(grace), okafors, chidi)

    assert Contact.objects.get().layer == "shared"


def test_grace_keeps_a_visit_within_her_agency_with_what_she_found(
    client_of, grace, okafors, chidi, stockwell
):
    findings = {f"{chidi.ref}-feeding_6_8_weeks": "partial"}
    send(client_of(grace), okafors, chidi, layer="agency", **findings)

    assert Contact.objects.get().agency == stockwell.agency
    assert Observation.objects.get().agency == stockwell.agency


def test_grace_names_sam_and_is_always_named_herself(client_of, grace, sam, okafors, chidi, around):
    send(client_of(grace), okafors, chidi, layer="restricted", named=[str(sam.ref)])

    assert Contact.objects.get().named == sorted([grace.pk, sam.pk])


def test_only_people_who_see_the_family_can_be_named(client_of, grace, ruth, okafors, chidi):
    response = send(client_of(grace), okafors, chidi, layer="restricted", named=[str(ruth.ref)])

    assert "Ruth Bailey" not in read(client_of(grace).get(f"/families/{okafors.ref}/contacts/new/"))
    assert "Select a valid choice" in read(response)
    with pytest.raises(NotAllowed, match="Others cannot open"):
        restriction_rules.check_audience(okafors, Audience("restricted", [ruth]))


def test_naming_nobody_is_questioned_and_the_note_is_not_lost(client_of, grace, okafors, chidi):
    response = send(client_of(grace), okafors, chidi, layer="restricted")

    assert "Tick who else may see it" in read(response)
    assert "Kept words." in read(response)


def test_saving_for_named_people_takes_few_statements(
    client_of, grace, sam, okafors, chidi, around
):
    browser = client_of(grace)

    few = statements(lambda: send(browser, okafors, chidi, layer="restricted", named=[sam.ref]))

    assert few <= 20


def test_the_api_takes_and_tells_the_layer(client_of, grace, sam, okafors, chidi, around):
    cache.clear()
    body = {
        "family": okafors.ref,
        "team": "stockwell-health-visiting",
        "kind": "phone",
        "occurred_at": "2026-03-10T10:00:00Z",
        "outcome": "attended",
        "concerned": [chidi.ref],
        "layer": "restricted",
        "named": [str(sam.ref)],
    }
    answer = client_of(grace).post("/api/v1/contacts/", body, "application/json", headers={
        "Idempotency-Key": SEND,
    })  # fmt: skip

    assert answer.status_code == 201, answer.content
    assert answer.json()["layer"] == "restricted"
    assert Contact.objects.get().named == sorted([grace.pk, sam.pk])


# Reading


def test_a_colleague_of_the_agency_reads_it(client_of, grace, miriam, page, keep):
    keep(grace, "agency")

    assert "Kept words." in read(client_of(miriam).get(page))


def test_others_read_that_there_is_one_and_whom_to_ask(
    client_of, grace, sam, page, keep, around, contact_page, stockwell
):
    stockwell.telephone = "020 7946 0101"
    stockwell.save()
    contact = keep(grace, "agency")
    browser = client_of(sam)

    page_text = read(browser.get(page))
    assert "An entry kept within Guy's and St Thomas' Mon 9 March 2026" in page_text
    assert "ask Stockwell health visiting, 020 7946 0101." in page_text
    assert "1 entry kept from you. Ask them." in page_text
    assert "Kept words." not in page_text
    assert contact.ref not in page_text
    assert browser.get(contact_page(contact)).status_code == 404


def test_what_is_for_named_people_leaves_no_trace_for_others(
    client_of, grace, sam, page, keep, around, contact_page
):
    contact = keep(grace, "restricted")
    browser = client_of(sam)
    page_text = read(browser.get(page))

    assert "named people" not in page_text
    assert "kept from you" not in page_text
    assert "9 March 2026" not in page_text
    assert browser.get(contact_page(contact)).status_code == 404
    assert browser.get("/api/v1/contacts/").json()["results"] == []
    assert browser.get(f"/api/v1/contacts/{contact.ref}/").status_code == 404
    assert browser.get(contact_page(contact) + "layer/").status_code == 404


def test_the_lead_practitioner_and_the_writers_manager_know_that_there_is_one(
    client_of, grace, sam, family_support, make_user, page, keep, around
):
    nia = make_user("Nia Cole", family_support, role=Membership.Role.MANAGER)
    keep(sam, "restricted")

    for somebody in (grace, nia):
        page_text = read(client_of(somebody).get(page))
        assert "An entry for named people only" in page_text
        assert "Kept words." not in page_text


def test_what_was_found_is_kept_with_it(client_of, grace, sam, chidi, keep, around):
    keep(grace, "agency", findings=[ObservationInput(chidi, "weight_kg", "4.3")])

    assert client_of(sam).get("/api/v1/observations/").json()["results"] == []
    assert client_of(grace).get("/api/v1/observations/").json()["results"][0]["value"] == "4.3"


def test_paging_has_no_gap_where_something_is_hidden(
    client_of, grace, sam, page, okafors, keep, around
):
    for n in range(40):
        layer = "restricted" if n % 2 else "shared"
        keep(grace, layer, occurred_at=NOON - timedelta(days=n, hours=1), note=f"Visit {n}.")
    browser = client_of(sam)

    first = browser.get(page).context["timeline"]

    visits = [entry for entry in first.entries if entry.is_contact]
    assert len(visits) == 20  # all the shared ones, though forty were written
    assert first.older == ""


def test_lines_of_what_is_kept_page_with_the_rest(
    client_of, grace, sam, page, okafors, keep, around
):
    for n in range(30):
        layer = "agency" if n % 2 else "shared"
        keep(grace, layer, occurred_at=NOON - timedelta(days=n, hours=1), note=f"Visit {n}.")
    browser = client_of(sam)

    first = browser.get(page).context["timeline"]
    second = browser.get(page, {"before": first.older}).context["timeline"]

    lines = [*first.entries, *second.entries]
    assert [line.at for line in lines] == sorted((line.at for line in lines), reverse=True)
    assert sum(line.is_kept for line in lines) == 15
    assert len({line.key for line in lines}) == len(lines) == 32  # with the family's own two events


def test_a_review_in_a_hidden_visit_is_done_for_everybody_and_the_day_is_kept(
    grace, sam, okafors, keep, around
):
    keep(grace, "agency", review="six_to_eight_week")

    def words_for(reader):
        reviews = reviews_due(okafors, by=reader)
        return next(review.words for review in reviews if review.review == "six_to_eight_week")

    assert words_for(grace) == "done 9 March 2026"
    assert words_for(sam) == "done"


def test_when_the_family_was_last_met_is_told_from_shared_visits_alone(grace, okafors, keep):
    keep(grace, "agency")

    okafors.refresh_from_db()
    assert okafors.last_contact_at is None


# Changing


def test_grace_opens_her_entry_to_everybody_and_it_is_in_the_log(
    client_of, grace, sam, page, okafors, keep, around, contact_page
):
    contact = keep(grace, "agency")

    client_of(grace).post(contact_page(contact) + "layer/", {"layer": "shared", "why": "needed"})

    assert "Kept words." in read(client_of(sam).get(page))
    event = Event.objects.get(kind="contact.layer_changed")
    assert (event.details["before"], event.details["after"]) == ("agency", "shared")
    okafors.refresh_from_db()
    assert okafors.last_contact_at == contact.occurred_at


def test_narrowing_takes_what_was_found_along(client_of, grace, chidi, keep, contact_page):
    contact = keep(grace, findings=[ObservationInput(chidi, "weight_kg", "4.3")])

    client_of(grace).post(contact_page(contact) + "layer/", {"layer": "agency", "why": "asked"})

    assert Observation.objects.get().layer == "agency"
    assert Family.objects.get().last_contact_at is None


def test_a_manager_opens_what_they_cannot_read_themselves(
    client_of, grace, miriam, page, keep, contact_page
):
    contact = keep(grace, "restricted")
    browser = client_of(miriam)

    question = browser.get(contact_page(contact) + "layer/")
    browser.post(contact_page(contact) + "layer/", {"layer": "shared", "why": "advised"})

    assert "Kept words." not in read(question)
    assert "Kept words." in read(browser.get(page))


def test_nobody_else_changes_it(client_of, sam, grace, keep, around, contact_page):
    contact = keep(grace)

    response = client_of(sam).post(
        contact_page(contact) + "layer/", {"layer": "agency", "why": "asked"}
    )

    assert response.status_code == 403
    assert Contact.objects.get().layer == "shared"
