"""An observation code is declared once; what nobody declared printable is on no paper."""

import re

import pytest

from families.contacts.actions import log_contact
from families.inputs import NewContact
from families.models import Contact, Observation
from families.observations import provenance
from families.observations.codes import (
    CODES,
    REVIEWS,
    codes_asked_at,
    codes_of_group,
    is_printable,
    value_in_words,
    value_on_paper,
)
from families.observations.declaration import Code, Group, Paper, Source
from families.observations.display import ObservationDisplay
from families.observations.growth import series
from families.reviews.assessments import GROUPS
from leap.governance.subject_access.collection.entries import _abuse_in

SENSITIVE = {
    "domestic_abuse_enquiry",
    "domestic_abuse_disclosed",
    "dash_score",
    "marac_referral",
    "epds_item_10",
}
NEW = Code(
    "strangulation", "Strangulation", Source.THEMSELVES, Group.DOMESTIC_ABUSE, {"yes": "Yes"}
)


@pytest.fixture
def found_at_a_visit(okafors, stockwell, grace, chidi):
    """A visit with a note at which something of this code was found, however it came in."""

    def of(code, value="yes"):
        new = NewContact(
            kind="home_visit",
            occurred_at=okafors.opened_at,
            outcome="no_access",
            concerned=[chidi],
            note="He was at the door.",
        )
        contact = log_contact(family=okafors, new=new, team=stockwell, by=grace)
        Contact.objects.filter(pk=contact.pk).update(outcome="attended")
        mother = okafors.members.get(role="mother").person
        Observation.objects.create(
            ref=f"O-{contact.ref}",
            person=mother,
            code=code,
            value=value,
            recorded_on=contact.occurred_at.date(),
            contact=contact,
        )
        return contact

    return of


def printed(page):
    """What of a page goes on paper."""
    text = re.sub(r"\s+", " ", page.content.decode())
    return re.sub(r'<(\w+)[^>]*class="[^"]*leap-no-print[^"]*".*?</\1>', "", text)


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("never_heard_of", "yes"),
        ("dash_score", "3"),
        ("strangulation", "yes"),
        ("epds_item_10", "2"),
    ],
)
def test_what_is_not_declared_printable_is_on_no_paper(
    client_of, grace, okafors, found_at_a_visit, monkeypatch, code, value
):
    monkeypatch.setitem(CODES, NEW.code, NEW)
    contact = found_at_a_visit(code, value)
    title = CODES[code].title if code in CODES else code
    browser, page = client_of(grace), f"/families/{okafors.ref}/"

    on_screen = browser.get(page).content.decode()
    assert title in on_screen
    assert "He was at the door." in on_screen
    for place in (page, f"{page}contacts/{contact.ref}/", f"{page}chronology/?show=everything"):
        on_paper = printed(browser.get(place))
        assert title not in on_paper, place
        if "chronology" not in place:
            assert "He was at the door." not in on_paper, place
    Contact.objects.filter(pk=contact.pk).update(by=None)
    at_the_door = browser.get(f"{page}before/").content.decode()
    assert "Home visit: attended" in at_the_door
    assert title not in at_the_door
    assert "He was at the door." not in at_the_door
    for audience in ("family", "professionals"):
        query = {"audience": audience, "show": "everything"}
        paper = browser.get(f"{page}chronology/print/", query).content.decode()
        assert title not in paper
        assert "He was at the door." not in paper


def test_an_ordinary_finding_is_printed_with_its_note(client_of, grace, okafors, found_at_a_visit):
    contact = found_at_a_visit("smoking_at_delivery")
    browser, page = client_of(grace), f"/families/{okafors.ref}/"

    for place in (page, f"{page}contacts/{contact.ref}/"):
        on_paper = printed(browser.get(place))
        assert "Smoking at delivery" in on_paper
        assert "He was at the door." in on_paper


def test_what_is_printable_says_so_and_nothing_sensitive_does():
    assert {code for code in CODES if not is_printable(code)} == SENSITIVE
    assert Code("new", "New", Source.MEASURED, Group.HOME).paper is Paper.NOTHING
    assert not is_printable("never_heard_of")
    assert value_on_paper("never_heard_of", "0") is Paper.NOTHING


