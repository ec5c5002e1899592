"""Whoever runs the programme reads how all pathways do: counted by the system, and controlled."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Family, Involvement
from leap.core.accounts.permissions import Discipline
from outcomes.figures import pathways
from referrals.models import Pathway, Referral
from tests.referrals.reading import page_of

DAY = timedelta(days=1)


@pytest.fixture
def send_referrals(midwives, make_team):
    """So many referrals of these statuses to a team, each answered after so many days."""

    def send_to_team(code, *counts, way="postnatal-handover"):
        team = make_team(code, Discipline.HEALTH_VISITING)
        now = timezone.now()
        for status, number, days in counts:
            for _ in range(number):
                n = Referral.objects.count()
                family = Family.objects.create(ref=f"LB-{n:05}", name="Abe", lead_team=midwives)
                Involvement.objects.create(family=family, team=midwives, reason="registered")
                at = now - 20 * DAY
                Referral.objects.create(
                    ref=f"RF-{n:08}",
                    family=family,
                    pathway=Pathway.objects.get(code=way),
                    from_team=midwives,
                    to_team=team,
                    status=status,
                    sent_at=at,
                    accepted_at=at + days * DAY if status == "accepted" else None,
                    acknowledge_by=now,
                    first_contact_by=now,
                )
        return team

    return send_to_team


def numbers(row):
    return (row.sent, row.answered, row.waiting, row.lapsed, row.value)


def test_the_admin_reads_what_every_team_sent(send_referrals, asha, client_of):
    send_referrals("brixton", ("accepted", 21, 3), ("sent", 12, 0))

    page = page_of(client_of(asha).get("/referrals/pathways/"))

    assert "Nothing was sent" not in page
    assert "What all teams sent in the last 3 months" in page
    [row] = pathways.by_pathway(91)
    assert row.label.startswith("Postnatal handover")
    assert numbers(row) == ("35", "20", "10", "0", 3.0)
    for number in (">35<", ">20<", ">10<", ">3.0<"):
        assert number in page


def test_few_are_hidden_with_what_would_give_them_away(send_referrals):
    send_referrals("brixton", ("accepted", 30, 3), ("sent", 3, 0), ("withdrawn", 12, 0))
    send_referrals("vassall", ("accepted", 40, 1), ("sent", 20, 0), ("expired", 9, 0))
    send_referrals("clapham", ("accepted", 4, 1))

    [everybody] = pathways.by_pathway(91)
    teams = {
        row.code: row
        for row in pathways.by_team(Pathway.objects.get(code="postnatal-handover"), 91)
    }

    assert teams["clapham"].sent == teams["clapham"].answered == "[c]"
    assert teams["clapham"].value is None
    assert teams["brixton"].waiting == "[c]"
    assert "[c]" in (teams["brixton"].sent, teams["brixton"].answered, teams["brixton"].lapsed)
    alone = [
        column
        for column in pathways.COLUMNS
        if getattr(everybody, column) != "[c]"
        and [getattr(team, column) for team in teams.values()].count("[c]") == 1
    ]
    assert alone == []  # or it would be the total less the others


def test_no_single_familys_time_and_no_referral_is_shown(send_referrals, asha, client_of):
    send_referrals("brixton", ("accepted", 21, 3), ("accepted", 1, 17))

    page = page_of(client_of(asha).get("/referrals/pathways/postnatal-handover/"))

    assert "Brixton" in page
    assert "17.0" not in page
    assert "RF-" not in page
    assert "for the teams on either side" in page


def test_a_manager_reads_that_it_is_only_of_the_families_they_may_see(
    send_referrals, make_user, client_of
):
    team = send_referrals("brixton", ("accepted", 2, 3), ("sent", 1, 0))
    hidden = Referral.objects.get(status="sent")
    Involvement.objects.filter(family=hidden.family).update(names_only=True)
    Family.objects.filter(pk=hidden.family_id).update(restriction="refuge")
    esi = make_user("Esi Boateng", team, role="manager")

    for place in ("", "postnatal-handover/"):
        page = page_of(client_of(esi).get(f"/referrals/pathways/{place}"))
        assert "of the families that you may see" in page
        assert 'leap-number">2<' in page
        assert 'leap-number">3<' not in page
        assert hidden.ref not in page


def test_over_a_time_in_which_nothing_was_sent_it_says_so(asha, client_of):
    assert "Nothing was sent in this time" in page_of(client_of(asha).get("/referrals/pathways/"))
