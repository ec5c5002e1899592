"""Somebody leaves, a family moves away, the work ends and begins again."""

from datetime import timedelta

import pytest

from families.models import Person
from leap.casework.life_events import actions
from leap.casework.life_events.models import MoveOut
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from tests.casework.reading import read


def test_a_father_leaves_the_home_and_goes_on_as_a_father(okafors, emeka, grace, sw9, today):
    actions.leave_home(family=okafors, person=emeka, on=today, goes=False, postcode=sw9, by=grace)
    assert okafors.members.current().filter(person=emeka).exists()
    assert emeka.residences.filter(moved_in_on=today).exists()


def test_a_father_leaves_the_family_and_stays_in_its_history(
    client_of, okafors, emeka, grace, today, log_contact
):
    contact = log_contact(emeka)
    actions.leave_home(family=okafors, person=emeka, on=today, goes=True, by=grace)
    assert not okafors.members.current().filter(person=emeka).exists()
    assert contact.people.filter(person=emeka).exists()
    page = read(client_of(grace).get(f"/families/{okafors.ref}/changes/"))
    assert "Emeka Okafor father, until" in page


def test_the_last_carer_does_not_leave_children_with_nobody(okafors, ada, emeka, grace, today):
    actions.leave_home(family=okafors, person=emeka, on=today, goes=True, by=grace)
    with pytest.raises(NotAllowed, match="looks after them"):
        actions.leave_home(family=okafors, person=ada, on=today, goes=True, by=grace)


def test_a_child_moves_to_another_carer_s_home(okafors, chidi, emeka, grace, today):
    from leap.core.reference_data.models import Postcode

    se5 = Postcode.objects.create(postcode="SE5 9AB", ward_2011="E05000436", imd_decile=3)
    emeka.residences.create(postcode=se5, moved_in_on=today - timedelta(days=3))
    actions.leave_home(family=okafors, person=chidi, on=today, goes=False, carer=emeka, by=grace)
    assert chidi.residences.get(moved_in_on=today).postcode == se5


@pytest.fixture
def moving(okafors, stockwell, grace, today):
    return actions.announce_move(
        family=okafors, moving_on=today, organisation="Leeds health visiting",
        reach="0113 496 0000", handed_over="Everything.", team=stockwell, by=grace,
    )  # fmt: skip


def test_the_lead_stays_until_the_other_side_has_said_that_it_leads(
    moving, okafors, stockwell, grace, today
):
    okafors.refresh_from_db()
    assert (okafors.closed_at, okafors.lead_practitioner) == (None, grace)

    actions.acknowledge_move(
        move=moving, acknowledged_by="Jo Hill, team leader", acknowledged_on=today,
        acknowledged_how="By telephone", by=grace,
    )  # fmt: skip

    okafors.refresh_from_db()
    assert okafors.closed_at
    assert "Leeds health visiting leads" in okafors.closed_reason
    moving.refresh_from_db()
    moving.family.closed_at = None
    with pytest.raises(Conflict):
        actions.call_off_move(move=moving, why="Too late.", by=grace)


def test_called_off_the_lead_is_where_it_was(moving, okafors, grace):
    actions.call_off_move(move=moving, why="They stay.", by=grace)
    okafors.refresh_from_db()
    assert okafors.closed_at is None
    assert MoveOut.objects.get().end == "called_off"


def test_a_family_is_not_closed_while_a_move_waits(moving, okafors, grace):
    with pytest.raises(NotAllowed, match="waits"):
        actions.close_family(family=okafors, outcome="Done.", by=grace)


def test_closed_and_opened_again_by_whoever_takes_it_on(
    okafors, grace, sam, around, family_support
):
    actions.close_family(family=okafors, outcome="Needs met.", by=grace)
    okafors.refresh_from_db()
    assert okafors.closed_reason == "Needs met."

    actions.reopen_family(family=okafors, team=family_support, why="Asked again.", by=sam)

    okafors.refresh_from_db()
    assert (okafors.closed_at, okafors.lead_practitioner) == (None, sam)
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert {"family.closed", "family.reopened"} <= kinds


def test_only_the_lead_closes(okafors, sam, around):
    with pytest.raises(NotAllowed):
        actions.close_family(family=okafors, outcome="Done.", by=sam)


def test_grace_does_all_of_it_on_pages(client_of, grace, okafors, emeka, today):
    browser, at = client_of(grace), f"/families/{okafors.ref}"
    leave = {"person": emeka.ref, "on": today, "still": "goes"}
    assert "lives now" in read(browser.post(f"{at}/leave/", leave, follow=True))
    move = {"moving_on": today, "organisation": "Leeds health visiting", "reach": "0113 496 0000",
            "handed_over": "All of it.", "team": "stockwell-health-visiting"}  # fmt: skip
    page = read(browser.post(f"{at}/move-out/", move, follow=True))
    assert "leads until Leeds health visiting has said that it does" in page
    answer = {"acknowledged_by": "Jo Hill", "acknowledged_on": today, "acknowledged_how": "Letter"}
    page = read(browser.post(f"{at}/move-out/acknowledge/", answer, follow=True))
    assert "This record was closed" in page
    again = {"why": "Back in Stockwell.", "team": "stockwell-health-visiting"}
    page = read(browser.post(f"{at}/reopen/", again, follow=True))
    assert "open again, and you lead" in page
    page = read(browser.post(f"{at}/close/", {"outcome": "Needs met."}, follow=True))
    assert "Needs met." in page
    assert Person.objects.filter(given_name="Emeka").exists()
