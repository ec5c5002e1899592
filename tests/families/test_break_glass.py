"""A record opened in an emergency, and what follows."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.break_glass import actions as break_glass_actions
from families.break_glass.lookup import ExactIdentity
from families.models import BreakGlass, Family, FamilyUserObjectPermission, Involvement, Person
from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from leap.core.outbox.models import Message
from sites.bookings.rules import check_works_with
from tests.casework.reading import read

LONDON = ZoneInfo("Europe/London")
# The database keeps a clock of its own, so these stories are set ahead of it.
TUESDAY = datetime(2037, 3, 10, 12, tzinfo=LONDON)
PAGE = "/families/break-glass/"
WHY = "Chest pain at the children's centre; the ambulance asks about allergies."


@pytest.fixture(autouse=True)
def tuesday(time_machine):
    time_machine.move_to(TUESDAY, tick=False)


@pytest.fixture
def open_in_an_emergency(client_of, okafors):
    def send(user, client=None, **typed):
        fields = {"number": okafors.ref, "reason": WHY, "confirmed": "on"} | typed
        return (client or client_of(user)).post(PAGE, fields)

    return send


@pytest.fixture
def vassall(make_team):
    return make_team("vassall-health-visiting", name="Vassall health visiting")


@pytest.fixture
def vera(make_user, vassall):
    """Manages a team of Grace's agency that does not know the Okafors."""
    return make_user("Vera Lund", vassall, role=Membership.Role.MANAGER)


def test_the_record_is_there_for_four_hours_and_not_a_moment_longer(
    open_in_an_emergency, okafors, ruth, client_of, time_machine
):
    page = f"/families/{okafors.ref}/"
    assert open_in_an_emergency(ruth).url == page

    time_machine.move_to(TUESDAY + timedelta(hours=3, minutes=59), tick=False)
    assert "You opened this record in an emergency" in read(client_of(ruth).get(page))

    time_machine.move_to(TUESDAY + timedelta(hours=4), tick=False)
    assert client_of(ruth).get(page).status_code == 404
    assert not ruth.has_perm("families.view_family", okafors)


def test_four_hours_are_four_hours_when_the_clocks_go_forward(
    open_in_an_emergency, okafors, ruth, time_machine
):
    night = datetime(2037, 3, 28, 23, tzinfo=LONDON)
    time_machine.move_to(night, tick=False)
    open_in_an_emergency(ruth)

    time_machine.move_to(datetime(2037, 3, 29, 3, 59, tzinfo=LONDON), tick=False)
    assert Family.objects.visible_to(ruth).exists()
    time_machine.move_to(datetime(2037, 3, 29, 4, 0, tzinfo=LONDON), tick=False)
    assert not Family.objects.visible_to(ruth).exists()


def test_the_lead_is_told_at_once_and_nothing_about_whom(open_in_an_emergency, ruth, grace):
    open_in_an_emergency(ruth)

    message = Message.objects.get()
    assert message.to == grace.email
    assert "opened in an emergency" in message.subject
    assert not any(
        word in message.subject + message.body for word in ("Okafor", "Chidi", "Ruth", "allergies")
    )


def test_where_nobody_leads_the_teams_managers_are_told(
    open_in_an_emergency, okafors, ruth, miriam, stockwell
):
    Family.objects.update(lead_practitioner=None)

    open_in_an_emergency(ruth)

    assert set(Message.objects.values_list("to", flat=True)) == {miriam.email, stockwell.email}


def test_the_log_says_who_and_never_why(open_in_an_emergency, okafors, ruth):
    open_in_an_emergency(ruth)

    event = Event.objects.get(kind="break_glass.opened")
    assert (event.family_ref, event.by_ref) == (okafors.ref, str(ruth.ref))
    assert "allergies" not in str(event.details)


