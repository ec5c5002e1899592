"""What keeps families safe can be looked at in the demonstration."""

import pytest

from families.models import Contact, Family, SafeContact, Shield
from families.models.withheld import in_family
from leap.accounts.models import User

pytestmark = pytest.mark.usefixtures("lambeth", "db")


def signed_in(name):
    return User.objects.get(email=f"{name}@leap.example")


def test_a_restricted_family_is_open_to_the_health_visitor_and_her_manager_alone():
    family = Family.objects.exclude(restriction="").get()

    for name in ("healthvisitor", "manager"):
        assert Family.objects.visible_to(signed_in(name)).filter(pk=family.pk).exists()
    others = signed_in("healthvisitor").teams[0].memberships.live().exclude(
        user__email__in=["healthvisitor@leap.example", "manager@leap.example"]
    )  # fmt: skip
    colleague = others.order_by("pk").first().user
    assert not Family.objects.visible_to(colleague).filter(pk=family.pk).exists()


def test_an_address_is_kept_from_a_father():
    shield = Shield.objects.order_by("pk").first()
    his = shield.hidden_from.members.order_by("pk")

    assert all(in_family(each.family_id).postcodes for each in his)


def test_entries_are_kept_in_every_layer():
    assert set(Contact.objects.values_list("layer", flat=True)) == {
        "shared",
        "agency",
        "restricted",
    }


def test_a_mother_says_how_she_is_safely_reached():
    assert SafeContact.objects.get().code_word == "library card"
