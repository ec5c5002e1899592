"""The partnership's directory: wards, postcodes, sites and services.

It lies below families because a residence names a postcode, and a contact a service and a site.
"""

from django.db import models
from django.db.models import Q

from leap.core.accounts.models import Team
from leap.core.parse import clean_text

# LEAP's area, frozen on the 2011-vintage wards; no union of 2022 wards is the same area.
LEAP_WARDS = {
    "E05000420": "Coldharbour",
    "E05000429": "Stockwell",
    "E05000435": "Tulse Hill",
    "E05000436": "Vassall",
}
LEAP = "LEAP"
AREAS = {**LEAP_WARDS, LEAP: "LEAP (four wards)"}


NOT_KNOWN, OUTSIDE = "ward not known", "outside the four wards"


def ward_name(ward_2011: str) -> str:
    """What a ward's code of 2011 is called here: one of the four, outside them, or not known."""
    return LEAP_WARDS.get(ward_2011, OUTSIDE) if ward_2011 else NOT_KNOWN


class Postcode(models.Model):
    """Where a postcode lies, in both vintages of wards (from the ONS Postcode Directory).

    Both wards are blank for one that the directory does not list.
    """

    # As leap.core.reference_data.postcodes writes it: SW9 8HE, BFPO 801, ZZ99 3VZ, ABROAD, 75008.
    postcode = models.CharField(max_length=10, unique=True)
    ward_2011 = models.CharField(max_length=9, blank=True, db_index=True)
    ward_2022 = models.CharField(max_length=9, blank=True)
    lsoa_2011 = models.CharField(max_length=9, blank=True)
    imd_decile = models.PositiveSmallIntegerField(null=True, blank=True)  # 1 = most deprived tenth

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(imd_decile=None) | Q(imd_decile__range=(1, 10)),
                name="postcode_imd_decile_1_to_10",
            ),
            models.CheckConstraint(
                condition=Q(postcode__regex=r"^[A-Z0-9]+( [A-Z0-9]+)*$")
                & ~Q(postcode__regex=r"^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$"),
                name="postcode_is_written_one_way",
            ),
        ]

    def __str__(self) -> str:
        return self.postcode

    @property
    def ward_name(self) -> str:
        return ward_name(self.ward_2011)


class Site(models.Model):
    """A place where things happen."""

    code = models.SlugField(max_length=60, unique=True)  # also its address: /sites/<code>/
    name = models.CharField(max_length=200)
    postcode = models.ForeignKey(Postcode, on_delete=models.PROTECT, null=True, blank=True)
    address = models.CharField(max_length=300, blank=True)
    # Runs what is on here, where nothing else is said of a session.
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="sites"
    )
    telephone = models.CharField(max_length=30, blank=True)

    def __str__(self) -> str:
        return self.name


class Strand(models.TextChoices):
    SOCIAL_AND_EMOTIONAL = "social_and_emotional", "Social and emotional development"
    COMMUNICATION_AND_LANGUAGE = "communication_and_language", "Communication and language"
    DIET_AND_NUTRITION = "diet_and_nutrition", "Diet and nutrition"
    CROSS_CUTTING = "cross_cutting", "Cross-cutting"


class ServiceKind(models.TextChoices):
    ONE_TO_ONE = "one_to_one", "One to one"
    COURSE = "course", "Course"
    DROP_IN = "drop_in", "Drop-in"
    PEER_SUPPORT = "peer_support", "Peer support"
    HOME_VISITING = "home_visiting", "Home visiting"
    WORKFORCE = "workforce", "Workforce"


class Service(models.Model):
    """What is offered."""

    code = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    strand = models.CharField(max_length=30, choices=Strand.choices)
    kind = models.CharField(max_length=20, choices=ServiceKind.choices)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(strand__in=Strand.values), name="service_strand_is_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ServiceKind.values), name="service_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


def tidy_postcode(text: str) -> str:
    """A postcode in the one way we write it: upper case, one space before the last three."""
    squeezed = "".join(clean_text(text).split()).upper()
    return f"{squeezed[:-3]} {squeezed[-3:]}" if len(squeezed) > 4 else squeezed
