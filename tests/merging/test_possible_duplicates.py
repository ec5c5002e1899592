"""Two agencies have a record of one person: the data quality officer is shown both, and decides."""

from datetime import date

import pytest
from django.db import connection

from families.access import safety_actions
from families.inputs import NewPerson
from families.models import Family, Member, Person, PossibleDuplicate
from families.people import actions as people_actions
from families.people import duplicate_actions
from leap.casework.life_events.actions import register_adopted
from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.notifications.models import Notification
from tests.casework.reading import read

PAGE = "/merging/duplicates/"
BORN = date(2026, 1, 20)


@pytest.fixture
def quinn(make_user):
    """The programme's data quality officer."""
    return make_user("Quinn Hart", programme_role=User.ProgrammeRole.QUALITY)


@pytest.fixture
def look(client_of, quinn):
    browser = client_of(quinn)
    return lambda **query: read(browser.get(PAGE, query))


@pytest.fixture
def midwives_register(midwives, ruth):
    def register(*people, name="Okafor"):
        return people_actions.register_family(
            name=name, lead_team=midwives, by=ruth, people=list(people)
        )

    return register


@pytest.fixture
def again(okafors, midwives_register):
    """Chidi, by the midwives, who cannot see the Okafors."""
    return midwives_register(NewPerson("child", "Chidi", "Okafor", BORN, sex="male"))


def pairs_found():
    return [set(pair) for pair in PossibleDuplicate.objects.values_list(
        "one__given_name", "other__given_name")]  # fmt: skip


def test_one_registered_by_another_agency_is_shown_with_no_more_than_it_takes(
    again, okafors, look, sw9
):
    page = look()

    assert "Chidi Okafor" in page
    assert "born on the same day" in page
    assert "Stockwell health visiting" in page
    assert "1 to decide" in page
    for hidden in ("SW9 9TX", okafors.ref, again.ref, "Ada", Person.objects.all()[0].ref):
        assert hidden not in page
    assert Event.objects.filter(kind="possible_duplicates.listed", details__rows=1).exists()


@pytest.mark.parametrize(
    "person",
    [
        NewPerson("child", "Chidy", "Okafur", BORN),
        NewPerson("father", "Emeka", "Okafor", date(1990, 1, 7)),
        NewPerson("child", "Chidi", "Eze", BORN, telephone="07700 900123"),
        NewPerson("mother", "Okafor", "Ada", date(1992, 3, 14)),
    ],
)
def test_so_is_one_written_otherwise(okafors, midwives_register, person, sw9):
    Person.objects.filter(given_name="Chidi").update(telephone="+44 7700 900123")
    midwives_register(person)

    assert len(pairs_found()) == 1


def test_nobody_else_sees_the_list(again, client_of, grace, make_user):
    for user in (
        grace,
        make_user("Ann Admin", programme_role=User.ProgrammeRole.ADMIN),
        make_user("Al Analyst", programme_role=User.ProgrammeRole.ANALYST),
    ):
        assert client_of(user).get(PAGE).status_code == 403
    ref = PossibleDuplicate.objects.get().ref
    assert client_of(grace).post(f"{PAGE}{ref}/two/").status_code == 403


def test_behind_row_level_security_there_is_nothing(again, quinn, grace, reading_as):
    for user in (quinn, grace):
        reading_as(user)
        assert not PossibleDuplicate.objects.exists()


def test_both_teams_are_asked_and_learn_of_each_other_alone(
    again, okafors, grace, ruth, client_of, quinn, look
):
    ref = PossibleDuplicate.objects.get().ref
    client_of(quinn).post(f"{PAGE}{ref}/ask/")

    notices = {notice.to_id: notice for notice in Notification.objects.all()}
    assert "midwi" in notices[grace.pk].said.lower()
    assert notices[grace.pk].family_ref == okafors.ref
    assert "Stockwell" in notices[ruth.pk].said
    assert notices[ruth.pk].family_ref == again.ref
    assert "Teams asked" in look()
    assert client_of(quinn).post(f"{PAGE}{ref}/ask/").status_code == 409
    assert Event.objects.filter(kind="family.asked_about").count() == 2


