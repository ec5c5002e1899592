"""What a referral promises to its receiver, and to whoever is named to settle it, they read: behind
row-level security as well, on pages and in the API. And what has ended opens the family no more."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from families.access.involvement_actions import end_involvement, involve
from families.access.safety_actions import shield
from families.models import Family, Person, Residence
from leap.core.accounts.models import Membership
from leap.core.reference_data.models import Postcode
from leap.core.rls.session import as_reader
from referrals.models import ExternalReferral, Pathway, Referral
from referrals.transitions import dispute_actions, receiver_actions, sender_actions
from tests.casework.reading import read


@pytest.fixture
def preview(client_of):
    """What somebody's page of a referral says of the family, in words."""
    return lambda reader, referral: read(client_of(reader).get(f"/referrals/{referral.ref}/"))


def as_asked(referral, sam, grace):
    receiver_actions.ask(referral=referral, question="Since when?", by=sam)


def as_answered(referral, sam, grace):
    receiver_actions.ask(referral=referral, question="Since when?", by=sam)
    sender_actions.answer(referral=Referral.objects.get(), answer="Since May.", by=grace)


def as_acknowledged(referral, sam, grace):
    receiver_actions.acknowledge(referral=referral, by=sam)


def as_sent(referral, sam, grace):
    pass


def as_accepted(referral, sam, grace):
    receiver_actions.accept(referral=referral, by=sam)


@pytest.mark.parametrize("stands", [as_sent, as_acknowledged, as_asked, as_answered, as_accepted])
def test_sender_and_receiver_read_the_same_ward(referral, sam, grace, preview, stands):
    stands(referral, sam, grace)
    for reader in (grace, sam):
        page = preview(reader, referral)
        assert "Ward: Stockwell" in page
        assert "Chidi" in page
    assert "SW9 9TX" not in preview(sam, referral)


def test_by_a_handover_too_and_where_it_was_sent_on(
    handover, castellanos, sw9, make_team, make_user, grace, preview
):
    leo = Person.objects.get(given_name="Leo")
    Residence.objects.create(person=leo, postcode=sw9, listed=0)
    assert "Ward: Stockwell" in preview(grace, handover)
    other = make_team("brixton-health-visiting", name="Brixton health visiting")
    joan = make_user("Joan Price", other)
    onwards = receiver_actions.redirect(
        referral=handover, to_team=other, why="They moved.", by=grace
    )
    assert "Leo" in preview(joan, onwards)
    assert "Ward: Stockwell" in preview(joan, onwards)


@pytest.mark.parametrize(
    ("ward", "words"),
    [("E05000416", "outside the four wards"), (None, "not known"), ("E05000420", "Coldharbour")],
)
def test_what_the_ward_is_where_it_is_another_or_none(
    referral, chidi, sam, grace, preview, ward, words
):
    Residence.objects.filter(person=chidi).delete()
    if ward:
        home = Postcode.objects.create(postcode="SE24 0AA", ward_2011=ward, imd_decile=3)
        Residence.objects.create(person=chidi, postcode=home, listed=0)
    assert f"Ward: {words}" in preview(sam, referral)
    assert f"Ward: {words}" in preview(grace, referral)


def test_a_ward_that_gives_a_shielded_address_away_is_read_by_neither(
    referral, okafors, sam, grace, preview
):
    ada, emeka = (okafors.members.get(role=role).person for role in ("mother", "father"))
    Residence.objects.filter(person=emeka).delete()
    shield(family=okafors, people=[ada], hidden_from=emeka, reason="Fled.", by=grace)
    for reader in (sam, grace):
        assert "Ward: withheld" in preview(reader, referral)


def test_whoever_it_is_sent_on_to_reads_the_first_senders_words(
    referral,
    make_team,
    make_user,
    sam,
    system_of,
):
    other = make_team("brixton-support", "family_support", name="Brixton family support")
    joan = make_user("Joan Price", other)
    onwards = receiver_actions.redirect(
        referral=referral, to_team=other, why="Their patch.", by=sam
    )
    words = system_of(joan).read(f"referrals/{onwards.ref}/").json()["said"]
    assert [part["text"] for part in words] == ["Ada would like help with sleep.", "Their patch."]


def test_whoever_is_named_in_a_disagreement_reads_it_everywhere(
    referral,
    family_support,
    make_user,
    sam,
    grace,
    client_of,
    system_of,
):
    lead = make_user("Lou Vale", family_support, role=Membership.Role.MANAGER)
    Membership.objects.filter(user=lead).update(team=agency_team(family_support))
    receiver_actions.decline(
        referral=referral, decline_reason="Full.", alternative="Brixton.", by=sam
    )
    dispute_actions.challenge(referral=Referral.objects.get(), why="It is urgent.", by=grace)
    for _ in range(2):
        dispute_actions.take_further(referral=Referral.objects.get(), why="Still.", by=grace)
    assert client_of(lead).get(f"/referrals/{referral.ref}/").status_code == 200
    listed = system_of(lead).rows("referrals/")
    assert [(row["ref"], row["family"]) for row in listed] == [(referral.ref, referral.family.ref)]
    assert system_of(lead).read(f"referrals/{referral.ref}/").json()["status"] == "declined"


