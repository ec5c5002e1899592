"""The addresses of families, persons, contacts and observations."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from families.access.access_log_actions import note_listed, open_records, seen_this_hour
from families.access.loading import SEEN
from families.api import requests as takes
from families.api import responses as gives
from families.contacts.actions import log_contact
from families.contacts.rules import reviews_of
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Contact, ContactPerson, Family, Member, Observation, Person, Residence
from families.models.shielded_addresses import Withheld, withheld_from
from families.observations.actions import record_observation
from families.people.actions import register_family
from families.people.duplicates import PossibleDuplicatesFound
from families.people.identity_actions import ask_for_identities, note_known_identities
from leap.core.api.resources import Listed, Opened
from leap.core.api.sending import Made


class AboutFamilies(Listed, Opened):
    """Whatever hangs off a family: reading it is noted in the log."""

    def families_of(self, row: Any) -> list[Family]:
        """The visible families that `row` is of."""
        return [row.family]

    def note_opened(self, row: Any) -> None:
        self._note(self.families_of(row))

    def note_listed(self, rows: Sequence[Any], data: dict[str, Any]) -> None:
        """An answer is noted when it gives something of a family that was not looked at before."""
        families = [data["family"]] if data.get("family") else []
        if self._note([*families, *(family for row in rows for family in self.families_of(row))]):
            note_listed(by=self.user, resource=self.basename, rows=len(rows))

    def _note(self, families: list[Family]) -> int:
        """Once for each sign-in, or in an hour for a system's token; how many were new."""
        if self.request.auth:
            seen = seen_this_hour(self.user, [family.ref for family in families])
            return open_records(families=families, by=self.user, seen=seen, how="api")
        session = self.request._request.session
        seen = set(session.get(SEEN, []))
        if new := open_records(families=families, by=self.user, seen=seen, how="api"):
            session[SEEN] = sorted(seen)
        return new


class Families(AboutFamilies):
    """Families you can see."""

    queryset = Family.objects.all()
    serializer_class = gives.FamilyResponse
    filters = takes.FamilyFilters
    request_serializers = {"create": takes.FamilyRequest}

    def get_queryset(self) -> QuerySet[Family]:
        members = Member.objects.open_to(self.user).select_related("person").order_by("pk")
        return (
            Family.objects.visible_to(self.user)
            .select_related("lead_team", "lead_practitioner")
            .prefetch_related(Prefetch("members", members))
        )

    def families_of(self, row: Family) -> list[Family]:
        return [row]

    def narrow(self, rows: QuerySet[Family], data: dict[str, Any]) -> QuerySet[Family]:
        wanted = {"person": "members__person", "since": "last_contact_at__gte"}
        if status := data.pop("status", None):
            rows = rows.filter(closed_at__isnull=status == "open")
        return rows.filter(**{wanted.get(name, name): value for name, value in data.items()})

    def create(self, request: Request) -> HttpResponse:
        """Register a family with its people, led by a team of yours."""
        self._ask(request.data)
        try:
            return self.once(self._register)
        except PossibleDuplicatesFound as known:
            note_known_identities(
                alike=len(known.alike), elsewhere=known.is_elsewhere, by=self.user
            )
            raise

    def _ask(self, sent: Any) -> None:
        """Have it noted and counted, whatever becomes of the registering. What cannot be read is
        refused there."""
        try:
            data = self.read(takes.FamilyRequest, sent)
        except ValidationError:
            return
        if not data.get("are_new"):
            people = [NewPerson(**person) for person in data["people"]]
            ask_for_identities(people=people, by=self.user)

    def _register(self, data: dict[str, Any]) -> Made:
        people = [NewPerson(**person) for person in data["people"]]
        family = register_family(
            name=data["name"],
            lead_team=data["lead_team"],
            people=people,
            by=self.user,
            are_new=data.get("are_new", False),
        )
        prefetch_related_objects([family], "members__person")
        return Made(self.shown(family), address=reverse("api:families-detail", args=[family.ref]))


