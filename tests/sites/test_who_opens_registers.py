"""Registers name people: who opens one, by the session's age and by what the reader is to it."""

from datetime import datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from leap.core.accounts.models import Membership
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from sites.models import Attendance, Session
from sites.registers import actions as register_actions
from sites.sessions import actions as session_actions

LONDON = ZoneInfo("Europe/London")
# Days from the session to today, and what its age makes of it.
AGES = {
    -300: "to come",
    -2: "to come",
    -1: "open",
    0: "open",
    1: "open",
    7: "open",
    8: "closed",
    30: "closed",
    400: "closed",
}
TIES = {
    "staff": "staff",
    "member": "staff",
    "manager": "manager",
    "site-manager": "manager",
    "site-member": "",
    "left": "",
    "elsewhere": "",
    "elsewhere-manager": "",
    "champion": "",
    "analyst": "",
    "admin": "",
}
# What GET and POST of a register answer, by its age and by what the reader is to it.
ANSWERS = {
    ("to come", "staff"): (409, 409),
    ("to come", "manager"): (409, 409),
    ("open", "staff"): (200, 302),
    ("open", "manager"): (200, 302),
    ("closed", "staff"): (403, 403),
    ("closed", "manager"): (200, 200),  # asked for a reason first
    ("to come", ""): (403, 403),
    ("open", ""): (403, 403),
    ("closed", ""): (403, 403),
}


@pytest.fixture
def aged(make_session, okafors, chidi, grace, larkhall, make_team):
    """A session so many days ago, with Chidi in it, of a team at a site that another team runs."""
    larkhall.team = make_team("larkhall-centre", "early_years", agency="lambeth")
    larkhall.save()

    def make(days):
        session = make_session(hours=24)
        Attendance.objects.create(session=session, person=chidi)
        on = timezone.localdate() - timedelta(days=days)
        begins = datetime.combine(on, time(0, 15), tzinfo=LONDON)  # near midnight, in summer too
        Session.objects.filter(pk=session.pk).update(during=(begins, begins + timedelta(hours=1)))
        return Session.objects.get(pk=session.pk)

    return make


@pytest.fixture
def cast(make_user, make_team, stockwell, midwives, larkhall, aged, asha):
    manager = Membership.Role.MANAGER
    left = make_user("Lena Holt", stockwell)
    left.memberships.update(
        started_on=timezone.localdate() - timedelta(days=9), ended_on=timezone.localdate()
    )
    return {
        "staff": make_user("Tariq Aziz", make_team("champions", "champions")),
        "member": make_user("Mina Cole", stockwell),
        "manager": make_user("Miriam Levy", stockwell, role=manager),
        "site-manager": make_user("Pat Quirke", larkhall.team, role=manager),
        "site-member": make_user("Zoe Marsh", larkhall.team),
        "left": left,
        "elsewhere": make_user("Ruth Bailey", midwives),
        "elsewhere-manager": make_user("Hana Sato", midwives, role=manager),
        "champion": make_user("Chi Obi", make_team("more-champions", "champions")),
        "analyst": make_user("Noor Aziz", programme_role="analyst"),
        "admin": asha,
    }


@pytest.mark.parametrize("days", AGES)
def test_by_the_age_of_the_session_and_the_tie_of_the_reader(aged, cast, chidi, client_of, days):
    session = aged(days)
    session.staff.create(practitioner=cast["staff"])
    page, wrong = f"/sessions/{session.ref}/register/", {}
    for role, tie in TIES.items():
        Attendance.objects.filter(session=session).update(status="booked")
        client = client_of(cast[role])
        page_answer, walk_in = client.get(page), client.get(f"/sessions/{session.ref}/walk-in/")
        answer = client.post(page, {chidi.ref: "yes"})
        expected = ANSWERS[AGES[days], tie]
        if (page_answer.status_code, answer.status_code) != expected:
            wrong[role] = (page_answer.status_code, answer.status_code, *expected)
        if walk_in.status_code != expected[0]:
            wrong[role, "walk-in"] = walk_in.status_code
        named = AGES[days] == "open" and bool(tie)
        if (chidi.given_name in page_answer.content.decode()) != named:
            wrong[role, "names"] = named
        if (Attendance.objects.get(session=session).status == "attended") != named:
            wrong[role, "marks"] = named
    assert wrong == {}


