"""The drawing of a family: who is who, as far as the record knows and the reader may see."""

from datetime import date, timedelta
from itertools import count

import pytest

from families.access import involvement_actions, restriction_actions
from families.inputs import NewPerson
from families.models import Member, Person, Residence
from families.people import actions as people_actions
from families.people.genogram import MOST, Someone, draw
from leap.core.reference_data.models import Postcode
from tests.casework.reading import statements

TODAY = date(2026, 5, 3)
BABY = date(2026, 1, 20)
HERE, THERE = "SW9 9TX, Stockwell", "SW2 1JN, Tulse Hill"
keys = count(1)


def someone(role, name="", *homes, hidden=False, **fields):
    person = Person(pk=next(keys), given_name=name, **fields)
    return Someone(Member(person=person, role=role), homes, hidden)


def mother(name="Ada", *homes, **fields):
    return someone("mother", name, *homes, sex="female", birth_date=date(1992, 3, 14), **fields)


def father(name="Emeka", *homes, **fields):
    return someone("father", name, *homes, sex="male", birth_date=date(1990, 7, 1), **fields)


def child(name="Chidi", *homes, sex="male", birth_date=BABY, **fields):
    return someone("child", name, *homes, sex=sex, birth_date=birth_date, **fields)


def kinds(drawn):
    return {line.kind for line in drawn.lines}


def symbol(drawn, name):
    return next(drawn_symbol for drawn_symbol in drawn.symbols if drawn_symbol.name == name)


def test_parents_stand_over_their_child():
    drawn = draw([child(), mother(), father()], TODAY)

    assert [(s.name, s.shape, s.detail) for s in drawn.symbols] == [
        ("Emeka", "square", "35 years"),
        ("Ada", "circle", "34 years"),
        ("Chidi", "square", "3 months"),
    ]
    assert symbol(drawn, "Ada").y == symbol(drawn, "Emeka").y < symbol(drawn, "Chidi").y
    assert kinds(drawn) == {"joined"}


def test_parents_who_share_no_home_are_joined_by_a_dashed_line():
    drawn = draw([child("Chidi", HERE, THERE), mother("Ada", HERE), father("Emeka", THERE)], TODAY)

    assert "apart" in kinds(drawn)
    assert "Emeka and Ada live apart." in drawn.words
    assert symbol(drawn, "Chidi").letters == "A B"
    assert drawn.homes == [("A", HERE), ("B", THERE)]


def test_nobody_is_said_to_live_apart_whose_home_nobody_knows():
    unknown = draw([mother("Ada", HERE), father("Emeka")], TODAY)
    hidden = draw([mother(hidden=True), father(hidden=True)], TODAY)

    assert kinds(unknown) == kinds(hidden) == {"joined"}


def test_a_home_that_is_withheld_has_no_letter_and_no_ground():
    drawn = draw([child(hidden=True), mother(hidden=True), father("Emeka", THERE)], TODAY)

    assert drawn.homes == drawn.bands == []
    assert THERE not in drawn.words


def test_twins_hang_from_one_point_and_an_unborn_baby_is_a_triangle():
    unborn = someone("unborn", due_date=date(2026, 9, 1))
    drawn = draw([mother(), child("Uche"), child("Ola", sex="female"), unborn], TODAY)

    down = [line for line in drawn.lines if line.y2 == symbol(drawn, "Uche").top]
    assert len({line.x1 for line in down}) == 2  # the twins' and the unborn baby's
    assert symbol(drawn, "Unborn").shape == "triangle"
    assert symbol(drawn, "Unborn").detail == "due 1 Sep"


def test_who_has_died_is_crossed():
    drawn = draw([mother(), child(died_on=date(2026, 2, 1))], TODAY)

    assert symbol(drawn, "Chidi").died
    assert symbol(drawn, "Chidi").detail == "died 2026"
    assert "Cross: has died." in drawn.key


def test_grandparents_stand_above_and_nobody_says_on_which_side():
    drawn = draw([child(), mother(), father(), someone("grandparent", "Nkechi")], TODAY)

    assert symbol(drawn, "Nkechi").y < symbol(drawn, "Ada").y
    assert "elder" in kinds(drawn)


