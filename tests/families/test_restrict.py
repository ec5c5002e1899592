"""Records for named people only: whole families, and one person in a family."""

from datetime import date

import pytest
from django.core.cache import cache

from families.access import hidden_entries, involvement_actions, restriction_actions
from families.inputs import NewPerson
from families.models import Family, Involvement, Member, Person, PersonReader
from families.people import duplicates, search
from families.reviews.due import FamiliesWithDue
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.governance.integrity import PROMISES
from referrals.models import Pathway
from referrals.transitions import sender_actions
from tests.casework.reading import read, without_tokens


@pytest.fixture(autouse=True)
def clear_throttles():
    cache.clear()


@pytest.fixture
def lena(make_user, stockwell):
    """Another health visitor of Grace's team."""
    return make_user("Lena Costa", stockwell)


@pytest.fixture
def restricted(okafors, grace, miriam, lena, around, sam):
    """The Okafors are in a refuge: Grace and Miriam are named, and nobody else."""
    restriction_actions.restrict_family(family=okafors, kind="refuge", named=[miriam], by=grace)
    return okafors


def sees(user):
    return list(Family.objects.visible_to(user))


def agree(family, *people):
    """guardian's grants say of each what `visible_to` says."""
    return all(user.has_perm("families.view_family", family) == bool(sees(user)) for user in people)


# A family


def test_only_those_named_see_it(restricted, grace, miriam, lena, sam):
    assert sees(grace) == sees(miriam) == [restricted]
    assert sees(lena) == sees(sam) == []
    assert agree(restricted, grace, miriam, lena, sam)


def test_teams_go_on_working_with_it(restricted, stockwell, family_support):
    live = restricted.involvements.live().filter(names_only=True)
    assert set(live.values_list("team", flat=True)) == {stockwell.pk, family_support.pk}


def test_for_the_others_it_is_as_if_it_were_not(client_of, restricted, lena):
    browser = client_of(lena)

    hidden, absent = browser.get(f"/families/{restricted.ref}/"), browser.get("/families/LB-22222/")

    assert hidden.status_code == absent.status_code == 404
    assert without_tokens(hidden) == without_tokens(absent)


def test_no_search_list_or_answer_names_it(client_of, restricted, lena, sam, chidi):
    for reader in (lena, sam):
        assert search.search(search.read("Okafor"), user=reader) == []
        typed = [NewPerson("child", "Chidi", "Okafor", chidi.birth_date)]
        assert duplicates.possible_duplicates(typed, user=reader) == []
        assert not FamiliesWithDue(Family.objects.visible_to(reader), by=reader)[:20]
        browser = client_of(reader)
        for address in ("/", "/families/", "/families/due/?whose=team", "/api/v1/families/",
                        "/api/v1/persons/", "/api/v1/contacts/"):  # fmt: skip
            text = browser.get(address).content.decode()
            assert "Okafor" not in text, address
            assert restricted.ref not in text, address


def test_its_referrals_are_for_those_named(
    client_of, restricted, stockwell, family_support, grace, lena, sam
):
    pathway = Pathway.objects.get(code="health-visiting-to-family-support")
    referral = sender_actions.draft(
        family=restricted,
        pathway=pathway,
        from_team=stockwell,
        to_team=family_support,
        reason="Kookaburra",
        by=grace,
    )
    sender_actions.send(referral=referral, by=grace)
    address = f"/referrals/{referral.ref}/"
    assert client_of(grace).get(address).status_code == 200
    for colleague in (lena, sam):
        browser = client_of(colleague)
        assert browser.get(address).status_code == 404
        assert browser.post(f"{address}withdraw/").status_code == 404
        assert referral.ref not in read(browser.get("/referrals/"))


def test_a_manager_of_the_lead_team_is_told_how_many(
    client_of, restricted, make_user, stockwell, grace
):
    olga = make_user("Olga Brandt", stockwell, role="manager")

    assert hidden_entries.restricted_caseload(olga.team_ids_with(Capability.LEAD_TEAM)).count == 1
    page_text = read(client_of(olga).get("/"))
    assert "Restricted families your team leads: 1. Named: Grace Mensah, Miriam Levy." in page_text
    assert "Okafor" not in page_text


def test_nobody_else_is_told(client_of, restricted, lena):
    assert "Restricted families" not in read(client_of(lena).get("/"))


def test_a_team_that_comes_later_sees_nothing_until_somebody_is_named(
    restricted, social_work, dele, grace
):
    reason = Involvement.Reason.REFERRAL_ACCEPTED
    involvement_actions.involve(family=restricted, team=social_work, reason=reason, by=grace)
    assert sees(dele) == []
    assert agree(restricted, dele)

    restriction_actions.add_named_readers_to_family(family=restricted, named=[dele], by=grace)

    assert sees(dele) == [restricted]
    assert agree(restricted, dele)