class Persons(AboutFamilies):
    """The people of the families you can see."""

    queryset = Person.objects.all()
    serializer_class = gives.PersonResponse
    filters = takes.PersonFilters

    def get_queryset(self) -> QuerySet[Person]:
        visible = Family.objects.visible_to(self.user)
        members = Member.objects.filter(family__in=visible).select_related("family").order_by("pk")
        homes = Residence.objects.exclude(postcode__in=self.withheld.postcodes)
        return Person.objects.visible_to(self.user).prefetch_related(
            Prefetch("members", members), Prefetch("residences", homes.select_related("postcode"))
        )

    @cached_property
    def withheld(self) -> Withheld:
        """What no answer to this caller may give away; asked for once."""
        return withheld_from(self.user)

    def families_of(self, row: Person) -> list[Family]:
        return [member.family for member in row.members.all()]

    def narrow(self, rows: QuerySet[Person], data: dict[str, Any]) -> QuerySet[Person]:
        if not data:
            return rows
        wanted = {f"members__{name}": value for name, value in data.items()}
        return rows.filter(members__family__in=Family.objects.visible_to(self.user), **wanted)


class Contacts(AboutFamilies):
    """Contacts with the families you can see."""

    queryset = Contact.objects.all()
    serializer_class = gives.ContactResponse
    filters = takes.ContactFilters
    request_serializers = {"create": takes.ContactRequest}

    def get_queryset(self) -> QuerySet[Contact]:
        # Whom contacts concern and what was found: two statements, however many.
        user = self.user
        seen = Person.objects.open_to(user)
        people = ContactPerson.objects.filter(person__in=seen).select_related("person")
        findings = Observation.objects.filter(person__in=seen).select_related("person")
        return (
            Contact.objects.visible_to(self.user)
            .select_related("family", "team", "by", "service", "site")
            .prefetch_related(
                *[
                    Prefetch("people", people.order_by("listed", "pk")),
                    Prefetch("observations", findings.order_by("pk")),
                ]
            )
        )

    def narrow(self, rows: QuerySet[Contact], data: dict[str, Any]) -> QuerySet[Contact]:
        about = {name: data.pop(name) for name in ("person", "review") if name in data}
        if about:
            rows = rows.filter(
                Exists(ContactPerson.objects.filter(contact=OuterRef("pk"), **about))
            )
        wanted = {"since": "recorded_at__gte"}
        return rows.filter(**{wanted.get(name, name): value for name, value in data.items()})

    def create(self, request: Request) -> HttpResponse:
        """Log a contact of a team of yours, with what was found."""
        return self.once(self._log)

    def _log(self, data: dict[str, Any]) -> Made:
        family, team = data.pop("family"), data.pop("team")
        new = NewContact(**data)
        contact = log_contact(family=family, new=new, team=team, by=self.user)
        known = {"new": new, "reviews": reviews_of(family, new)}
        answer = gives.LoggedContact(contact, context=known).data
        return Made(answer, address=reverse("api:contacts-detail", args=[contact.ref]))


class Observations(AboutFamilies):
    """Measurements and findings about people in the families you can see."""

    queryset = Observation.objects.all()
    serializer_class = gives.ObservationResponse
    filters = takes.ObservationFilters
    request_serializers = {"create": takes.ObservationRequest}

    def get_queryset(self) -> QuerySet[Observation]:
        visible = Family.objects.visible_to(self.user)
        members = Member.objects.filter(family__in=visible).select_related("family")
        return (
            Observation.objects.visible_to(self.user)
            .select_related("person", "contact", "by")
            .prefetch_related(Prefetch("person__members", members))
        )

    def families_of(self, row: Observation) -> list[Family]:
        return [member.family for member in row.person.members.all()]

    def narrow(self, rows: QuerySet[Observation], data: dict[str, Any]) -> QuerySet[Observation]:
        wanted = {"since": "recorded_at__gte"}
        if family := data.get("family"):
            rows = rows.filter(person__in=family.members.values("person"))
        others = {name: value for name, value in data.items() if name != "family"}
        return rows.filter(**{wanted.get(name, name): value for name, value in others.items()})

    def create(self, request: Request) -> HttpResponse:
        """Record a measurement or finding about a member of a family."""
        return self.once(self._record)

    def _record(self, data: dict[str, Any]) -> Made:
        contact = data.pop("contact", None)
        family = data.pop("family")
        observation = record_observation(
            family=family, finding=ObservationInput(**data), contact=contact, by=self.user
        )
        return Made(
            self.shown(observation),
            address=reverse("api:observations-detail", args=[observation.ref]),
        )
