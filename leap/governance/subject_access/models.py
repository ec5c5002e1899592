"""Requests for one's own record, and every piece that would leave with the answer."""

from datetime import date
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from families.models import Family, Person
from families.models.layers import Layered, LayeredQuerySet
from families.models.people import people_open_to
from leap.core.accounts.models import User

LOOKED = "audit.Event.by_name"  # who has looked is no field of an entry


class Exemption(models.TextChoices):
    """Why something may be left out, in the words the answer gives."""

    THIRD_PARTY = "third_party", "It is about somebody else"
    SERIOUS_HARM = "serious_harm", "It would be likely to cause serious harm to somebody"
    CRIME = "crime", "It would hinder preventing or detecting a crime"
    LEGAL_ADVICE = "legal_advice", "It is legal advice"
    COURT = "court", "A court has forbidden it, or has yet to decide"
    ADOPTION = "adoption", "It is kept from an adoption record"


class SubjectAccessRequestQuerySet(models.QuerySet["SubjectAccessRequest"]):
    def visible_to(self, user: User) -> Self:
        """Those about families this practitioner can see, and about nobody in them who is kept for
        other named people."""
        families = Family.objects.visible_to(user)
        return self.filter(people_open_to(user, "person"), family__in=families)

    def open(self) -> Self:
        return self.filter(
            status__in=[
                SubjectAccessRequest.Status.GATHERING,
                SubjectAccessRequest.Status.REVIEWING,
            ]
        )


class SubjectAccessRequest(models.Model):
    """A person of a family, or somebody for them, asks what is kept about them.

    The answer is due one calendar month after it was asked for and proved, up to two more when it
    is complex. `answer` is what left, frozen: it writes the same file until it is thrown away.
    """

    class Status(models.TextChoices):
        GATHERING = "gathering", "Being gathered"
        REVIEWING = "reviewing", "Being read"
        ANSWERED = "answered", "Answered"
        EXPIRED = "expired", "Answered, and the copy thrown away"

    class Asker(models.TextChoices):
        SELF = "self", "The person it is about"
        PARENT = "parent", "Somebody with parental responsibility for them"
        SOLICITOR = "solicitor", "A solicitor or another adviser acting for them"
        ATTORNEY = "attorney", "Somebody who holds a power of attorney"

    class Identity(models.TextChoices):
        PASSPORT = "passport", "Passport"
        DRIVING_LICENCE = "driving_licence", "Driving licence"
        RESIDENCE_PERMIT = "residence_permit", "Residence permit"
        AUTHORITY = "authority", "Signed authority, and the adviser’s own identity"
        KNOWN = "known", "Known in person to the practitioner who took the request"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asker = models.CharField(max_length=12, choices=Asker.choices)
    # The member of the family who asks; nobody for an adviser from outside.
    asked_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    adviser = models.CharField(max_length=200, blank=True)
    asked_on = models.DateField()
    identity = models.CharField(max_length=20, choices=Identity.choices)
    proved_on = models.DateField()  # when it was certain who asks: the month begins no earlier
    due_on = models.DateField()
    extended_on = models.DateField(null=True, blank=True)
    extended_why = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.GATHERING)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    gathered_at = models.DateTimeField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_on = models.DateField(null=True, blank=True)

    objects = SubjectAccessRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_on=None) | ~Q(extended_why=""),
                name="subject_request_extended_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status="answered")
                | Q(answer__isnull=False, answered_at__isnull=False),
                name="subject_request_answered_keeps_its_answer",
            ),
            models.CheckConstraint(
                condition=~Q(status="expired") | Q(answer=None),
                name="subject_request_expired_keeps_none",
            ),
            models.CheckConstraint(
                condition=~Q(asker="self") | Q(asked_by=models.F("person")),
                name="subject_request_of_oneself_is_asked_by_oneself",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(status__in=["gathering", "reviewing"]),
                name="subject_request_one_open_for_a_person",
            ),
        ]
        indexes = [models.Index(fields=["family"], name="subject_request_of_family")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("subject_access:request", args=[self.ref])

    @property
    def is_open(self) -> bool:
        return self.status in (self.Status.GATHERING, self.Status.REVIEWING)

    def is_late(self, today: date) -> bool:
        return self.is_open and today > self.due_on


class DisclosureItemQuerySet(LayeredQuerySet["DisclosureItem"]):
    def undecided(self) -> Self:
        return self.filter(decision="")

    def to_read(self) -> Self:
        """Those that a person decides on; the others leave as they are, or never."""
        return self.exclude(
            proposal__in=[DisclosureItem.Proposal.PLAIN, DisclosureItem.Proposal.NEVER]
        )

    def about_others(self) -> Self:
        """Shared entries' fields about other people: what can be left out all at once."""
        others = self.filter(proposal=DisclosureItem.Proposal.LEAVE_OUT, layer="shared")
        return others.exclude(label=LOOKED)


class DisclosureItem(Layered):
    """One field of one record, as it would leave. Kept while the request is under way.

    Its layer is that of the entry it comes from: another agency's own entries and those for named
    people are read by them, not by whoever reads the rest.
    """

    class Proposal(models.TextChoices):
        PLAIN = "plain", "Leaves as it is"
        READ = "read", "Typed freely: to be read"
        LEAVE_OUT = "leave_out", "Proposed to be left out"
        NEVER = "never", "Never leaves, and leaves no trace"

    class Decision(models.TextChoices):
        KEEP = "keep", "Let it leave as it is"
        HIDE = "hide", "Hide some words in it"
        LEAVE_OUT = "leave_out", "Leave all of it out"

    request = models.ForeignKey(
        SubjectAccessRequest, on_delete=models.CASCADE, related_name="pieces"
    )
    place = models.PositiveIntegerField()  # its order in the answer
    section = models.CharField(max_length=60)
    record = models.CharField(max_length=200)  # which entry it is of, in words fit to leave
    label = models.CharField(max_length=60)  # the field, by model: families.Contact.note
    title = models.CharField(max_length=100)
    text = models.TextField()
    proposal = models.CharField(max_length=10, choices=Proposal.choices)
    why = models.CharField(max_length=300, blank=True)
    suggested = models.JSONField(default=list)  # words that speak of somebody else
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    hidden = models.JSONField(default=list)  # the words to hide
    exemption = models.CharField(max_length=20, choices=Exemption.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = DisclosureItemQuerySet.as_manager()

    class Meta(Layered.Meta):
        abstract = False
        constraints = [
            *Layered.Meta.constraints,
            models.UniqueConstraint(fields=["request", "place"], name="piece_has_its_place"),
            models.CheckConstraint(
                condition=~Q(decision__in=["hide", "leave_out"]) | ~Q(exemption=""),
                name="piece_held_back_says_why",
            ),
            models.CheckConstraint(
                condition=Q(decision="") | Q(decided_at__isnull=False, decided_by__isnull=False),
                name="piece_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["request", "place"],
                condition=Q(decision="", proposal__in=["read", "leave_out"]),
                name="piece_to_be_read",
            )
        ]

    def __str__(self) -> str:
        return f"{self.label} {self.place}"