def test_whoever_becomes_lead_practitioner_is_named(restricted, family_support, sam, grace):
    involvement_actions.move_lead(
        family=restricted, team=family_support, practitioner=sam, by=grace
    )

    assert sees(sam) == [restricted]
    assert agree(restricted, sam)


def test_a_name_is_taken_off_at_once(restricted, lena, grace):
    restriction_actions.add_named_readers_to_family(family=restricted, named=[lena], by=grace)
    assert sees(lena) == [restricted]

    restriction_actions.remove_named_reader_from_family(
        family=restricted, practitioner=lena, by=grace
    )

    assert sees(lena) == []
    assert agree(restricted, lena)


def test_the_lead_practitioner_and_the_last_other_stay(restricted, grace, miriam):
    with pytest.raises(NotAllowed, match="is the lead practitioner"):
        restriction_actions.remove_named_reader_from_family(
            family=restricted, practitioner=grace, by=miriam
        )
    with pytest.raises(NotAllowed, match="at least one other"):
        restriction_actions.remove_named_reader_from_family(
            family=restricted, practitioner=miriam, by=grace
        )


def test_lifting_opens_it_to_the_teams_again(restricted, grace, miriam, lena, sam):
    restriction_actions.unrestrict_family(family=restricted, by=miriam)

    assert sees(grace) == sees(lena) == sees(sam) == [restricted]
    assert agree(restricted, grace, miriam, lena, sam)
    assert not restricted.involvements.live().exclude(practitioner=None).exists()


def test_an_end_of_work_takes_the_teams_names_off(restricted, family_support, sam, grace):
    restriction_actions.add_named_readers_to_family(family=restricted, named=[sam], by=grace)

    involvement_actions.end_involvement(family=restricted, team=family_support, by=grace)

    assert sees(sam) == []
    assert agree(restricted, sam)


def test_promises_are_kept(restricted):
    assert [promise.none_of for promise in PROMISES if promise.look().count] == []


def test_it_takes_the_lead_and_two_names(okafors, grace, lena, miriam, around, ruth):
    def restrict(by, *named):
        restriction_actions.restrict_family(family=okafors, kind="refuge", named=list(named), by=by)

    with pytest.raises(NotAllowed, match="decides who is named"):
        restrict(lena, grace)
    with pytest.raises(NotAllowed, match="at least one other"):
        restrict(grace)
    with pytest.raises(NotAllowed, match="None of Ruth Bailey’s teams"):
        restrict(grace, ruth)
    restrict(grace, miriam)
    with pytest.raises(Conflict):
        restrict(grace, miriam)


def test_grace_does_it_on_the_page(client_of, okafors, grace, miriam, lena):
    browser = client_of(grace)
    page = f"/families/{okafors.ref}/protection/"
    fields = {"kind": "staff", "named": [str(miriam.ref)]}
    assert "Keep for named people only" in read(browser.get(page))

    response = browser.post(f"/families/{okafors.ref}/restrict/", fields, follow=True)

    assert "A practitioner’s own family" in read(response)
    assert "Named people only" in read(browser.get(f"/families/{okafors.ref}/"))
    assert sees(lena) == []
    browser.post(f"/families/{okafors.ref}/name/", {"named": [str(lena.ref)]})
    assert sees(lena) == [okafors]
    browser.post(f"/families/{okafors.ref}/take-name-off/", {"practitioner": str(lena.ref)})
    assert sees(lena) == []
    browser.post(f"/families/{okafors.ref}/lift/")
    assert sees(lena) == [okafors]


def test_somebody_who_works_with_them_and_does_not_lead_cannot(client_of, okafors, sam, around):
    response = client_of(sam).post(f"/families/{okafors.ref}/restrict/", {"kind": "staff"})

    assert response.status_code == 403


# One person in it


@pytest.fixture
def father(okafors, emeka, grace, miriam, around, lena):
    """Emeka is for Grace and Miriam alone."""
    restriction_actions.restrict_person(
        person=emeka, family=okafors, kind="other", named=[miriam], by=grace
    )  # fmt: skip
    return emeka


def test_the_family_stays_and_the_person_is_gone(client_of, okafors, father, sam, lena, grace):
    page = f"/families/{okafors.ref}/"

    assert "Emeka" in read(client_of(grace).get(page))
    for reader in (sam, lena):
        page_text = read(client_of(reader).get(page))
        assert "Ada Okafor" in page_text
        assert "Emeka" not in page_text
        assert "named people" not in page_text
        assert list(Person.objects.visible_to(reader).filter(pk=father.pk)) == []
        assert not Member.objects.visible_to(reader).filter(person=father).exists()


