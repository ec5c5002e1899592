"""How somebody is safely reached, and what never lies about on paper."""

import pytest

from families.access import safety_actions
from families.models import SafeContact
from leap.core.audit.models import Event
from tests.casework.reading import read


@pytest.fixture
def safe_contact(okafors, ada, grace):
    return safety_actions.set_safe_contact(
        person=ada,
        family=okafors,
        by=grace,
        channels=["text"],
        telephone="07700 900123",
        times="weekday mornings",
        code_word="library card",
        note="Never when he is at home.",
    )


def test_it_stands_at_the_top_of_the_page_and_where_a_contact_is_logged(
    client_of, okafors, safe_contact, grace
):
    browser = client_of(grace)

    for address in (f"/families/{okafors.ref}/", f"/families/{okafors.ref}/contacts/new/"):
        page_text = read(browser.get(address))
        assert "Reaching Ada Okafor safely: only by text message. Never a letter." in page_text
        assert "When: weekday mornings. Code word: library card." in page_text
        assert "written down by Grace Mensah" in page_text


def test_it_is_never_printed(client_of, okafors, safe_contact, grace):
    page = client_of(grace).get(f"/families/{okafors.ref}/").content.decode()

    before, _, _ = page.partition("Reaching Ada Okafor safely")
    assert before.rpartition("<div class=")[0].endswith('leap-no-print">\n  ')


def test_a_number_that_is_not_safe_is_not_one_tap_away(
    client_of, okafors, safe_contact, ada, grace
):
    ada.telephone = "020 7946 0999"
    ada.save()

    for page in (f"/families/{okafors.ref}/", f"/families/{okafors.ref}/before/"):
        page_text = read(client_of(grace).get(page))
        assert "020 7946 0999" not in page_text
        assert "Do not phone" in page_text


def test_grace_writes_it_down_on_the_page(client_of, okafors, ada, grace):
    page = f"/families/{okafors.ref}/people/{ada.ref}/safe-contact/"
    browser = client_of(grace)

    browser.post(page, {"channels": ["phone", "visit"], "code_word": "library card"})

    assert SafeContact.objects.get().in_words == "phone call or visit at home"
    assert 'value="library card"' in browser.get(page).content.decode()
    event = Event.objects.get(kind="person.safe_contact")
    assert "library" not in str(event.details)


def test_somebody_who_only_reads_cannot(client_of, okafors, ada, dele):
    page = f"/families/{okafors.ref}/people/{ada.ref}/safe-contact/"

    assert client_of(dele).get(page).status_code == 404
