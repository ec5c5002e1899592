from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from families.models import Family, Involvement
from referrals.models import Pathway, Referral
from referrals.pathways.stage_times import by_stage, stages_of
from referrals.pathways.turnaround import by_pathway, by_team
from referrals.working_days import WorkingDays
from tests.referrals.reading import page_of

DAY = timedelta(days=1)


@pytest.fixture
def answered(midwives, stockwell, ruth):
    """Handovers to Stockwell, each answered after so many days; None for one that waits."""

    def make(*after):
        now = timezone.now()
        for n, days in enumerate(after):
            family = Family.objects.create(ref=f"LB-{n:05}", name="Abe", lead_team=midwives)
            Involvement.objects.create(family=family, team=midwives, reason="registered")
            sent_at = now - 20 * DAY
            Referral.objects.create(
                ref=f"RF-{n:08}",
                family=family,
                pathway=Pathway.objects.get(code="postnatal-handover"),
                from_team=midwives,
                to_team=stockwell,
                status="sent" if days is None else "accepted",
                sent_at=sent_at,
                accepted_at=None if days is None else sent_at + days * DAY,
                acknowledge_by=now,
                first_contact_by=now,
            )

    return make


def test_the_median_and_the_worst_are_what_they_are(answered):
    answered(1, 2, 9, None)
    [pace] = by_pathway(Referral.objects.all())
    assert (pace.sent, pace.answered, pace.unread, pace.starting) == (4, 3, 1, 3)
    assert (pace.lower, pace.value, pace.upper) == (1.0, 2.0, 9.0)


def test_of_an_even_number_the_median_lies_between(answered):
    answered(1, 2)
    [pace] = by_team(Referral.objects.all())
    assert (pace.label, pace.value) == ("Stockwell health visiting", 1.5)


def test_miriam_sees_her_teams_and_goes_down_to_the_referrals(answered, miriam, client_of):
    answered(1, 2, None)
    client = client_of(miriam)
    assert "Postnatal handover" in page_of(client.get("/referrals/pathways/"))
    page = page_of(client.get("/referrals/pathways/postnatal-handover/"))
    assert page.index("RF-00000002") < page.index("RF-00000001") < page.index("RF-00000000")


def test_each_stage_has_its_median_and_its_worst_and_leads_to_the_slowest(
    answered, miriam, client_of
):
    answered(1, 2, 9, None)
    first, second, third, _ = Referral.objects.order_by("ref")
    for referral, hours in ((first, 12), (second, 24), (third, 36)):
        acknowledged_at = referral.sent_at + timedelta(hours=hours)
        Referral.objects.filter(pk=referral.pk).update(acknowledged_at=acknowledged_at)
    stages = {stage.code: stage for stage in by_stage(Referral.objects.all())}
    acknowledged, decided = stages["acknowledged"], stages["answered"]
    assert (acknowledged.past, acknowledged.middle, acknowledged.worst) == (3, 1.0, 1.5)
    assert (decided.past, decided.middle, decided.worst) == (3, 1.0, 7.5)
    assert (stages["met"].past, stages["met"].middle) == (0, None)

    page = page_of(client_of(miriam).get("/referrals/pathways/postnatal-handover/?stage=answered"))
    listed = page[page.index('id="referrals"') :]
    assert listed.index(third.ref) < listed.index(second.ref) < listed.index(first.ref)
    assert Referral.objects.get(status="sent").ref not in listed


def test_both_sides_read_how_long_each_stage_took(referral, sam, grace, time_machine, client_of):
    for reader in (sam, grace):
        page = page_of(client_of(reader).get(referral.get_absolute_url()))
        assert "Sent to acknowledged: since today" in page
    referral.sent_at = datetime(2026, 3, 5, 10, tzinfo=UTC)  # a Thursday
    referral.acknowledged_at = referral.sent_at + 4 * DAY
    referral.status = "acknowledged"
    time_machine.move_to(referral.sent_at + 5 * DAY)
    assert stages_of(referral, WorkingDays.read()) == [
        ("Sent to acknowledged", "2 working days"),
        ("Acknowledged to accepted or declined", "1 working day, so far"),
    ]


def test_a_manager_of_another_team_sees_none_of_it(answered, make_user, family_support, client_of):
    answered(1)
    esi = make_user("Esi Boateng", family_support, role="manager")
    assert "Nothing was sent" in page_of(client_of(esi).get("/referrals/pathways/"))


def test_it_is_for_managers(grace, client_of):
    assert client_of(grace).get("/referrals/pathways/").status_code == 403


@pytest.mark.parametrize("days", ["28", "365", "never"])
def test_over_any_time(answered, miriam, client_of, days):
    answered(1)
    assert client_of(miriam).get(f"/referrals/pathways/?days={days}").status_code == 200


def test_ten_or_a_hundred_cost_the_same(answered, miriam, client_of):
    client = client_of(miriam)

    def statements(count):
        Referral.objects.all().delete()
        Involvement.objects.all().delete()
        Family.objects.all().delete()
        answered(*[1] * count)
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/referrals/pathways/postnatal-handover/").status_code == 200
        return len(captured)

    assert statements(10) == statements(100)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_pages_about_pathways_are_accessible(answered, miriam, phone, sign_in_as, axe):
    answered(1, 2, None)
    for place in ("pathways/", "pathways/postnatal-handover/", "intake/", "days/", "tasks/"):
        sign_in_as(miriam, phone).goto(f"/referrals/{place}")
        assert axe(phone) == []
