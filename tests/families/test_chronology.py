"""Dele prepares a conference: what happened to the Okafors, from every agency, as far as he may
see it, and on paper without what must reach no paper."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.access import restriction_actions
from families.inputs import ObservationInput
from families.models import Contact
from tests.casework.reading import read, statements

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/chronology/"


@pytest.fixture
def paper(page):
    return f"{page}print/"


def test_a_missed_visit_and_a_review_are_significant_and_a_phone_call_is_not(
    client_of, grace, page, keep
):
    keep(grace, review="new_birth", note="Feeding well.")
    keep(grace, kind="clinic", outcome="was_not_brought", note="Nobody came.")
    keep(grace, kind="phone", note="Rang to rebook.")
    browser = client_of(grace)

    few, all_ = read(browser.get(page)), read(browser.get(page, {"show": "everything"}))

    assert "New birth visit of 9 March 2026: Chidi" in few
    assert "Clinic of 9 March 2026: Chidi" in few
    assert "Was not brought" in few
    assert "Rang to rebook." not in few
    assert "Rang to rebook." in all_


def test_each_line_says_when_it_was_known_and_from_whom_and_leads_to_its_record(
    client_of, grace, okafors, page, keep
):
    visit = keep(grace, review="new_birth")
    answer = client_of(grace).get(page)

    assert "Grace Mensah Stockwell health visiting, Guy's and St Thomas' 10 March 2026" in read(
        answer
    )
    assert f'href="/families/{okafors.ref}/contacts/{visit.ref}/"'.encode() in answer.content


def test_it_is_in_the_order_in_which_things_happened(client_of, grace, page, keep):
    keep(grace, outcome="no_access", occurred_at=NOON - timedelta(days=3), note="Second.")
    keep(grace, outcome="no_access", occurred_at=NOON - timedelta(days=9), note="First.")
    page_text = read(client_of(grace).get(page))

    assert page_text.index("Born: Chidi") < page_text.index("First.") < page_text.index("Second.")


def test_as_known_on_a_day_leaves_out_what_was_written_later(
    client_of, grace, page, keep, time_machine
):
    keep(grace, outcome="no_access", occurred_at=NOON - timedelta(days=20), note="Written late.")
    Contact.objects.update(recorded_at=NOON - timedelta(days=1))
    browser = client_of(grace)

    assert "Written late." in read(browser.get(page, {"known": "2026-03-09"}))
    assert "Written late." not in read(browser.get(page, {"known": "2026-03-08"}))
    assert "Choose today or an earlier day." in read(browser.get(page, {"known": "2026-04-01"}))


def test_it_is_from_every_agency(client_of, grace, sam, page, keep, around):
    keep(sam, outcome="no_access", note="Family support knocked.")

    assert "Family support knocked." in read(client_of(grace).get(page))


def test_what_is_kept_stays_with_whom_it_is_kept_for(
    client_of, grace, sam, chidi, page, keep, around
):
    keep(grace, "agency", outcome="no_access", note="For the agency.")
    keep(
        grace, "restricted", findings=[ObservationInput(chidi, "asqse2", "above")], note="For two."
    )
    theirs = client_of(sam).get(page, {"show": "everything"})

    assert "For the agency." in read(client_of(grace).get(page))
    for words in ("For the agency.", "For two.", "ASQ:SE-2"):
        assert words not in read(theirs)


def test_somebody_kept_for_named_people_is_not_in_it(
    client_of, grace, sam, miriam, okafors, chidi, page, keep, around
):
    keep(grace, outcome="no_access", note="About Chidi.")
    restriction_actions.restrict_person(
        family=okafors, person=chidi, kind="adoption", named=[miriam], by=grace
    )

    assert "About Chidi." in read(client_of(grace).get(page))
    page_text = read(client_of(sam).get(page, {"show": "everything"}))
    assert "About Chidi." not in page_text
    assert "Born: Chidi" not in page_text


@pytest.mark.parametrize("audience", ["family", "professionals"])
def test_no_paper_tells_of_domestic_abuse_or_of_what_is_kept(
    client_of, grace, chidi, ada, page, paper, keep, audience
):
    keep(
        grace,
        findings=[ObservationInput(ada, "domestic_abuse_disclosed", "yes")],
        note="She told me.",
    )
    keep(grace, "agency", outcome="no_access", note="For the agency.")
    keep(grace, review="new_birth", note="Feeding well.", findings=[
        ObservationInput(ada, "domestic_abuse_enquiry", "asked"),
        ObservationInput(chidi, "birth_weight_g", "3400"),
    ])  # fmt: skip
    browser = client_of(grace)
    on_screen = read(browser.get(page))
    assert "She told me." in on_screen
    assert "Reported by Ada" in on_screen

    printed = read(browser.get(paper, {"audience": audience, "show": "everything"}))

    assert "New birth visit" in printed
    assert "3400 grams" in printed
    assert "it leaves out domestic abuse" in printed
    for words in ("She told me.", "For the agency.", "Domestic abuse", "SW9"):
        assert words not in printed
    assert ("Feeding well." in printed) is (audience == "professionals")


def test_thoughts_of_harm_reach_no_paper(client_of, grace, ada, paper, keep):
    keep(
        grace,
        findings=[
            ObservationInput(ada, "epds_total", "14"),
            ObservationInput(ada, "epds_item_10", "1"),
        ],
        note="She told me how low she is.",
    )
    printed = read(client_of(grace).get(paper, {"audience": "professionals"}))

    assert "EPDS total: 14" in printed or "EPDS total 14" in printed
    assert "item 10" not in printed
    assert "how low" not in printed


def test_it_comes_a_page_at_a_time_and_costs_the_same(client_of, grace, page, keep):
    browser = client_of(grace)
    browser.get(page)
    few = statements(lambda: browser.get(page))
    for n in range(105):
        keep(grace, outcome="no_access", occurred_at=NOON - timedelta(hours=n + 1), note=f"#{n}.")

    assert statements(lambda: browser.get(page)) == few <= 7
    assert "Later" in read(browser.get(page))
    assert "#0." in read(browser.get(page, {"page": "2"}))


def test_the_family_page_leads_there_and_strangers_find_nothing(
    client_of, grace, ruth, okafors, page, paper
):
    assert page.encode() in client_of(grace).get(f"/families/{okafors.ref}/").content
    assert client_of(ruth).get(page).status_code == 404
    assert client_of(ruth).get(paper).status_code == 404


def test_an_empty_day_is_said_in_words(client_of, grace, page):
    page_text = read(client_of(grace).get(page, {"known": "2020-01-01"}))

    assert "Nothing was known yet on that day." in page_text


def test_fact_opinion_and_what_was_told_are_kept_apart(client_of, grace, ada, chidi, page, keep):
    keep(
        grace,
        review="six_to_eight_week",
        note="Fact: the heating was off.\n\nOpinion: he is cold at night.\nTold by the grandmother:"
        " it was off all week.",
        findings=[
            ObservationInput(chidi, "weight_kg", "4.1"),
            ObservationInput(ada, "epds_total", "14"),
            ObservationInput(chidi, "home_conditions", "poor"),
        ],
    )
    page_text = read(client_of(grace).get(page))

    assert "Fact the heating was off." in page_text
    assert "Opinion of Grace Mensah he is cold at night." in page_text
    assert "Reported by the grandmother it was off all week." in page_text
    assert "Weight 4.1 kg Fact" in page_text
    assert "EPDS total 14 Reported by Ada" in page_text
    assert "Often not good enough for a child Opinion of Grace Mensah" in page_text


def test_a_note_that_does_not_say_is_an_account(client_of, grace, page, paper, keep):
    keep(grace, review="new_birth", note="Feeding well: six times a day.")

    for address in (page, f"{paper}?audience=professionals"):
        page_text = read(client_of(grace).get(address))
        assert "Account of Grace Mensah Feeding well: six times a day." in page_text
    assert "Fact" in page_text  # of the birth


@pytest.mark.parametrize("audience", ["family", "professionals"])
def test_nobody_who_is_kept_for_named_people_is_on_paper_whoever_prints_it(
    client_of, grace, miriam, okafors, chidi, page, paper, keep, audience
):
    keep(grace, outcome="no_access", note="About Chidi.")
    named = [miriam]
    restriction_actions.restrict_person(
        family=okafors, person=chidi, kind="adoption", named=named, by=grace
    )
    browser = client_of(grace)

    assert "Chidi" in read(browser.get(page))
    printed = read(browser.get(paper, {"audience": audience, "show": "everything"}))
    assert "Chidi" not in printed