def test_that_they_are_two_is_remembered(again, client_of, quinn, look):
    pair = PossibleDuplicate.objects.get()
    client_of(quinn).post(f"{PAGE}{pair.ref}/two/")

    duplicate_actions.note_possible_duplicates()
    assert "Nothing to decide" in look()
    assert PossibleDuplicate.objects.get().decided_by == quinn
    assert client_of(quinn).post(f"{PAGE}{pair.ref}/two/").status_code == 409


def test_an_import_of_many_is_compared_with_those_near_them_alone(again, okafors):
    """However many there are: to compare all with all takes as long as there are people."""
    chidi = okafors.members.get(person__given_name="Chidi").person_id
    others = [-number for number in range(1, 2000)]  # imported, and like nobody
    PossibleDuplicate.objects.all().delete()

    assert duplicate_actions.note_possible_duplicates(others) == 0
    assert duplicate_actions.note_possible_duplicates([chidi, *others]) == 1


def test_the_list_pages_each_once(okafors, midwives_register, family_support, sam, look):
    for n in range(23):
        day = date(2025, 3, 1 + n)
        midwives_register(NewPerson("child", f"Kit{n:02}", "Abe", day))
        people_actions.register_family(
            name="Abe",
            lead_team=family_support,
            by=sam,
            people=[NewPerson("child", f"Kit{n:02}", "Abe", day)],
        )
    first, second = look(), look(page=2)

    assert "23 to decide" in first
    counts = [first.count(f"Kit{n:02} Abe") + second.count(f"Kit{n:02} Abe") for n in range(23)]
    assert len(set(counts)) == 1


def test_one_team_that_sees_both_has_them_in_its_own_list(okafors, grace, stockwell):
    people = [NewPerson("child", "Chidi", "Okafor", BORN)]
    people_actions.register_family(name="O", lead_team=stockwell, by=grace, people=people)

    assert pairs_found() == []


@pytest.mark.parametrize("of", ["families_family", "families_person"])
@pytest.mark.parametrize("restriction", ["refuge", "staff", "adoption"])
def test_the_moment_one_is_kept_for_named_people_it_is_forgotten(again, look, of, restriction):
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {of} SET restriction = %s", [restriction])

    assert not PossibleDuplicate.objects.exists()
    assert duplicate_actions.note_possible_duplicates() == 0
    assert "Chidi" not in look()


def test_an_adopted_childs_two_records_are_never_brought_together(
    okafors, ruth, midwives, make_user, grace
):
    kay = make_user("Kay Obi", midwives, role="manager")
    register_adopted(
        name="Marsh",
        people=[NewPerson("child", "Chidi", "Okafor", BORN)],
        lead_team=midwives,
        named=[kay, ruth],
        by=ruth,
    )

    duplicate_actions.note_possible_duplicates()
    assert not PossibleDuplicate.objects.exists()


def test_where_one_is_shielded_from_another_their_teams_are_not_brought_together(
    okafors, midwives_register, grace
):
    ada = Person.objects.get(given_name="Ada")
    apart = midwives_register(NewPerson("father", "Bem", "Eze", date(1980, 1, 1)), name="Eze")
    bem = apart.members.get().person
    Member.objects.create(family=okafors, person=bem, role="other")
    safety_actions.shield(
        family=okafors, people=[ada], hidden_from=bem, reason="He is looking for her", by=grace
    )
    Member.objects.filter(family=okafors, person=bem).delete()
    child = NewPerson("child", "Chidi", "Okafor", BORN)
    people_actions.add_person(
        family=apart, new=child, with_children=False, by=apart.lead_practitioner
    )

    assert pairs_found() == []


def test_a_merged_one_is_gone_from_the_list(again, look):
    Member.objects.filter(family=again).delete()

    assert "Nothing to decide" in look()
    assert Family.objects.filter(pk=again.pk).exists()