def test_a_step_parent_is_joined_to_the_parent_he_lives_with():
    step = someone("step_parent", "Tunde", HERE, sex="male")
    drawn = draw([child(), mother("Ada", HERE), father("Emeka", THERE), step], TODAY)

    assert [s.name for s in drawn.symbols][:3] == ["Emeka", "Ada", "Tunde"]
    assert [line.kind for line in drawn.lines][:2] == ["apart", "joined"]


def test_a_foster_carer_is_not_drawn_as_a_parent():
    drawn = draw([child(), someone("foster_carer", "Jean")], TODAY)

    assert "care" in kinds(drawn)


@pytest.mark.parametrize("born", [BABY, None])
def test_forty_siblings_stand_in_rows_that_a_phone_can_show(born):
    siblings = [child(f"Child{n}", birth_date=born) for n in range(40)]
    drawn = draw([mother(), father(), *siblings], TODAY)

    assert len(drawn.symbols) == 42
    assert (
        max(sum(s.y == row for s in drawn.symbols) for row in {s.y for s in drawn.symbols}) == MOST
    )
    assert drawn.width <= 320
    assert all(s.left > 0 and s.right < drawn.width for s in drawn.symbols)
    assert all(s.y < drawn.height for s in drawn.symbols)


FAMILY = "\N{WOMAN}\u200d\N{WOMAN}\u200d\N{GIRL}"


@pytest.mark.parametrize("name", [FAMILY * 3, "محمد عبدالرحمن", "Zoe\u0301\u0301" * 4, " "])
def test_any_name_can_be_drawn(name):
    drawn = draw([mother(), child(name)], TODAY)

    cut = drawn.symbols[-1].name
    assert len(cut) <= 12
    assert "\N{ZERO WIDTH JOINER}…" not in cut


def test_nobody_is_drawn_alone():
    assert draw([child()], TODAY) is None
    assert draw([], TODAY) is None


# On the page


def test_it_stands_on_the_familys_page_without_a_style_or_a_script(client_of, grace, okafors):
    page = client_of(grace).get(f"/families/{okafors.ref}/").content.decode()
    drawn = page[
        page.index('<svg class="leap-genogram') : page.index("</svg>", page.index("leap-genogram"))
    ]

    assert "Emeka" in drawn
    assert "style=" not in drawn
    assert "<desc" in drawn


def test_whoever_is_kept_for_named_people_leaves_no_trace(
    client_of, grace, miriam, ruth, midwives, okafors, stockwell
):
    bare = people_actions.register_family(
        name="Okafor", lead_team=stockwell, by=grace,
        people=[NewPerson("mother", "Ada", "Okafor", date(1992, 3, 14), sex="female"),
                NewPerson("child", "Chidi", "Okafor", BABY, sex="male")],
    )  # fmt: skip
    Residence.objects.all().delete()
    emeka = Person.objects.get(given_name="Emeka")
    named = [grace, miriam]
    restriction_actions.restrict_person(
        person=emeka, family=okafors, kind="other", named=named, by=grace
    )
    for family in (okafors, bare):
        involvement_actions.involve(
            family=family, team=midwives, reason="team_around_family", by=grace
        )
    browser = client_of(ruth)
    drawn = [browser.get(f"/families/{f.ref}/").context["genogram"] for f in (okafors, bare)]

    assert drawn[0] == drawn[1]
    assert "Emeka" not in drawn[0].words


def test_it_costs_no_statement(client_of, grace, okafors, chidi):
    browser, address = client_of(grace), f"/families/{okafors.ref}/"
    browser.get(address)
    few = statements(lambda: browser.get(address))
    postcode = Postcode.objects.create(postcode="SW2 1JN", ward_2011="E05000435")
    for n in range(12):
        born = BABY - timedelta(days=400 * n)
        sibling = Person.objects.create(ref=f"P-SIB{n:05}", given_name=f"Sib{n}", birth_date=born)
        Member.objects.create(family=okafors, person=sibling, role="child")
        Residence.objects.create(person=sibling, postcode=postcode)

    assert statements(lambda: browser.get(address)) == few
