from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from families.models import Family, Involvement
from leap.core.accounts import actions as accounts
from referrals.models import Referral
from referrals.queue import pagination
from referrals.queue import queue as queues
from referrals.transitions import receiver_actions, sender_actions
from tests.referrals.reading import page_of


def test_what_waits_for_the_receiver_waits_on_others_for_the_sender(
    referral, sam, grace, client_of
):
    assert referral.ref in page_of(client_of(sam).get("/referrals/"))
    assert referral.ref not in page_of(client_of(grace).get("/referrals/"))
    assert referral.ref in page_of(client_of(grace).get("/referrals/?show=others"))


def test_accepted_it_is_in_progress_and_closed_it_is_finished(referral, sam, grace, client_of):
    receiver_actions.accept(referral=referral, by=sam)
    assert referral.ref in page_of(client_of(sam).get("/referrals/?show=progress"))

    receiver_actions.close(referral=referral, outcome="Sleeping", by=sam)
    for reader in (sam, grace):
        assert referral.ref in page_of(client_of(reader).get("/referrals/?show=finished"))


def test_every_unfinished_referral_is_in_exactly_one_list(referral, sam, grace):
    for _ in range(2):
        for reader in (sam, grace):
            ours = reader.team_ids
            lists = [
                show
                for show in queues.SHOWS
                for part in pagination.queue_parts(show, ours, reader)
                if referral in part
            ]
            assert lists == [show for show in queues.SHOWS if referral in queues.queue(show, ours)]
            assert len(lists) == 1
        receiver_actions.ask(referral=referral, question="Which nights?", by=sam)
        sender_actions.answer(referral=referral, answer="Every night", by=grace)


def test_the_receiver_reads_the_name_and_a_later_stranger_does_not(referral, sam, client_of):
    assert "Okafor" in page_of(client_of(sam).get("/referrals/"))

    receiver_actions.decline(referral=referral, decline_reason="Full", alternative="June", by=sam)

    finished = page_of(client_of(sam).get("/referrals/?show=finished"))
    assert referral.ref in finished
    assert "Okafor" not in finished


def test_the_latest_comes_first(many, miriam, client_of):
    many(3)
    today = timezone.localdate()
    refs = list(Referral.objects.values_list("ref", flat=True))
    for days, ref in zip((1, -5, 0), refs, strict=True):
        Referral.objects.filter(ref=ref).update(acknowledge_by=today + timedelta(days=days))

    page = page_of(client_of(miriam).get("/referrals/"))

    assert sorted(refs, key=page.index) == [refs[1], refs[2], refs[0]]


def test_a_team_can_be_picked(many, miriam, make_team, client_of):
    many(1)
    accounts.join_team(user=miriam, team=make_team("oval-health-visiting"))
    ref = Referral.objects.get().ref
    here = page_of(client_of(miriam).get("/referrals/?team=stockwell-health-visiting"))
    text = page_of(client_of(miriam).get("/referrals/?team=oval-health-visiting"))

    assert ref in here
    assert ref not in text


def test_a_page_that_is_not_there_is_the_last(many, miriam, client_of):
    many(25)
    page = page_of(client_of(miriam).get("/referrals/?page=99"))
    assert page.count('data-label="Pathway"') == 5


def test_counts_stop_at_a_hundred_and_pages_go_on(many, miriam, client_of):
    many(130)
    page = page_of(client_of(miriam).get("/referrals/"))
    assert '<span class="leap-count">100+</span>' in page
    assert page_of(client_of(miriam).get("/referrals/?page=7")).count('data-label="Pathway"') == 10


def test_each_part_of_a_list_lies_in_one_index_in_its_order(many, miriam):
    """So that a page of a million is read like a page of twenty."""
    many(1)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
    for show in queues.SHOWS:
        order = pagination.LATEST_FIRST if show == queues.FINISHED else pagination.RED_FIRST
        for part in pagination.queue_parts(show, miriam.team_ids, miriam):
            plan = part.order_by(*order).values("pk")[:20].explain()
            assert "Sort" not in plan, plan
            assert "Index" in plan, plan


def test_champions_and_analysts_have_none(referral, noor, client_of):
    assert client_of(noor).get("/referrals/").status_code == 200
    assert referral.ref not in page_of(client_of(noor).get("/referrals/?show=finished"))


@pytest.fixture
def many(midwives, stockwell, ruth):
    """So many families that the midwives lead and hand over to Stockwell."""
    from referrals.models import Pathway

    pathway = Pathway.objects.get(code="postnatal-handover")

    def make(count):
        families = Family.objects.bulk_create(
            Family(ref=f"LB-{n:05}", name=f"Family {n}", lead_team=midwives) for n in range(count)
        )
        Involvement.objects.bulk_create(
            Involvement(family=family, team=midwives, reason="registered") for family in families
        )
        today = timezone.localdate()
        Referral.objects.bulk_create(
            Referral(
                ref=f"RF-{n:08}",
                family=family,
                pathway=pathway,
                from_team=midwives,
                to_team=stockwell,
                status="sent",
                sent_at=timezone.now(),
                acknowledge_by=today,
                first_contact_by=today,
            )
            for n, family in enumerate(families)
        )

    return make


@pytest.mark.parametrize("show", ["waiting", "others", "progress", "finished"])
def test_ten_families_or_a_thousand_cost_the_same(many, miriam, client_of, show):
    client = client_of(miriam)

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(f"/referrals/?show={show}").status_code == 200
        return [q["sql"] for q in captured]

    many(10)
    with_ten = queries()
    Referral.objects.all().delete()
    Involvement.objects.all().delete()
    Family.objects.all().delete()
    many(1000)
    with_a_thousand = queries()

    assert len(with_a_thousand) == len(with_ten)
    # A web process stays behind row-level security between requests; only a test steps out again.
    outside = ("SAVEPOINT", "set_config('role', 'none'")
    statements = [sql for sql in with_a_thousand if not any(table in sql for table in outside)]
    assert len(statements) <= 13, statements
