"""What callers send about families, and by what their lists can be narrowed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework import serializers

from families.api.person_fields import Fields, call_fields
from families.inputs import Audience, ObservationInput
from families.models import Contact, Family, Layer, Member, Person
from families.observations.codes import CODES
from leap.core.accounts.models import Team, User
from leap.core.api.fields import ApiDateField, ApiDateTimeField, ApiIntegerField
from leap.core.api.references import (
    AT_MOST,
    LONGEST,
    NamedReference,
    RequestSerializer,
    is_plain,
    reference_help_text,
)
from leap.core.reference_data.models import Postcode, Service, Site
from leap.core.reference_data.postcodes import read_postcode


def teams(user: User) -> QuerySet[Team]:
    """Which teams there are is no secret; who may write for one is the actions' to say."""
    return Team.objects.all()


def services(user: User) -> QuerySet[Service]:
    return Service.objects.all()


def sites(user: User) -> QuerySet[Site]:
    return Site.objects.all()


class ToPostcode(NamedReference):
    """A postcode, however it is spaced."""

    def __init__(self, **options: Any) -> None:
        super().__init__("postcode", lambda user: Postcode.objects.all(), by="postcode", **options)

    def find(self, data: str) -> Any:
        try:
            return read_postcode(data)
        except ValidationError as error:
            raise serializers.ValidationError(error.messages) from None


class ToTeam(NamedReference):
    """A team. Most name their own, which need not be looked for."""

    def __init__(self, **options: Any) -> None:
        super().__init__("team", teams, by="code", **options)

    def find(self, data: str) -> Any:
        mine = {team.code: team for team in self.context["request"].user.teams}
        return mine.get(data) or super().find(data)


class ToFamily(NamedReference):
    """A family the caller can see."""

    def __init__(self, **options: Any) -> None:
        super().__init__("family", Family.objects.visible_to, **options)


class ToPerson(NamedReference):
    """A person the caller can see."""

    def __init__(self, **options: Any) -> None:
        super().__init__("person", Person.objects.visible_to, **options)


class NhsNumber(serializers.CharField):
    """Ten digits, however they are spaced."""

    def to_internal_value(self, data: Any) -> str:
        return str(super().to_internal_value(data)).replace(" ", "").replace("-", "")


class PersonRequest(RequestSerializer):
    """Somebody to be registered with the family."""

    role = serializers.ChoiceField(choices=Member.Role.choices)
    given_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    family_name = serializers.CharField(max_length=100, required=False, allow_blank=True)
    birth_date = ApiDateField(required=False, allow_null=True)
    due_date = ApiDateField(required=False, allow_null=True)
    sex = serializers.ChoiceField(choices=Person.Sex.choices, required=False)
    nhs_number = NhsNumber(max_length=20, required=False, allow_blank=True)
    telephone = serializers.CharField(max_length=30, required=False, allow_blank=True)
    postcode = ToPostcode(required=False)
    address = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="House and street; taken with a postcode.",
    )
    moved_in_on = ApiDateField(required=False, allow_null=True)

    def get_fields(self) -> Fields:
        return call_fields(super().get_fields())


class FamilyRequest(RequestSerializer):
    """A family to be registered, led by one of your teams."""

    name = serializers.CharField(max_length=200)
    lead_team = ToTeam()
    people: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=PersonRequest(), min_length=1, max_length=40
    )
    are_new = serializers.BooleanField(
        required=False,
        help_text="True to register people of whom 409 has said that they may be on record, after"
        " somebody has looked.",
    )


def members(**options: Any) -> serializers.ListField:
    """Members of the family that the same request names, by reference."""
    ref = serializers.CharField(max_length=LONGEST)
    meaning = "References of members of the family."
    return serializers.ListField(child=ref, max_length=AT_MOST, help_text=meaning, **options)


class ValueRequest(RequestSerializer):
    """What was found: which code, and the value."""

    code = serializers.ChoiceField(
        choices=[(code, definition.title) for code, definition in CODES.items()]
    )
    value = serializers.CharField(max_length=60)
    checked = serializers.BooleanField(
        required=False,
        help_text="True for a value that was asked about because hardly any child has it, and was"
        " checked.",
    )

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        try:
            data["value"] = CODES[data["code"]].read(data["value"])[0]
        except ValidationError as error:
            raise serializers.ValidationError({"value": error.messages}) from None
        return data


class FindingRequest(ValueRequest):
    """Something found at the contact, about a member of the family."""

    person = serializers.CharField(
        max_length=LONGEST, help_text=reference_help_text("person", "ref")
    )


class ReviewRequest(RequestSerializer):
    """The review that a contact was of one person it concerned."""

    person = serializers.CharField(
        max_length=LONGEST, help_text=reference_help_text("person", "ref")
    )
    review = serializers.ChoiceField(choices=Contact.Review.choices[1:])


