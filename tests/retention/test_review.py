"""How long records are kept, and what keeps one beyond that."""

from datetime import date, datetime
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command

from families.models import Family, Member, Person
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.governance.retention import actions, review
from leap.governance.retention.models import LegalHold
from leap.governance.retention.schedule import KINDS
from tests.casework.reading import read, statements

LONDON = ZoneInfo("Europe/London")
FAR = date(2150, 1, 1)


@pytest.fixture
def close(okafors):
    """The Okafors' record closes. Chidi was born on 20 January 2026."""

    def close_on(day):
        noon = datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)
        Family.objects.filter(pk=okafors.pk).update(opened_at=noon, closed_at=noon)

    return close_on


def due(on=FAR):
    return [(family.review_on, family.code) for family in review.families(on)]


def test_an_open_record_is_never_reviewed(okafors):
    assert due() == []


def test_a_childs_record_is_kept_to_the_25th_birthday(close):
    close(date(2030, 3, 1))

    assert due() == [(date(2051, 1, 20), "child")]
    assert due(date(2051, 1, 19)) == []


def test_or_the_26th_when_17_at_the_end(close):
    close(date(2043, 3, 1))

    assert due() == [(date(2052, 1, 20), "child_17")]


def test_eight_years_after_a_death(close, chidi):
    Person.objects.filter(pk=chidi.pk).update(died_on=date(2026, 2, 1))
    close(date(2026, 3, 1))

    assert due() == [(date(2034, 2, 1), "died")]


def test_a_sibling_keeps_the_record_for_both(close, chidi, okafors):
    Person.objects.filter(pk=chidi.pk).update(died_on=date(2026, 2, 1))
    sister = Person.objects.create(ref="P-SISTER22", given_name="Ngozi", birth_date="2028-05-01")
    Member.objects.create(family=okafors, person=sister, role="child")
    close(date(2030, 3, 1))

    assert due() == [(date(2053, 5, 1), "child")]


def test_looked_after_children_to_their_75th_birthday(close, okafors):
    Member.objects.filter(family=okafors, role="mother").update(role="foster_carer")
    close(date(2030, 3, 1))

    assert due() == [(date(2101, 1, 20), "looked_after")]


def test_or_15_years_after_their_death(close, okafors, chidi):
    Member.objects.filter(family=okafors, role="mother").update(role="foster_carer")
    Person.objects.filter(pk=chidi.pk).update(died_on=date(2027, 2, 1))
    close(date(2030, 3, 1))

    assert due() == [(date(2042, 2, 1), "looked_after_died")]


def test_an_adoption_for_a_hundred_years(close, okafors):
    close(date(2030, 3, 1))
    Family.objects.filter(pk=okafors.pk).update(restriction="adoption")

    assert due() == [(date(2130, 3, 1), "adopted")]


def test_a_pregnancy_for_25_years(close, chidi):
    Person.objects.filter(pk=chidi.pk).update(birth_date=None, due_date=date(2026, 1, 25))
    close(date(2026, 3, 1))

    assert due() == [(date(2051, 1, 25), "maternity")]


def test_a_family_without_a_child_for_eight(close, okafors, chidi):
    Member.objects.filter(person=chidi).delete()
    close(date(2030, 3, 1))

    assert due() == [(date(2038, 3, 1), "adults")]


# Holds


def test_a_held_record_does_not_go(close, okafors, miriam):
    close(date(2030, 3, 1))
    actions.hold(family=okafors, reason="Public inquiry", by=miriam)

    [kind] = [candidate for candidate in review.kinds(FAR) if candidate.kept.code == "child"]
    assert (kind.would_go, kind.held) == (0, 1)

    actions.lift(family=okafors, why="The inquiry has ended", by=miriam)
    [kind] = [candidate for candidate in review.kinds(FAR) if candidate.kept.code == "child"]
    assert (kind.would_go, kind.held) == (1, 0)


def test_it_is_held_once_and_by_the_lead_teams_managers(okafors, miriam, grace):
    with pytest.raises(NotAllowed):
        actions.hold(family=okafors, reason="Inquiry", by=grace)
    actions.hold(family=okafors, reason="Inquiry", by=miriam)
    with pytest.raises(Conflict):
        actions.hold(family=okafors, reason="Inquiry", by=miriam)
    assert Event.objects.filter(kind="retention.held").count() == 1


def test_who_held_it_when_and_why_stays_on_the_page(client_of, miriam, grace, okafors):
    browser, page = client_of(miriam), f"/retention/holds/{okafors.ref}/"
    browser.post(page, {"reason": "Public inquiry", "submission": "1"})
    browser.post(page, {"reason": "It has ended", "submission": "2"})

    text = read(client_of(grace).get(page))

    assert "Public inquiry" in text
    assert "It has ended" in text
    assert "by Miriam Levy" in text
    assert "Only the managers of Stockwell health visiting" in text
    assert LegalHold.objects.get().lifted_by == miriam


# The command and the page


def test_the_command_lists_what_would_go_and_why_and_deletes_nothing(close, okafors):
    close(date(2030, 3, 1))
    output = StringIO()

    call_command("review_retention", on=FAR, stdout=output)

    assert (
        f"{okafors.ref}: 25 years from the child’s birth, over on 2051-01-20" in output.getvalue()
    )
    assert "Okafor" not in output.getvalue()
    assert Family.objects.filter(pk=okafors.pk).exists()


def test_every_kind_says_for_how_long_and_by_whose_rule(db):
    assert {kind.kept.code for kind in review.kinds(FAR)} == set(KINDS)
    assert all(rule.source and rule.period for rule in KINDS.values())


def test_admins_see_counts_and_managers_their_families(client_of, asha, miriam, close, okafors):
    close(date(2030, 3, 1))

    for_admin = read(client_of(asha).get("/retention/?on=2150-01-01"))
    for_manager = read(client_of(miriam).get("/retention/?on=2150-01-01"))

    assert "Children 25 years from the child’s birth" in for_admin
    assert okafors.ref not in for_admin
    assert okafors.ref in for_manager
    for page in (for_admin, for_manager):
        assert "[c] is hidden: 1 to 7 families" in page
        assert page.count("[c]") == 2  # one family is few, whoever may open it


@pytest.mark.parametrize("user", ["grace", "sam", "noor"])
def test_others_do_not_review(client_of, request, user):
    assert client_of(request.getfixturevalue(user)).get("/retention/").status_code == 403


def test_statements_do_not_grow(client_of, miriam, stockwell, grace, close, okafors):
    from tests.casework.many import make_families

    browser = client_of(miriam)
    close(date(2030, 3, 1))
    browser.get("/retention/?on=2150-01-01")
    few = statements(lambda: browser.get("/retention/?on=2150-01-01"))
    many = make_families(60, stockwell, grace, date(2026, 1, 1), "SILVA")
    at = datetime(2030, 1, 1, tzinfo=LONDON)
    Family.objects.filter(pk__in=[f.pk for f in many]).update(opened_at=at, closed_at=at)

    assert statements(lambda: browser.get("/retention/?on=2150-01-01")) == few


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_read_well_for_everybody(page, phone, sign_in_as, axe, miriam, okafors):
    actions.hold(family=okafors, reason="Public inquiry", by=miriam)
    for screen in (page, phone):
        sign_in_as(miriam, screen)
        for address in ("/retention/?on=2150-01-01", f"/retention/holds/{okafors.ref}/"):
            screen.goto(address)
            assert "Something went wrong" not in screen.content()
            assert axe(screen) == []
            assert (
                screen.evaluate("document.documentElement.scrollWidth")
                <= (screen.viewport_size["width"])
            )