def test_a_new_code_that_declares_no_more_is_on_no_paper_and_no_fact(monkeypatch):
    new = Code("new", "New", values={"yes": "Yes"})
    monkeypatch.setitem(CODES, "new", new)

    assert not is_printable("new")
    assert value_on_paper("new", "yes") is Paper.NOTHING
    assert new.calls_for("yes") == ""
    for code in ("new", "never_heard_of"):
        assert provenance.provenance_of_finding(code, "Ada", "Grace") == "Account of Grace"
        assert provenance.provenance_of_finding(code, "", "") == "Account"
    assert all("new" not in codes_of_group(group) for group in Group)
    for of_child in (True, False):
        assert all("new" not in codes_asked_at(review, of_child=of_child) for review in REVIEWS)


@pytest.mark.parametrize(
    ("code", "value", "says"),
    [
        ("dash_score", "14", "14 or more: MARAC."),
        ("dash_score", "0", "Below 14: judgement can still call for MARAC."),
        ("epds_total", "12", ""),
        ("epds_item_10", "1", "Above nought: speak with her today, whatever the total."),
        ("epds_item_10", "0", ""),
        ("home_conditions", "harmful", "Act today, and write in a contact what you saw."),
        ("home_conditions", "fair", ""),
    ],
)
def test_what_a_result_calls_for_is_declared_with_its_code(code, value, says):
    assert CODES[code].calls_for(value) == says


@pytest.mark.parametrize(
    ("code", "value", "left"),
    [
        ("domestic_abuse_disclosed", "yes", Paper.NOTHING),
        ("domestic_abuse_disclosed", "no", Paper.WITHOUT_FINDING),
        ("marac_referral", "no", Paper.WITHOUT_FINDING),
        ("dash_score", "0", Paper.NOTHING),
        ("epds_item_10", "0", Paper.WITHOUT_FINDING),
        ("epds_item_10", "1", Paper.WITHOUT_NOTE),
        ("domestic_abuse_enquiry", "declined", Paper.WITHOUT_FINDING),
        ("weight_kg", "7.4", Paper.PRINTED),
    ],
)
def test_what_a_finding_leaves_of_its_contact_on_paper(code, value, left):
    assert value_on_paper(code, value) is left


def test_a_subject_access_answer_takes_an_unknown_code_for_sensitive(found_at_a_visit):
    for code, is_sensitive in (("never_heard_of", True), ("weight_kg", False)):
        observations = [Observation(person_id=7, code=code, value="1")]
        assert _abuse_in(observations) == ({7} if is_sensitive else set())


def test_a_declaration_is_whole():
    for code, entry in CODES.items():
        assert entry.code == code
        assert bool(entry.values) != (entry.least is not None), code
        assert set(entry.reviews) <= {*REVIEWS}, code
        assert entry.title[0].isupper(), code
        assert not entry.nothing_told or entry.read(entry.nothing_told)[0] == entry.nothing_told


def test_every_place_that_lists_codes_reads_the_declarations():
    listed = [code for codes in GROUPS.values() for code in codes]
    assert set(listed) == {
        code
        for code, entry in CODES.items()
        if not entry.is_detail and entry.group not in (Group.GROWTH, Group.PREGNANCY)
    }
    assert set(series.CODES) == set(codes_of_group(Group.GROWTH))
    assert provenance.provenance_of_finding("home_conditions", "Ada", "Grace") == "Opinion of Grace"
    assert provenance.provenance_of_finding("epds_total", "Ada", "Grace") == "Reported by Ada"
    assert (
        provenance.provenance_of_finding("asqse2_score", "Chidi", "Grace")
        == "Reported by a parent or carer"
    )
    assert ObservationDisplay("asqse2", "above", "").words == "Concern (above the cut-off)"
    assert value_in_words("weight_kg", "7.4") == "7.4 kg"


def test_a_review_asks_for_what_its_codes_declare():
    assert codes_asked_at("two_year", of_child=True)[5:] == ("asqse2", "weight_kg", "height_cm")
    assert codes_asked_at("six_to_eight_week", of_child=False) == (
        "epds_total",
        "epds_item_10",
        "domestic_abuse_enquiry",
    )
    assert codes_asked_at("antenatal", of_child=True) == ()
