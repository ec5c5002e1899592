"""The shared record, and the spells of involvement that make it visible."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from families.models.search_text import SearchNameField
from leap.core.accounts.models import Membership, Team, User
from leap.core.rls.expressions import is_live


class Restriction(models.TextChoices):
    """Why a family's or a person's record is for named people only."""

    NONE = "", "Not restricted"
    REFUGE = "refuge", "Living in a refuge or at a place that must stay secret"
    STAFF = "staff", "A practitioner’s own family"
    ADOPTION = "adoption", "Adoption"
    OTHER = "other", "Another reason"


class FamilyQuerySet(models.QuerySet["Family"]):
    def visible_to(self, user: User) -> Self:
        """The families that exist for this practitioner: the one judge of what anybody sees.

        One EXISTS over the flat table of live involvements. Expiry is by the clock, at reading.
        Superusers see no families; nothing here asks what else the user may do.
        """
        live = Involvement.objects.live().filter(family=OuterRef("pk"), who__in=user.access_keys)
        return self.filter(Exists(live))

    def open(self) -> Self:
        return self.filter(closed_at=None)

    def led_by(self, team_ids: list[int]) -> Self:
        return self.filter(lead_team__in=team_ids)

    def without_lead(self) -> Self:
        """The open ones that nobody leads by name: there is no lead practitioner, or they have left
        the team that leads."""
        return self.open().exclude(lead_at_work())

    def with_lead_at_work(self) -> Self:
        """Say of each, as `has_lead`, whether somebody at work in its lead team leads it."""
        return self.annotate(has_lead=lead_at_work())


def lead_at_work() -> Exists:
    """A condition on families: the lead practitioner still works in the team that leads."""
    return Exists(
        Membership.objects.live().filter(
            user=OuterRef("lead_practitioner"), team=OuterRef("lead_team"), user__is_active=True
        )
    )


class Family(models.Model):
    """People living or parenting together, and what services do with them.

    An open family has exactly one lead team. It has a lead practitioner too, or stands as a gap
    that its lead team's managers see in red.
    """

    ref = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200)
    search_name = SearchNameField("name")
    lead_team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="led_families"
    )
    lead_practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="led_families",
    )
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_reason = models.CharField(max_length=200, blank=True)
    # Set, only the people named for it see the family: see Involvement.names_only.
    restriction = models.CharField(
        max_length=10, choices=Restriction.choices, blank=True, db_default=""
    )
    last_contact_at = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=60, blank=True)  # the agency whose file brought it
    source_ref = models.CharField(max_length=60, blank=True)  # its reference in that file

    objects = FamilyQuerySet.as_manager()

    class Meta:
        permissions = []
        constraints = [
            models.CheckConstraint(
                condition=~Q(closed_at=None) | Q(lead_team__isnull=False),
                name="family_open_has_a_lead_team",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")),
                name="family_closes_after_it_opens",
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="family_once_per_source_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=~Q(restriction=""), name="family_restricted"),
            models.Index(
                F("last_contact_at").desc(nulls_last=True), name="family_latest_contact_first"
            ),
            models.Index(
                fields=["lead_practitioner"],
                condition=Q(closed_at=None),
                name="family_open_by_practitioner",
            ),
        ]

    def __str__(self) -> str:
        return self.ref  # never the name: this reaches logs and titles

    def get_absolute_url(self) -> str:
        return reverse("families:family", args=[self.ref])

    @property
    def is_open_in_emergency_only(self) -> bool:
        """Whether its reader is here by break-glass alone: of a family that `family_for` loaded."""
        return bool(getattr(self, "emergency_until", None)) and not getattr(self, "working", [])


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    def live(self) -> Self:
        return self.filter(is_live())


class Involvement(models.Model):
    """A spell of a team (or, by break-glass, of one practitioner) working with a family.

    It is what makes the family visible. `who` folds the two kinds of holder into one number, a
    team's key or minus a practitioner's, so that reading is one index look-up. While a family is
    restricted its teams' spells are for `names_only`: they go on, but open nothing, and the people
    named for it have spells of their own.
    """

    class Reason(models.TextChoices):
        REGISTERED = "registered", "Registered the family"
        REFERRAL_ACCEPTED = "referral_accepted", "Accepted a referral"
        TEAM_AROUND_FAMILY = "team_around_family", "In the team around the family"
        BREAK_GLASS = "break_glass", "Break-glass"
        IMPORTED = "imported", "Recorded work with the family"
        NAMED = "named", "Named for a restricted record"

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="involvements")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="involvements"
    )
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="involvements",
    )
    names_only = models.BooleanField(default=False, db_default=False)
    who = models.GeneratedField(
        expression=Case(
            When(names_only=True, then=None), default=Coalesce(F("team_id"), -F("practitioner_id"))
        ),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )
    reason = models.CharField(max_length=30, choices=Reason.choices)
    note = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(
        null=True, blank=True
    )  # may lie ahead: access ends by the clock
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.CharField(max_length=300, blank=True, default="", db_default="")

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(team=None) ^ Q(practitioner=None),
                name="involvement_of_a_team_or_a_person",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
                name="involvement_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=Q(practitioner=None) | Q(ended_at__isnull=False) | Q(reason="named"),
                name="involvement_of_a_person_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(names_only=False) | Q(practitioner=None),
                name="involvement_of_a_person_always_opens",
            ),
            models.UniqueConstraint(
                fields=["family", "team"],
                condition=Q(ended_at=None),
                name="involvement_one_open_spell_per_team",
            ),
        ]
        indexes = [
            models.Index(fields=["who", "family"], include=["ended_at"], name="involvement_access"),
            models.Index(
                fields=["family"], condition=Q(names_only=True), name="involvement_names_only"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reason} {self.family_id}"


class FamilyGroupObjectPermission(GroupObjectPermissionBase):
    """guardian's grant to a team's group: a projection of involvements, never the judge."""

    content_object = models.ForeignKey(Family, on_delete=models.CASCADE)


class FamilyUserObjectPermission(UserObjectPermissionBase):
    """guardian's grant to one practitioner: a projection of break-glass, never the judge."""

    content_object = models.ForeignKey(Family, on_delete=models.CASCADE)
