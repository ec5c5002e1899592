"""A family's own page."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Family, Involvement, Member, Person, Residence
from families.people import actions as people_actions
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.reference_data.models import Postcode
from referrals.models import Pathway
from referrals.transitions import sender_actions
from tests.casework.many import make_contacts, make_families
from tests.casework.reading import read, statements, without_tokens

NOON = datetime(2026, 2, 5, 12, tzinfo=ZoneInfo("Europe/London"))  # Chidi is sixteen days old


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def page(okafors):
    return f"/families/{okafors.ref}/"


@pytest.fixture
def see(client_of, page):
    return lambda user: client_of(user).get(page)


@pytest.fixture
def log(okafors, stockwell, grace, chidi):
    def contact(**fields):
        usual = {"kind": "home_visit", "occurred_at": NOON - timedelta(days=1)}
        usual |= {"outcome": "attended", "concerned": [chidi]}
        return contact_actions.log_contact(
            family=okafors, new=NewContact(**(usual | fields)), team=stockwell, by=grace
        )

    return contact


def test_it_says_who_is_who_and_where_they_live(see, grace):
    page = read(see(grace))

    assert "Chidi Okafor 2 weeks SW9 9TX, Stockwell" in page
    assert "Ada Okafor Mother 14 March 1992 33 years Female SW9 9TX Stockwell" in page
    assert "Emeka Okafor Father" in page


def test_the_title_has_no_name(see, grace, okafors):
    assert f"<title>Family {okafors.ref} – LEAP</title>" in see(grace).content.decode()


def test_a_child_of_parents_apart_has_two_homes_and_none_of_the_past(see, grace, chidi):
    Residence.objects.filter(person=chidi).delete()
    homes = [("SE5 9AB", None), ("SW2 1JN", date(2026, 2, 1)), ("SW9 8HE", date(2026, 2, 1))]
    for listed, (code, since) in enumerate([*homes, ("SE1 1AA", date(2026, 3, 1))]):
        postcode = Postcode.objects.create(postcode=code, ward_2011="E05000435")
        Residence.objects.create(person=chidi, postcode=postcode, moved_in_on=since, listed=listed)

    page = read(see(grace))

    assert "SW2 1JN Tulse Hill and SW9 8HE Tulse Hill" in page
    assert "SE5 9AB" not in page
    assert "SE1 1AA" not in page


def test_an_interpreter_is_asked_for_at_the_top(see, grace):
    Person.objects.filter(given_name="Ada").update(language="Igbo", interpreter=True)

    assert "Igbo interpreter needed" in read(see(grace))


def test_it_says_who_works_with_them_and_how_to_reach_them(
    see, grace, okafors, family_support, stockwell
):
    family_support.telephone = "020 7946 0102"
    family_support.save()
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)

    page = read(see(grace))

    assert "Stockwell health visiting Lead" in page
    assert "020 7946 0102" in page


def test_a_family_that_nobody_holds_shows_it(see, grace, okafors):
    Family.objects.filter(pk=okafors.pk).update(lead_practitioner=None)

    assert "No lead practitioner" in read(see(grace))


def test_a_lead_who_has_left_the_team_leads_no_more(see, grace, miriam, okafors, client_of):
    """As the list of families nobody holds has it, on the family's page and where it is found."""
    Membership.objects.filter(user=grace).update(ended_on=timezone.localdate())

    page = read(see(miriam))

    assert "Nobody: Grace Mensah has left" in page
    assert "No lead practitioner" in page
    assert list(Family.objects.without_lead()) == [okafors]
    for address in ("/families/", f"/families/?q={okafors.ref}"):
        assert "No lead practitioner" in read(client_of(miriam).get(address))


def test_what_is_late_stands_at_the_top(see, grace):
    assert "New birth visit of Chidi Okafor: 2 days late" in read(see(grace))


def test_the_timeline_tells_what_happened(see, grace, log, chidi):
    ada = Person.objects.get(given_name="Ada")
    log(
        review="new_birth",
        present=[ada],
        note="All well.",
        findings=[ObservationInput(chidi, "birth_weight_g", "3240")],
    )
    log(kind="clinic", outcome="was_not_brought", occurred_at=NOON - timedelta(hours=1))

    page = read(see(grace))

    assert "New birth visit by Grace Mensah" in page
    assert "About Chidi. There: Ada." in page
    assert "All well." in page
    assert "Chidi: Birth weight 3240 grams" in page
    assert "Clinic by Grace Mensah 5 February 2026, 11am Was not brought About Chidi." in page
    assert "Family registered" in page


