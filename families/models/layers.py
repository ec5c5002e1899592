"""How widely an entry is shared: with every involved team, one agency, or named people only."""

from typing import Any, Self, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from leap.core.accounts.models import Agency, User
from leap.core.rls.expressions import in_layers_of


class Layer(models.TextChoices):
    SHARED = "shared", "Everyone working with the family"
    AGENCY = "agency", "My agency only"
    RESTRICTED = "restricted", "Named people only"


Entry = TypeVar("Entry", bound="Layered", covariant=True)


class LayeredQuerySet(models.QuerySet[Entry]):
    def in_layers_of(self, user: User) -> Self:
        """Without what another agency keeps to itself, and what is for other named people."""
        return self.filter(in_layers_of(user))


class Layered(models.Model):
    """An entry with its layer. `agency` is set on the agency layer, `named` on the restricted one
    (practitioners' keys, whoever wrote it among them)."""

    layer = models.CharField(
        max_length=10, choices=Layer.choices, default=Layer.SHARED, db_default=Layer.SHARED
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    named = ArrayField(models.BigIntegerField(), null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(layer="shared", agency=None, named=None)
                | Q(layer="agency", agency__isnull=False, named=None)
                | Q(layer="restricted", agency=None, named__len__gt=0),
                name="%(class)s_layer_says_for_whom",
            )
        ]

    def layer_fields(self) -> dict[str, Any]:
        """The same layer for what hangs on this entry: what is found at a contact is seen by
        whoever sees the contact."""
        return {"layer": self.layer, "agency_id": self.agency_id, "named": self.named}
