"""A family with an unmistakable word in every text field that a record has, and where each stands.

Social workers lead it and ask a champion-free team of theirs for help, so that no reader of the
sweep has anything to do with it.
"""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.apps import apps

from families.models import Person
from leap.core.audit.log import record
from leap.governance.data_inventory.family_records import RECORDS
from tests.access.maker import Maker
from tests.access.words import NHS_NUMBER, POSTCODE, Canary, is_excused, text_fields
from tests.access.world import World


def release(world: World) -> Canary:
    """Write the family down, through no action: whatever a field could hold, it holds."""
    team, by = world.teams["social-work"], world.users["social-worker"]
    make = Maker(world, team, by)
    make("families.Family", lead_team=team, lead_practitioner=by)
    for label, fields_of in _ROWS.items():
        make(label, **fields_of(make))
    family = make.canary.family
    record("family.registered", by=by, family_ref=family.ref, people=2)
    return make.canary


def _spells(make: Maker) -> dict[str, Any]:
    make("families.Involvement", **make.spell_of_one())
    return {**make.family, "team": make.team, "reason": "registered", "by": make.by}


def _people(make: Maker) -> dict[str, Any]:
    """A father first, from whom the address is kept; the mother is the one whose rows count."""
    father = Person.objects.create(ref="ZQ-FATHER", given_name="zyxfather")
    make.canary.words["zyxfather"] = "families.Person.given_name of the father"
    make.canary.rows["the father"] = father
    make.canary.words |= {NHS_NUMBER: "NHS number", POSTCODE: "postcode"}
    return {"nhs_number": NHS_NUMBER, "birth_date": "1991-09-09", "sex": "female"}


