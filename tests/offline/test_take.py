"""Taking visits along: what leaves LEAP, for whom, until when, and that it is known."""

from contextlib import closing
from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions, restriction_actions, safety_actions
from families.contacts import actions as contact_actions
from families.inputs import Audience, NewContact
from families.models import Involvement, Layer, Person, Residence
from leap.casework.offline import device_lease
from leap.core.audit.models import Event
from leap.core.auth.actions import change_password, end_other_sessions
from leap.core.reference_data.models import Postcode
from tests.casework.reading import read


@pytest.fixture
def with_support(okafors, family_support, grace):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)


def written_by(sam, okafors, chidi, family_support, note, audience):
    new = NewContact("phone", timezone.now(), "attended", [chidi], note=note, audience=audience)
    return contact_actions.log_contact(family=okafors, new=new, team=family_support, by=sam)


def test_a_visit_has_what_the_door_and_the_form_need(device, okafors, chidi):
    along = device.visit(okafors)

    assert "Chidi Okafor" in along["before"]
    assert "SW9 9TX" in along["before"]
    assert f'value="{chidi.ref}"' in along["contact"]
    assert "<script" not in along["before"] + along["contact"]


def test_what_is_for_named_people_stays_in_leap_even_if_one_is_named(
    device, client_of, grace, sam, okafors, chidi, family_support, with_support
):
    for note, audience in (
        ("Zyxshared", Audience()),
        ("Zyxagency", Audience(Layer.AGENCY)),
        ("Zyxnamed", Audience(Layer.RESTRICTED, [grace])),
    ):
        written_by(sam, okafors, chidi, family_support, note, audience)

    before = device.visit(okafors)["before"]

    assert "Zyxshared" in before
    assert "Zyxagency" not in before  # another agency's: not hers to read anywhere
    assert "Zyxnamed" not in before
    assert "Zyxnamed" in read(client_of(grace).get(f"/families/{okafors.ref}/before/"))


def test_an_address_that_is_kept_from_somebody_does_not_go_along(device, okafors, grace):
    ada, emeka = (Person.objects.get(given_name=name) for name in ("Ada", "Emeka"))
    refuge = Postcode.objects.create(postcode="SW2 1JN", ward_2011="E05000435")
    Residence.objects.create(person=ada, postcode=refuge, moved_in_on=timezone.localdate())
    assert refuge.postcode in device.visit(okafors)["before"]

    safety_actions.shield(
        people=[ada], hidden_from=emeka, reason="She fled.", family=okafors, by=grace
    )

    assert refuge.postcode not in device.visit(okafors)["before"]


def test_a_record_for_named_people_stays_and_is_not_offered(device, okafors, grace, miriam):
    restriction_actions.restrict_family(family=okafors, kind="refuge", named=[miriam], by=grace)

    answer = device.browser.get(f"/offline/visits/{okafors.ref}/")

    assert answer.status_code == 403
    assert "for named people only" in read(answer)
    assert okafors.ref not in read(device.browser.get("/offline/take/"))


def test_a_family_that_is_not_hers_is_not_there(device_of, ruth, okafors):
    ruths = device_of(ruth)
    assert ruths.browser.get(f"/offline/visits/{okafors.ref}/").status_code == 404
    assert okafors.ref not in read(ruths.browser.get(f"/offline/take/?family={okafors.ref}"))


def test_each_taking_is_in_the_familys_log(device, okafors, grace, client_of):
    device.visit(okafors)

    (opened,) = Event.objects.filter(kind="family.opened", family_ref=okafors.ref)
    assert (opened.by_name, opened.details["how"]) == ("Grace Mensah", "offline")
    assert opened.details["level"] == "shared"
    page = read(client_of(grace).get(f"/families/{okafors.ref}/looked/"))
    assert "Taken along on a device" in page


def test_her_own_families_are_offered_with_what_calls_for_a_visit(device, okafors, chidi):
    Person.objects.filter(pk=chidi.pk).update(birth_date=timezone.localdate() - timedelta(days=50))

    page = read(device.browser.get("/offline/take/"))

    assert okafors.ref in page
    assert "6 to 8 week review" in page


@pytest.mark.parametrize(
    ("now", "until"), [("09:00", "20:00"), ("17:59", "20:00"), ("19:30", "00:00")]
)
def test_the_day_ends_in_the_evening(now, until, time_machine):
    time_machine.move_to(f"2026-06-15T{now}:00+01:00", tick=False)
    ends = device_lease.lease_end(timezone.now() - timedelta(hours=1))
    assert timezone.localtime(ends).strftime("%H:%M") == until
    assert ends > timezone.now()


def test_it_ends_with_the_session_at_the_latest(time_machine):
    time_machine.move_to("2026-06-15T16:00:00+01:00", tick=False)
    signed_in = timezone.now() - timedelta(hours=11)
    assert device_lease.lease_end(signed_in) == signed_in + timedelta(hours=12)


def holds(device):
    taken = {"taken": device.taken["taken"]}
    return device.browser.post("/offline/still/", taken).json()["holds"]


def test_idling_keeps_the_visits_and_being_signed_out_from_elsewhere_does_not(device, grace):
    device.browser.logout()
    assert holds(device)

    end_other_sessions(user=grace, staying="", by=grace)
    assert not holds(device)


def test_a_new_password_or_a_closed_account_ends_them(device_of, grace, ruth):
    graces, ruths = device_of(grace), device_of(ruth)
    change_password(user=grace, password="another horse battery", by=grace)
    type(ruth).objects.filter(pk=ruth.pk).update(is_active=False)

    assert not holds(graces)
    assert not holds(ruths)


def test_nobody_asks_about_somebody_elses_by_making_a_token_up(client, grace):
    made_up = {"taken": f'{{"who": "{grace.ref}"}}:1w:x'}
    assert client.post("/offline/still/", made_up).json() == {"holds": False, "who": ""}


def test_what_a_browser_keeps_for_good_has_nobody_in_it(client_of, client, grace, okafors):
    for address in ("/offline/", "/worker.js", "/manifest.webmanifest"):
        signed_in, signed_out = client_of(grace).get(address), client.get(address)
        assert signed_in.content == signed_out.content
        assert b"Grace" not in signed_in.content


def test_every_file_that_the_worker_keeps_is_there(db, client):
    worker = client.get("/worker.js").content.decode()
    addresses = [line.strip(' ",') for line in worker.splitlines() if line.startswith('  "')]
    assert len(addresses) >= 9
    for address in [*addresses, "/static/offline/leap-512.png"]:
        with closing(client.get(address.replace("\\u002D", "-"))) as answer:
            assert answer.status_code == 200, address
