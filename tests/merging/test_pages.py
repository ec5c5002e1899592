"""Looking for doubles, comparing two records side by side, merging, undoing."""

from datetime import date

import pytest

from families.inputs import NewPerson
from families.models import Person, Restriction
from families.people import actions as people_actions
from leap.casework.merging import actions, suggestions
from leap.casework.merging.models import Merge
from tests.casework.reading import read, statements


def test_a_double_is_suggested_with_its_reason(again, ada, ada_again, client_of, grace):
    page = read(client_of(grace).get("/merging/"))

    assert "born on the same day, with the same or nearly the same name" in page
    assert "Ada Okafor" in page


def pairs(user):
    return [{pair.one.given_name, pair.other.given_name} for pair in suggestions.pairs(user)]


@pytest.fixture
def register(grace, stockwell):
    def make(*people):
        return people_actions.register_family(
            name="Silva", lead_team=stockwell, by=grace, people=list(people)
        )

    return make


def test_twins_are_never_suggested(register, grace):
    born = date(2026, 5, 5)
    register(NewPerson("child", "Ana", "Silva", born), NewPerson("child", "Anabela", "Silva", born))
    register(NewPerson("child", "Maya", "Silva", born))

    assert pairs(grace) == []


def test_cousins_of_one_name_are_never_suggested(register, grace):
    register(NewPerson("child", "Ana", "Silva", date(2026, 5, 5)))
    register(NewPerson("child", "Ana", "Silva", date(2025, 1, 3)))

    assert pairs(grace) == []


def test_nor_are_two_whose_nhs_numbers_differ(register, grace):
    born = date(2026, 5, 5)
    register(NewPerson("child", "Ana", "Silva", born, nhs_number="9434765919"))
    register(NewPerson("child", "Ana", "Silva", born, nhs_number="9990000018"))

    assert pairs(grace) == []


def test_a_nickname_is(register, grace):
    born = date(1990, 5, 5)
    register(NewPerson("mother", "Kate", "Finch", born))
    register(NewPerson("mother", "Catherine", "Finch", born))

    assert pairs(grace) == [{"Kate", "Catherine"}]


def test_one_number_with_two_names_is_to_be_checked_not_likely(register, grace):
    register(NewPerson("child", "Ana", "Silva", date(2026, 5, 5), nhs_number="9434765919"))
    register(NewPerson("child", "Rui", "Silva", date(2026, 5, 5), nhs_number="9434765919"))

    (pair,) = suggestions.pairs(grace)
    assert not pair.is_likely


def test_an_adopted_child_is_never_suggested(again, ada_again, grace):
    Person.objects.filter(pk=ada_again.pk).update(restriction=Restriction.ADOPTION)

    assert {"Ada"} not in pairs(grace)


def test_nothing_of_families_that_one_cannot_see(again, client_of, sam):
    assert "No doubles" in read(client_of(sam).get("/merging/"))


def test_grace_merges_two_and_undoes_it(again, ada, ada_again, client_of, grace):
    browser, page = client_of(grace), f"/merging/people/{ada.ref}/{ada_again.ref}/"
    assert "07700 900123" in read(browser.get(page))

    done = browser.post(page, {"telephone": "gone", "sex": "kept"}, follow=True)

    ada.refresh_from_db()
    assert ada.telephone == "07700 900123"
    assert "memberships of families" in read(done)
    merge = Merge.objects.get()
    undone = browser.post(f"/merging/{merge.ref}/undo/", follow=True)
    assert "Undone" in read(undone)
    assert ada_again.members.exists()


def test_where_something_speaks_against_it_a_tick_is_asked_for(
    again, ada, chidi_again, client_of, grace
):
    browser, page = client_of(grace), f"/merging/people/{ada.ref}/{chidi_again.ref}/"
    assert "Their first names differ." in read(browser.get(page))

    browser.post(page, dict.fromkeys(("given_name", "birth_date", "telephone", "sex"), "kept"))

    assert not Merge.objects.exists()


def test_two_families_are_merged_and_the_old_reference_leads_on(
    again, okafors, client_of, grace, sam
):
    browser = client_of(grace)
    page = f"/merging/families/{okafors.ref}/{again.ref}/"

    browser.post(page, {"name": "kept", "lead": "kept"})

    assert browser.get(f"/families/{again.ref}/").url == f"/families/{okafors.ref}/"
    assert client_of(sam).get(f"/families/{again.ref}/").status_code == 404


def families_found(browser, typed):
    page = browser.post("/families/", {"q": typed}, follow=True)
    return {family.ref for family in page.context["page"]}


def test_old_references_lead_on_in_search_and_api_until_it_is_undone(
    again, okafors, ada, ada_again, client_of, grace, sam
):
    person = actions.merge_people(kept=ada, gone=ada_again, taken=[], by=grace)
    family = actions.merge_families(kept=okafors, gone=again, taken=[], by=grace)
    browser, stranger = client_of(grace), client_of(sam)

    for old in (again.ref, ada_again.ref):
        assert families_found(browser, old) == {okafors.ref}
        assert families_found(stranger, old) == set()
        typing = browser.post("/families/find/", {"q": old}).content.decode()
        assert okafors.ref in typing
    for kind, old, keeper in (("families", again, okafors), ("persons", ada_again, ada)):
        answer = browser.get(f"/api/v1/{kind}/{old.ref}/")
        assert (answer.status_code, answer["Location"]) == (307, f"/api/v1/{kind}/{keeper.ref}/")
        assert browser.get(answer["Location"]).json()["ref"] == keeper.ref
        assert stranger.get(f"/api/v1/{kind}/{old.ref}/").status_code == 404

    actions.undo_merge(merge=family, by=grace)
    actions.undo_merge(merge=person, by=grace)

    assert (
        families_found(browser, again.ref) == families_found(browser, ada_again.ref) == {again.ref}
    )
    assert browser.get(f"/api/v1/persons/{ada_again.ref}/").json()["ref"] == ada_again.ref


@pytest.mark.parametrize("kind", ["people", "families"])
def test_what_one_cannot_see_is_not_there(again, okafors, ada, ada_again, client_of, sam, kind):
    keeper, gone = (ada, ada_again) if kind == "people" else (okafors, again)

    assert client_of(sam).get(f"/merging/{kind}/{keeper.ref}/{gone.ref}/").status_code == 404


def test_a_merge_is_seen_by_those_who_see_its_families(
    again, ada, ada_again, client_of, grace, sam
):
    merge_record = actions.merge_people(kept=ada, gone=ada_again, taken=[], by=grace)

    assert client_of(sam).get(f"/merging/{merge_record.ref}/").status_code == 404
    assert client_of(grace).get(f"/merging/{merge_record.ref}/").status_code == 200


def test_statements_do_not_grow_with_the_doubles(register, client_of, grace):
    browser = client_of(grace)
    make = lambda name: register(NewPerson("mother", name, "Finch", date(1990, 5, 5)))  # noqa: E731
    make("Kate")
    make("Kate")
    few = statements(lambda: browser.get("/merging/"))
    for _ in range(6):
        make("Kate")

    assert statements(lambda: browser.get("/merging/")) == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_anybody_can_use_the_pages(again, ada, ada_again, grace, phone, sign_in_as, axe):
    page = sign_in_as(grace, phone)
    for address in ("/merging/", f"/merging/people/{ada.ref}/{ada_again.ref}/"):
        page.goto(address)
        assert axe(page) == []
    page.get_by_role("button", name="Merge the two").click()
    page.get_by_role("button", name="Undo this merge").click()
    page.get_by_text("Undone by").wait_for()
    assert axe(page) == []
