"""A family with an unmistakable word in every text field that a record has, and where each stands.

Social workers lead it and ask a champion-free team of theirs for help, so that no reader of the
sweep has anything to do with it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from families.models import Family, Involvement, Person
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.directory.models import Postcode
from leap.personal.records import RECORDS
from referrals.models import Pathway
from tests.everyone.world import World

TEXT = (models.CharField, models.TextField, models.JSONField)
# Text of a family's record that no word can be written into, and why.
NO_WORD = {
    "families.Person.nhs_number": "a number with a check digit: one of its own is looked for",
    "families.Observation.code": "one of the codes that the indicators know",
    "families.SafeContact.channels": "a list of channels to choose from",
    "referrals.Task.about": "the name of a clock or of a stage",
    "audit.Event": "written by actions alone, which put no free text into it",
    "audit.Chain": "the names of chains are families' references, which are looked for",
    "audit.Sealed": "the names of chains are families' references, which are looked for",
    "safekeeping.Submission": "of one practitioner's own form, and never what was typed",
    "safekeeping.Message": "what goes out by e-mail says nothing of a family: read below",
    "merging.Merge": "names of fields alone",
    "merging.Carried": "columns of the rows above as they were, walled with their merge",
    "subject_access.Piece.label": "the name of a model's field",
    **dict.fromkeys(
        (
            "life.Loss",
            "life.MoveOut",
            "plans.Plan",
            "plans.Goal",
            "plans.Score",
            "plans.Step",
            "plans.Meeting",
        ),
        "walled with its family; its pages' own tests say that strangers find nothing there",
    ),
}
NHS_NUMBER, POSTCODE = "9990000018", "SE99 9ZQ"


@dataclass
class Canary:
    """The family, its rows by the labels of their models, and where each word stands."""

    family: Family
    rows: dict[str, Any] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)

    @property
    def refs(self) -> list[str]:
        named = (str(getattr(row, "ref", "")) for row in self.rows.values())
        return sorted(filter(None, named))

    @property
    def tell_tales(self) -> dict[str, str]:
        """Everything that gives it away, and what that is."""
        numbers = {NHS_NUMBER: "NHS number", POSTCODE: "postcode"}
        return self.words | numbers | dict.fromkeys(self.refs, "a reference")


def text_fields(model: type[models.Model]) -> list[models.Field]:
    """Those of a model that take any text: not its references, nor words to choose from."""
    return [each for each in model._meta.concrete_fields if _takes_text(each)]


def _takes_text(each: models.Field) -> bool:
    is_list = isinstance(each, ArrayField) and isinstance(each.base_field, TEXT)
    return (isinstance(each, TEXT) or is_list) and not each.choices and each.name != "ref"


def is_excused(label: str, name: str) -> bool:
    return label in NO_WORD or f"{label}.{name}" in NO_WORD


def word_for(label: str, name: str) -> str:
    """zyx and letters only, so that it is looked for as a word and stands in no other."""
    return "zyx" + f"{label.partition('.')[2]}{name}".replace("_", "").lower()


def release(world: World, **elsewhere: Any) -> Canary:
    """Write the family down, through no action: whatever a field could hold, it holds."""
    team, by = world.teams["social-work"], world.users["social-worker"]
    make = _Maker(world, team, by)
    make("families.Family", lead_team=team, lead_practitioner=by)
    for label, given in _ROWS.items():
        make(label, **given(make))
    family = make.canary.family
    record("family.registered", by=by, family_ref=family.ref, people=2)
    return make.canary


class _Maker:
    def __init__(self, world: World, team: Team, by: User) -> None:
        self.world, self.team, self.by = world, team, by
        self.canary = Canary(Family())
        self.now = timezone.now()

    def __call__(self, label: str, /, **given: Any) -> None:
        model = apps.get_model(label)
        fields = {**self._words(model, given), **given}
        if any(each.name == "ref" for each in model._meta.concrete_fields):
            fields.setdefault("ref", f"ZQ-{len(self.canary.rows):02}99X")
        row = model._default_manager.create(**fields)
        self.canary.rows[label] = row
        if label == "families.Family":
            self.canary.family = row

    def _words(self, model: type[models.Model], given: dict[str, Any]) -> dict[str, Any]:
        label, written = model._meta.label, {}
        for each in text_fields(model):
            if each.name in given or is_excused(label, each.name):
                continue
            word = word_for(label, each.name)[: getattr(each, "max_length", None)]
            self.canary.words[word] = f"{label}.{each.name}"
            listed = isinstance(each, models.JSONField)
            written[each.name] = [word] if listed else word
        return written

    def of(self, label: str) -> Any:
        return self.canary.rows[label]

    @property
    def family(self) -> dict[str, Any]:
        return {"family": self.canary.family}

    @property
    def person(self) -> dict[str, Any]:
        return {"person": self.of("families.Person")}

    def request_for_help(self) -> dict[str, Any]:
        pathway = Pathway.objects.get(code="social_work-to-early-help")
        today = timezone.localdate()
        return {
            **self.family,
            "pathway": pathway,
            "from_team": self.team,
            "to_team": self.world.teams["quiet"],
            "status": "declined",
            "sent_at": self.now,
            "declined_at": self.now,
            "acknowledge_by": today,
            "first_contact_by": today,
        }

    def home(self) -> dict[str, Any]:
        place, _ = Postcode.objects.get_or_create(postcode=POSTCODE, ward_2011="E05000429")
        return {**self.person, "postcode": place}

    def spell_of_one(self) -> dict[str, Any]:
        who, ended = self.world.users["quiet"], self.now - timedelta(days=2)
        started = ended - timedelta(hours=4)
        return {
            **self.family,
            "practitioner": who,
            "reason": Involvement.Reason.BREAK_GLASS,
            "started_at": started,
            "ended_at": ended,
        }

    def judged(self) -> dict[str, Any]:
        return {
            **self.family,
            "practitioner": self.world.users["quiet"],
            "reviewed_at": self.now,
            "reviewed_by": self.world.users["their-manager"],
        }

    def broken(self) -> dict[str, Any]:
        spell = Involvement.objects.get(family=self.canary.family, practitioner__isnull=False)
        day = timezone.localdate()
        return {**self.judged(), "involvement": spell, "review_by": day, "justified": True}


def _spells(make: _Maker) -> dict[str, Any]:
    make("families.Involvement", **make.spell_of_one())
    return {**make.family, "team": make.team, "reason": "registered", "by": make.by}


def _people(make: _Maker) -> dict[str, Any]:
    """A father first, from whom the address is kept; the mother is the one whose rows count."""
    father = Person.objects.create(ref="ZQ-FATHER", given_name="zyxfather")
    make.canary.words["zyxfather"] = "families.Person.given_name of the father"
    make.canary.rows["the father"] = father
    return {"nhs_number": NHS_NUMBER, "birth_date": "1991-09-09", "sex": "female"}


# A row of each model of a family's record, in an order in which each finds those it points at.
_ROWS: dict[str, Callable[[_Maker], dict[str, Any]]] = {
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
        "recorded_on": timezone.localdate(),
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
        "due_on": timezone.localdate(),
        "team": make.team,
        "by": make.by,
    },
    "families.Alert": lambda make: {
        **make.family,
        "kind": "dog",
        "review_on": timezone.localdate(),
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
    "families.OddLook": lambda make: {
        **make.judged(),
        "on": timezone.localdate(),
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
    "referrals.StageOfChallenge": lambda make: {
        "challenge": make.of("referrals.Challenge"),
        "stage": "practitioners",
        "started_by": make.by,
        "agree_by": timezone.localdate(),
    },
    "referrals.Task": lambda make: {
        "referral": make.of("referrals.Referral"),
        "kind": "late",
        "about": "",
        "team": make.team,
        "to": make.by,
    },
    "referrals.Incoming": lambda make: {
        **make.family,
        "key": uuid4(),
        "to_team": make.team,
        "settled_at": make.now,
        "settled_by": make.by,
    },
    "referrals.Outside": lambda make: {
        **make.family,
        "kind": "referral",
        "from_team": make.team,
        "way": "link",
        "receiver_email": "zyxoutside@practice.example",
        "knows": "agrees",
        "sent_by": make.by,
        "answer_by": timezone.localdate(),
    },
    "referrals.OutsideLink": lambda make: {
        "outside": make.of("referrals.Outside"),
        "token_hash": "zyxtoken",
        "code_hash": "zyxcode",
        "expires_on": timezone.localdate(),
    },
    "referrals.OutsideStep": lambda make: {
        "outside": make.of("referrals.Outside"),
        "kind": "sent",
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
    "subject_access.Request": lambda make: {
        **make.family,
        **make.person,
        "asker": "solicitor",
        "asked_on": timezone.localdate(),
        "identity": "passport",
        "proved_on": timezone.localdate(),
        "due_on": timezone.localdate(),
        "recorded_by": make.by,
    },
    "subject_access.Piece": lambda make: {
        "request": make.of("subject_access.Request"),
        "place": 1,
        "label": "families.Contact.note",
        "proposal": "read",
        "named": None,
    },
    "safekeeping.Draft": lambda make: {"user": make.by},
}


def unfilled(canary: Canary) -> list[str]:
    """Text fields of families' records without a word, and without an excuse."""
    there = set(canary.words.values())
    labels = [label for label, said in RECORDS.items() if said.about in ("person", "family")]
    return [
        f"{label}.{each.name}"
        for label in labels
        for each in text_fields(apps.get_model(label))
        if f"{label}.{each.name}" not in there and not is_excused(label, each.name)
    ]
