"""Rooms, dated sessions, places booked in them, and who came."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.db import connection, models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.urls import reverse
from django.utils import timezone

from families.models import Family, Person
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Service, Site


class Room(models.Model):
    """A space in a site."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="room_name_once_per_site")
        ]

    def __str__(self) -> str:
        return self.name


MANAGER_TIE = "manager"  # what leap_runs_session says of whoever manages a session's team or site


class RunsSession(Func):
    """What somebody is to the register of a session: "manager", "staff" or nothing. One function
    of the database says so, which row-level security asks as well."""

    function = "leap_runs_session"
    arity = 2
    output_field = models.CharField()


def _register_day(days: str) -> Func:
    """A day counted from that of the session, in London, kept in the row for policies to read."""
    day = "(lower(%(expressions)s) AT TIME ZONE 'Europe/London')::date"
    return Func(F("during"), template=f"({day} {days})")


class Correction(models.TextChoices):
    """Why a register is changed after it has closed."""

    WRONG_MARK = "wrong_mark", "Somebody was marked wrongly"
    LEFT_OUT = "left_out", "Somebody who came was left out"
    ON_PAPER = "on_paper", "The register was taken on paper and came in later"
    OTHER = "other", "Another reason"


class SessionQuerySet(models.QuerySet["Session"]):
    def with_tie_of(self, user: User) -> Self:
        """Say of each, as `tie`, what `user` is to its register: see RunsSession."""
        return self.annotate(tie=RunsSession("pk", Value(user.pk)))

    def run_by(self, user: User) -> Self:
        """Those whose register `user` may take: as staff, in its team, or managing it."""
        return self.with_tie_of(user).exclude(tie="")

    def with_register_to_take(self) -> Self:
        """Those whose register is open to whoever runs them, from the day before on."""
        today = timezone.localdate()
        return self.filter(register_opens_on__lte=today, register_closes_on__gte=today)

    def upcoming(self) -> Self:
        return self.filter(during__endswith__gt=timezone.now(), cancelled_at=None)

    def past(self) -> Self:
        return self.filter(during__endswith__lte=timezone.now())

    def with_register_open(self) -> Self:
        """Say of each whether somebody booked has not been marked: `is_unmarked`."""
        unmarked = Attendance.objects.filter(
            session=OuterRef("pk"), status=Attendance.Status.BOOKED
        )
        return self.annotate(is_unmarked=Exists(unmarked))

    def unmarked(self) -> Self:
        """Over, and not everybody who was booked is marked: a task for whoever ran it."""
        return self.past().filter(cancelled_at=None).with_register_open().filter(is_unmarked=True)


