"""Persons, the families they belong to, and where they live."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.utils import timezone

from families.models import shielded_addresses
from families.models.families import Family, Restriction
from families.models.search_text import SearchNameField
from leap.core.accounts.models import User
from leap.core.reference_data.models import Postcode
from leap.core.ui.formatting import age, due

# NHS data dictionary: 16+1 codes. Z (asked, not stated) is not 99 (not known) is not blank.
ETHNICITIES = {
    "A": "White British",
    "B": "White Irish",
    "C": "Any other White background",
    "D": "White and Black Caribbean",
    "E": "White and Black African",
    "F": "White and Asian",
    "G": "Any other mixed background",
    "H": "Indian",
    "J": "Pakistani",
    "K": "Bangladeshi",
    "L": "Any other Asian background",
    "M": "Caribbean",
    "N": "African",
    "P": "Any other Black background",
    "R": "Chinese",
    "S": "Any other ethnic group",
    "Z": "Not stated",
    "99": "Not known",
}


def people_open_to(user: User, person: str) -> Q:
    """Holds of a row whose `person` is not kept for named people, or of whom `user` is one."""
    key = "" if person == "pk" else f"{person}__"
    named = PersonReader.objects.filter(person=OuterRef(person), practitioner=user)
    return Q(**{f"{key}restriction": ""}) | Q(Exists(named))


def person_is_open(person: str) -> str:
    """The same in SQL, of a row of `families_person`, the reader's key given as `me`. Written out,
    since the planner puts no function into a statement that itself looks into a table."""
    return (
        f"({person}.restriction = '' OR EXISTS (SELECT FROM families_personreader named"
        f" WHERE named.person_id = {person}.id AND named.practitioner_id = %(me)s))"
    )


class PersonQuerySet(models.QuerySet["Person"]):
    def open_to(self, user: User) -> Self:
        """Without those who are kept for other named people."""
        return self.filter(people_open_to(user, "pk"))

    def visible_to(self, user: User) -> Self:
        """The people in the families this practitioner can see, as far as they are open to them."""
        visible = Family.objects.visible_to(user)
        return self.open_to(user).filter(members__family__in=visible).distinct()

    def named_to(self, user: User) -> Self:
        """Those whom a list of several families' people, such as a register, may name.

        Left out is whoever is kept for other named people, or is in a family that is.
        """
        restricted = Member.objects.filter(person=OuterRef("pk")).exclude(family__restriction="")
        theirs = restricted.exclude(family__in=Family.objects.visible_to(user))
        return self.open_to(user).filter(~Exists(theirs))


def called_without_name(
    birth_date: date | None, due_date: date | None, died_on: date | None
) -> str:
    """What somebody is called who has no name yet. A baby who has died is not expected any more."""
    if birth_date is not None or due_date is None:
        return "Name not known"
    return "Baby" if died_on else "Unborn baby"


# The same in SQL, of the person `{0}`; a test compares the two.
CALLED_WITHOUT_NAME = """CASE WHEN {0}.birth_date IS NOT NULL OR {0}.due_date IS NULL
     THEN 'Name not known' WHEN {0}.died_on IS NULL THEN 'Unborn baby' ELSE 'Baby' END"""
# A person by their first name, or what else they are called.
SHORT_NAME = f"""coalesce(nullif({{0}}.given_name, ''), nullif({{0}}.family_name, ''),
     {CALLED_WITHOUT_NAME})"""


class Person(models.Model):
    """One human being, once. Unborn babies are persons with a due date."""

    class Sex(models.TextChoices):
        FEMALE = "female", "Female"
        MALE = "male", "Male"
        UNKNOWN = "unknown", "Not known"

    ref = models.CharField(max_length=20, unique=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    due_date = models.DateField(null=True, blank=True)
    died_on = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=10, choices=Sex.choices, default=Sex.UNKNOWN)
    nhs_number = models.CharField(max_length=10, blank=True)  # may be wrong or shared: never a key
    ethnicity = models.CharField(max_length=2, choices=list(ETHNICITIES.items()), blank=True)
    language = models.CharField(max_length=60, blank=True)
    interpreter = models.BooleanField(null=True, blank=True)  # None: nobody has asked
    telephone = models.CharField(max_length=30, blank=True)
    # Set, only the people named for this person see them, whoever sees the family.
    restriction = models.CharField(
        max_length=10, choices=Restriction.choices, blank=True, db_default=""
    )
    search_name = SearchNameField("given_name", "family_name")
    # The same as it is heard, each word between spaces: "ada okafor" is " ad akfr ".
    phonetic_name = models.GeneratedField(
        expression=Func(F("search_name"), function="leap_phonetic_name"),
        output_field=models.TextField(),
        db_persist=True,
    )
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=60, blank=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(died_on=None) | Q(birth_date=None) | Q(died_on__gte=F("birth_date")),
                name="person_dies_after_birth",
            ),
            models.CheckConstraint(
                condition=Q(nhs_number="")
                | Q(
                    Func(
                        F("nhs_number"),
                        function="nhs_number_is_valid",
                        output_field=models.BooleanField(),
                    )
                ),
                name="person_nhs_number_check_digit",
            ),
            models.CheckConstraint(
                condition=Q(ethnicity="") | Q(ethnicity__in=ETHNICITIES),
                name="person_ethnicity_code",
            ),
            models.CheckConstraint(
                condition=Q(sex__in=["female", "male", "unknown"]), name="person_sex_is_known_word"
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="person_once_per_source_reference",
            ),
        ]
        indexes = [
            models.Index(fields=["birth_date"], name="person_birth_date"),
            models.Index(
                fields=["nhs_number"], condition=~Q(nhs_number=""), name="person_nhs_number"
            ),
            GinIndex(fields=["search_name"], opclasses=["gin_trgm_ops"], name="person_search_name"),
            models.Index(fields=["phonetic_name"], name="person_phonetic_name"),
            models.Index(fields=["id"], condition=~Q(restriction=""), name="person_restricted"),
        ]

    def __str__(self) -> str:
        return self.ref  # never the name: this reaches logs and titles

    @property
    def name(self) -> str:
        """Both names, or what we call someone who has none yet."""
        full = f"{self.given_name} {self.family_name}".strip()
        return full or called_without_name(self.birth_date, self.due_date, self.died_on)

    @property
    def name_and_age(self) -> str:
        """With the age, or when a baby is due, where known: two cousins may be called the same."""
        known = due(self.due_date) if self.is_unborn else age(self.birth_date)
        return f"{self.name}, {known}" if known else self.name

    @property
    def is_unborn(self) -> bool:
        """Expected still. Not one who has died before birth: see `died_before_birth`."""
        return self.birth_date is None and self.due_date is not None and self.died_on is None

    @property
    def died_before_birth(self) -> bool:
        """A baby who died before birth, or at it."""
        return self.birth_date is None and self.due_date is not None and self.died_on is not None

    @property
    def must_not_be_phoned(self) -> bool:
        """Whether they said which ways are safe, and a call is none of them."""
        safe_contact = getattr(self, "safe_contact", None)
        return safe_contact is not None and not safe_contact.allows_calls


class PersonReader(models.Model):
    """Somebody named to see a restricted person."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="readers")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    named_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practitioner", "person"], name="person_reader_once")
        ]

    def __str__(self) -> str:
        return f"{self.practitioner_id} reads {self.person_id}"


