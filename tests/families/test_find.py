"""Answers under the box, as somebody types; and where their words are kept."""

import pytest

from families.people import search_views
from leap.core.audit.models import Event
from tests.casework.reading import read, statements


@pytest.fixture
def typed(client_of):
    return lambda user, words: client_of(user).post("/families/find/", {"q": words})


def test_grace_sees_the_family_as_she_types(okafors, chidi, grace, typed):
    page = typed(grace, "chid").content.decode()

    assert 'role="option"' in page
    assert f'data-url="/families/{okafors.ref}/"' in page
    assert "<strong>Chidi Okafor</strong>" in page


@pytest.mark.parametrize("words", ["okafor", "SW9", "20/01/2026"])
def test_nobody_elses_family_comes_up(okafors, sam, typed, words):
    assert "option" not in typed(sam, words).content.decode()


def test_one_letter_is_not_an_answer(okafors, grace, typed):
    assert "option" not in typed(grace, "o").content.decode()


def test_what_is_looked_for_is_in_no_address(okafors, grace, client_of):
    browser = client_of(grace)

    answer = browser.post("/families/", {"q": "chidi okafor"})

    assert "chidi" not in answer.url
    assert okafors.ref in read(browser.get(answer.url))
    assert okafors.ref in read(browser.get(f"{answer.url}&page=1"))


def test_the_key_of_a_search_means_nothing_to_anybody_else(okafors, grace, miriam, client_of):
    answer = client_of(grace).post("/families/", {"q": "chidi okafor"})

    assert (
        "chidi" not in client_of(miriam).get(answer.url).content.decode().lower().split("table")[0]
    )


def test_the_log_hears_of_typing_once_a_minute(okafors, grace, client_of):
    browser = client_of(grace)
    for words in ("ok", "oka", "okaf"):
        browser.post("/families/find/", {"q": words})

    assert Event.objects.filter(kind="families.searched").count() == 1


def test_nobody_types_that_fast(okafors, grace, typed, monkeypatch):
    monkeypatch.setattr(search_views, "A_MINUTE", 0)

    assert typed(grace, "okafor").status_code == 429


def test_statements_stay_few(okafors, grace, client_of):
    browser = client_of(grace)
    browser.post("/families/find/", {"q": "okafor"})

    assert statements(lambda: browser.post("/families/find/", {"q": "okafor"})) <= 12


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_by_keyboard_alone(okafors, grace, page, sign_in_as, axe):
    page = sign_in_as(grace, page)
    page.goto("/")
    box = page.get_by_role("combobox", name="Find a family")
    box.press_sequentially("okafur")
    page.get_by_role("option").first.wait_for()
    assert axe(page) == []
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant")
    box.press("Enter")
    page.wait_for_url(f"**/families/{okafors.ref}/")
