"""An address that is kept from somebody, wherever they or somebody printing for them could read it.

Ada and Chidi have moved to Brixton. Emeka, from whom they fled, stays in Stockwell with a family
record of his own in which Chidi is, too, as children of parents apart are.
"""

from datetime import date

import pytest
from django.core.cache import cache

from families.access import safety_actions
from families.models import Family, Member, Person, Residence, Shield
from families.models.shielded_addresses import in_family, withheld_from
from families.people import actions as people_actions
from families.people import search
from leap.core.exceptions import NotAllowed
from leap.core.reference_data.models import Postcode
from tests.casework.reading import read

REFUGE = "SW2 1JN"


@pytest.fixture(autouse=True)
def clear_throttles():
    cache.clear()


@pytest.fixture
def refuge(db):
    return Postcode.objects.create(postcode=REFUGE, ward_2011="E05000435")  # Tulse Hill


@pytest.fixture
def his(okafors, emeka, chidi, family_support, sam):
    """Emeka's own family, which Sam leads: Chidi stays with him at weekends."""
    family = people_actions.register_family(
        name="Emeka", people=[], lead_team=family_support, by=sam
    )
    Member.objects.create(family=family, person=emeka, role="father")
    Member.objects.create(family=family, person=chidi, role="child")
    Member.objects.filter(family=okafors, person=emeka).delete()
    return family


@pytest.fixture
def moved(his, refuge, ada, chidi):
    for person in (ada, chidi):
        Residence.objects.create(person=person, postcode=refuge, moved_in_on=date(2026, 2, 1))
    Person.objects.filter(pk=ada.pk).update(telephone="020 7946 0999")


@pytest.fixture
def shielded(moved, okafors, ada, emeka, grace):
    """Grace keeps Ada's address from Emeka. Of Chidi nothing is said."""
    safety_actions.shield(
        people=[ada], hidden_from=emeka, reason="She fled.", family=okafors, by=grace
    )


def test_it_cannot_be_read_through_the_child_in_his_family(client_of, his, shielded, sam):
    page_text = read(client_of(sam).get(f"/families/{his.ref}/"))

    assert REFUGE not in page_text
    assert "Tulse Hill" not in page_text  # the ward gives it away as well
    assert "Address withheld" in page_text


def test_without_a_shield_it_could(client_of, his, moved, sam):
    assert REFUGE in read(client_of(sam).get(f"/families/{his.ref}/"))


def test_those_who_work_with_her_alone_read_it(client_of, okafors, shielded, grace):
    assert REFUGE in read(client_of(grace).get(f"/families/{okafors.ref}/"))


def test_where_he_lives_himself_is_not_covered(client_of, his, shielded, ada, sw9, refuge):
    Residence.objects.create(person=ada, postcode=sw9, moved_in_on=date(2025, 1, 1))

    assert in_family(his.pk).postcodes == {refuge.pk}


def test_in_a_family_where_both_are_nobody_reads_it(
    client_of, okafors, shielded, emeka, grace, ada
):
    Member.objects.create(
        family=okafors, person=emeka, role="father", left_on=date(2026, 2, 1)
    )  # he was in it: what is printed of it could reach him

    page_text = read(client_of(grace).get(f"/families/{okafors.ref}/"))

    assert REFUGE not in page_text
    assert "020 7946 0999" not in page_text
    assert "Withheld" in page_text


def test_the_api_tells_it_to_nobody_who_works_with_him(client_of, shielded, sam, grace, chidi):
    address = f"/api/v1/persons/{chidi.ref}/"

    assert REFUGE not in client_of(sam).get(address).content.decode()
    assert REFUGE in client_of(grace).get(address).content.decode()


def test_nor_her_telephone(client_of, okafors, shielded, emeka, grace, ada):
    address = f"/api/v1/persons/{ada.ref}/"
    assert client_of(grace).get(address).json()["telephone"] == "020 7946 0999"

    Member.objects.create(family=okafors, person=emeka, role="father")

    assert client_of(grace).get(address).json()["telephone"] == ""


def test_a_search_by_postcode_does_not_confirm_it(shielded, his, okafors, sam, grace):
    assert search.search(search.read(REFUGE), user=sam) == []
    assert search.search(search.read(f"Emeka {REFUGE}"), user=sam) == []
    assert search.search(search.read("SW9 9TX"), user=sam) == [his]
    assert search.search(search.read(REFUGE), user=grace) == [okafors]


def test_a_receiving_team_is_not_told_the_ward(his, shielded, dele):
    from referrals.preview import preview_of

    assert preview_of(his, dele).ward == "withheld"


def test_it_ends_when_it_is_ended(client_of, his, okafors, shielded, ada, emeka, grace, sam):
    browser = client_of(grace)
    assert "She fled." in read(browser.get(f"/families/{okafors.ref}/protection/"))

    address = f"/families/{okafors.ref}/people/{ada.ref}/shield/{emeka.ref}/end/"
    browser.post(address)

    assert not Shield.objects.live().exists()
    assert withheld_from(sam).postcodes == frozenset()
    assert browser.post(address).status_code == 404


def test_only_who_set_it_or_the_lead_ends_it(okafors, shielded, ada, emeka, around, sam):
    with pytest.raises(NotAllowed, match="Only whoever shielded"):
        safety_actions.end_shield(person=ada, hidden_from=emeka, family=okafors, by=sam)


def test_grace_does_it_on_the_page(client_of, okafors, ada, emeka, chidi, grace):
    page = f"/families/{okafors.ref}/people/{ada.ref}/shield/"
    fields = {"people": [ada.ref, chidi.ref], "hidden_from": emeka.ref, "reason": "She fled."}

    response = client_of(grace).post(page, fields, follow=True)

    assert "This address is withheld from now on" in read(response)
    assert set(Shield.objects.values_list("person", "hidden_from")) == {
        (ada.pk, emeka.pk),
        (chidi.pk, emeka.pk),
    }


def test_an_address_is_not_kept_from_whoever_lives_there(client_of, okafors, ada, grace):
    page = f"/families/{okafors.ref}/people/{ada.ref}/shield/"

    response = client_of(grace).post(
        page, {"people": [ada.ref], "hidden_from": ada.ref, "reason": "She fled."}
    )

    assert "Choose somebody whose own address you are not keeping." in read(response)
    assert "She fled." in read(response)
    assert not Shield.objects.exists()


def test_other_families_are_not_touched(shielded, silva_family):
    assert in_family(silva_family.pk).postcodes == frozenset()


@pytest.fixture
def silva_family(stockwell, grace) -> Family:
    return people_actions.register_family(name="Silva", people=[], lead_team=stockwell, by=grace)
