"""What belongs to visits: things to know at the door, next steps, and how an entry stood before."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from families.models.contacts import Contact
from families.models.families import Family
from families.models.people import Person
from leap.core.accounts.models import Team, User
from leap.core.ui.formatting import short_day

SOON = 7  # days


class SafetyAlertQuerySet(models.QuerySet["SafetyAlert"]):
    def visible_to(self, user: User) -> Self:
        return self.filter(family__in=Family.objects.visible_to(user))

    def live(self) -> Self:
        """Those nobody has ended. One whose review is overdue stays until somebody has looked."""
        return self.filter(ended_at=None)


class SafetyAlert(models.Model):
    """Something to know before knocking. Everybody who works with the family reads it."""

    class Kind(models.TextChoices):
        DOG = "dog", "Dog or other animal"
        ACCESS = "access", "Getting in: stairs, lift, buzzer"
        IN_PAIRS = "in_pairs", "Visit in pairs"
        HEALTH = "health", "Infection or other risk to health"
        OTHER = "other", "Something else to know at the door"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="alerts")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    words = models.CharField(max_length=200)
    review_on = models.DateField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SafetyAlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["dog", "access", "in_pairs", "health", "other"]),
                name="alert_kind_is_known",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="alert_says_something"),
        ]
        indexes = [
            models.Index(fields=["family"], condition=Q(ended_at=None), name="alert_live_of_family")
        ]

    def __str__(self) -> str:
        return self.ref


class OfContact(models.Model):
    """Something that is read by whoever reads its contact."""

    contact: models.ForeignKey[Contact, Contact]

    class Meta:
        abstract = True

    @property
    def layer(self) -> str:
        return self.contact.layer

    @property
    def agency_id(self) -> int | None:
        return self.contact.agency_id

    @property
    def named(self) -> list[int] | None:
        return self.contact.named


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: User) -> Self:
        """Those of contacts that this practitioner may read, about nobody kept from them."""
        about = Person.objects.open_to(user)
        return self.filter(
            Q(person=None) | Q(person__in=about), contact__in=Contact.objects.visible_to(user)
        )

    def waiting(self) -> Self:
        """Not done, and not about somebody who has died since."""
        return self.filter(Q(person=None) | Q(person__died_on=None), done_at=None)

    def first_late(self) -> Self:
        """By the day they are due, which puts the late ones first."""
        return self.order_by("due_on", "pk")


class FollowUp(OfContact):
    """The next step agreed at a contact: what, by when, by whom. Seen by whoever sees the contact.

    It is `to` one practitioner; with nobody named it is for anybody of the team.
    """

    ref = models.CharField(max_length=20, unique=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="follow_ups")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="follow_ups")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="follow_ups"
    )
    what = models.CharField(max_length=200)
    due_on = models.DateField()
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(what=""), name="follow_up_says_what"),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(done_at__gte=F("made_at")),
                name="follow_up_done_after_it_was_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["family", "due_on"],
                condition=Q(done_at=None),
                name="follow_up_waiting_in_family",
            ),
            models.Index(
                fields=["to", "due_on"], condition=Q(done_at=None), name="follow_up_waiting_for_one"
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def state(self) -> str:
        """late, due_today, due_soon or due; done when it is."""
        days = (self.due_on - timezone.localdate()).days
        if self.done_at:
            return "done"
        if days < 0:
            return "late"
        return "due_today" if days == 0 else "due_soon" if days <= SOON else "due"

    @property
    def words(self) -> str:
        """The state as people say it: 3 days late, due tomorrow, due by 3 May 2016."""
        days = (self.due_on - timezone.localdate()).days
        return {
            "done": "done",
            "late": f"{-days} day{'' if days == -1 else 's'} late",
            "due_today": "due today",
            "due_soon": "due tomorrow" if days == 1 else f"due in {days} days",
            "due": f"due by {short_day(self.due_on)}",
        }[self.state]


class ContactVersion(OfContact):
    """How a contact stood before it was corrected, and why it was. Never changed, never deleted by
    a page; `was` holds everything that a correction can change."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()  # 1 is what was written first
    was = models.JSONField()
    # Keys of those it names: only who may see all of them reads it.
    people = ArrayField(models.BigIntegerField(), default=list)
    why = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "number"], name="contact_version_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} as it was, {self.number}"
