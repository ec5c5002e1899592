"""A death: everything stops in one event, and can be taken back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Family
from families.reviews.due import FamiliesWithDue, reviews_due
from leap.casework.life_events import actions
from leap.casework.life_events.models import Loss
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from referrals.models import Pathway, Status
from referrals.transitions import sender_actions
from tests.casework.reading import read


@pytest.fixture
def lose(okafors, stockwell, grace, today):
    def record(person, on=None, **fields):
        return actions.record_loss(
            family=okafors, person=person, on=on or today, team=stockwell, by=grace, **fields
        )  # fmt: skip

    return record


@pytest.mark.parametrize(
    ("weeks_to_go", "kind"),
    [(20, "miscarriage"), (17, "miscarriage"), (16, "stillbirth"), (2, "stillbirth")],
)
def test_before_24_weeks_it_is_a_miscarriage_and_from_then_a_stillbirth(
    expect, lose, weeks_to_go, kind
):
    assert lose(expect(weeks_to_go)).kind == kind


def test_the_death_of_a_child_and_of_a_parent(lose, chidi, ada):
    assert lose(chidi).kind == "child"
    assert lose(ada).kind == "adult"


def test_a_day_that_cannot_be_is_refused(lose, chidi, today):
    for on in (today + timedelta(days=1), chidi.birth_date - timedelta(days=1)):
        with pytest.raises(NotAllowed):
            lose(chidi, on)
    assert not Loss.objects.exists()


def test_it_is_recorded_once(lose, chidi):
    lose(chidi)
    with pytest.raises(Conflict):
        lose(chidi)


def test_places_are_given_back_and_others_keep_theirs(lose, chidi, ada, booked, session):
    booking = booked(chidi, ada)
    lose(chidi)
    session.refresh_from_db()
    booking.refresh_from_db()
    assert session.places_taken == 1
    assert booking.cancelled_at is None
    assert {a.person_id: a.status for a in booking.attendances.all()} == {
        chidi.pk: "cancelled", ada.pk: "booked"}  # fmt: skip


def test_a_surviving_twin_keeps_his_own_schedule(expect, lose, okafors, grace):
    one, other = expect(), expect()
    before = [line for line in reviews_due(okafors, by=grace) if line.person_ref == other.ref]
    lose(one)
    after = [line for line in reviews_due(okafors, by=grace) if line.person_ref == other.ref]
    assert before == after != []


@pytest.fixture
def referral(okafors, ruth, midwives, stockwell, grace):
    """King's midwives have told Stockwell of the pregnancy, and nobody has answered."""
    from families.access.involvement_actions import involve

    involve(family=okafors, team=midwives, reason="registered", by=None)
    return sender_actions.refer(
        family=okafors, pathway=Pathway.objects.get(code="antenatal-notification"),
        from_team=midwives, to_team=stockwell, reason="Due soon.", by=ruth,
    )  # fmt: skip


def test_what_was_asked_for_the_pregnancy_is_withdrawn_and_both_are_told(
    referral, expect, lose, ruth
):
    lose(expect())
    referral.refresh_from_db()
    assert referral.status == Status.WITHDRAWN
    assert "stillborn" in referral.notes.get(kind="loss").text
    to = set(Message.objects.filter(subject__startswith="Please read").values_list("to", flat=True))
    assert to == {"kings@leap.example", "stockwell@leap.example", ruth.email}  # at once, by name


def test_with_a_twin_still_on_the_way_it_goes_on_with_a_word_on_it(referral, expect, lose):
    one, _ = expect(), expect()
    lose(one)
    referral.refresh_from_db()
    assert referral.status == Status.SENT
    assert referral.notes.filter(kind="loss").exists()


def test_no_message_names_anybody(referral, expect, lose, chidi):
    lose(expect())
    lose(chidi)
    for message in Message.objects.all():
        assert "Chidi" not in message.subject + message.body
        assert "died" not in message.subject + message.body


def test_taken_back_everything_goes_on(lose, chidi, booked, session, okafors, grace, today):
    booking = booked(chidi)
    before = reviews_due(okafors, by=grace)
    loss = lose(chidi)

    left = actions.undo_loss(loss=loss, why="Another Chidi.", by=grace)

    chidi.refresh_from_db()
    booking.refresh_from_db()
    session.refresh_from_db()
    assert left == []
    assert chidi.died_on is None
    assert booking.cancelled_at is None
    assert session.places_taken == 1
    assert booking.attendances.get().status == "booked"
    assert reviews_due(okafors, by=grace) == before
    kinds = list(Event.objects.values_list("kind", flat=True))
    assert {"family.loss", "family.loss_undone"} <= set(kinds)


def test_what_cannot_be_put_back_is_said(referral, expect, lose, booked, session, grace):
    baby = expect()
    booked(baby)
    loss = lose(baby)
    session.refresh_from_db()
    session.capacity = 0  # others have taken it
    session.save()

    left = actions.undo_loss(loss=loss, why="Another family.", by=grace)

    assert len(left) == 2
    assert "could not be taken again" in left[0]
    assert referral.ref in left[1]
    with pytest.raises(Conflict):
        actions.undo_loss(loss=loss, why="Again.", by=grace)


def test_only_whoever_recorded_it_or_leads_takes_it_back(lose, chidi, sam, around):
    with pytest.raises(NotAllowed):
        actions.undo_loss(loss=lose(chidi), why="No.", by=sam)


