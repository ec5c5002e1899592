"""Sites, sessions and bookings for other systems."""

from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.http import HttpResponse
from django.urls import reverse
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from families.api import AboutFamilies, Practitioner, ToFamily, ToPerson
from families.api import services as services_among
from families.api import sites as sites_among
from families.models import Family, Person
from leap.core.accounts.models import User
from leap.core.api.fields import ApiDateTimeField
from leap.core.api.references import NamedList, NamedReference, RequestSerializer
from leap.core.api.resources import Listed, Opened
from leap.core.api.sending import Made
from leap.core.reference_data.models import Site
from sites.bookings import actions
from sites.models import Attendance, Booking, Session


class SiteResponse(serializers.Serializer[Site]):
    """A place where things happen."""

    code = serializers.CharField()
    name = serializers.CharField()
    address = serializers.CharField()
    postcode = serializers.CharField(source="postcode.postcode", default=None, allow_null=True)
    ward_2011 = serializers.CharField(source="postcode.ward_2011", default=None, allow_null=True)
    telephone = serializers.CharField()


class SessionResponse(serializers.Serializer[Session]):
    """One dated occurrence of a service at a site."""

    ref = serializers.CharField()
    site = serializers.CharField(source="site.code")
    room = serializers.CharField(source="room.name", default=None, allow_null=True)
    service = serializers.CharField(source="service.code")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    capacity = serializers.IntegerField()
    places_left = serializers.IntegerField()
    cancelled_at = serializers.DateTimeField(allow_null=True)


class PlaceResponse(serializers.Serializer[Attendance]):
    """One person's place, and whether they came."""

    person = serializers.CharField(source="person.ref")
    status = serializers.ChoiceField(choices=Attendance.Status.choices)


class BookingResponse(serializers.Serializer[Booking]):
    """Places held in a session for members of one family."""

    ref = serializers.CharField()
    session = serializers.CharField(source="session.ref")
    family = serializers.CharField(source="family.ref")
    places = PlaceResponse(source="attendances", many=True)
    access_needs = serializers.CharField()
    made_at = serializers.DateTimeField()
    made_by = Practitioner(allow_null=True)
    cancelled_at = serializers.DateTimeField(allow_null=True)


def sessions(user: User) -> QuerySet[Session]:
    """Everyone who signs in can see what is on."""
    return Session.objects.all()


class BookingRequest(RequestSerializer):
    """Who of one family comes to which session."""

    session = NamedReference("session", sessions)
    family = ToFamily()
    people = NamedList("person", Person.objects.visible_to)
    access_needs = serializers.CharField(max_length=300, required=False, allow_blank=True)


class EmptyBookingRequest(RequestSerializer):
    """No more needs saying: send {}."""


class SessionFilters(RequestSerializer):
    """Sessions at a site, of a service, in a span of time, or in a status."""

    site = NamedReference("site", sites_among, by="code", required=False)
    service = NamedReference("service", services_among, by="code", required=False)
    since = ApiDateTimeField(required=False, help_text="Ending after this time.")
    until = ApiDateTimeField(required=False, help_text="Starting before this time.")
    status = serializers.ChoiceField(choices=["coming", "past", "cancelled"], required=False)


class BookingFilters(RequestSerializer):
    """Bookings of a family, for a person or in a session, or made lately."""

    family = ToFamily(required=False)
    person = ToPerson(required=False)
    session = NamedReference("session", sessions, required=False)
    since = ApiDateTimeField(required=False, help_text="Made at this time or later.")


class Sites(Listed, Opened):
    """The places where things happen."""

    queryset = Site.objects.select_related("postcode")
    serializer_class = SiteResponse
    lookup_field = "code"
    named_by = ("code",)


class Sessions(Listed, Opened):
    """What is on, and what was."""

    queryset = Session.objects.select_related("site", "room", "service")
    serializer_class = SessionResponse
    filters = SessionFilters

    def narrow(self, rows: QuerySet[Session], data: dict[str, Any]) -> QuerySet[Session]:
        by_status = {
            "coming": Session.objects.upcoming(),
            "past": Session.objects.past(),
            "cancelled": Session.objects.exclude(cancelled_at=None),
        }
        if status := data.pop("status", None):
            rows = rows.filter(pk__in=by_status[status].values("pk"))
        wanted = {"since": "during__endswith__gt", "until": "during__startswith__lt"}
        return rows.filter(**{wanted.get(name, name): value for name, value in data.items()})


class Bookings(AboutFamilies):
    """Places held for members of families you can see."""

    queryset = Booking.objects.all()
    serializer_class = BookingResponse
    filters = BookingFilters
    request_serializers = {"create": BookingRequest, "cancel": EmptyBookingRequest}

    def get_queryset(self) -> QuerySet[Booking]:
        seen = Booking.objects.visible_to(self.user).select_related("session", "family", "made_by")
        return seen.prefetch_related(_places(self.user))

    def families_of(self, row: Booking) -> list[Family]:
        return [row.family]

    def narrow(self, rows: QuerySet[Booking], data: dict[str, Any]) -> QuerySet[Booking]:
        wanted = {"person": "attendances__person", "since": "made_at__gte"}
        return rows.filter(**{wanted.get(name, name): value for name, value in data.items()})

    def create(self, request: Request) -> HttpResponse:
        """Book a place for each of these members of a family: all of them or none."""
        return self.once(self._book)

    def _book(self, data: dict[str, Any]) -> Made:
        booking = actions.book(**data, by=self.user)
        prefetch_related_objects([booking], _places(self.user))
        return Made(self.shown(booking), address=reverse("api:bookings-detail", args=[booking.ref]))

    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, ref: str) -> HttpResponse:
        """Give the places back."""

        def work(data: dict[str, Any]) -> Made:
            actions.cancel(booking=self.get_object(), by=self.user)
            return Made(self.shown(self.get_object()), status=200)

        return self.once(work)


def _places(user: User) -> "Prefetch[str, Any, Any]":
    """Of the people that `user` may see: two statements, however many bookings."""
    seen = Attendance.objects.filter(person__in=Person.objects.open_to(user))
    return Prefetch("attendances", seen.select_related("person").order_by("pk"))
