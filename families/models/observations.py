"""Dated, coded measurements and findings about a person."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from families.models.contacts import Contact
from families.models.families import Family
from families.models.layers import Layered, LayeredQuerySet
from families.models.people import Person
from leap.core.accounts.models import User


class ObservationQuerySet(LayeredQuerySet["Observation"]):
    def in_layers_of(self, user: User) -> Self:
        """Without what is kept from this practitioner, nor what comes from an entry that is."""
        contacts = Contact.objects.in_layers_of(user).filter(pk=OuterRef("contact"))
        return super().in_layers_of(user).filter(Q(contact=None) | Exists(contacts))

    def visible_to(self, user: User) -> Self:
        """Observations of people in the families this practitioner can see."""
        visible = Family.objects.visible_to(user)
        people = Person.objects.open_to(user).filter(members__family__in=visible)
        return self.filter(person__in=people).in_layers_of(user)


class Observation(Layered):
    """One measurement or finding. Of two on one day the later row counts.

    `value` is what was recorded; `number` the same as a number where its code is a measurement. One
    made at a contact has the contact's layer. `families.observations.codes` says which codes there
    are, what each may hold and in which unit.
    """

    ref = models.CharField(max_length=20, unique=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="observations")
    code = models.CharField(max_length=40)
    recorded_on = models.DateField()
    value = models.CharField(max_length=60)
    number = models.DecimalField(max_digits=9, decimal_places=3, null=True, blank=True)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="observations"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
    )
    recorded_at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=60, blank=True)

    objects = ObservationQuerySet.as_manager()

    class Meta(Layered.Meta):
        abstract = False
        constraints = [
            *Layered.Meta.constraints,
            models.CheckConstraint(condition=~Q(value=""), name="observation_has_a_value"),
        ]
        indexes = [
            models.Index(
                fields=["person", "code", "-recorded_on", "-id"],
                include=["value"],
                name="observation_latest_first",
            ),
            models.Index(fields=["code", "recorded_on"], name="observation_by_code_and_day"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.ref}"