def test_everybody_with_the_family_is_told_first(
    client_of, lose, chidi, around, grace, sam, okafors
):
    lose(chidi, note="Ring Emeka, not Ada.")
    for reader in (grace, sam):
        assert "Chidi Okafor died on" in read(client_of(reader).get(f"/families/{okafors.ref}/"))


def test_a_later_pregnancy_says_quietly_that_there_was_one_before(
    client_of, lose, expect, okafors, grace, today
):
    earlier = expect(weeks=-60)
    lose(earlier, today - timedelta(weeks=61))
    expect(weeks=20)
    page = read(client_of(grace).get(f"/families/{okafors.ref}/"))
    assert "Earlier loss. A baby was stillborn on" in page
    assert "Please read what colleagues have written" not in page


def test_the_only_carer_dies_and_the_page_asks_who_looks_after_the_children(
    client_of, lose, ada, emeka, okafors, grace
):
    page = f"/families/{okafors.ref}/"
    lose(ada)
    assert "Who looks after the children now?" not in read(client_of(grace).get(page))
    lose(emeka)
    text = read(client_of(grace).get(page))
    assert "Who looks after the children now?" in text
    assert "bringing up Chidi Okafor" in text


def test_grace_records_it_on_the_page_sees_what_stopped_and_takes_it_back(
    client_of, grace, chidi, okafors, booked, today
):
    booked(chidi)
    browser, page = client_of(grace), f"/families/{okafors.ref}/loss/"
    assert "Who has died?" in read(browser.get(page))
    form = {"team": "stockwell-health-visiting", "person": chidi.ref, "on": today}
    form |= {"note": "Ring Emeka.", "submission": "x"}

    for _ in range(2):
        answer = browser.post(page, form, follow=True)

    assert "1 given back" in read(answer)
    assert "Ring Emeka." in read(answer)
    loss = Loss.objects.get()
    again = browser.post(f"{page}{loss.ref}/undo/", {"why": "Wrong child."}, follow=True)
    assert "Everything that had stopped goes on" in read(again)
    chidi.refresh_from_db()
    assert chidi.died_on is None


def test_a_restricted_child_s_death_is_told_to_nobody_else(
    client_of, lose, chidi, okafors, grace, miriam, sam, around, referral
):
    from families.access.restriction_actions import restrict_person

    restrict_person(person=chidi, family=okafors, kind="other", named=[miriam], by=grace)
    loss = lose(chidi)
    browser = client_of(sam)
    assert "died" not in read(browser.get(f"/families/{okafors.ref}/"))
    assert loss.ref not in browser.get(f"/families/{okafors.ref}/changes/").content.decode()
    assert browser.get(f"/families/{okafors.ref}/loss/{loss.ref}/").status_code == 404
    assert not referral.notes.filter(kind="loss").exists()


# Every list, reminder and feed that mentioned the child, before and after


def mentions(browser, okafors, session, referral):
    """Where a practitioner opens something that names the child as somebody to come."""
    ref = okafors.ref
    pages = {
        "my work": "/",
        "due": "/families/due/",
        "the queue": "/referrals/",
        "the referral": f"/referrals/{referral.ref}/",
        "a new contact": f"/families/{ref}/contacts/new/",
        "a new referral": f"/referrals/new/?family={ref}",
        "booking": f"/sessions/{session.ref}/book/?family={ref}",
        "the session": f"/sessions/{session.ref}/",
        "the register": f"/sessions/{session.ref}/register/",
        "the API’s bookings": "/api/v1/bookings/",
        "a birth": f"/families/{ref}/birth/",
        "leaving": f"/families/{ref}/leave/",
        "a death": f"/families/{ref}/loss/",
        "the family’s reviews": f"/families/{ref}/",
    }
    places = set()
    for name, address in pages.items():
        response = browser.get(address)
        assert response.status_code in (200, 409), (name, response.status_code)
        words = read(response)
        if name == "the family’s reviews":
            words = words.partition("What is due")[2].partition("Open referrals")[0]
        if "Chidi" in words:
            places.add(name)
    return places


def test_nothing_that_mentioned_the_child_as_living_does_after(
    client_of, grace, miriam, okafors, chidi, lose, booked, session, referral
):
    session.during = (timezone.now() - timedelta(hours=1), timezone.now() + timedelta(hours=2))
    session.save()
    session.refresh_from_db()
    booked(chidi)
    browser = client_of(grace)
    before = mentions(browser, okafors, session, referral)
    assert {"my work", "due", "a new contact", "booking", "the register", "leaving", "a death",
            "the family’s reviews"} <= before  # fmt: skip
    waiting = FamiliesWithDue(Family.objects.visible_to(grace), by=grace)
    assert waiting.count() > 0

    lose(chidi)

    after = mentions(browser, okafors, session, referral)
    # The referral says it to both sides, as the first thing to read; a contact can still be about
    # him, and says so.
    assert after <= {"the referral", "a new contact"}
    form = read(browser.get(f"/families/{okafors.ref}/contacts/new/"))
    assert "Chidi Okafor, child, died" in form or "died" in form.partition("Chidi")[2][:40]
    assert FamiliesWithDue(Family.objects.visible_to(grace), by=grace).count() == 0