# A row of each model of a family's record, in an order in which each finds those it points at.
_ROWS: dict[str, Callable[[Maker], dict[str, Any]]] = {
    "families.Involvement": _spells,
    "families.Person": _people,
    "families.Member": lambda make: {**make.family, **make.person, "role": "mother"},
    "families.Residence": lambda make: make.home(),
    "families.Contact": lambda make: {
        **make.family,
        "team": make.team,
        "by": make.by,
        "kind": "home_visit",
        "occurred_at": make.now,
        "outcome": "attended",
        "named": None,
    },
    "families.ContactPerson": lambda make: {
        **make.person,
        "contact": make.of("families.Contact"),
        "concerned": True,
    },
    "families.Observation": lambda make: {
        **make.person,
        "code": "weight_kg",
        "contact": make.of("families.Contact"),
        "recorded_on": make.today,
        "named": None,
    },
    "families.ContactVersion": lambda make: {
        "contact": make.of("families.Contact"),
        "number": 1,
        "by": make.by,
    },
    "families.FollowUp": lambda make: {
        **make.family,
        **make.person,
        "contact": make.of("families.Contact"),
        "due_on": make.today,
        "team": make.team,
        "by": make.by,
    },
    "families.SafetyAlert": lambda make: {
        **make.family,
        "kind": "dog",
        "review_on": make.today,
        "team": make.team,
        "by": make.by,
    },
    "families.HandoverNote": lambda make: {
        **make.family,
        "team": make.team,
        "from_practitioner": make.by,
        "to_practitioner": make.by,
        "by": make.by,
    },
    "families.PersonReader": lambda make: {**make.person, "practitioner": make.by},
    "families.PossibleDuplicate": lambda make: {
        **dict(zip(("one", "other"), make.two_people(), strict=True)),
        "weight": 9,
    },
    "families.Shield": lambda make: {**make.person, "hidden_from": make.of("the father")},
    "families.SafeContact": lambda make: {**make.person, "channels": ["phone"]},
    "families.SharingDecision": lambda make: {
        **make.family,
        "decision": "shared",
        "basis": "consent",
        "family_told": False,
        "team": make.team,
        "by": make.by,
    },
    "families.ServiceConsent": lambda make: {
        **make.family,
        **make.person,
        "team": make.team,
        "answer": "given",
        "by": make.by,
    },
    "families.BreakGlass": lambda make: make.broken(),
    "families.AccessAlert": lambda make: {
        **make.judged(),
        "on": make.today,
        "why": "no_link",
        "explained": True,
    },
    "referrals.Referral": lambda make: make.request_for_help(),
    "referrals.Note": lambda make: {
        "referral": make.of("referrals.Referral"),
        "kind": "asked",
        "team": make.team,
        "by": make.by,
    },
    "referrals.Challenge": lambda make: {"referral": make.of("referrals.Referral")},
    "referrals.ChallengeStage": lambda make: {
        "challenge": make.of("referrals.Challenge"),
        "stage": "practitioners",
        "started_by": make.by,
        "agree_by": make.today,
    },
    "referrals.Task": lambda make: {
        "referral": make.of("referrals.Referral"),
        "kind": "late",
        "about": "",
        "team": make.team,
        "to": make.by,
    },
    "referrals.InboundReferral": lambda make: {
        **make.family,
        "key": uuid4(),
        "to_team": make.team,
        "settled_at": make.now,
        "settled_by": make.by,
    },
    "referrals.ExternalReferral": lambda make: {
        **make.family,
        "kind": "referral",
        "from_team": make.team,
        "way": "link",
        "receiver_email": "zyxoutside@practice.example",
        "knows": "agrees",
        "sent_by": make.by,
        "answer_by": make.today,
    },
    "referrals.SecureLink": lambda make: {
        "outside": make.of("referrals.ExternalReferral"),
        "token_hash": "zyxtoken",
        "code_hash": "zyxcode",
        "expires_on": make.today,
    },
    "referrals.ExternalReferralStep": lambda make: {
        "outside": make.of("referrals.ExternalReferral"),
        "kind": "sent",
        "by": make.by,
    },
    "referrals.Attachment": lambda make: {
        "referral": make.of("referrals.Referral"),
        "kind": "pdf",
        "size": 1,
        "scan": "clean",
        "team": make.team,
        "by": make.by,
    },
    "leap_sites.Booking": lambda make: {
        **make.family,
        "session": make.world.things["session"],
        "made_by": make.by,
    },
    "leap_sites.Attendance": lambda make: {
        **make.person,
        "session": make.world.things["session"],
        "booking": make.of("leap_sites.Booking"),
        "status": "cancelled",
    },
    "prompts.Decision": lambda make: {
        **make.family,
        "rule": "missed",
        "choice": "act",
        "by": make.by,
    },
    "retention.LegalHold": lambda make: {**make.family, "placed_by": make.by},
    "subject_access.SubjectAccessRequest": lambda make: {
        **make.family,
        **make.person,
        "asker": "solicitor",
        "asked_on": make.today,
        "identity": "passport",
        "proved_on": make.today,
        "due_on": make.today,
        "recorded_by": make.by,
    },
    "subject_access.DisclosureItem": lambda make: {
        "request": make.of("subject_access.SubjectAccessRequest"),
        "place": 1,
        "label": "families.Contact.note",
        "proposal": "read",
        "named": None,
    },
    "outbox.Draft": lambda make: {"user": make.by},
    "notifications.Notification": lambda make: {"to": make.by, "kind": "accepted"},
    "life_events.Loss": lambda make: {
        **make.family,
        "person": make.of("the father"),
        "kind": "adult",
        "on": make.today,
        "stopped": {"told": ["ZQ-STOPPED"]},
        "team": make.team,
        "by": make.by,
        "undone_at": make.now,
        "undone_by": make.by,
    },
    "life_events.MoveOut": lambda make: {
        **make.family,
        "moving_on": make.today,
        "team": make.team,
        "by": make.by,
    },
    "plans.Plan": lambda make: {
        **make.family,
        "team": make.team,
        "by": make.by,
        "level": "targeted",
        "review_on": make.today,
    },
    "plans.Goal": lambda make: {"plan": make.of("plans.Plan"), "by": make.by},
    "plans.Score": lambda make: {
        "goal": make.of("plans.Goal"),
        "on": make.today,
        "value": 7,
        "by": make.by,
    },
    "plans.PlanStep": lambda make: {"goal": make.of("plans.Goal"), "by_when": make.today},
    "plans.Meeting": lambda make: {
        "plan": make.of("plans.Plan"),
        "on": make.today,
        "next_on": make.today,
        "by": make.by,
    },
    # A duplicate of the mother, set aside with all that it held.
    "merging.Merge": lambda make: {
        "kept_person": make.of("families.Person"),
        "gone_person": make.twice(),
        "families": [make.canary.family.pk],
        "by": make.by,
    },
    "merging.MergedRow": lambda make: {
        "merge": make.of("merging.Merge"),
        "table": "families_person",
        "key": make.of("families.Person").pk,
    },
}


def unfilled(canary: Canary) -> list[str]:
    """Text fields of families' records without a word, and without an excuse."""
    filled = set(canary.words.values())
    labels = [label for label, entry in RECORDS.items() if entry.about in ("person", "family")]
    return [
        f"{label}.{field.name}"
        for label in labels
        for field in text_fields(apps.get_model(label))
        if f"{label}.{field.name}" not in filled and not is_excused(label, field.name)
    ]
