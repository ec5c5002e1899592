"""How families, persons, contacts and observations are written in answers."""

from typing import Any

from rest_framework import serializers

from families.api.person_fields import Fields, answer_fields
from families.inputs import NewContact
from families.models import Contact, Family, Layer, Member, Observation, Person, Residence


class Practitioner(serializers.Serializer[Any]):
    """Somebody who works with families."""

    ref = serializers.UUIDField()
    name = serializers.CharField()


class MemberResponse(serializers.Serializer[Member]):
    """That a person belongs to the family, and as what."""

    person = serializers.CharField(source="person.ref")
    role = serializers.ChoiceField(choices=Member.Role.choices)
    left_on = serializers.DateField(allow_null=True)


class FamilyResponse(serializers.Serializer[Family]):
    """The shared record: who belongs to it, and who leads."""

    ref = serializers.CharField()
    name = serializers.CharField()
    lead_team = serializers.CharField(source="lead_team.code", default=None, allow_null=True)
    lead_practitioner = Practitioner(allow_null=True)
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    last_contact_at = serializers.DateTimeField(allow_null=True)
    members = MemberResponse(many=True)


class HomeResponse(serializers.Serializer[Residence]):
    """Where a person lives from a day on; null is from birth."""

    postcode = serializers.CharField(source="postcode.postcode")
    address = serializers.CharField()
    ward_2011 = serializers.CharField(source="postcode.ward_2011")
    moved_in_on = serializers.DateField(allow_null=True)


class MembershipResponse(serializers.Serializer[Member]):
    """A family the person belongs to, of those you can see."""

    family = serializers.CharField(source="family.ref")
    role = serializers.ChoiceField(choices=Member.Role.choices)
    left_on = serializers.DateField(allow_null=True)


class PersonResponse(serializers.Serializer[Person]):
    """One human being. An unborn baby has a due date and no birth date."""

    ref = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    birth_date = serializers.DateField(allow_null=True)
    due_date = serializers.DateField(allow_null=True)
    died_on = serializers.DateField(allow_null=True)
    sex = serializers.ChoiceField(choices=Person.Sex.choices)
    nhs_number = serializers.CharField()
    telephone = serializers.SerializerMethodField()
    families = MembershipResponse(source="members", many=True)
    homes = HomeResponse(source="residences", many=True)

    def get_fields(self) -> Fields:
        return answer_fields(super().get_fields())

    def get_telephone(self, person: Person) -> str:
        """Blank where the person's address is shielded from somebody the caller works with."""
        return "" if person.pk in self.context["view"].withheld.people else person.telephone


class FindingResponse(serializers.Serializer[Observation]):
    """Something found at the contact."""

    ref = serializers.CharField()
    person = serializers.CharField(source="person.ref")
    code = serializers.CharField()
    value = serializers.CharField()
    recorded_on = serializers.DateField()


class ContactResponse(serializers.Serializer[Contact]):
    """What happened, or should have, with whom, and what was found."""

    ref = serializers.CharField()
    family = serializers.CharField(source="family.ref")
    team = serializers.CharField(source="team.code")
    by = Practitioner(allow_null=True)
    kind = serializers.ChoiceField(choices=Contact.Kind.choices)
    occurred_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=Contact.Outcome.choices)
    review = serializers.SerializerMethodField()
    reviews = serializers.SerializerMethodField()
    service = serializers.CharField(source="service.code", default=None, allow_null=True)
    site = serializers.CharField(source="site.code", default=None, allow_null=True)
    session = serializers.CharField(source="session_ref")
    minutes = serializers.IntegerField(allow_null=True)
    note = serializers.CharField()
    tried = serializers.CharField()
    layer = serializers.ChoiceField(choices=Layer.choices)
    concerned = serializers.SerializerMethodField()
    present = serializers.SerializerMethodField()
    findings = FindingResponse(source="observations", many=True)
    recorded_at = serializers.DateTimeField()

    def get_review(self, contact: Contact) -> str:
        """The review it was of the first whom it was one of; blank when it was none."""
        return next((review["review"] for review in self.get_reviews(contact)), "")

    def get_reviews(self, contact: Contact) -> list[dict[str, str]]:
        """Of each child the review it was, where it was one."""
        reviewed = (participant for participant in contact.people.all() if participant.review)
        return [
            {"person": participant.person.ref, "review": participant.review}
            for participant in reviewed
        ]

    def get_concerned(self, contact: Contact) -> list[str]:
        return [
            participant.person.ref for participant in contact.people.all() if participant.concerned
        ]

    def get_present(self, contact: Contact) -> list[str]:
        return [
            participant.person.ref for participant in contact.people.all() if participant.present
        ]


class LoggedContact(ContactResponse):
    """A contact just logged. Whom it concerned is in the context, as `new`, and not read again."""

    findings = serializers.SerializerMethodField()  # type: ignore[assignment]  # the same, shorter

    def get_concerned(self, contact: Contact) -> list[str]:
        return [person.ref for person in self.context["new"].concerned]

    def get_reviews(self, contact: Contact) -> list[dict[str, str]]:
        reviews: dict[int, str] = self.context["reviews"]
        concerned = self.context["new"].concerned
        reviewed = (person for person in concerned if person.pk in reviews)
        return [{"person": person.ref, "review": reviews[person.pk]} for person in reviewed]

    def get_present(self, contact: Contact) -> list[str]:
        """In the order that reading gives: those it concerned first."""
        new: NewContact = self.context["new"]
        there = {person.ref for person in new.present}
        named = dict.fromkeys(person.ref for person in [*new.concerned, *new.present])
        return [ref for ref in named if ref in there]

    def get_findings(self, contact: Contact) -> list[dict[str, Any]]:
        if not self.context["new"].findings:
            return []
        observations = contact.observations.select_related("person").order_by("pk")
        return [FindingResponse(observation).data for observation in observations]


class ObservationResponse(serializers.Serializer[Observation]):
    """One dated, coded measurement or finding about a person."""

    ref = serializers.CharField()
    person = serializers.CharField(source="person.ref")
    code = serializers.CharField()
    value = serializers.CharField()
    recorded_on = serializers.DateField()
    contact = serializers.CharField(source="contact.ref", default=None, allow_null=True)
    by = Practitioner(allow_null=True)
    recorded_at = serializers.DateTimeField()