@pytest.mark.parametrize(
    "typed",
    [
        {"number": "", "name": "chidi okafor", "born_on": date(2026, 1, 20)},
        {"number": "999 123 4500"},
    ],
)
def test_a_name_with_a_birth_date_or_an_nhs_number_names_a_family_too(
    open_in_an_emergency, okafors, chidi, ruth, typed
):
    Person.objects.filter(pk=chidi.pk).update(nhs_number="9991234500")
    born = typed.pop("born_on", None)
    if born:
        typed |= {"born_on_day": born.day, "born_on_month": born.month, "born_on_year": born.year}

    assert open_in_an_emergency(ruth, **typed).url == f"/families/{okafors.ref}/"


@pytest.mark.parametrize("name", ["okafor", "Chidi", "Chidi Okafur", ""])
def test_half_a_name_names_nobody(open_in_an_emergency, ruth, name):
    day = {"born_on_day": "20", "born_on_month": "1", "born_on_year": "2026"}

    response = open_in_an_emergency(ruth, number="", name=name, **day)

    assert response.status_code == 200
    assert not BreakGlass.objects.exists()


def test_a_restricted_family_and_none_at_all_get_the_same_answer(
    open_in_an_emergency, okafors, ruth, client_of
):
    client = client_of(ruth)
    key = {"submission": "7f0f4cf0-6f0e-4c7e-9d4e-0f3a5d6f1c11"}
    none = open_in_an_emergency(ruth, client, number="LB-22222", **key)
    Family.objects.update(restriction="refuge")

    restricted = open_in_an_emergency(ruth, client, **key)

    assert "cannot be opened this way" in read(restricted)
    assert read(restricted).replace(okafors.ref, "LB-22222") == read(none)
    assert not BreakGlass.objects.exists()
    assert Event.objects.filter(kind="break_glass.not_found", by_ref=str(ruth.ref)).count() == 2


def test_a_person_restricted_for_named_people_does_not_lead_to_the_family(
    open_in_an_emergency, chidi, ruth
):
    Person.objects.filter(pk=chidi.pk).update(nhs_number="9991234500", restriction="adoption")

    assert "cannot be opened" in read(open_in_an_emergency(ruth, number="9991234500"))


@pytest.mark.parametrize("reason", ["", "needed it", "emergencyemergencyemergency"])
def test_nothing_is_looked_up_before_a_reason_is_given(open_in_an_emergency, ruth, reason):
    response = open_in_an_emergency(ruth, reason=reason)

    assert response.status_code == 200
    assert "no such family" not in read(response)
    assert not BreakGlass.objects.exists()


def test_it_has_to_be_confirmed(open_in_an_emergency, ruth):
    assert "Confirm that you need this record" in read(open_in_an_emergency(ruth, confirmed=""))
    assert not BreakGlass.objects.exists()


def test_analysts_admins_and_champions_open_nothing(
    open_in_an_emergency, okafors, asha, noor, make_team, make_user
):
    champion = make_user("Amina Warsame", make_team("champions", "champions"))

    for user in (asha, noor, champion):
        assert open_in_an_emergency(user).status_code == 403
    assert not BreakGlass.objects.exists()


def test_who_is_in_already_goes_on_with_that(okafors, ruth, time_machine):
    first = break_glass_actions.break_glass(
        family=okafors, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
    )
    time_machine.move_to(TUESDAY + timedelta(hours=1), tick=False)

    again = break_glass_actions.break_glass(
        family=okafors, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
    )

    assert again == first
    assert Involvement.objects.get(practitioner=ruth).ended_at == TUESDAY + timedelta(hours=4)
    assert Message.objects.count() == 1


def test_whoever_can_see_it_is_sent_there_and_nothing_is_broken(open_in_an_emergency, grace):
    assert open_in_an_emergency(grace).status_code == 302
    assert not BreakGlass.objects.exists()


def test_it_is_for_reading_only(open_in_an_emergency, okafors, ruth, midwives, client_of):
    open_in_an_emergency(ruth)

    response = client_of(ruth).get(f"/families/{okafors.ref}/contacts/new/")

    assert response.status_code == 403
    assert "in an emergency, to read it" in read(response)


def test_nobody_books_a_place_from_an_emergency(
    open_in_an_emergency, okafors, chidi, ruth, larkhall, baby_massage
):
    open_in_an_emergency(ruth)

    with pytest.raises(NotAllowed):
        check_works_with(okafors, ruth)


