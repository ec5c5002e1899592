"""What callers send about families, and by what their lists can be narrowed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework import serializers

from families.codes import CODES
from families.entries import Finding
from families.models import Contact, Family, Member, Person
from families.models.people import ETHNICITIES
from leap.accounts.models import Team, User
from leap.api.references import LONGEST, Given, Named, NamedList
from leap.directory.models import Postcode, Service, Site, tidy_postcode

_NOT_THERE = {"person": ["Name this person under “concerned” or “present” too."]}


def teams(user: User) -> QuerySet[Team]:
    """Which teams there are is no secret; who may write for one is the actions' to say."""
    return Team.objects.all()


def services(user: User) -> QuerySet[Service]:
    return Service.objects.all()


def sites(user: User) -> QuerySet[Site]:
    return Site.objects.all()


class ToPostcode(Named):
    """A postcode, however it is spaced."""

    def __init__(self, **options: Any) -> None:
        super().__init__("postcode", lambda user: Postcode.objects.all(), by="postcode", **options)

    def to_internal_value(self, data: Any) -> str:
        return tidy_postcode(super().to_internal_value(data))


class ToFamily(Named):
    """A family the caller can see."""

    def __init__(self, **options: Any) -> None:
        super().__init__("family", Family.objects.visible_to, **options)


class ToPerson(Named):
    """A person the caller can see."""

    def __init__(self, **options: Any) -> None:
        super().__init__("person", Person.objects.visible_to, **options)


class NhsNumber(serializers.CharField):
    """Ten digits, however they are spaced."""

    def to_internal_value(self, data: Any) -> str:
        return str(super().to_internal_value(data)).replace(" ", "").replace("-", "")


class GivenPerson(Given):
    """Somebody to be registered with the family."""

    role = serializers.ChoiceField(choices=Member.Role.choices)
    given_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    family_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    birth_date = serializers.DateField(required=False, allow_null=True)
    due_date = serializers.DateField(required=False, allow_null=True)
    sex = serializers.ChoiceField(choices=Person.Sex.choices, required=False)
    nhs_number = NhsNumber(max_length=20, required=False, allow_blank=True)
    ethnicity = serializers.ChoiceField(
        choices=list(ETHNICITIES.items()), required=False, allow_blank=True
    )
    language = serializers.CharField(max_length=60, required=False, allow_blank=True)
    interpreter = serializers.BooleanField(required=False, allow_null=True)
    telephone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    postcode = ToPostcode(required=False)
    moved_in_on = serializers.DateField(required=False, allow_null=True)


class GivenFamily(Given):
    """A family to be registered, led by one of your teams."""

    name = serializers.CharField(max_length=200)
    lead_team = Named("team", teams, by="code")
    people: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=GivenPerson(), min_length=1, max_length=40
    )


class GivenValue(Given):
    """What was found: which code, and the value."""

    code = serializers.ChoiceField(choices=[(code, each.title) for code, each in CODES.items()])
    value = serializers.CharField(max_length=60)

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        try:
            CODES[given["code"]].read(given["value"])
        except ValidationError as error:
            raise serializers.ValidationError({"value": error.messages}) from None
        return given


class GivenFinding(GivenValue):
    """Something found at the contact, about somebody it concerned or who was there."""

    person = serializers.CharField(max_length=LONGEST)


class GivenContact(Given):
    """A contact that one of your teams had, or should have had, with members of a family."""

    family = ToFamily()
    team = Named("team", teams, by="code")
    kind = serializers.ChoiceField(choices=Contact.Kind.choices)
    occurred_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    concerned = NamedList("person", Person.objects.visible_to)
    present = NamedList("person", Person.objects.visible_to, required=False)
    review = serializers.ChoiceField(
        choices=Contact.Review.choices, required=False, allow_blank=True
    )
    service = Named("service", services, by="code", required=False, allow_null=True)
    site = Named("site", sites, by="code", required=False, allow_null=True)
    minutes = serializers.IntegerField(
        min_value=0, max_value=24 * 60, required=False, allow_null=True
    )
    note = serializers.CharField(max_length=50_000, required=False, allow_blank=True)
    findings: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=GivenFinding(), required=False, max_length=40
    )

    def validate(self, given: dict[str, Any]) -> dict[str, Any]:
        there = {person.ref: person for person in [*given["concerned"], *given.get("present", [])]}
        found = given.get("findings", [])
        wrong = [{} if each["person"] in there else _NOT_THERE for each in found]
        if any(wrong):
            raise serializers.ValidationError({"findings": wrong})
        given["findings"] = [Finding(**each | {"person": there[each["person"]]}) for each in found]
        return given


class GivenObservation(GivenValue):
    """A measurement or finding about a member of a family, with or without its contact."""

    family = ToFamily()
    person = ToPerson()
    recorded_on = serializers.DateField(
        required=False, help_text="Today, or the day of the contact, when not given."
    )
    contact = Named("contact", Contact.objects.visible_to, required=False, allow_null=True)


class FamilyFilters(Given):
    """Families led by a team, of a person, or open or closed."""

    lead_team = Named("team", teams, by="code", required=False)
    person = ToPerson(required=False)
    status = serializers.ChoiceField(choices=["open", "closed"], required=False)
    since = serializers.DateTimeField(
        required=False, help_text="With a contact at this time or later."
    )


class PersonFilters(Given):
    """Persons of one family, or in one role."""

    family = ToFamily(required=False)
    role = serializers.ChoiceField(choices=Member.Role.choices, required=False)


class ContactFilters(Given):
    """Contacts of a family, about a person, of a team, or recorded lately."""

    family = ToFamily(required=False)
    person = ToPerson(required=False)
    team = Named("team", teams, by="code", required=False)
    review = serializers.ChoiceField(choices=Contact.Review.choices[1:], required=False)
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices, required=False)
    since = serializers.DateTimeField(required=False, help_text="Recorded at this time or later.")


class ObservationFilters(Given):
    """Observations of a family or a person, of one code, or recorded lately."""

    family = ToFamily(required=False)
    person = ToPerson(required=False)
    code = serializers.ChoiceField(choices=list(CODES), required=False)
    since = serializers.DateTimeField(required=False, help_text="Recorded at this time or later.")
