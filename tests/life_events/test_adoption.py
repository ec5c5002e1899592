"""Adoption: two records of one child that nothing connects."""

import pytest
from django.apps import apps
from django.core import serializers

from families.inputs import NewPerson
from families.models import Family, Member, Person
from families.people import search
from families.reviews.due import reviews_due
from leap.casework.life_events import actions
from leap.casework.merging.rules import check_can_merge_people
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from tests.casework.reading import read


@pytest.fixture
def left(okafors, chidi, grace, miriam, today, around):
    actions.record_adoption(family=okafors, child=chidi, on=today, named=[miriam], by=grace)
    chidi.refresh_from_db()
    return chidi


@pytest.fixture
def novaks(left, dele, social_work, make_user):
    """A social worker begins the adoptive family's record. The child keeps the birthday."""
    kim = make_user("Kim Osei", social_work, role="manager")
    return actions.register_adopted(
        name="Novak", lead_team=social_work, named=[kim], by=dele,
        people=[NewPerson("child", "Theo", "Novak", left.birth_date),
                NewPerson("mother", "Jana", "Novak")],
    )  # fmt: skip


def test_the_child_leaves_and_nothing_is_due(left, okafors, client_of, grace, sam):
    assert not okafors.members.current().filter(person=left).exists()
    assert reviews_due(okafors, by=grace) == []
    assert "Chidi" not in read(client_of(sam).get(f"/families/{okafors.ref}/"))
    assert "Chidi" not in read(client_of(sam).get(f"/families/{okafors.ref}/changes/"))
    assert search.search(search.read("Chidi"), user=sam) == []


def test_the_new_family_is_for_those_named_from_its_first_moment(novaks, grace, miriam, sam, dele):
    for reader in (grace, miriam, sam):
        assert not Family.objects.visible_to(reader).filter(pk=novaks.pk).exists()
    assert Family.objects.visible_to(dele).filter(pk=novaks.pk).exists()


def test_no_row_anywhere_holds_both_identities(left, novaks, okafors):
    """Every row of every table, serialised: none names both, by name, reference or key."""
    theo = Person.objects.get(given_name="Theo")
    members = set(Member.objects.filter(person__in=[left, theo]).values_list("family", "person"))
    assert members == {(okafors.pk, left.pk), (novaks.pk, theo.pk)}
    old, new = (left.ref, okafors.ref, "Chidi"), (theo.ref, novaks.ref, "Theo", "Novak")
    for model in apps.get_models():
        for row in serializers.serialize("jsonl", model._default_manager.all()).splitlines():
            assert not (any(w in row for w in old) and any(w in row for w in new)), model


def test_no_page_address_or_export_of_one_leads_to_the_other(novaks, left, okafors, client_of,
                                                            dele, grace):  # fmt: skip
    theirs = client_of(dele)
    for address in (
        f"/families/{novaks.ref}/",
        f"/families/{novaks.ref}/changes/",
        f"/families/{novaks.ref}/looked/",
        "/api/v1/persons/",
        "/api/v1/families/",
    ):
        page = theirs.get(address).content.decode()
        assert left.ref not in page, address
        assert okafors.ref not in page, address
    ours = client_of(grace)
    for address in (
        f"/families/{okafors.ref}/",
        f"/families/{okafors.ref}/changes/",
        f"/families/{okafors.ref}/looked/",
        "/api/v1/persons/",
    ):
        page = ours.get(address).content.decode()
        assert "Novak" not in page, address
        assert novaks.ref not in page, address


def test_the_two_are_never_merged(novaks, left, dele, grace):
    theo = Person.objects.get(given_name="Theo")
    for user in (dele, grace):
        with pytest.raises(NotAllowed):
            check_can_merge_people(left, theo, user)


def test_the_events_of_the_two_share_nobody_and_no_subject(novaks, left, okafors):
    of_old = Event.objects.filter(family_ref=okafors.ref)
    of_new = Event.objects.filter(family_ref=novaks.ref)
    assert set(of_old.values_list("by_ref")).isdisjoint(of_new.values_list("by_ref"))
    assert not of_old.filter(kind="family.child_adopted").exclude(subject_ref="").exists()


def test_only_the_lead_records_it(okafors, chidi, sam, grace, today, around):
    with pytest.raises(NotAllowed):
        actions.record_adoption(family=okafors, child=chidi, on=today, named=[grace], by=sam)


def test_both_pages(client_of, grace, miriam, dele, social_work, make_user, okafors, chidi, today):
    form = {"person": chidi.ref, "on": today, "named": [str(miriam.ref)]}
    page = client_of(grace).post(f"/families/{okafors.ref}/adoption/", form, follow=True)
    assert "in no list of this family any more" in read(page)
    kim = make_user("Kim Osei", social_work, role="manager")
    form = {"name": "Novak", "child_given": "Theo", "child_family": "Novak", "born_day": "20",
            "born_month": "1", "born_year": "2026", "parent_given": "Jana",
            "parent_family": "Novak", "parent_role": "mother", "team": "social-work",
            "named": [str(kim.ref)]}  # fmt: skip
    page = client_of(dele).post("/families/new/after-adoption/", form, follow=True)
    assert "for the people you named only" in read(page)
    assert Family.objects.get(name="Novak").restriction == "adoption"
