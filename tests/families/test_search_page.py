"""The page that finds families."""

from datetime import date

import pytest

from families.inputs import NewPerson
from families.models import Family
from families.people import actions
from leap.core.audit.models import Event
from tests.casework.reading import read, statements


@pytest.fixture
def find(client_of):
    return lambda user, **query: client_of(user).get("/families/", query)


def test_grace_finds_the_family_with_who_leads_it(okafors, grace, find):
    page = read(find(grace, q="chidi okafor"))

    assert "1 family, the closest first" in page
    assert okafors.ref in page
    assert "Emeka Okafor" in page
    assert "You Stockwell health visiting" in page


def test_the_one_who_matches_stands_out(okafors, grace, find):
    page = find(grace, q="chidi").content.decode()

    assert "<strong>Chidi Okafor</strong>" in page
    assert "<strong>Ada Okafor</strong>" not in page


def test_without_a_question_her_own_families_are_there(okafors, grace, find):
    assert "1 open family: the ones you lead first" in read(find(grace))


def test_nobody_elses_family_is_found_or_counted(okafors, sam, find):
    page = read(find(sam, q="okafor"))

    assert "No family that you can see fits." in page
    assert okafors.ref not in page


def test_finding_nothing_says_what_to_do(grace, find):
    assert "register the family" in read(find(grace, q="Nobody At All"))


def test_the_log_says_how_much_was_found_and_never_what_for(okafors, grace, find):
    find(grace, q="okafor")

    (event,) = Event.objects.filter(kind="families.searched")
    assert event.details == {"found": 1}
    assert event.by_name == "Grace Mensah"


def test_names_stay_out_of_the_title(okafors, grace, find):
    page = find(grace, q="okafor").content.decode()

    assert "<title>Families found – LEAP</title>" in page


def test_a_closed_record_is_found_and_says_so(okafors, grace, find):
    Family.objects.filter(pk=okafors.pk).update(closed_at=okafors.opened_at)

    assert "Closed" in read(find(grace, q=okafors.ref))


@pytest.mark.parametrize("query", [{}, {"q": "silva"}])
def test_queries_do_not_grow_with_the_families(make_families, grace, client_of, query):
    browser = client_of(grace)
    make_families(3)
    few = statements(lambda: browser.get("/families/", query))
    make_families(18)

    assert statements(lambda: browser.get("/families/", query)) == few <= 12


def test_twenty_to_a_page(make_families, grace, find):
    make_families(21)

    assert read(find(grace, q="silva")).count("LB-") == 20
    assert read(find(grace, q="silva", page=2)).count("LB-") == 1


@pytest.fixture
def make_families(grace, stockwell):
    def make(count):
        for n in range(count):
            people = [NewPerson("child", f"Ana {n}", "Silva", date(2026, 6, 1))]
            actions.register_family(name="Silva", people=people, lead_team=stockwell, by=grace)

    return make
