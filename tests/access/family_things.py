"""What an address can name of a family in the world of tests: one thing of each kind."""

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from families.access import sharing_actions
from families.access.sharing_actions import NewDecision
from families.contacts import actions as contact_actions
from families.contacts import alert_actions
from families.inputs import NewContact, NextStep, ObservationInput
from families.models import Family, Person, SafetyAlert
from leap.casework.merging.models import Merge
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Discipline
from leap.governance.subject_access import actions as subject_access
from leap.governance.subject_access.actions.requests import NewRequest
from referrals.attachments import actions as attachment_actions
from referrals.external import actions as external_actions
from referrals.models import ExternalReferral, Pathway, Referral, Task
from referrals.transitions import sender_actions
from sites.bookings import actions as booking_actions

if TYPE_CHECKING:
    from tests.access.world import Kind, World


def fill(world: "World", kind: "Kind") -> None:
    """A contact with a finding, a referral with a task, a booking, a request for the record."""
    family, by = kind.family, kind.family.lead_practitioner
    mother, child = [member.person for member in family.members.order_by("pk")]
    contact = contact_actions.log_contact(
        family=family, new=visit_to(child), team=family.lead_team, by=by
    )
    booking = booking_actions.book(
        session=world.things["session"], family=family, people=[child], by=by
    )
    kind.things |= {
        "family": family,
        "person": mother,
        "child": child,
        "contact": contact,
        "follow_up": contact.follow_ups.get(),
        "alert": _alert(family, by),
        "observation": contact.observations.get(),
        "booking": booking,
        "referral": _referral(world, family, by),
        "outside": _outside(family, by),
        "request": _request(family, child, mother, by),
        "decision": sharing_actions.decide_sharing(
            family=family,
            new=NewDecision("shared", "Her due date", "Her GP", "consent", "She asked.", True),
            team=family.lead_team,
            by=by,
        ),
    }
    kind.things["merge"] = Merge.objects.create(
        ref=f"MG-{family.ref[3:]}",
        kept_person=mother,
        gone_person=Person.objects.create(ref=f"P-TWICE{family.ref[3:]}", given_name="Ada"),
        families=[family.pk],
        by=by,
    )
    kind.things["attachment"] = attachment_actions.attach(
        referral=kind.things["referral"], what="A letter", name="a.txt", content=b"Hello.", by=by
    )
    kind.things["task"] = Task.objects.create(
        ref=f"T-{family.ref[3:]}",
        kind=Task.Kind.LATE_FOR_SENDER,
        referral=kind.things["referral"],
        team=family.lead_team,
        to=by,
    )


def visit_to(child: Any) -> NewContact:
    """Yesterday, with a weight and a next step."""
    return NewContact(
        kind="home_visit",
        occurred_at=timezone.now() - timedelta(days=1),
        outcome="attended",
        concerned=[child],
        note="Feeding well.",
        findings=[ObservationInput(child, "weight_kg", "9.2")],
        next_step=NextStep("Weigh again", timezone.localdate() + timedelta(days=9)),
    )


def _alert(family: Family, by: User) -> SafetyAlert:
    return alert_actions.add_alert(
        family=family,
        kind="dog",
        words="A dog in the hall.",
        review_on=timezone.localdate() + timedelta(days=30),
        team=family.lead_team,
        by=by,
    )


def _referral(world: "World", family: Family, by: User) -> Referral:
    return sender_actions.refer(
        family=family,
        pathway=Pathway.objects.get_or_create(
            code=f"{family.lead_team.discipline}-to-early-help",
            defaults={
                "name": "To early help",
                "kind": Pathway.Kind.REFERRAL,
                "from_discipline": family.lead_team.discipline,
                "to_discipline": Discipline.FAMILY_SUPPORT,
                "acknowledge_within": 2,
                "first_contact_within": 10,
            },
        )[0],
        from_team=family.lead_team,
        to_team=world.teams["early-help"],
        reason="Ada would like help with sleep.",
        by=by,
    )


def _outside(family: Family, by: User) -> ExternalReferral:
    referral, _ = external_actions.refer_outside(
        family=family,
        from_team=family.lead_team,
        by=by,
        kind="referral",
        way="link",
        organisation="A food bank",
        receiver_email="desk@foodbank.example",
        reason="They need milk.",
        knows="agrees",
        why_without="",
    )
    return referral


def _request(family: Family, child: Any, mother: Any, by: User) -> Any:
    today = timezone.localdate()
    new = NewRequest(child, "parent", today, "passport", today, asked_by=mother)
    request = subject_access.record_request(family=family, new=new, by=by)
    subject_access.gather(request=request)
    return request
