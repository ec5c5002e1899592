"""Writing rows down with a word in every text field that they have."""

from datetime import timedelta
from typing import Any

from django.apps import apps
from django.db import models
from django.utils import timezone

from families.models import Family, Involvement, Person
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Postcode
from referrals.models import Pathway
from tests.access.words import POSTCODE, Canary, is_excused, text_fields, word_for
from tests.access.world import World


class Maker:
    def __init__(self, world: World, team: Team, by: User) -> None:
        self.world, self.team, self.by = world, team, by
        self.canary = Canary(Family())
        self.now, self.today = timezone.now(), timezone.localdate()
        self.mark, self.code = "zyx", "ZQ"

    def __call__(self, label: str, /, **values: Any) -> None:
        model = apps.get_model(label)
        fields = {**self._words(model, values), **values}
        if any(field.name == "ref" for field in model._meta.concrete_fields):
            fields.setdefault("ref", f"{self.code}-{len(self.canary.rows):02}99X")
        row = model._default_manager.create(**fields)
        self.canary.rows[label] = row
        if label == "families.Family":
            self.canary.family = row

    def _words(self, model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
        label, texts = model._meta.label, {}
        for field in text_fields(model):
            if self.mark in str(values.get(field.name)):
                self.canary.words[str(values[field.name])] = f"{label}.{field.name}"
            if field.name in values or is_excused(label, field.name):
                continue
            word = word_for(label, field.name, self.mark)[: getattr(field, "max_length", None)]
            self.canary.words[word] = f"{label}.{field.name}"
            listed = isinstance(field, models.JSONField)
            texts[field.name] = [word] if listed else word
        return texts

    def of(self, label: str) -> Any:
        return self.canary.rows[label]

    @property
    def family(self) -> dict[str, Any]:
        return {"family": self.canary.family}

    @property
    def person(self) -> dict[str, Any]:
        return {"person": self.of("families.Person")}

    def two_people(self) -> list[Person]:
        """The lower key first."""
        two = [self.of("families.Person"), self.of("the father")]
        return sorted(two, key=lambda person: person.pk)

    def request_for_help(self) -> dict[str, Any]:
        pathway = Pathway.objects.get(code="social_work-to-early-help")
        return {
            **self.family,
            "pathway": pathway,
            "from_team": self.team,
            "to_team": self.world.teams["quiet"],
            "status": "declined",
            "sent_at": self.now,
            "declined_at": self.now,
            "acknowledge_by": self.today,
            "first_contact_by": self.today,
        }

    def home(self) -> dict[str, Any]:
        place, _ = Postcode.objects.get_or_create(postcode=POSTCODE, ward_2011="E05000429")
        return {**self.person, "postcode": place}

    def spell_of_one(self) -> dict[str, Any]:
        practitioner, ended = self.world.users["quiet"], self.now - timedelta(days=2)
        started = ended - timedelta(hours=4)
        return {
            **self.family,
            "practitioner": practitioner,
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
        day = self.today
        return {**self.judged(), "involvement": spell, "review_by": day, "justified": True}

    def twice(self) -> Person:
        """Another record of somebody in the family, which is in none since the two were merged."""
        word = f"{self.mark}merged"
        self.canary.words[word] = "families.Person.given_name of the one that is gone"
        return Person.objects.create(ref=f"{self.code}-TWICE", given_name=word)