def agency_team(team):
    from leap.core.accounts import actions as accounts

    return accounts.create_team(
        code="leads", name="Leads", agency=team.agency, discipline=team.discipline
    )


# What has ended


def declined(referral, sam, grace):
    receiver_actions.decline(
        referral=referral, decline_reason="Full.", alternative="Brixton.", by=sam
    )


def withdrawn(referral, sam, grace):
    sender_actions.withdraw(referral=referral, by=grace)


def expired(referral, sam, grace):
    Referral.objects.filter(pk=referral.pk).update(status="expired", ended_at=timezone.now())


def closed(referral, sam, grace):
    receiver_actions.accept(referral=referral, by=sam)
    referral = Referral.objects.get()
    receiver_actions.note_first_contact(referral=referral, first_contact_at=timezone.now(), by=sam)
    receiver_actions.close(referral=Referral.objects.get(), outcome="Sleeping better.", by=sam)
    end_involvement(family=referral.family, team=referral.to_team, by=sam)


def let_go_unfinished(referral, sam, grace):
    receiver_actions.accept(referral=referral, by=sam)
    end_involvement(family=referral.family, team=referral.to_team, by=sam)


ENDED = [declined, withdrawn, expired, closed, let_go_unfinished]


@pytest.mark.parametrize("ended", ENDED)
def test_what_has_ended_opens_nothing_of_the_family(
    referral,
    okafors,
    sam,
    grace,
    client_of,
    system_of,
    ended,
):
    """Neither the receiver nor whoever decided reads its row or who is in it, whatever is asked."""
    assert rows_read(sam, okafors) == (1, 1)  # while it is to be answered: the child among them
    ended(referral, sam, grace)

    assert rows_read(sam, okafors) == (0, 0)
    page = read(client_of(sam).get(f"/referrals/{referral.ref}/"))
    assert okafors.ref in page
    assert "Chidi" not in page
    assert "not shared with your team" in page


@pytest.mark.parametrize("ended", ENDED)
def test_its_two_sides_go_on_reading_the_referral_by_reference(
    referral,
    okafors,
    sam,
    grace,
    client_of,
    system_of,
    ended,
):
    ended(referral, sam, grace)
    lists = "progress" if ended is let_go_unfinished else "finished"
    page = read(client_of(sam).get(f"/referrals/?show={lists}"))
    assert f"Family {okafors.ref}" in page
    assert "Okafor " not in page
    [listed] = system_of(sam).rows("referrals/")
    assert (listed["ref"], listed["family"]) == (referral.ref, okafors.ref)
    assert system_of(sam).read(f"referrals/{referral.ref}/").status_code == 200


def rows_read(reader, family):
    """Whether the family's row is read, and whether somebody in it is, with no queryset of ours."""
    with as_reader(reader), connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM families_family WHERE id = %s),"
            " (SELECT count(*) > 0 FROM families_person WHERE id IN"
            "  (SELECT person_id FROM families_member WHERE family_id = %s))::int",
            [family.pk, family.pk],
        )
        return cursor.fetchone()


def test_neither_does_a_draft_of_a_team_that_has_gone(
    okafors, to_support, midwives, stockwell, family_support, grace, sam
):
    involve(family=okafors, team=family_support, reason="team_around_family", by=grace)
    pathway = Pathway.objects.get(code="family-support-to-social-work")
    to_team = social_workers()
    sender_actions.draft(
        family=okafors,
        pathway=pathway,
        from_team=family_support,
        to_team=to_team,
        reason="",
        by=sam,
    )
    end_involvement(family=okafors, team=family_support, by=sam)
    assert rows_read(sam, okafors) == (0, 0)


def social_workers():
    from leap.core.accounts import actions as accounts
    from leap.core.accounts.models import Agency

    agency = Agency.objects.get(code="lambeth")
    return accounts.create_team(
        code="social", name="Social work", agency=agency, discipline="social_work"
    )


def test_nor_does_a_closed_record_that_a_team_once_led(okafors, stockwell, grace):
    now = timezone.now()
    okafors.involvements.update(ended_at=now)
    Family.objects.filter(pk=okafors.pk).update(closed_at=now, closed_reason="Moved.")
    assert rows_read(grace, okafors) == (0, 0)


def test_a_restricted_family_is_read_by_no_receiver(referral, okafors, sam):
    okafors.involvements.update(names_only=True)
    assert rows_read(sam, okafors)[1] == 0


def test_a_team_that_has_gone_still_lists_what_it_sent_outside(
    okafors, family_support, grace, sam, client_of
):
    involve(family=okafors, team=family_support, reason="team_around_family", by=grace)
    ExternalReferral.objects.create(
        ref="OU-2222222A",
        family=okafors,
        from_team=family_support,
        sent_by=sam,
        kind="referral",
        way="post",
        knows="agrees",
        organisation="Law centre",
        reason="Advice",
        answer_by=timezone.localdate() + timedelta(days=9),
    )
    end_involvement(family=okafors, team=family_support, by=sam)
    page = read(client_of(sam).get("/referrals/outside/"))
    assert okafors.ref in page
    assert client_of(sam).get("/referrals/outside/OU-2222222A/").status_code == 200