class ContactRequest(RequestSerializer):
    """A contact that one of your teams had, or should have had, with members of a family."""

    family = ToFamily()
    team = ToTeam()
    kind = serializers.ChoiceField(choices=Contact.Kind.choices)
    occurred_at = ApiDateTimeField()
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    concerned = members()
    present = members(required=False)
    review = serializers.ChoiceField(
        choices=Contact.Review.choices,
        required=False,
        allow_blank=True,
        help_text="Of those it concerned whose age it fits. Refused where it fits nobody’s.",
    )
    reviews: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=ReviewRequest(),
        required=False,
        max_length=AT_MOST,
        help_text="Of each child one by one: siblings seen together have reviews of their own.",
    )
    service = NamedReference("service", services, by="code", required=False, allow_null=True)
    site = NamedReference("site", sites, by="code", required=False, allow_null=True)
    session = serializers.RegexField(
        r"^[\w-]{1,20}$",
        required=False,
        allow_blank=True,
        help_text="The session it was part of, by reference: it counts as that attendance. Refused"
        " for another day, service or site, and where nobody of the contact was in it.",
    )
    minutes = ApiIntegerField(min_value=0, max_value=24 * 60, required=False, allow_null=True)
    note = serializers.CharField(max_length=50_000, required=False, allow_blank=True)
    tried = serializers.CharField(
        max_length=300,
        required=False,
        allow_blank=True,
        help_text="What was tried instead, where it was not attended: then nobody was present, and"
        " nothing was found.",
    )
    findings: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=FindingRequest(), required=False, max_length=40
    )
    layer = serializers.ChoiceField(
        choices=Layer.choices, required=False, help_text="Who may see it. Shared when not given."
    )
    named = serializers.ListField(
        child=serializers.UUIDField(),
        required=False,
        max_length=AT_MOST,
        help_text="Practitioners who may see it besides you, where its layer is restricted.",
    )

    def validate_named(self, refs: list[Any]) -> list[User]:
        practitioners = {user.ref: user for user in User.objects.filter(ref__in=refs)}
        if missing := [ref for ref in refs if ref not in practitioners]:
            raise serializers.ValidationError(
                [f"There is no practitioner “{ref}”." for ref in dict.fromkeys(missing)]
            )
        return list(practitioners.values())

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """With the people named, wherever they are, read in one query."""
        observed = data.get("findings", [])
        lists = {name: data[name] for name in ("concerned", "present") if name in data}
        lists["findings"] = [finding["person"] for finding in observed]
        reviewed = data.get("reviews", [])
        lists["reviews"] = [review["person"] for review in reviewed]
        named = {ref for refs in lists.values() for ref in refs}
        plain = [ref for ref in named if is_plain(ref)]
        members = Person.objects.open_to(self.context["request"].user).filter(
            members__family=data["family"], ref__in=plain
        )
        known = {person.ref: person for person in members}
        strange = {
            name: [
                f"There is no “{ref}” in this family."
                for ref in dict.fromkeys(refs)
                if ref not in known
            ]
            for name, refs in lists.items()
        }
        if wrong := {name: sentences for name, sentences in strange.items() if sentences}:
            raise serializers.ValidationError(wrong)
        people = {name: [known[ref] for ref in dict.fromkeys(refs)] for name, refs in lists.items()}
        findings = [
            ObservationInput(**finding | {"person": known[finding["person"]]})
            for finding in observed
        ]
        audience = Audience(data.pop("layer", Layer.SHARED), data.pop("named", []))
        reviews = {known[review["person"]]: review["review"] for review in reviewed}
        made = {"findings": findings, "audience": audience, "reviews": reviews}
        return data | people | made


class ObservationRequest(ValueRequest):
    """A measurement or finding about a member of a family, with or without its contact."""

    family = ToFamily()
    person = ToPerson()
    recorded_on = ApiDateField(
        required=False, help_text="Today, or the day of the contact, when not given."
    )
    contact = NamedReference("contact", Contact.objects.visible_to, required=False, allow_null=True)


class FamilyFilters(RequestSerializer):
    """Families led by a team, of a person, or open or closed."""

    lead_team = ToTeam(required=False)
    person = ToPerson(required=False)
    status = serializers.ChoiceField(choices=["open", "closed"], required=False)
    since = ApiDateTimeField(required=False, help_text="With a contact at this time or later.")


class PersonFilters(RequestSerializer):
    """Persons of one family, or in one role."""

    family = ToFamily(required=False)
    role = serializers.ChoiceField(choices=Member.Role.choices, required=False)


class ContactFilters(RequestSerializer):
    """Contacts of a family, about a person, of a team, or recorded lately."""

    family = ToFamily(required=False)
    person = ToPerson(required=False)
    team = ToTeam(required=False)
    review = serializers.ChoiceField(choices=Contact.Review.choices[1:], required=False)
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices, required=False)
    since = ApiDateTimeField(required=False, help_text="Recorded at this time or later.")


class ObservationFilters(RequestSerializer):
    """Observations of a family or a person, of one code, or recorded lately."""

    family = ToFamily(required=False)
    person = ToPerson(required=False)
    code = serializers.ChoiceField(choices=list(CODES), required=False)
    since = ApiDateTimeField(required=False, help_text="Recorded at this time or later.")