class Session(models.Model):
    """One dated occurrence of a service at a site. Everyone who signs in can see that it is on.

    `places_taken` is counted in the same statement that checks the capacity, so a session is never
    overbooked however many people press at once.
    """

    ref = models.CharField(max_length=20, unique=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="sessions")
    room = models.ForeignKey(
        Room, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="sessions")
    during = DateTimeRangeField()  # half-open: ends as the next may begin
    capacity = models.PositiveIntegerField()
    places_taken = models.PositiveIntegerField(default=0)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=60, blank=True)
    # Who runs it. Where no team is said, that of the site; else those at work in its ward.
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="sessions"
    )
    # A register names people: it is open from the day before until seven days after.
    register_opens_on = models.GeneratedField(
        expression=_register_day("- 1"), output_field=models.DateField(), db_persist=True
    )
    register_closes_on = models.GeneratedField(
        expression=_register_day("+ 7"), output_field=models.DateField(), db_persist=True
    )

    objects = SessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(places_taken__lte=F("capacity")), name="session_within_capacity"
            ),
            models.CheckConstraint(
                condition=Q(during__isempty=False)
                & Q(during__lower_inf=False)
                & Q(during__upper_inf=False),
                name="session_starts_and_ends",
            ),
            # Written as a range of one room, so that no extension of PostgreSQL is needed.
            ExclusionConstraint(
                name="session_room_not_double_booked",
                expressions=[
                    (
                        Func(
                            F("room"),
                            F("room"),
                            Value("[]"),
                            function="int8range",
                            output_field=BigIntegerRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(cancelled_at=None, room__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="session_once_per_source_reference",
            ),
        ]
        indexes = [models.Index(fields=["site", "during"], name="session_of_site_by_time")]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("sites:session", args=[self.ref])

    def named_on_register(self) -> list[int]:
        """Which attendances the reader of this connection may read by name: as the database says,
        so that a page that forgot to ask would show none. Ask it before looking past policies."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT leap_register(%s)", [self.pk])
            return [key for (key,) in cursor.fetchall()]

    @property
    def state(self) -> str:
        """What it is in short, to see whether anybody changed it meanwhile."""
        parts = (self.service_id, self.room_id, self.team_id, self.capacity, self.cancelled_at)
        return "|".join([self.starts_at.isoformat(), self.ends_at.isoformat(), *map(str, parts)])

    @property
    def is_register_to_take(self) -> bool:
        """Of sessions read `with_tie_of` somebody: whether its register is open to them."""
        tie: str = self.tie  # type: ignore[attr-defined]
        today = timezone.localdate()
        if tie == MANAGER_TIE:
            return bool(self.register_opens_on <= today)
        return bool(tie and self.register_opens_on <= today <= self.register_closes_on)

    @property
    def is_register_closed(self) -> bool:
        """Whether only a manager still corrects the register, with a reason."""
        return bool(timezone.localdate() > self.register_closes_on)

    @property
    def places_left(self) -> int:
        return self.capacity - self.places_taken

    @property
    def is_over(self) -> bool:
        return bool(self.ends_at <= timezone.now())

    @property
    def places_in_words(self) -> str:
        """Whether there is room, as people say it."""
        if not self.places_left:
            return "Full"
        return f"{self.places_left} place{'' if self.places_left == 1 else 's'} left"

    @property
    def starts_at(self):  # type: ignore[no-untyped-def]  # the stubs do not know ranges' bounds
        return self.during.lower

    @property
    def ends_at(self):  # type: ignore[no-untyped-def]
        return self.during.upper


class SessionStaff(models.Model):
    """Somebody who runs a session, whichever team they are in: a champion, a visiting midwife."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="staff")
    practitioner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "practitioner"], name="session_staff_named_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.practitioner} in {self.session_id}"


class _IsKept(Func):
    """Whether a booking is for somebody of whom the reader must not know: asked of the database's
    owner, since behind row-level security nobody finds their place."""

    function = "leap_booking_is_restricted"
    arity = 2
    output_field = models.BooleanField()


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, user: User) -> Self:
        """Of families this practitioner can see, without those for somebody who is kept for other
        named people: as an entry about them, a booking is theirs to read as a whole."""
        visible = Family.objects.visible_to(user)
        return self.filter(family__in=visible).exclude(_IsKept("pk", Value(user.pk)))

    def live(self) -> Self:
        return self.filter(cancelled_at=None)


class Booking(models.Model):
    """Places held in a session for members of one family, made in one go."""

    ref = models.CharField(max_length=20, unique=True)
    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="bookings")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="bookings")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    access_needs = models.CharField(max_length=300, blank=True)  # interpreter, step-free, allergies

    objects = BookingQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["family", "-made_at"], name="booking_of_family")]

    def __str__(self) -> str:
        return self.ref


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        """Of people in the families this practitioner can see."""
        return self.filter(person__in=Person.objects.visible_to(user))

    def on_register_for(self, user: User) -> Self:
        """Of people whom a register may name to whoever takes it: whoever is booked, except those
        who are kept for named people, or whose family is."""
        return self.filter(person__in=Person.objects.named_to(user))

    def holding_a_place(self) -> Self:
        return self.filter(status__in=Attendance.HOLDS_A_PLACE)


class Attendance(models.Model):
    """One person in one session: expected, came, did not, or walked in."""

    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        ATTENDED = "attended", "Attended"
        DID_NOT_ATTEND = "did_not_attend", "Did not attend"
        CANCELLED = "cancelled", "Cancelled"
        WALKED_IN = "walked_in", "Walked in"

    HOLDS_A_PLACE = (Status.BOOKED, Status.ATTENDED, Status.DID_NOT_ATTEND)
    CAME = (Status.ATTENDED, Status.WALKED_IN)

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    booking = models.ForeignKey(
        Booking, on_delete=models.PROTECT, null=True, blank=True, related_name="attendances"
    )
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.BOOKED)
    marked_at = models.DateTimeField(null=True, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["session", "person"], name="attendance_once"),
            models.CheckConstraint(
                condition=Q(
                    status__in=["booked", "attended", "did_not_attend", "cancelled", "walked_in"]
                ),
                name="attendance_status_is_known",
            ),
        ]
        indexes = [models.Index(fields=["person", "status"], name="attendance_of_person")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.session_id}: {self.status}"


# In a query of bookings: those of their people who have not given their place back.
EXPECTED = Q(attendances__status__in=Attendance.HOLDS_A_PLACE)
