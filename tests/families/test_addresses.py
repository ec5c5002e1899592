"""Where people live: any address there can be, for everybody who moves together, with the day."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from families.access import safety_actions
from families.inputs import NewAddress, NewPerson
from families.models import Family, Person, Residence
from families.models.people import Member
from families.people import actions as people_actions
from families.people import address_actions
from leap.core.audit.models import Event
from leap.core.reference_data.models import Postcode
from leap.core.reference_data.postcodes import (
    ABROAD,
    NO_FIXED_ABODE,
    postcode_in_words,
    read_postcode,
)
from tests.casework.reading import read

SEND = {"submission": "5f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"}


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def typed(okafors, ada, chidi):
    """The form of Ada and Chidi, who have moved."""
    return {
        "people": [ada.ref, chidi.ref],
        "change": "moved",
        "address": "12 Larkhall Lane",
        "postcode": "sw4 6sp",
        "moved_in_on": str(timezone.localdate() - timedelta(days=3)),
        **SEND,
    }


def homes(person):
    rows = person.residences.order_by("moved_in_on", "listed")
    return [(str(row.postcode), row.address, row.moved_in_on) for row in rows]


@pytest.mark.parametrize(
    ("typed_postcode", "postcode"),
    [
        ("zz993vz", NO_FIXED_ABODE),
        ("NFA", NO_FIXED_ABODE),
        ("no fixed abode", NO_FIXED_ABODE),
        ("sw11 1aa", "SW11 1AA"),
        ("M1 1AE", "M1 1AE"),
        ("ec1a1bb", "EC1A 1BB"),
        ("BFPO 801", "BFPO 801"),
        ("bfpo57", "BFPO 57"),
        ("BFPO c/o 5423", "BFPO 5423"),
        ("je23ab", "JE2 3AB"),
        ("GY1 1AA", "GY1 1AA"),
        ("im1 1ae", "IM1 1AE"),
        ("GX11 1AA", "GX11 1AA"),
        ("fiqq1zz", "FIQQ 1ZZ"),
        ("75008", "75008"),
        ("f-75008", "F 75008"),
        ("d02 af30", "D02 AF30"),
        ("1012 ab", "1012 AB"),
        ("K1A 0B1", "K1A 0B1"),
        ("01310-100", "01310 100"),
        ("overseas", ABROAD),
        ("Outside the UK", ABROAD),
    ],
)
def test_a_postcode_outside_the_directory_is_kept_and_its_ward_is_not_known(
    client_of, grace, okafors, ada, typed, typed_postcode, postcode
):
    browser, page = client_of(grace), f"/families/{okafors.ref}/"

    assert (
        browser.post(f"{page}new-address/", {**typed, "postcode": typed_postcode}).status_code
        == 302
    )

    assert Postcode.objects.get(postcode=postcode).ward_2011 == ""
    assert homes(ada)[0][0] == postcode
    in_words = postcode_in_words(postcode)
    assert f"12 Larkhall Lane, {in_words} ward not known" in read(browser.get(page))


@pytest.mark.parametrize(
    "typed_postcode",
    ["SW4", "SW4 6SPX", "next door", "Flat 3", "BFPO", "020 7946 0001", "ＳＷ９ ８ＨＥ"],
)
def test_what_is_no_postcode_is_said_so_and_nothing_is_lost(
    client_of, grace, okafors, typed, typed_postcode
):
    page = f"/families/{okafors.ref}/new-address/"
    page_text = read(client_of(grace).post(page, {**typed, "postcode": typed_postcode}))

    assert "is not a postcode. One looks like SW9 8HE." in page_text
    assert not Residence.objects.filter(address="12 Larkhall Lane").exists()


def test_everybody_who_moves_together_moves_on_one_day(
    client_of, grace, okafors, ada, chidi, typed
):
    emeka = Person.objects.get(given_name="Emeka")
    page = f"/families/{okafors.ref}/new-address/"
    for _ in range(2):  # a double click moves them once
        client_of(grace).post(page, typed)

    day = timezone.localdate() - timedelta(days=3)
    assert homes(ada)[0] == homes(chidi)[0] == ("SW4 6SP", "12 Larkhall Lane", day)
    assert len(homes(ada)) == 2
    assert len(homes(emeka)) == 1
    [event] = Event.objects.filter(kind="family.address_recorded")
    assert event.details["people"] == 2
    assert "Larkhall" not in str(event.details)


def test_a_child_born_after_the_move_lives_there_from_birth(okafors, grace, chidi):
    day = chidi.birth_date - timedelta(days=30)
    new = NewAddress(NewAddress.Change.MOVED, read_postcode("SW4 6SP"), "", day)
    address_actions.record_address(family=okafors, people=[chidi], new=new, by=grace)

    assert chidi.residences.get(postcode__postcode="SW4 6SP").moved_in_on == chidi.birth_date


def test_parents_apart_a_second_home_stands_beside_the_first(
    client_of, grace, okafors, chidi, typed, sw9
):
    page = f"/families/{okafors.ref}/"
    client_of(grace).post(
        f"{page}new-address/", {**typed, "people": [chidi.ref], "change": "second_home"}
    )

    page_text = read(client_of(grace).get(page))
    assert f"{sw9.postcode} Stockwell and 12 Larkhall Lane, SW4 6SP" in page_text


def test_an_address_put_right_is_no_move(client_of, grace, okafors, ada, chidi, typed):
    typed = {**typed, "change": "put_right", "moved_in_on": ""}
    client_of(grace).post(f"/families/{okafors.ref}/new-address/", typed)

    assert homes(ada) == homes(chidi) == [("SW4 6SP", "12 Larkhall Lane", None)]


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": []}, "Choose who lives there."),
        ({"moved_in_on": ""}, "Enter the day from which they live there."),
        ({"moved_in_on": "2099-01-01"}, "This is in the future."),
        ({"postcode": ""}, "Enter the postcode. For no fixed abode give ZZ99 3VZ."),
        ({"change": "swapped"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_comes_back_filled_in(client_of, grace, okafors, typed, change, sentence):
    page = f"/families/{okafors.ref}/new-address/"
    answer = client_of(grace).post(page, {**typed, **change})

    assert sentence in read(answer)
    assert "12 Larkhall Lane" in answer.content.decode()


def test_two_addresses_from_one_day_are_a_question(client_of, grace, okafors, typed):
    page, other = f"/families/{okafors.ref}/new-address/", "6f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c12"
    client_of(grace).post(page, typed)
    answer = client_of(grace).post(page, {**typed, "postcode": "SW2 1RW", "submission": other})

    assert answer.status_code == 409
    assert "has an address from that day already" in read(answer)


def test_a_shielded_new_address_is_withheld_like_the_old_one(
    client_of, grace, okafors, ada, chidi, typed
):
    emeka = Person.objects.get(given_name="Emeka")
    safety_actions.shield(
        people=[ada, chidi], hidden_from=emeka, reason="Left", family=okafors, by=grace
    )
    page = f"/families/{okafors.ref}/"
    client_of(grace).post(f"{page}new-address/", typed)

    for address in (page, f"{page}before/"):
        page_text = client_of(grace).get(address).content.decode()
        assert "Larkhall" not in page_text
        assert "SW4 6SP" not in page_text


def test_a_street_is_taken_down_when_a_family_is_registered(grace, stockwell, client_of):
    born = {"day_day": 3, "day_month": 2, "day_year": 2026}
    child = {"role": "child", "given_name": "Kofi", "family_name": "Mensah", **born}
    typed = {"name": "Mensah", "team": stockwell.code, "address": "3 Acre Lane", **SEND}
    typed |= {"form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 0}
    typed |= {f"form-0-{name}": value for name, value in child.items()}
    refused = client_of(grace).post("/families/new/", typed)
    assert "Enter the postcode of this address, too." in read(refused)
    assert "3 Acre Lane" in refused.content.decode()

    client_of(grace).post("/families/new/", {**typed, "postcode": "SW2 5SP"})

    home = Family.objects.get(name="Mensah").members.get().person.residences.get()
    assert (home.address, str(home.postcode)) == ("3 Acre Lane", "SW2 5SP")


def test_somebody_joining_lives_at_the_children_s_whole_address(okafors, grace, typed, client_of):
    client_of(grace).post(f"/families/{okafors.ref}/new-address/", typed)
    new = NewPerson("grandparent", "Ngozi", "Okafor", date(1960, 1, 1))
    member = people_actions.add_person(family=okafors, new=new, with_children=True, by=grace)

    assert homes(Member.objects.get(pk=member.pk).person)[0][:2] == ("SW4 6SP", "12 Larkhall Lane")


def test_a_family_that_is_not_yours_has_no_such_page(okafors, sam, client_of, typed):
    page = f"/families/{okafors.ref}/new-address/"
    assert client_of(sam).get(page).status_code == 404
    assert client_of(sam).post(page, typed).status_code == 404