def test_a_manager_corrects_it_later_with_a_reason(aged, cast, chidi, client_of):
    session, client = aged(40), client_of(cast["manager"])
    page = f"/sessions/{session.ref}/register/"
    text = client.get(page).content.decode()
    assert "Why are you correcting this register?" in text
    for nothing in ("then=open", "why=&then=open", "why=nonsense"):
        refused = client.get(f"{page}?{nothing}").content.decode()
        assert "Say why you are correcting this register." in refused
    assert chidi.name not in text

    assert chidi.name in client.get(f"{page}?why=on_paper").content.decode()
    assert client.post(page, {chidi.ref: "yes", "why": "on_paper"}).status_code == 302

    assert Attendance.objects.get(session=session).status == "attended"
    events = Event.objects.filter(kind__startswith="register.").order_by("pk")
    assert [(event.kind, event.details["why"]) for event in events] == [
        ("register.opened", "on_paper"),
        ("register.marked", "on_paper"),
    ]


def test_no_reason_or_one_made_up_is_refused(aged, cast, chidi, okafors, client_of):
    session, manager = aged(8), cast["manager"]
    for why in ("", "because", "wrong_mark "):
        with pytest.raises(ValidationError, match="Say why"):
            register_actions.mark(session=session, came={chidi.ref: True}, by=manager, why=why)
        with pytest.raises(ValidationError, match="Say why"):
            register_actions.walk_in(
                session=session, family=okafors, people=[chidi], by=manager, why=why
            )
    page = f"/sessions/{session.ref}/register/"
    assert "Say why" in client_of(manager).post(page, {chidi.ref: "yes"}).content.decode()


def test_a_reason_opens_it_to_nobody_else(aged, cast, chidi):
    session = aged(8)
    for role in set(TIES) - {"manager", "site-manager"}:
        with pytest.raises(NotAllowed):
            register_actions.mark(
                session=session, came={chidi.ref: True}, by=cast[role], why="other"
            )


@pytest.mark.parametrize(
    ("team", "site_team", "opens"),
    [
        ("stockwell", "larkhall", {"member", "manager", "site-manager"}),
        ("", "larkhall", {"site-member", "site-manager"}),
        ("", "", {"elsewhere", "elsewhere-manager"}),  # those at work in the site's ward
    ],
)
def test_who_runs_it_where_less_is_said(
    aged, cast, larkhall, stockwell, midwives, client_of, team, site_team, opens
):
    session = aged(0)
    midwives.ward_codes = [larkhall.postcode.ward_2011]
    midwives.save()
    Session.objects.filter(pk=session.pk).update(team=stockwell if team else None)
    if not site_team:
        larkhall.team = None
        larkhall.save()
    page = f"/sessions/{session.ref}/register/"
    opened = {role for role in TIES if client_of(cast[role]).get(page).status_code == 200}
    assert opened == opens


def test_my_work_lists_registers_of_ones_own_alone(aged, cast, client_of):
    session = aged(3)
    address = f"/sessions/{session.ref}/register/"
    for role, lists in (("manager", True), ("site-manager", True), ("elsewhere-manager", False)):
        assert (address in client_of(cast[role]).get("/").content.decode()) == lists


def test_a_sites_page_offers_registers_of_ones_own_alone(aged, cast, larkhall, client_of):
    address = f"/sessions/{aged(3).ref}/register/"
    for role, offers in (("member", True), ("site-member", False), ("analyst", False)):
        page = client_of(cast[role]).get(f"/sites/{larkhall.code}/").content.decode()
        assert (address in page) == offers


def marks_as(user, session, statement):
    """What the database does with a statement of this user's own, as the pages' role."""
    from leap.core.rls import session as rls

    rls.set_reader(user)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, {"session": session.pk})
            return cursor.rowcount
    except DatabaseError as error:
        return error.__cause__.pgcode
    finally:
        rls._read_for(rls.SYSTEM)