def test_it_can_be_given_back_early(open_in_an_emergency, okafors, ruth, client_of):
    open_in_an_emergency(ruth)
    client = client_of(ruth)

    client.post(f"/families/{okafors.ref}/break-glass/end/")

    assert client.get(f"/families/{okafors.ref}/").status_code == 404
    assert not FamilyUserObjectPermission.objects.exists()
    assert BreakGlass.objects.get().reviewed_at is None


def test_lapsed_grants_are_tidied_away(open_in_an_emergency, ruth, time_machine):
    open_in_an_emergency(ruth)
    assert involvement_actions.tidy_grants() == 0

    time_machine.move_to(TUESDAY + timedelta(hours=5), tick=False)

    assert involvement_actions.tidy_grants() == 1
    assert not FamilyUserObjectPermission.objects.exists()


@pytest.mark.parametrize(
    ("opened", "review_by"),
    [
        (datetime(2037, 3, 10, 23, 59, tzinfo=LONDON), date(2037, 3, 11)),
        (datetime(2037, 3, 14, 9, tzinfo=LONDON), date(2037, 3, 16)),  # a Saturday
        (datetime(2037, 5, 1, 20, tzinfo=LONDON), date(2037, 5, 5)),  # before a bank holiday
        (datetime(2037, 4, 2, 20, tzinfo=LONDON), date(2037, 4, 7)),  # before Easter
    ],
)
def test_it_is_to_be_judged_on_the_next_working_day(
    open_in_an_emergency, ruth, time_machine, opened, review_by
):
    time_machine.move_to(opened, tick=False)
    open_in_an_emergency(ruth)
    assert BreakGlass.objects.get().review_by == review_by


def test_the_lead_reads_why_and_the_rest_of_the_world_does_not(
    open_in_an_emergency, okafors, ruth, grace, sam, family_support, client_of
):
    open_in_an_emergency(ruth)
    involvement_actions.involve(
        family=okafors, team=family_support, reason="team_around_family", by=grace
    )
    page = f"/families/{okafors.ref}/break-glass/"

    assert "asks about allergies" in read(client_of(grace).get(page))
    assert client_of(sam).get(page).status_code == 403
    assert "Ruth Bailey" in read(client_of(grace).get(f"/families/{okafors.ref}/"))


def test_five_hours_later_it_is_told_as_over(open_in_an_emergency, okafors, ruth, grace, client_of):
    open_in_an_emergency(ruth)
    spell = Involvement.objects.get(practitioner=ruth)
    assert spell.ended_at == timezone.now() + timedelta(hours=4)
    assert "Ruth Bailey" in read(client_of(grace).get(f"/families/{okafors.ref}/involvement/"))


def test_after_five_in_an_hour_nothing_is_looked_up_and_the_manager_hears_of_it(
    open_in_an_emergency, okafors, ruth, make_user, midwives, client_of, time_machine
):
    hana = make_user("Hana Sato", midwives, role=Membership.Role.MANAGER)
    for _ in range(5):
        open_in_an_emergency(ruth, number="LB-99999")

    for _ in range(2):
        refused = open_in_an_emergency(ruth)

    assert "five records in an emergency within an hour" in read(refused)
    assert WHY in read(refused)  # what was typed is not lost
    assert not BreakGlass.objects.exists()
    assert Event.objects.filter(kind="break_glass.held_up").count() == 1
    assert [message.to for message in Message.objects.filter(to=hana.email)] == [hana.email]

    time_machine.move_to(TUESDAY + timedelta(hours=1), tick=False)
    assert open_in_an_emergency(ruth).url == f"/families/{okafors.ref}/"


def test_openings_count_as_guesses_do_and_no_other_way_leads_past_it(okafors, ruth):
    for _ in range(5):
        break_glass_actions.find_in_emergency(wanted=ExactIdentity(ref="LB-99999"), by=ruth)

    with pytest.raises(NotAllowed, match="within an hour"):
        break_glass_actions.break_glass(
            family=okafors, reason=WHY, by=ruth, review_by=date(2037, 3, 11)
        )
