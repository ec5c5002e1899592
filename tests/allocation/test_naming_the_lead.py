"""A family that nobody leads by name is given to somebody, wherever it shows."""

import pytest
from django.urls import reverse

from families.access.restriction_actions import restrict_family
from families.models import Family
from leap.casework.allocation import actions
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Membership, User
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.notifications.models import Notification
from referrals.models import Referral, Task
from referrals.transitions import receiver_actions
from tests.casework.reading import read


@pytest.fixture
def joan(make_user, stockwell):
    return make_user("Joan Price", stockwell)


@pytest.fixture
def unowned(okafors):
    okafors.lead_practitioner = None
    okafors.save()
    return okafors


def named(family, to, instead_of=None):
    return {"practitioner": str(to.ref), "led_by": str(instead_of.ref) if instead_of else ""}


def lead(family):
    return Family.objects.get(pk=family.pk).lead_practitioner


@pytest.mark.parametrize("begins", ["/", "page", "list"])
def test_it_is_offered_wherever_it_shows_that_nobody_leads(unowned, miriam, client_of, begins):
    """From my work's tile and list, from the family's page, from the list of many."""
    address = {
        "/": "/",
        "page": f"/families/{unowned.ref}/",
        "list": reverse("families:allocate_many"),
    }[begins]
    page = client_of(miriam).get(address).content.decode()
    assert "nobody" in page.lower()
    wanted = reverse("families:allocate", args=[unowned.ref])
    assert wanted in page or f'name="ref" value="{unowned.ref}"' in page


def test_a_manager_names_her_with_every_load_beside_the_name(
    unowned, miriam, grace, joan, client_of
):
    address = reverse("families:allocate", args=[unowned.ref])
    page = read(client_of(miriam).get(address))
    assert "Joan Price: leads 0 families, load 0 (0 children)" in page

    answer = client_of(miriam).post(address, named(unowned, joan))

    assert answer.status_code == 302
    assert lead(unowned) == joan
    event = Event.objects.get(kind="family.allocated")
    assert (event.by_ref, event.family_ref) == (str(miriam.ref), unowned.ref)
    assert event.details["after"] == str(joan.ref)
    assert Notification.objects.get(to=joan).family_ref == unowned.ref


def test_moving_the_lead_tells_both(okafors, miriam, grace, joan):
    actions.allocate(family=okafors, practitioner=joan, instead_of=grace, by=miriam)
    assert lead(okafors) == joan
    assert set(Notification.objects.values_list("to__name", flat=True)) == {
        "Grace Mensah",
        "Joan Price",
    }


def test_whoever_was_first_is_named(unowned, miriam, grace, joan, client_of):
    address = reverse("families:allocate", args=[unowned.ref])
    client_of(miriam).post(address, named(unowned, joan))

    second = client_of(miriam).post(address, named(unowned, grace))

    assert second.status_code == 409
    assert "Joan Price leads this family now" in second.content.decode()
    assert lead(unowned) == joan


def test_the_lead_team_may_have_changed_meanwhile(okafors, midwives, miriam, grace, joan):
    stale = Family.objects.select_related("lead_team").get(pk=okafors.pk)
    Family.objects.filter(pk=okafors.pk).update(lead_team=midwives)
    with pytest.raises(Conflict, match="leads this family now"):
        actions.allocate(family=stale, practitioner=joan, instead_of=grace, by=miriam)


@pytest.mark.parametrize("whom", ["left", "closed", "of another team"])
def test_nobody_is_named_who_is_not_at_work_in_the_team(
    unowned, stockwell, miriam, joan, ruth, client_of, whom
):
    chosen = ruth if whom == "of another team" else joan
    if whom == "left":
        joan.memberships.update(ended_on=joan.memberships.get().started_on)
    if whom == "closed":
        joan.is_active = False
        joan.save()
    with pytest.raises(NotAllowed):
        actions.allocate(family=unowned, practitioner=chosen, instead_of=None, by=miriam)
    address = reverse("families:allocate", args=[unowned.ref])
    assert client_of(miriam).post(address, named(unowned, chosen)).status_code == 200
    many = {"ref": unowned.ref, "practitioner": str(chosen.ref)}
    page = client_of(miriam).post(reverse("families:allocate_many"), many, follow=True)
    assert "Choose somebody" in page.content.decode()
    assert lead(unowned) is None


def test_a_practitioner_of_the_team_does_not_name_it(unowned, grace, client_of):
    address = reverse("families:allocate", args=[unowned.ref])
    assert client_of(grace).get(address).status_code == 403
    assert client_of(grace).get(reverse("families:allocate_many")).status_code == 403


