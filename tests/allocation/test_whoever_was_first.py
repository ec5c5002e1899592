"""Two had the same list before them. Whoever was second is told who was first: 409, and nothing of
what the first did is undone; on every page that does something with many things at once."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from leap.administration.actions import hand_on
from leap.administration.actions.leavers import Handing
from leap.core.accounts.models import Membership
from leap.core.notifications.actions import notify
from leap.core.notifications.models import Notification
from leap.core.notifications.types import NotificationType
from referrals.models import Referral
from referrals.transitions import receiver_actions, sender_actions
from sites.bookings import actions as booking_actions
from sites.models import Attendance


@pytest.fixture
def joan(make_user, stockwell):
    return make_user("Joan Price", stockwell)


@pytest.fixture
def olu(make_user, stockwell):
    return make_user("Olu Ade", stockwell, role=Membership.Role.MANAGER)


def as_listed(client, address):
    """What the list sends with its form: how each row stood when it was shown."""
    return re.findall(r'name="as_shown" value="([^"]+)"', client.get(address).content.decode())


def allocate(client, referral, to, as_shown):
    fields = {"ref": referral.ref, "allocated_to": str(to.ref), "as_shown": as_shown}
    return client.post("/referrals/allocate/", fields | {"submission": str(uuid.uuid4())})


@pytest.mark.parametrize("says_how_it_stood", [True, False])
def test_one_that_waits_is_taken_on_once(
    handover,
    miriam,
    olu,
    grace,
    joan,
    client_of,
    says_how_it_stood,
):
    one, other = client_of(miriam), client_of(olu)
    as_shown = as_listed(other, "/referrals/?show=waiting") if says_how_it_stood else []
    allocate(one, handover, grace, as_shown)

    second = allocate(other, handover, joan, as_shown)

    assert second.status_code == 409
    assert "given to Grace Mensah" in second.content.decode() or (
        "another practitioner on this referral: Grace Mensah" in second.content.decode()
    )
    handover.refresh_from_db()
    assert handover.allocated_to == grace


def test_one_in_progress_is_given_on_once(handover, miriam, olu, grace, joan, client_of):
    receiver_actions.accept(referral=handover, by=miriam)
    other = client_of(olu)
    as_shown = as_listed(other, "/referrals/?show=progress")
    allocate(client_of(miriam), handover, grace, as_shown)

    second = allocate(other, handover, joan, as_shown)

    assert second.status_code == 409
    assert "Grace Mensah" in second.content.decode()
    assert Referral.objects.get().allocated_to == grace
    # Looked at again, it is given on.
    again = as_listed(other, "/referrals/?show=progress")
    assert allocate(other, handover, joan, again).status_code == 302
    assert Referral.objects.get().allocated_to == joan


def test_what_was_closed_or_withdrawn_meanwhile_is_left(
    make_handover,
    miriam,
    ruth,
    grace,
    client_of,
):
    withdrawn, other = make_handover("Abara"), make_handover("Bello")
    client = client_of(miriam)
    as_shown = as_listed(client, "/referrals/?show=waiting")
    sender_actions.withdraw(referral=withdrawn, by=ruth)

    fields = {
        "ref": [withdrawn.ref, other.ref],
        "allocated_to": str(grace.ref),
        "as_shown": as_shown,
    }
    answer = client.post("/referrals/allocate/", fields)

    assert answer.status_code == 409
    assert "now works on 1 referral" in answer.content.decode()
    assert Referral.objects.get(pk=other.pk).allocated_to == grace


def test_the_page_of_one_referral_knows_as_well(handover, miriam, olu, grace, joan, client_of):
    receiver_actions.accept(referral=handover, by=miriam)
    address = f"/referrals/{handover.ref}/allocate/"
    assert 'name="instead_of"' in client_of(olu).get(address).content.decode()
    client_of(miriam).post(address, {"allocated_to": str(grace.ref), "instead_of": ""})

    second = client_of(olu).post(address, {"allocated_to": str(joan.ref), "instead_of": ""})

    assert second.status_code == 409
    assert "Grace Mensah" in second.content.decode()


def test_a_leavers_family_that_moved_is_named_with_whom(okafors, grace, miriam, joan, client_of):
    fields = {"team": "stockwell-health-visiting", "shown": okafors.ref, "note": "Read the last."}
    handings = {okafors.ref: Handing(joan, "They know me.")}
    hand_on(user=grace, team=okafors.lead_team, handings=handings, by=miriam)
    client, address = client_of(miriam), reverse("administration:leaving", args=[grace.ref])

    # Something of hers is left, or there would be no form to send.
    other = make_other(grace, okafors)
    answer = client.post(address, fields | {"to": str(miriam.ref)})

    assert answer.status_code == 409
    assert f"{okafors.ref} is no longer theirs: Joan Price has it" in answer.content.decode()
    other.refresh_from_db()
    assert other.lead_practitioner == grace


def make_other(grace, okafors):
    okafors.refresh_from_db()
    other = type(okafors)(
        ref="LB-ZZZ22", name="Bello", lead_team=okafors.lead_team, lead_practitioner=grace
    )
    other.save()
    return other


@pytest.fixture
def today(make_session, okafors, chidi, ada, grace):
    session = make_session(hours=0)
    booking_actions.book(session=session, family=okafors, people=[chidi, ada], by=grace)
    return session


def marks(session):
    rows = Attendance.objects.filter(session=session).select_related("person")
    return {row.person.given_name: row.status for row in rows}


def test_a_register_that_two_take_keeps_both_their_marks(
    today,
    chidi,
    ada,
    grace,
    joan,
    client_of,
):
    address = f"/sessions/{today.ref}/register/"
    as_shown = as_listed(client_of(joan), address)
    client_of(grace).post(address, {chidi.ref: "yes", "as_shown": as_shown})

    client_of(joan).post(address, {ada.ref: "no", "as_shown": as_shown})

    assert marks(today) == {"Chidi": "attended", "Ada": "did_not_attend"}


def test_a_register_marked_otherwise_meanwhile_is_shown_again(
    today,
    chidi,
    ada,
    grace,
    joan,
    client_of,
):
    address = f"/sessions/{today.ref}/register/"
    client = client_of(joan)
    as_shown = as_listed(client, address)
    client_of(grace).post(address, {chidi.ref: "yes", "as_shown": as_shown})

    answer = client.post(address, {chidi.ref: "no", ada.ref: "yes", "as_shown": as_shown})

    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Grace Mensah has marked Chidi Okafor “Attended”" in page
    assert marks(today) == {"Chidi": "attended", "Ada": "booked"}
    # What was typed stands, and the page now knows how the register stands.
    again = re.findall(r'name="as_shown" value="([^"]+)"', page)
    client.post(address, {chidi.ref: "no", ada.ref: "yes", "as_shown": again})
    assert marks(today) == {"Chidi": "did_not_attend", "Ada": "attended"}


def test_notices_that_came_after_the_list_stay_unread(grace, client_of):
    notify([grace], NotificationType.FAMILY, "Something has changed.", "/")
    until = timezone.now()
    notify([grace], NotificationType.FAMILY, "Something else has changed.", "/")
    Notification.objects.filter(said__startswith="Something else").update(
        made_at=until + timedelta(seconds=1)
    )
    client_of(grace).post("/notices/read/", {"until": until.isoformat()})
    assert Notification.objects.get(read_at=None).said == "Something else has changed."