def test_nothing_names_the_person_for_others(client_of, okafors, father, sam):
    browser = client_of(sam)
    assert search.search(search.read("Emeka"), user=sam) == []
    (match,) = search.search(search.read("Okafor"), user=sam)
    assert father.pk not in match.matched
    for address in (
        "/families/",
        "/families/?q=Okafor",
        f"/families/{okafors.ref}/contacts/new/",
        f"/families/{okafors.ref}/protection/",
        "/api/v1/persons/",
        "/api/v1/families/",
    ):
        text = browser.get(address).content.decode()
        assert "Emeka" not in text, address
        assert father.ref not in text, address
    assert browser.get(f"/api/v1/persons/{father.ref}/").status_code == 404
    assert browser.get(f"/families/{okafors.ref}/people/{father.ref}/shield/").status_code == 404


def test_what_was_written_about_the_person_goes_along(client_of, okafors, emeka, keep, grace,
                                                      father, sam):  # fmt: skip
    contact = keep(grace, concerned=[emeka], note="Met Emeka alone.")
    browser = client_of(sam)

    assert "Met Emeka alone." not in read(browser.get(f"/families/{okafors.ref}/"))
    assert browser.get(f"/families/{okafors.ref}/contacts/{contact.ref}/").status_code == 404
    assert "Met Emeka alone." in read(client_of(grace).get(f"/families/{okafors.ref}/"))


def test_being_there_is_left_out_of_what_others_read(client_of, okafors, emeka, keep, grace, father,
                                                     sam):  # fmt: skip
    contact = keep(grace, present=[emeka], note="All well.")
    browser = client_of(sam)

    assert "All well." in read(browser.get(f"/families/{okafors.ref}/"))
    assert "Emeka" not in read(browser.get(f"/families/{okafors.ref}/contacts/{contact.ref}/"))
    assert browser.get("/api/v1/contacts/").json()["results"][0]["present"] == []


def test_the_lead_teams_manager_is_told_that_somebody_is_there(
    client_of, okafors, father, make_user, stockwell, sam
):
    olga = make_user("Olga Brandt", stockwell, role="manager")
    page = f"/families/{okafors.ref}/"

    assert "1 person here is for named people only." in read(client_of(olga).get(page))
    assert "for named people only" not in read(client_of(sam).get(page))


def test_a_child_who_is_kept_is_due_for_those_named_alone(okafors, chidi, grace, miriam, sam,
                                                          around):  # fmt: skip
    restriction_actions.restrict_person(
        person=chidi, family=okafors, kind="adoption", named=[miriam], by=grace
    )

    def due(reader):
        waiting = FamiliesWithDue(Family.objects.visible_to(reader), by=reader, on=date(2026, 2, 1))
        return [child.given_name for child in waiting[:20]]

    assert due(grace) == ["Chidi"]
    assert due(sam) == []


def test_names_are_added_taken_off_and_lifted(okafors, father, grace, sam):
    restriction_actions.add_named_readers_to_person(
        person=father, family=okafors, named=[sam], by=grace
    )
    assert Person.objects.visible_to(sam).filter(pk=father.pk).exists()

    restriction_actions.remove_named_reader_from_person(
        person=father, family=okafors, practitioner=sam, by=grace
    )
    assert not Person.objects.visible_to(sam).filter(pk=father.pk).exists()

    restriction_actions.unrestrict_person(person=father, family=okafors, by=grace)
    assert Person.objects.visible_to(sam).filter(pk=father.pk).exists()
    assert not PersonReader.objects.exists()


def test_grace_keeps_a_person_on_the_page(client_of, okafors, emeka, grace, miriam, sam, around):
    browser = client_of(grace)
    about = f"/families/{okafors.ref}/people/{emeka.ref}"

    answer = browser.post(
        f"{about}/restrict/", {"kind": "other", "named": [str(miriam.ref)]}, follow=True
    )

    assert "Named people only: Grace Mensah, Miriam Levy" in read(answer)
    assert not Person.objects.visible_to(sam).filter(pk=emeka.pk).exists()
    browser.post(f"{about}/lift/")
    assert Person.objects.visible_to(sam).filter(pk=emeka.pk).exists()


def test_a_register_names_nobody_who_is_kept_from_whoever_takes_it(
    okafors, father, chidi, grace, sam, lena, miriam
):
    def named_to(reader):
        return set(Person.objects.named_to(reader).values_list("given_name", flat=True))

    assert named_to(sam) == {"Ada", "Chidi"}
    assert named_to(grace) == {"Ada", "Chidi", "Emeka"}

    restriction_actions.restrict_family(family=okafors, kind="refuge", named=[miriam], by=grace)

    assert named_to(sam) == named_to(lena) == set()
    assert named_to(grace) == {"Ada", "Chidi", "Emeka"}


def test_imported_work_opens_a_restricted_family_to_nobody(restricted, social_work, dele):
    """A spell begun with the family restricted is for names only, whoever begins it."""
    spell = involvement_actions.involve(
        family=restricted, team=social_work, reason=Involvement.Reason.IMPORTED, by=None
    )

    assert spell.names_only
    assert sees(dele) == []