def test_domestic_abuse_is_never_printed(see, grace, log):
    ada = Person.objects.get(given_name="Ada")
    log(present=[ada], findings=[ObservationInput(ada, "domestic_abuse_enquiry", "asked")])

    assert '<li class="leap-no-print">Ada: Domestic abuse enquiry' in see(grace).content.decode()


def test_referrals_stand_with_their_clock_and_in_the_story(
    see, grace, okafors, stockwell, family_support
):
    pathway = Pathway.objects.create(
        code="hv-fs",
        name="Health visiting to family support",
        kind="referral",
        from_discipline="health_visiting",
        to_discipline="family_support",
        acknowledge_within=2,
        first_contact_within=10,
    )
    sender_actions.refer(
        family=okafors,
        pathway=pathway,
        from_team=stockwell,
        to_team=family_support,
        reason="Housing",
        by=grace,
    )

    page = read(see(grace))

    assert (
        "Health visiting to family support Sent Stockwell health visiting to Family support" in page
    )
    assert "Referral sent by Grace Mensah" in page


def test_older_entries_are_one_link_away(client_of, grace, page, okafors, stockwell):
    make_contacts(30, okafors, stockwell, grace, NOON - timedelta(hours=1))
    browser = client_of(grace)

    first = browser.get(page)
    older = first.context["timeline"].older
    second = browser.get(page, {"before": older})

    assert "Visit 0." in read(first)
    assert "Visit 29." not in read(first)
    assert "Visit 29." in read(second)
    keys = [e.key for answer in (first, second) for e in answer.context["timeline"].entries]
    assert len(keys) == len(set(keys)) == 31  # the visits and the registration, each once


def test_a_mark_that_nobody_gave_out_starts_at_the_newest(client_of, grace, page, log):
    log(note="All well.")

    assert "All well." in read(client_of(grace).get(page, {"before": "2026-01-01/3"}))


def test_opening_it_is_noted_once_for_each_sign_in(client_of, grace, page):
    browser = client_of(grace)
    browser.get(page)
    browser.get(page)
    client_of(grace).get(page)

    assert Event.objects.filter(kind="family.opened", by_name="Grace Mensah").count() == 2


# What must not show


def test_not_visible_is_the_same_as_not_there(client_of, sam, okafors, page):
    browser = client_of(sam)
    hidden, absent = browser.get(page), browser.get("/families/LB-22222/")
    nonsense = browser.get("/families/nothing-like-it/")

    assert hidden.status_code == absent.status_code == nonsense.status_code == 404
    assert without_tokens(hidden) == without_tokens(absent) == without_tokens(nonsense)
    assert not Event.objects.filter(kind="family.opened").exists()


def test_a_superuser_sees_no_families(client_of, make_user, page):
    root = make_user("Root Rootson", is_superuser=True)

    assert client_of(root).get(page).status_code == 404


def test_a_reference_may_be_typed_in_small_letters(client_of, grace, page):
    assert client_of(grace).get(page.lower()).status_code == 200


def test_a_closed_record_can_be_read_and_not_added_to(see, grace, okafors):
    Family.objects.filter(pk=okafors.pk).update(
        closed_at=timezone.now(), closed_reason="Moved to Leeds"
    )

    page = read(see(grace))

    assert "This record was closed on 5 February 2026: Moved to Leeds." in page
    assert "Log a contact" not in page


def test_somebody_who_has_left_the_family_is_not_shown(see, grace, okafors):
    Member.objects.filter(family=okafors, role="father").update(left_on=date(2026, 2, 1))

    assert "Emeka" not in read(see(grace))


def test_statements_do_not_grow_with_the_record(client_of, grace, page, okafors, stockwell):
    browser = client_of(grace)
    make_contacts(10, okafors, stockwell, grace, NOON - timedelta(hours=1))
    first = statements(lambda: browser.get(page))  # notes the opening, too
    few = statements(lambda: browser.get(page))
    silvas = make_families(1_000, stockwell, grace, date(2026, 1, 1), "SILVA")
    make_contacts(1_000, silvas[0], stockwell, grace, NOON)

    assert statements(lambda: browser.get(f"/families/{silvas[0].ref}/")) == first <= 18
    assert statements(lambda: browser.get(f"/families/{silvas[0].ref}/")) == few


def test_twins_on_the_way_and_people_without_a_name(client_of, grace, stockwell):
    unborn = NewPerson("unborn", due_date=date(2026, 4, 1))
    people = [unborn, unborn, NewPerson("other", birth_date=date(1950, 1, 1))]
    family = people_actions.register_family(
        name="Silva", people=people, lead_team=stockwell, by=grace
    )

    page = read(client_of(grace).get(f"/families/{family.ref}/"))

    assert page.count("Unborn baby Unborn baby due 1 April 2026") == 2
    assert "Antenatal contact" in page
    assert "Name not known Other carer" in page