class MemberQuerySet(models.QuerySet["Member"]):
    def current(self) -> Self:
        today = timezone.localdate()
        return self.filter(Q(left_on=None) | Q(left_on__gt=today))

    def children(self) -> Self:
        return self.filter(role__in=Member.CHILD_ROLES)

    def open_to(self, user: User) -> Self:
        """Without those who are kept for other named people."""
        return self.filter(people_open_to(user, "person"))

    def visible_to(self, user: User) -> Self:
        """Who belongs to the families this practitioner can see, and is open to them."""
        return self.open_to(user).filter(family__in=Family.objects.visible_to(user))


class Member(models.Model):
    """That a person belongs to a family, and as what. A person can belong to two."""

    class Role(models.TextChoices):
        CHILD = "child", "Child"
        UNBORN = "unborn", "Unborn baby"
        MOTHER = "mother", "Mother"
        FATHER = "father", "Father"
        STEP_PARENT = "step_parent", "Step-parent"
        GRANDPARENT = "grandparent", "Grandparent"
        FOSTER_CARER = "foster_carer", "Foster carer"
        OTHER = "other", "Other carer"

    CHILD_ROLES = (Role.CHILD, Role.UNBORN)

    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="members")
    role = models.CharField(max_length=20, choices=Role.choices)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family", "person"], name="member_once_per_family"),
            models.CheckConstraint(
                condition=Q(
                    role__in=[
                        "child",
                        "unborn",
                        "mother",
                        "father",
                        "step_parent",
                        "grandparent",
                        "foster_carer",
                        "other",
                    ]
                ),
                name="member_role_is_known",
            ),
        ]
        indexes = [models.Index(fields=["person", "role"], name="member_of_person_by_role")]

    def __str__(self) -> str:
        return f"{self.role} {self.person_id}"

    def get_role_display(self) -> str:  # type: ignore[no-redef]  # the plugin adds it, too
        """The role in words. Nobody calls a baby who has died unborn."""
        if self.role == self.Role.UNBORN and self.person.died_on:
            return "Baby"
        return str(self.Role(self.role).label)

    @property
    def is_child(self) -> bool:
        return self.role in self.CHILD_ROLES


class ResidenceQuerySet(models.QuerySet["Residence"]):
    def shown_in(self, family: Family) -> Self:
        """Without those that a page of this family must not show."""
        return self.exclude(postcode__in=shielded_addresses.in_family(family.pk).postcodes)


class Residence(models.Model):
    """Where a person lives from a day on (blank: from birth).

    Several on one day are the homes of a child whose parents live apart; the one listed first is
    the main home. The ward is read through the postcode, always with its vintage.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="residences")
    postcode = models.ForeignKey(Postcode, on_delete=models.PROTECT, related_name="residences")
    address = models.CharField(max_length=300, blank=True)
    moved_in_on = models.DateField(null=True, blank=True)
    listed = models.PositiveIntegerField(default=0)

    objects = ResidenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "postcode", "moved_in_on"],
                nulls_distinct=False,
                name="residence_once",
            )
        ]
        indexes = [
            models.Index(
                F("person"),
                F("moved_in_on").desc(nulls_last=True),
                F("listed"),
                include=["postcode"],
                name="residence_latest_first",
            )
        ]

    def __str__(self) -> str:
        return f"residence of {self.person_id}"


def age_on(day: date, birth_date: date) -> tuple[int, int]:
    """Whole years and months of age on `day`; negative before birth."""
    months = (day.year - birth_date.year) * 12 + day.month - birth_date.month
    months -= day.day < birth_date.day
    return divmod(months, 12)
