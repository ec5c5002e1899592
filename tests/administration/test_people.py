"""Joining, changing and closing accounts."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from leap.administration import actions
from leap.core.accounts.models import User
from leap.core.audit.models import Event
from leap.core.auth.models import SecondFactor
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.actions import deliver_waiting
from leap.core.outbox.models import Message
from tests.casework.reading import read, statements

JOINER = {
    "name": "Bola Adeyemi",
    "email": "bola@leap.example",
    "telephone": "020 7946 0000",
    "role": "practitioner",
    "submission": "5b6b1f0e-6f0e-4a0a-9a55-111111111111",
}


def address(name, user, *more):
    return reverse(f"administration:{name}", args=[user.ref, *more])


def test_asha_invites_a_joiner_who_chooses_a_password_once(
    asha, stockwell, client_of, client, role_in
):
    answer = client_of(asha).post("/admin/practitioners/new/", {**JOINER, "team": stockwell.code})
    bola = User.objects.get(email="bola@leap.example")
    assert answer.headers["Location"] == address("practitioner", bola)
    assert not bola.has_usable_password()
    assert role_in(bola, stockwell) == "practitioner"

    deliver_waiting()
    (invitation,) = mail.outbox
    link = re.search(r"http://[^/]+(/\S+)", invitation.body)[1]
    client.get(link)
    client.post("/sign-in/new-password/", {"new_password": "a long enough one"})
    bola.refresh_from_db()
    assert bola.check_password("a long enough one")

    client.get(link)
    used = client.post("/sign-in/new-password/", {"new_password": "somebody else's one"})
    assert used.status_code == 403
    bola.refresh_from_db()
    assert bola.check_password("a long enough one")


def test_an_invitation_sent_twice_makes_one_account(asha, stockwell, client_of):
    browser = client_of(asha)
    for _ in range(2):
        answer = browser.post("/admin/practitioners/new/", {**JOINER, "team": stockwell.code})
        assert answer.status_code == 302
    assert User.objects.filter(email="bola@leap.example").count() == 1
    assert Message.objects.count() == 1


def test_an_address_somebody_has_is_said_and_what_was_typed_stays(asha, grace, client_of):
    page = client_of(asha).post(
        "/admin/practitioners/new/",
        {**JOINER, "email": "GRACE@leap.example", "programme_role": "analyst"},
    )
    assert "Grace Mensah has this e-mail address already." in read(page)
    assert 'value="Bola Adeyemi"' in page.content.decode()


def test_a_joiner_needs_a_team_or_a_role(asha, client_of):
    page = client_of(asha).post("/admin/practitioners/new/", JOINER)
    assert "Choose a team, or a role in the programme." in read(page)


@pytest.mark.parametrize("name", ["grace", "miriam", "noor"])
def test_only_admins_invite(request, name, client_of):
    browser = client_of(request.getfixturevalue(name))
    assert browser.get("/admin/practitioners/new/").status_code == 403
    assert browser.post("/admin/practitioners/new/", JOINER).status_code == 403


def test_a_practitioner_and_an_analyst_have_no_administration(grace, noor, client_of):
    for user in (grace, noor):
        assert client_of(user).get("/admin/").status_code == 403
        assert "Administration" not in read(client_of(user).get("/"))


def test_miriam_sees_her_own_people_alone(miriam, grace, ruth, client_of):
    browser = client_of(miriam)
    page = read(browser.get("/admin/"))
    assert "Grace Mensah" in page
    assert "Ruth Bailey" not in page
    assert browser.get(address("practitioner", grace)).status_code == 200
    assert browser.get(address("practitioner", ruth)).status_code == 404
    assert browser.get(address("deactivate", grace)).status_code == 403


def test_the_page_offers_only_what_its_reader_may_do(asha, miriam, grace, client_of):
    """Nobody changes their own account; a manager hands on what somebody of theirs holds."""

    def offered(reader, person):
        page = client_of(reader).get(address("practitioner", person)).content.decode()
        names = ("role", "join", "deactivate", "leaving")
        return [name for name in names if f'href="{address(name, person)}"' in page]

    assert offered(asha, grace) == ["role", "join", "deactivate", "leaving"]
    assert offered(asha, asha) == []
    assert offered(miriam, grace) == ["leaving"]
    grace.is_active = False
    grace.save()
    assert offered(asha, grace) == []


def test_asha_finds_people_by_name_team_and_state(asha, grace, ruth, noor, stockwell, client_of):
    browser = client_of(asha)

    def names(**query):
        return {row[0].name for row in browser.get("/admin/", query).context["rows"]}

    assert names(q="mens gra") == {"Grace Mensah"}
    assert names(team=stockwell.code) == {"Grace Mensah"}
    assert names(state="no_team") == {"Asha Rao", "Noor Aziz"}
    assert names(state="left") == set()
    assert "Nobody fits." in read(browser.get("/admin/?q=zzz"))


def test_more_people_take_no_more_statements(asha, grace, make_user, stockwell, client_of):
    browser = client_of(asha)
    few = statements(lambda: browser.get("/admin/"))
    for number in range(20):
        make_user(f"Extra{number} Person", stockwell)
    assert statements(lambda: browser.get("/admin/")) == few <= 9


def test_a_new_address_is_told_to_the_old_one(asha, grace, client_of):
    new = {"name": "Grace Mensah", "email": "grace.mensah@leap.example", "telephone": ""}
    client_of(asha).post(address("change", grace), new)
    grace.refresh_from_db()
    assert grace.email == "grace.mensah@leap.example"
    assert Message.objects.get().to == "grace@leap.example"
    event = Event.objects.get(kind="practitioner.changed")
    assert event.details == {"fields": ["email"]}


def test_nobody_changes_their_own_role_or_teams(asha, tom, stockwell):
    for change in (
        lambda: actions.change_programme_role(user=asha, programme_role="", by=asha),
        lambda: actions.add_member(user=asha, team=stockwell, role="manager", by=asha),
        lambda: actions.deactivate(user=asha, by=asha),
    ):
        with pytest.raises(NotAllowed, match="your own"):
            change()


def test_the_last_admin_stays_admin(asha, tom):
    actions.change_programme_role(user=tom, programme_role="analyst", by=asha)
    tom.programme_role = "admin"  # as a page opened earlier would still have it
    with pytest.raises(NotAllowed, match="only admin"):
        actions.change_programme_role(user=asha, programme_role="", by=tom)
    with pytest.raises(NotAllowed, match="only admin"):
        actions.deactivate(user=asha, by=tom)


def test_an_admin_who_never_opened_the_account_does_not_count(asha, tom):
    User.objects.filter(pk=tom.pk).update(has_password=False)
    with pytest.raises(NotAllowed, match="only admin"):
        actions.deactivate(user=asha, by=tom)


def test_a_closed_account_is_shut_out_at_once(asha, bola, stockwell, client_of, role_in):
    hers = client_of(bola)
    assert hers.get("/").status_code == 200
    client_of(asha).post(address("deactivate", bola), {})
    assert hers.get("/").status_code == 302
    bola.refresh_from_db()
    assert not bola.is_active
    assert role_in(bola, stockwell) is None
    assert not bola.groups.exists()
    assert list(Event.objects.filter(subject_ref=str(bola.ref)).values_list("kind", flat=True)) == [
        "member.left",
        "access.ended",
        "practitioner.deactivated",
    ]


def test_who_comes_back_has_nothing_until_it_is_given(asha, bola, stockwell, role_in):
    actions.deactivate(user=bola, by=asha)
    actions.reactivate(user=bola, by=asha)
    bola.refresh_from_db()
    assert bola.is_active
    assert not bola.has_usable_password()
    assert role_in(bola, stockwell) is None
    with pytest.raises(Conflict, match="open already"):
        actions.reactivate(user=bola, by=asha)
    actions.add_member(user=bola, team=stockwell, role="practitioner", by=asha)
    assert role_in(bola, stockwell) == "practitioner"


def test_asha_signs_somebody_out_everywhere(asha, grace, client_of):
    hers = client_of(grace)
    client_of(asha).post(address("sign_out_everywhere", grace), {})
    assert hers.get("/").status_code == 302
    grace.refresh_from_db()
    assert grace.is_active


def test_asha_resets_a_lost_second_step_but_not_her_own(asha, tom, grace, client_of):
    SecondFactor.objects.create(user=grace, sealed_key="x", last_step=0)
    browser = client_of(asha)
    assert "Make sure that it is they who ask" in read(
        browser.get(address("reset_second_step", grace))
    )
    browser.post(address("reset_second_step", grace), {})
    assert not SecondFactor.objects.filter(user=grace).exists()
    assert "your own" in read(browser.post(address("reset_second_step", asha), {}))
