"""A family's own page: who they are, who works with them, what is due, what happened."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from families import timeline
from families.due import Due, of_family
from families.models import Contact, Family, Involvement, Member, Residence
from families.reading import in_order, open_family, working_teams
from leap.directory.models import LEAP_WARDS
from leap.http import signed_in
from referrals.clocks import Clock, lateness
from referrals.models import Referral, Status
from sites.models import Booking

# The events that belong to the family's story, in words. Others are the log's alone.
TOLD = {
    "family.registered": "Family registered",
    "family.imported": "Records imported",
    "family.lead_moved": "Lead moved",
    "family.team_involved": "Team started working with the family",
    "family.team_left": "Team stopped working with the family",
    "referral.sent": "Referral sent",
    "referral.acknowledged": "Referral acknowledged",
    "referral.accepted": "Referral accepted",
    "referral.declined": "Referral declined",
    "referral.information_asked": "Information asked about a referral",
    "referral.information_given": "Information given for a referral",
    "referral.withdrawn": "Referral withdrawn",
    "referral.closed": "Referral closed",
}


@dataclass(frozen=True)
class Home:
    """A postcode with its ward, in the vintage that LEAP's area is frozen on."""

    postcode: str
    ward: str


@dataclass(frozen=True)
class Resident:
    """Somebody in the family, with where they live today."""

    member: Member
    homes: list[Home]


@require_GET
def family(request: HttpRequest, ref: str) -> HttpResponse:
    """The record as its reader may see it. Statements do not grow with what is in it."""
    user, today = signed_in(request), timezone.localdate()
    family = open_family(request, ref)
    residents = _residents(family, today)
    due = of_family(family, on=today)
    shown = {
        "family": family,
        "residents": residents,
        "children": [each.member for each in residents if each.member.is_child],
        "home": next((home for each in residents for home in each.homes), None),
        "needs_interpreter": [r.member for r in residents if r.member.person.interpreter],
        "due": _by_child(due),
        "pressing": [each for each in due if each.state in PRESSING],
        "late": any(each.state == "late" for each in due),
        "involved": _involved(family),
        "referrals": _referrals(family, today),
        "bookings": _bookings(family),
        "timeline": timeline.read(family, told=TOLD, before=request.GET.get("before", "")),
        "can_write": bool(working_teams(family, user)) and not family.closed_at,
    }
    return render(request, "families/family.html", shown)


PRESSING = ("late", "due_today", "due_soon")


def _residents(family: Family, today: date) -> list[Resident]:
    """Everyone in the family, each with the homes they live in today, in one query."""
    moved = Residence.objects.filter(person=OuterRef("person")).filter(
        Q(moved_in_on=None) | Q(moved_in_on__lte=today)
    )
    known = moved.order_by(F("moved_in_on").desc(nulls_last=True), "listed", "pk").values(
        home=JSONObject(
            since="moved_in_on", postcode="postcode__postcode", ward="postcode__ward_2011"
        )
    )
    members = family.members.current().select_related("person")
    found = in_order(members.annotate(known=ArraySubquery(known)))
    return [Resident(member, _homes(member.known)) for member in found]  # type: ignore[attr-defined]


def _homes(known: list[dict[str, str | None]]) -> list[Home]:
    """The latest move's: several are the homes of a child whose parents live apart."""
    return [
        Home(str(home["postcode"]), LEAP_WARDS.get(str(home["ward"]), "outside the four wards"))
        for home in known
        if home["since"] == known[0]["since"]
    ]


def _by_child(due: list[Due]) -> list[tuple[str, list[Due]]]:
    """The reviews of each child, the youngest first."""
    children: dict[str, list[Due]] = defaultdict(list)
    for each in due:
        children[each.person_ref].append(each)
    return [(reviews[0].who, reviews) for reviews in children.values()]


def _involved(family: Family) -> Iterable[Involvement]:
    """Who works with the family today, the lead first, each with its `latest` contact's day."""
    contacts = Contact.objects.filter(family=OuterRef("family"), team=OuterRef("team"))
    latest = contacts.order_by("-occurred_at").values("occurred_on")[:1]
    spells = family.involvements.live().select_related("team__agency", "practitioner")
    leads = Case(When(team=family.lead_team, then=True), default=False)
    return spells.annotate(latest=Subquery(latest), leads=leads).order_by("-leads", "started_at")


def _referrals(family: Family, today: date) -> list[tuple[Referral, Clock | None]]:
    """Those still open, with their clocks; drafts are their sender's alone."""
    unfinished = (
        family.referrals.unfinished()
        .exclude(status=Status.DRAFT)
        .select_related("pathway", "from_team", "to_team")
        .order_by("sent_at")
    )
    return [(referral, lateness(referral, today)) for referral in unfinished]


def _bookings(family: Family) -> QuerySet[Booking]:
    """Sessions to come in which the family holds places, and for whom."""
    return (
        Booking.objects.live()
        .filter(
            family=family,
            session__during__endswith__gt=timezone.now(),
            session__cancelled_at=None,
        )
        .select_related("session__site", "session__service")
        .annotate(for_whom=ArrayAgg("attendances__person__given_name", default=[]))
        .order_by("session__during")
    )