def test_many_at_once_and_each_for_itself(unowned, make_family, miriam, grace, joan, client_of):
    """Of three, one was given to somebody else while the list was shown."""
    others = [make_family(name) for name in ("Abara", "Bello")]
    Family.objects.filter(pk__in=[family.pk for family in others]).update(lead_practitioner=None)
    refs = [unowned.ref, *(family.ref for family in others)]
    address = reverse("families:allocate_many")
    page = client_of(miriam).get(address).content.decode()
    assert all(ref in page for ref in refs)
    actions.allocate(family=others[0], practitioner=grace, instead_of=None, by=miriam)

    fields = {"ref": refs, "practitioner": str(joan.ref), "as_shown": [f"{ref} " for ref in refs]}
    answer = client_of(miriam).post(address, fields)

    assert answer.status_code == 409
    answer_text = answer.content.decode()
    assert "Joan Price now leads 2 families." in answer_text
    assert "Grace Mensah leads this family now" in answer_text
    assert [lead(family) for family in (unowned, *others)] == [joan, grace, joan]


def test_an_admin_gives_it_by_reference_alone(unowned, asha, joan, client_of):
    client, address = client_of(asha), reverse("families:allocate_many")
    assert f'href="{address}"' in client.get("/").content.decode()
    page = client.get(address).content.decode()
    assert unowned.ref in page
    assert "Okafor" not in page

    client.post(address, {"ref": unowned.ref, "practitioner": str(joan.ref)})

    assert lead(unowned) == joan


def test_what_is_for_named_people_is_in_no_list_of_others(
    okafors, grace, joan, miriam, asha, client_of
):
    restrict_family(family=okafors, kind="refuge", named=[joan], by=grace)
    Family.objects.filter(pk=okafors.pk).update(lead_practitioner=None)
    for reader in (miriam, asha):
        page = client_of(reader).get(reverse("families:allocate_many")).content.decode()
        assert okafors.ref not in page


def test_a_lead_who_has_left_the_team_is_nobody(okafors, midwives, miriam, grace, client_of):
    Membership.objects.filter(user=grace).update(ended_on=grace.memberships.get().started_on)
    accounts.join_team(user=grace, team=midwives, role="practitioner")
    assert "1 family nobody holds" in read(client_of(miriam).get("/"))
    assert okafors.ref in read(client_of(miriam).get(reverse("families:allocate_many")))


def test_the_gap_that_a_handover_left_is_filled(handover, miriam, grace, joan):
    receiver_actions.accept(referral=handover, by=miriam)
    assert Task.objects.waiting().filter(kind="gap").count() == 1
    family = Family.objects.get(pk=handover.family_id)

    actions.allocate(family=family, practitioner=joan, instead_of=None, by=miriam)

    assert not Task.objects.waiting().filter(kind="gap").exists()
    assert Referral.objects.get(pk=handover.pk).allocated_to == joan


def test_other_systems_name_it_too(unowned, miriam, grace, joan, ruth, system_of):
    address = f"families/{unowned.ref}/allocate/"
    body = {"practitioner": str(joan.ref), "instead_of": None}

    answer = system_of(miriam).send(address, body)

    assert answer.status_code == 200
    assert answer.json()["lead_practitioner"]["name"] == "Joan Price"
    second = system_of(miriam).send(address, body | {"practitioner": str(grace.ref)})
    assert second.status_code == 409
    assert "Joan Price leads this family now" in second.json()["detail"]
    moved = {"practitioner": str(grace.ref), "instead_of": str(joan.ref)}
    assert system_of(grace).send(address, moved).status_code == 403
    assert system_of(ruth).send(address, moved).status_code == 404
    assert system_of(miriam).send(address, moved).status_code == 200
    of_another_team = {"practitioner": str(ruth.ref), "instead_of": str(grace.ref)}
    assert system_of(miriam).send(address, of_another_team).status_code == 403


@pytest.mark.parametrize("how", ["left", "closed"])
def test_who_has_left_is_shown_as_nobody(okafors, miriam, grace, client_of, how):
    """Grace leads the Okafors, and is gone: the family is one that nobody leads."""
    if how == "left":
        grace.memberships.update(ended_on=grace.memberships.get().started_on)
    else:
        User.objects.filter(pk=grace.pk).update(is_active=False)

    shown = client_of(miriam).get(reverse("families:allocate_many")).content.decode()

    assert "Okafor" in shown
    assert f"{grace.name} is no longer in the team" in shown
