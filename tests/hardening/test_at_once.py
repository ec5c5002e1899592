"""Limits hold, and what can be done once is done once, however many do it at the same moment."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.access import involvement_actions, sharing_actions
from families.break_glass import actions as break_glass_actions
from families.break_glass.lookup import ExactIdentity
from families.break_glass.rate_limit import AT_MOST as OPENINGS
from families.break_glass.rate_limit import TooOften
from families.contacts import actions as contact_actions
from families.contacts import alert_actions
from families.inputs import NewContact, NewPerson, NextStep
from families.models import BreakGlass, Family, FollowUp, Involvement
from families.people.actions import register_family
from leap.administration import actions as administration
from leap.casework.life_events.actions import close_family
from leap.core.accounts.actions import create_first_admin
from leap.core.accounts.models import Membership, Team, User
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.ids import new_ref
from leap.core.locking import lock_until_commit
from leap.core.outbox.models import Message
from leap.governance.subject_access.actions import record_request
from leap.governance.subject_access.actions.requests import NewRequest
from leap.governance.subject_access.models import SubjectAccessRequest
from referrals.attachments import actions as attachment_actions
from referrals.attachments.rules import AT_MOST as FILES
from referrals.external import actions as external_actions
from referrals.external import link_actions
from referrals.models import Attachment, Pathway, Referral, SecureLink
from referrals.pathways.standard_pathways import write_standard_pathways
from referrals.transitions import sender_actions
from sites.bookings import actions as booking_actions
from sites.models import Attendance, Session
from tests.hardening.at_once import at_once, successes

pytestmark = pytest.mark.django_db(transaction=True)

WHY = "She is at the door with the baby and is bleeding."
REVIEW_BY = date(2037, 3, 11)


@pytest.fixture
def many(stockwell: Team, grace: User) -> list[Family]:
    """Seven families that only Stockwell sees."""
    return [
        register_family(
            name=f"Abe {n}",
            lead_team=stockwell,
            by=grace,
            people=[NewPerson("mother", "A", f"Abe {n}")],
        )
        for n in range(7)
    ]


@pytest.fixture
def link(okafors: Family, grace: User, stockwell: Team) -> tuple[str, str]:
    """The token and the code of a link to somebody without an account."""
    _, code = external_actions.refer_outside(
        family=okafors,
        from_team=stockwell,
        knows="agrees",
        why_without="",
        by=grace,
        kind="referral",
        way="link",
        organisation="Clapham Family Practice",
        receiver_name="Dr Quaye",
        receiver_email="quaye@practice.example",
        receiver_telephone="",
        reason="Slow weight gain.",
        reach="",
    )
    return Message.objects.latest("pk").body.split("/by-link/")[1].split("/")[0], code


def open_link(token: str, code: str) -> str:
    reader = link_actions.ExternalReader("Nii Quaye", "GP", "Clapham Family Practice")
    return link_actions.open_link(token=token, code=code, who=reader, today=timezone.localdate())


def test_a_lock_is_only_taken_in_a_transaction():
    with pytest.raises(RuntimeError, match="outside a transaction"):
        lock_until_commit("anything")


# Limits


def test_of_nineteen_wrong_codes_at_a_link_five_are_judged(link):
    token, code = link
    wrong = [f"{n:08}" for n in range(20) if f"{n:08}" != code][:19]

    at_once(*[partial(open_link, token, wrong_code) for wrong_code in wrong])

    assert SecureLink.objects.get().tries == SecureLink.TRIES
    assert Event.objects.filter(kind="outside.wrong_code").count() == SecureLink.TRIES
    assert Event.objects.filter(kind="outside.locked").count() == 1
    assert open_link(token, code) == ""


def test_the_right_code_opens_a_link_in_one_browser(link):
    keys = at_once(*[partial(open_link, *link)] * 8)
    assert len([key for key in keys if key]) == 1


def test_no_more_records_are_opened_in_emergencies_than_the_limit(many, ruth):
    came = at_once(
        *[
            partial(
                break_glass_actions.break_glass,
                family=family,
                reason=WHY,
                by=ruth,
                review_by=REVIEW_BY,
            )
            for family in many
        ]
    )
    assert len(successes(came)) == BreakGlass.objects.count() == OPENINGS
    assert all(isinstance(result, BreakGlass | TooOften) for result in came)


def test_guesses_at_records_count_with_openings_however_they_are_mixed(many, ruth):
    openings = [
        partial(
            break_glass_actions.break_glass, family=family, reason=WHY, by=ruth, review_by=REVIEW_BY
        )
        for family in many
    ]
    wanted = ExactIdentity(ref="LB-00000")
    guesses = [partial(break_glass_actions.find_in_emergency, wanted=wanted, by=ruth)] * len(many)

    came = at_once(*openings, *guesses)

    kinds = ("break_glass.opened", "break_glass.not_found")
    assert len(successes(came)) == Event.objects.filter(kind__in=kinds).count() == OPENINGS


def test_a_referral_takes_no_more_files_than_the_limit(okafors, grace, stockwell, family_support):
    referral = referral_of(okafors, grace, stockwell, family_support)
    for n in range(FILES - 2):
        attach(referral, grace, f"Note {n}")

    came = at_once(*[partial(attach, referral, grace, f"At once {n}") for n in range(8)])

    assert len(successes(came)) == 2
    assert Attachment.objects.count() == FILES
    assert all(isinstance(result, Attachment | NotAllowed) for result in came)


def attach(referral: Referral, by: User, text: str) -> Attachment:
    return attachment_actions.attach(
        referral=referral, what="A note", name="note.txt", content=text.encode(), by=by
    )


def referral_of(family: Family, by: User, from_team: Team, to_team: Team) -> Referral:
    write_standard_pathways(Pathway.objects)
    return sender_actions.draft(
        family=family,
        pathway=Pathway.objects.get(code="health-visiting-to-family-support"),
        from_team=from_team,
        to_team=to_team,
        reason="Sleep",
        by=by,
    )


# Once


def test_a_next_step_is_finished_by_one(okafors, chidi, stockwell, grace, miriam):
    step = NextStep("Weigh Chidi", timezone.localdate() + timedelta(days=3), mine=True)
    at = timezone.now() - timedelta(hours=1)
    new = NewContact("phone", at, "attended", [chidi], next_step=step)
    contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)
    follow_up = FollowUp.objects.get()

    came = at_once(
        *[
            partial(alert_actions.finish_follow_up, follow_up=FollowUp.objects.get(), by=by)
            for by in (grace, miriam) * 4
        ]
    )

    assert len(successes(came)) == 1
    assert sum(isinstance(result, Conflict) for result in came) == 7
    events = Event.objects.filter(kind="follow_up.done", subject_ref=follow_up.ref)
    assert events.count() == 1


def test_one_family_goes_to_one_team_by_one_referral(okafors, grace, stockwell, family_support):
    drafts = [referral_of(okafors, grace, stockwell, family_support) for _ in range(4)]

    came = at_once(
        *[
            partial(sender_actions.send, referral=Referral.objects.get(pk=draft.pk), by=grace)
            for draft in drafts
        ]
    )

    assert len(successes(came)) == Referral.objects.filter(status="sent").count() == 1
    assert sum(isinstance(result, NotAllowed) for result in came) == 3


def test_one_request_about_a_person_is_under_way(okafors, chidi, grace, miriam):
    day = timezone.localdate()
    ada = okafors.members.get(role="mother").person
    new = NewRequest(ada, "self", day, "passport", day, asked_by=ada)

    came = at_once(
        *[partial(record_request, family=okafors, new=new, by=by) for by in (grace, miriam) * 3]
    )

    assert len(successes(came)) == SubjectAccessRequest.objects.count() == 1
    assert sum(isinstance(result, Conflict) for result in came) == 5


def test_there_is_one_first_admin():
    came = at_once(
        *[
            partial(
                create_first_admin, email=f"a{n}@leap.example", name="A", password="correct horse"
            )
            for n in range(4)
        ]
    )
    assert len(successes(came)) == User.objects.count() == 1


def test_a_name_and_an_address_are_given_once(asha, stockwell):
    same = "Guy’s new trust"
    agencies = at_once(*[partial(administration.found_agency, name=same, by=asha)] * 4)
    invited = at_once(
        *[
            partial(
                administration.invite, email=email, name="Abi", by=asha, team=stockwell, role=role
            )
            for email in ("abi@leap.example", "ABI@leap.example")
            for role in (Membership.Role.PRACTITIONER, Membership.Role.MANAGER)
        ]
    )
    assert len(successes(agencies)) == len(successes(invited)) == 1
    refused = [result for result in [*agencies, *invited] if isinstance(result, Exception)]
    assert all(isinstance(error, ValidationError) for error in refused)


# What each alone may do, and both together may not


def test_when_both_parents_withdraw_at_once_the_team_goes(okafors, grace, sam, family_support):
    involvement_actions.involve(
        family=okafors, team=family_support, reason="referral_accepted", by=sam
    )
    people = [okafors.members.get(role=role).person for role in ("mother", "father")]

    def say(answer: str, person) -> None:
        sharing_actions.record_consent(
            family=Family.objects.get(pk=okafors.pk),
            person=person,
            team=family_support,
            service=None,
            answer=answer,
            by=sam,
        )

    for person in people:
        say("given", person)
    at_once(*[partial(say, "withdrawn", person) for person in people])

    assert not okafors.involvements.live().filter(team=family_support).exists()


def test_a_family_is_not_closed_while_a_referral_of_it_is_sent(
    many, grace, stockwell, family_support
):
    for family in many:
        referral = referral_of(family, grace, stockwell, family_support)
        fresh = Family.objects.get(pk=family.pk)
        close = partial(close_family, family=fresh, outcome="Moved on", by=grace)
        send = partial(sender_actions.send, referral=Referral.objects.get(pk=referral.pk), by=grace)
        at_once(close, send)
        closed = Family.objects.get(pk=family.pk).closed_at is not None
        assert not (closed and Referral.objects.get(pk=referral.pk).status == "sent")


def test_the_lead_does_not_come_to_a_team_that_leaves(many, grace, sam, miriam, family_support):
    for family in many:
        involvement_actions.involve(
            family=family, team=family_support, reason="referral_accepted", by=sam
        )
        leave = partial(
            involvement_actions.end_involvement,
            family=Family.objects.get(pk=family.pk),
            team=family_support,
            by=sam,
        )
        lead = partial(
            involvement_actions.move_lead,
            family=Family.objects.get(pk=family.pk),
            team=family_support,
            practitioner=None,
            by=miriam,
        )
        at_once(leave, lead)
        leading = Family.objects.get(pk=family.pk).lead_team
        live = Involvement.objects.live().filter(family=family, team=leading)
        assert live.exists()


def test_places_given_back_twice_are_free_once(okafors, grace, larkhall, baby_massage):
    ada = okafors.members.get(role="mother").person
    for _ in range(4):
        session = session_at(larkhall, baby_massage)
        booking = booking_actions.book(session=session, family=okafors, people=[ada], by=grace)
        at_once(
            partial(booking_actions.cancel, booking=booking, by=grace),
            partial(booking_actions.release_places, person=ada, by=grace),
        )
        taken = Attendance.objects.holding_a_place().filter(session=session).count()
        assert Session.objects.get(pk=session.pk).places_taken == taken == 0


def session_at(site, service) -> Session:
    starts_at = timezone.now().replace(microsecond=0) + timedelta(hours=24)
    session = Session.objects.create(
        ref=new_ref("SN", 8),
        site=site,
        service=service,
        during=(starts_at, starts_at + timedelta(hours=1)),
        capacity=5,
    )
    session.refresh_from_db()
    return session


def test_guesses_by_page_at_once_are_held_up_too(many, ruth, client_of):
    browsers = [client_of(ruth) for _ in range(9)]
    typed = {"reason": WHY, "number": "LB-99999", "confirmed": "on"}

    came = at_once(
        *[partial(browser.post, "/families/break-glass/", typed) for browser in browsers]
    )

    assert {answer.status_code for answer in came} == {200}
    assert Event.objects.filter(kind="break_glass.not_found").count() == OPENINGS
    assert Event.objects.filter(kind="break_glass.held_up").count() == 1