MARK = "UPDATE leap_sites_attendance SET status = 'attended' WHERE session_id = %(session)s"


@pytest.mark.parametrize(
    ("days", "tie"), list(product((-2, 0, 7, 8, 400), ("staff", "manager", "")))
)
def test_the_database_says_the_same(aged, cast, days, tie):
    session = aged(days)
    session.staff.create(practitioner=cast["staff"])
    role = {"staff": "staff", "manager": "site-manager", "": "elsewhere"}[tie]
    opens = ANSWERS[AGES[days], tie][0] == 200

    assert marks_as(cast[role], session, MARK) == (1 if opens else 0)


def test_whoever_sees_the_family_marks_no_register_for_that(aged, grace):
    """Grace works with the Okafors; the register closed long ago."""
    session = aged(30)
    assert marks_as(grace, session, MARK) == "42501"


def test_nobody_puts_a_stranger_on_their_own_register_to_read_the_name(
    aged, cast, yusuf, stockwell
):
    session = aged(0)
    add = (
        "INSERT INTO leap_sites_attendance (session_id, person_id, status)"
        f" VALUES (%(session)s, {yusuf.pk}, 'booked')"
    )
    moved = (
        f"UPDATE leap_sites_attendance SET person_id = {yusuf.pk} WHERE session_id = %(session)s"
    )
    assert marks_as(cast["member"], session, add) == "42501"
    assert marks_as(cast["member"], session, moved) == "42501"


@pytest.mark.parametrize("role", ["member", "staff", "elsewhere-manager", "champion", "analyst"])
def test_nobody_names_themselves_to_run_a_session(aged, cast, role, client_of):
    session = aged(0)
    session.staff.create(practitioner=cast["staff"])
    name = (
        "INSERT INTO leap_sites_sessionstaff (session_id, practitioner_id)"
        f" VALUES (%(session)s, {cast[role].pk})"
    )
    team = cast[role].team_ids[0] if cast[role].team_ids else "NULL"
    take = f"UPDATE leap_sites_session SET team_id = {team}, capacity = 9 WHERE id = %(session)s"
    move = (
        "UPDATE leap_sites_session SET during = tstzrange(now(), now() + interval '1 hour')"
        " WHERE id = %(session)s"
    )
    for statement in (name, move) if role == "member" else (name, take, move):
        assert marks_as(cast[role], session, statement) == "42501"
    assert client_of(cast[role]).get(f"/sessions/{session.ref}/staff/").status_code == 403


def test_a_manager_says_who_runs_it(aged, cast, midwives, larkhall, client_of):
    session, champion = aged(0), cast["champion"]
    page = f"/sessions/{session.ref}/staff/"
    form = {"team": midwives.code, "staff": [str(champion.ref)]}

    assert client_of(cast["manager"]).post(page, form).status_code == 302

    register = f"/sessions/{session.ref}/register/"
    answers = {role: client_of(cast[role]).get(register).status_code for role in TIES}
    opens = {role for role, status in answers.items() if status == 200}
    assert opens == {"elsewhere", "elsewhere-manager", "champion", "site-manager"}
    event = Event.objects.get(kind="session.staff_named")
    assert event.details["staff"] == [str(champion.ref)]


def test_an_admin_says_so_for_all_at_a_site(aged, asha, midwives, larkhall, client_of):
    session = aged(0)
    page = f"/sessions/{session.ref}/staff/"
    client_of(asha).post(page, {"team": midwives.code, "all_at_site": "on"})
    larkhall.refresh_from_db()
    assert larkhall.team == midwives


def test_a_manager_does_not_say_so_for_all_at_a_site(aged, cast, midwives, larkhall):
    session, before = aged(0), larkhall.team
    with pytest.raises(NotAllowed, match="Only an admin"):
        session_actions.name_staff(
            session=session, team=midwives, staff=[], by=cast["manager"], all_at_site=True
        )

    larkhall.refresh_from_db()
    session.refresh_from_db()
    assert larkhall.team == before
    assert session.team != midwives
