"""Next steps agreed at contacts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import Audience, NewContact, NextStep
from families.models import FollowUp, Involvement
from leap.core.audit.models import Event
from tests.casework.reading import read


@pytest.fixture
def agreed(okafors, chidi, stockwell, grace):
    def agree(text="Weigh Chidi", days=3, by=grace, team=stockwell, mine=True, **more):
        step = NextStep(text, timezone.localdate() + timedelta(days=days), mine=mine)
        at = timezone.now() - timedelta(hours=1)
        new = NewContact("phone", at, "attended", [chidi], next_step=step, **more)
        contact_actions.log_contact(family=okafors, new=new, team=team, by=by)
        return FollowUp.objects.get(what=text)

    return agree


def test_it_is_on_my_list_the_late_one_first(client_of, grace, agreed):
    agreed("Ring the GP", days=3)
    late = agreed("Weigh Chidi")
    FollowUp.objects.filter(pk=late.pk).update(due_on=timezone.localdate() - timedelta(days=2))

    page_text = read(client_of(grace).get("/families/due/"))

    assert "2 days late" in page_text
    assert page_text.index("Weigh Chidi") < page_text.index("Ring the GP")
    assert "Weigh Chidi" in read(client_of(grace).get("/"))


def test_what_is_anybodys_is_on_each_list_of_the_team(client_of, make_user, stockwell, agreed):
    agreed("Mine alone")
    agreed("Anybody's", mine=False)
    tess = make_user("Tess Hall", stockwell)

    mine = read(client_of(tess).get("/families/due/"))
    team = read(client_of(tess).get("/families/due/?whose=team"))

    assert "Mine alone" not in mine
    assert "Anybody’s" in mine.replace("'", "’")
    assert "Mine alone" in team
    assert "Grace Mensah" in team


def test_done_it_is_off_the_list_and_the_log_says_who(client_of, grace, okafors, agreed):
    step = agreed()
    address = f"/families/{okafors.ref}/follow-ups/{step.ref}/finish/"

    response = client_of(grace).post(address, {"next": "/families/due/?whose=team"})

    assert response.url == "/families/due/?whose=team"
    assert FollowUp.objects.get().done_by == grace
    assert Event.objects.get(kind="follow_up.done").by_name == "Grace Mensah"
    assert client_of(grace).post(address).status_code == 409


def test_it_leads_nowhere_else(client_of, grace, okafors, agreed):
    step = agreed()
    address = f"/families/{okafors.ref}/follow-ups/{step.ref}/finish/"

    response = client_of(grace).post(address, {"next": "https://elsewhere.example/"})

    assert response.url == f"/families/{okafors.ref}/before/"


def test_whoever_may_not_read_the_entry_does_not_see_what_came_of_it(
    client_of, sam, grace, okafors, family_support, agreed
):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)
    step = agreed("Kept among us", audience=Audience("agency"))

    page_text = read(client_of(sam).get(f"/families/{okafors.ref}/before/"))

    assert "Kept among us" not in page_text
    address = f"/families/{okafors.ref}/follow-ups/{step.ref}/finish/"
    assert client_of(sam).post(address).status_code == 404
