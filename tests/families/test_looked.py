"""Who has looked: for those who work with the family, and nobody else."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Involvement
from leap.core.audit.log import event, record_all
from tests.casework.reading import read, statements


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/looked/"


def many(count, family, by):
    code = by.teams[0].code
    record_all(
        event("family.opened", by=by, family_ref=family.ref, team_code=code, how="page")
        for _ in range(count)
    )


def test_it_says_who_when_how_and_at_what_level(client_of, grace, miriam, okafors, page):
    client_of(miriam).get(f"/families/{okafors.ref}/")

    page_text = read(client_of(grace).get(page))

    assert "Grace Mensah Stockwell health visiting" in page_text
    assert "Miriam Levy Stockwell health visiting" in page_text
    assert page_text.index("Grace Mensah") < page_text.index("Miriam Levy")  # the latest first
    assert "Opened the record What is shared" in page_text


def test_an_emergency_stands_out(client_of, grace, sam, okafors, page):
    until = timezone.now() + timedelta(hours=4)
    Involvement.objects.create(
        family=okafors, practitioner=sam, reason="break_glass", ended_at=until
    )
    client_of(sam).get(f"/families/{okafors.ref}/")

    assert "Sam Ortiz" in read(client_of(grace).get(page))
    assert "Opened in an emergency" in read(client_of(grace).get(page))


def test_who_looks_in_an_emergency_does_not_read_it(client_of, sam, okafors, page):
    until = timezone.now() + timedelta(hours=4)
    Involvement.objects.create(
        family=okafors, practitioner=sam, reason="break_glass", ended_at=until
    )

    assert client_of(sam).get(page).status_code == 403


def test_a_family_of_others_is_not_there(client_of, sam, page):
    assert client_of(sam).get(page).status_code == 404


def test_finding_it_in_a_search_is_no_look(client_of, grace, okafors, page):
    client_of(grace).get("/families/", {"q": "Okafor"})

    assert "1 look," in read(client_of(grace).get(page))  # this one


def test_statements_do_not_grow_with_the_looks(client_of, grace, okafors, page):
    browser = client_of(grace)
    many(1, okafors, grace)
    browser.get(page)
    few = statements(lambda: browser.get(page))
    many(120, okafors, grace)

    assert statements(lambda: browser.get(page)) == few
    assert "122 looks" in read(browser.get(page, {"page": 3}))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_reads_well_on_a_phone(phone, sign_in_as, axe, grace, okafors, page):
    many(60, okafors, grace)
    sign_in_as(grace, phone).goto(page)

    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
