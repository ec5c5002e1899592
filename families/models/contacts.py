"""What happened, or should have, between a practitioner and members of a family."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from families.models.families import Family
from families.models.layers import Layered, LayeredQuerySet
from families.models.people import Person
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Service, Site


class ContactQuerySet(LayeredQuerySet["Contact"]):
    def in_layers_of(self, user: User) -> Self:
        """Without what is kept from this practitioner, nor what is about somebody who is."""
        open_people = Person.objects.open_to(user).filter(pk=OuterRef("person"))
        concerned = ContactPerson.objects.filter(contact=OuterRef("pk"), concerned=True)
        withheld = concerned.filter(~Exists(open_people))
        return super().in_layers_of(user).filter(~Exists(withheld))

    def visible_to(self, user: User) -> Self:
        return self.filter(family__in=Family.objects.visible_to(user)).in_layers_of(user)

    def with_reviews(self) -> Self:
        """With what each was a review of, read in the same statement."""
        reviewed = ContactPerson.objects.filter(contact=OuterRef("pk")).exclude(review="")
        return self.annotate(
            reviewed_as=ArraySubquery(reviewed.order_by("listed").values("review"))
        )


class Contact(Layered):
    """One visit, call, clinic or letter: attended or not, with whom, by which team."""

    class Kind(models.TextChoices):
        HOME_VISIT = "home_visit", "Home visit"
        CLINIC = "clinic", "Clinic"
        GROUP = "group", "Group"
        PHONE = "phone", "Phone call"
        VIDEO = "video", "Video call"
        TEXT = "text", "Text message"
        LETTER = "letter", "Letter"

    class Outcome(models.TextChoices):
        ATTENDED = "attended", "Attended"
        WAS_NOT_BROUGHT = "was_not_brought", "Was not brought"
        NO_ACCESS = "no_access", "No access"
        CANCELLED_BY_FAMILY = "cancelled_by_family", "Cancelled by the family"
        CANCELLED_BY_SERVICE = "cancelled_by_service", "Cancelled by the service"

    class Review(models.TextChoices):
        NONE = "", "Not a mandated review"
        ANTENATAL = "antenatal", "Antenatal contact"
        NEW_BIRTH = "new_birth", "New birth visit"
        SIX_TO_EIGHT_WEEK = "six_to_eight_week", "6 to 8 week review"
        ONE_YEAR = "one_year", "1 year review"
        TWO_YEAR = "two_year", "2 to 2½ year review"

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="contacts")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="contacts")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    occurred_at = models.DateTimeField()
    # The day in London, whatever the clock in UTC says: indicators and windows count days.
    occurred_on = models.GeneratedField(
        expression=Func(
            F("occurred_at"), template="(%(expressions)s AT TIME ZONE 'Europe/London')::date"
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    outcome = models.CharField(max_length=30, choices=Outcome.choices)
    service = models.ForeignKey(
        Service, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.TextField(blank=True)
    # Instead, where it was not attended.
    tried = models.CharField(max_length=300, blank=True, default="", db_default="")
    recorded_at = models.DateTimeField(default=timezone.now)
    # The reference of the session it was logged from: it is those attendances, and no more of them.
    session_ref = models.CharField(max_length=20, blank=True, default="", db_default="")
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=60, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta(Layered.Meta):
        abstract = False
        constraints = [
            *Layered.Meta.constraints,
            models.CheckConstraint(
                condition=Q(
                    kind__in=["home_visit", "clinic", "group", "phone", "video", "text", "letter"]
                ),
                name="contact_kind_is_known",
            ),
            models.CheckConstraint(
                condition=Q(
                    outcome__in=[
                        "attended",
                        "was_not_brought",
                        "no_access",
                        "cancelled_by_family",
                        "cancelled_by_service",
                    ]
                ),
                name="contact_outcome_is_known",
            ),
            models.CheckConstraint(
                condition=Q(minutes=None) | Q(minutes__lte=1440), name="contact_within_a_day"
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="contact_once_per_source_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["family", "-occurred_at"], name="contact_of_family_newest_first"),
            models.Index(fields=["occurred_on"], name="contact_by_day"),
            models.Index(fields=["by", "-occurred_at"], name="contact_of_practitioner"),
            models.Index(
                fields=["session_ref", "family"],
                condition=~Q(session_ref=""),
                name="contact_of_session",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("families:contact", args=[self.family.ref, self.ref])

    @property
    def attended(self) -> bool:
        return self.outcome == self.Outcome.ATTENDED

    @property
    def reviews(self) -> list[str]:
        """Which reviews it was, of whomever it concerned; each once."""
        read: list[str] | None = getattr(self, "reviewed_as", None)  # by with_reviews
        if read is None:
            read = [participant.review for participant in self.people.all() if participant.review]
        return list(dict.fromkeys(read))

    @property
    def review(self) -> str:
        """The first of them; blank for an ordinary contact."""
        return next(iter(self.reviews), "")

    @property
    def title(self) -> str:
        """What it was, in a few words: its reviews, or its kind."""
        return reviews_in_words(self.reviews) or str(self.get_kind_display())


def reviews_in_words(codes: Iterable[str]) -> str:
    """What reviews are called; blank for none."""
    return " and ".join(str(Contact.Review(code).label) for code in codes)


class ContactPerson(models.Model):
    """Someone a contact concerned, or who was there, or both. Siblings are logged in one go, each
    with a review of their own or none."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contact_people")
    concerned = models.BooleanField(default=False)
    present = models.BooleanField(default=False)
    alone = models.BooleanField(default=False, db_default=False)  # seen without anybody else
    review = models.CharField(
        max_length=20, choices=Contact.Review.choices, blank=True, default="", db_default=""
    )
    listed = models.PositiveSmallIntegerField(default=0)  # the order they were named in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "person"], name="contact_person_once"),
            models.CheckConstraint(
                condition=Q(concerned=True) | Q(present=True),
                name="contact_person_concerned_or_present",
            ),
            models.CheckConstraint(
                condition=Q(review="")
                | Q(
                    concerned=True,
                    review__in=[
                        "antenatal",
                        "new_birth",
                        "six_to_eight_week",
                        "one_year",
                        "two_year",
                    ],
                ),
                name="contact_person_review_is_of_whom_it_concerned",
            ),
        ]
        indexes = [
            models.Index(
                F("person"),
                F("contact"),
                condition=Q(concerned=True),
                name="contact_person_concerned",
            ),
            models.Index(
                fields=["person", "review"],
                include=["contact"],
                condition=~Q(review=""),
                name="contact_person_review",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.contact_id}"
