"""What protects people and what was agreed: shields, safe contact, consent, break-glass."""

from typing import Self, TypeVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from families.models.families import Family, Involvement
from families.models.people import Person
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Service
from leap.core.rls.expressions import is_live


class ShieldQuerySet(models.QuerySet["Shield"]):
    def live(self) -> Self:
        return self.filter(is_live())


class Shield(models.Model):
    """Where `person` lives is kept from `hidden_from`, wherever that one or somebody printing for
    them could read it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shields")
    hidden_from = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="shielded_from")
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ShieldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "hidden_from"],
                condition=Q(ended_at=None),
                name="shield_one_open_for_each_pair",
            ),
            models.CheckConstraint(
                condition=~Q(person=F("hidden_from")), name="shield_is_between_two_people"
            ),
        ]
        indexes = [models.Index(fields=["hidden_from"], name="shield_by_whom_it_hides_from")]

    def __str__(self) -> str:
        return f"shield {self.pk}"


class SafeContact(models.Model):
    """How a person may be reached without putting them at risk. Blank channels: none is safe."""

    class Channel(models.TextChoices):
        PHONE = "phone", "Phone call"
        TEXT = "text", "Text message"
        EMAIL = "email", "E-mail"
        LETTER = "letter", "Letter"
        VISIT = "visit", "Visit at home"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="safe_contact")
    channels = ArrayField(
        models.CharField(max_length=10, choices=Channel.choices), default=list, blank=True
    )
    telephone = models.CharField(max_length=30, blank=True)  # the safe one, where it differs
    times = models.CharField(max_length=200, blank=True)
    code_word = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    said_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"safe contact of {self.person_id}"

    @property
    def in_words(self) -> str:
        """The safe ways, as people say them: phone call or text message."""
        words = [self.Channel(channel).label.lower() for channel in self.channels]
        *first, last = words or [""]
        return f"{', '.join(first)} or {last}" if first else last

    @property
    def allows_calls(self) -> bool:
        return self.Channel.PHONE in self.channels

    @property
    def allows_letters(self) -> bool:
        return self.Channel.LETTER in self.channels


M = TypeVar("M", bound=models.Model)


class OfFamilyQuerySet(models.QuerySet[M]):
    def visible_to(self, user: User) -> Self:
        return self.filter(family__in=Family.objects.visible_to(user))


class SharingDecisionQuerySet(OfFamilyQuerySet["SharingDecision"]):
    pass


class SharingDecision(models.Model):
    """A recorded choice to share something, or not to, with its lawful basis."""

    class Decision(models.TextChoices):
        SHARED = "shared", "Shared"
        NOT_SHARED = "not_shared", "Not shared"

    class Basis(models.TextChoices):
        PUBLIC_TASK = (
            "public_task",
            "Public task and health or social care (UK GDPR 6(1)(e), 9(2)(h))",
        )
        SAFEGUARDING = "safeguarding", "Safeguarding (Data Protection Act 2018, Schedule 1)"
        LEGAL_OBLIGATION = "legal_obligation", "Legal obligation or court order (UK GDPR 6(1)(c))"
        VITAL_INTERESTS = "vital_interests", "To protect somebody’s life (UK GDPR 6(1)(d))"
        CONSENT = "consent", "Explicit consent (UK GDPR 6(1)(a), 9(2)(a))"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="sharing_decisions")
    decision = models.CharField(max_length=20, choices=Decision.choices)
    what = models.CharField(max_length=300)
    with_whom = models.CharField(max_length=200)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    reason = models.TextField()
    family_told = models.BooleanField()
    why_not_told = models.CharField(max_length=300, blank=True)
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_why = models.CharField(max_length=300, blank=True)

    objects = SharingDecisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(family_told=True) | ~Q(why_not_told=""),
                name="sharing_decision_says_why_family_not_told",
            )
        ]
        indexes = [
            models.Index(fields=["family", "-decided_at"], name="sharing_decision_of_family")
        ]

    def __str__(self) -> str:
        return self.ref


class ServiceConsentQuerySet(OfFamilyQuerySet["ServiceConsent"]):
    pass


class ServiceConsent(models.Model):
    """What a person said to being offered a service. Not a basis for sharing anything."""

    class Answer(models.TextChoices):
        GIVEN = "given", "Agreed"
        DECLINED = "declined", "Declined"
        WITHDRAWN = "withdrawn", "Withdrew agreement"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="service_consents")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="service_consents")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.CharField(max_length=20, choices=Answer.choices)
    note = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=timezone.now)

    objects = ServiceConsentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["family", "-said_at"], name="service_consent_of_family")]

    def __str__(self) -> str:
        return self.ref


class BreakGlass(models.Model):
    """Somebody opened a record in an emergency: why, and whether a manager found that right."""

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="broken_into")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    involvement = models.OneToOneField(Involvement, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    review_by = models.DateField()  # the next working day
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    justified = models.BooleanField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="break_glass_says_why"),
            models.CheckConstraint(
                condition=Q(reviewed_at=None, justified=None)
                | (Q(reviewed_at__isnull=False, justified__isnull=False) & ~Q(review_note="")),
                name="break_glass_is_judged_with_a_note",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review_by"], condition=Q(reviewed_at=None), name="break_glass_to_review"
            )
        ]

    def __str__(self) -> str:
        return self.ref


class AccessAlert(models.Model):
    """An opening that the night found no work to explain. A question, never a verdict."""

    class Why(models.TextChoices):
        NO_LINK = "no_link", "No caseload, team, booking or referral links them"
        SAME_SURNAME = "same_surname", "Same surname as the reader"
        SAME_POSTCODE = "same_postcode", "Same postcode as the reader"

    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="odd_looks")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    on = models.DateField()
    why = models.CharField(max_length=20, choices=Why.choices)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    explained = models.BooleanField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "practitioner", "on", "why"], name="odd_look_once_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["on"], condition=Q(reviewed_at=None), name="odd_look_to_review")
        ]

    def __str__(self) -> str:
        return f"odd look {self.pk}"
