"""A family's own page: who they are, who works with them, what is due, what happened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from families.access import rules
from families.access.hidden_entries import Hidden
from families.access.loading import in_order, working_teams
from families.access.opening_actions import open_family
from families.history import page_query, timeline
from families.models import (
    Contact,
    Family,
    Involvement,
    Member,
    Residence,
    SafeContact,
    SafetyAlert,
)
from families.models.people import people_open_to
from families.models.shielded_addresses import Withheld
from families.people import bereavement, genogram
from families.people.handover_notes import handover_note
from families.reviews.due import Due
from leap.casework.break_glass_page import recent_emergencies
from leap.casework.prompts import queries as prompts
from leap.core.accounts.models import User
from leap.core.audit.kinds import HISTORY
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.reference_data.models import ward_name
from leap.core.reference_data.postcodes import postcode_in_words
from referrals.clocks import Clock, lateness
from referrals.models import ExternalReferral, Referral, Status
from referrals.working_days import WorkingDays
from sites.models import EXPECTED, Booking


@dataclass(frozen=True)
class FamilyHome:
    """An address with its ward, in the vintage that LEAP's area is frozen on.

    All are blank where the address is shielded from somebody in the family.
    """

    postcode: str
    ward: str
    address: str = ""

    @property
    def is_withheld(self) -> bool:
        return not self.postcode

    @property
    def place(self) -> str:
        return postcode_in_words(self.postcode)


@dataclass(frozen=True)
class Resident:
    """Somebody in the family, with where they live today and how they are safely reached."""

    member: Member
    homes: list[FamilyHome]
    withholds_telephone: bool

    @property
    def safe_contact(self) -> SafeContact | None:
        return getattr(self.member.person, "safe_contact", None)

    def placed(self) -> genogram.Someone:
        """For the drawing: of the living, with the homes that the table shows."""
        homes = [] if self.member.person.died_on else self.homes
        addresses = [f"{home.postcode}, {home.ward}" for home in homes if not home.is_withheld]
        return genogram.Someone(self.member, addresses, any(home.is_withheld for home in homes))


@require_GET
def family(request: HttpRequest, ref: str) -> HttpResponse:
    """The record as its reader may see it. Statements do not grow with what is in it."""
    user, today = signed_in(request), timezone.localdate()
    family = open_family(request, ref)
    before = request.GET.get("before", "")
    further = page_query.fetch_page_records(family, by=user, on=today, before=before)
    due, hidden = further.due, further.hidden
    residents = _residents(family, user, further.withheld, today)
    spells = _spells(family, user, hidden)
    # The reviews of each child, the youngest first.
    children: dict[str, list[Due]] = defaultdict(list)
    for review in due:
        children[review.person_ref].append(review)
    context = {
        "family": family,
        "residents": residents,
        "genogram": genogram.draw([resident.placed() for resident in residents], today),
        "children": [resident.member for resident in residents if resident.member.is_child],
        "home": next((home for resident in residents for home in resident.homes), None),
        "needs_interpreter": [r.member for r in residents if r.member.person.interpreter],
        "due": [(reviews[0].who, reviews) for reviews in children.values()],
        "pressing_reviews": [review for review in due if review.state in PRESSING],
        "late": any(review.state == "late" for review in due),
        "safely_reached": [resident.member for resident in residents if resident.safe_contact],
        "losses": bereavement.losses_among([resident.member for resident in residents], today),
        "spells": spells,
        "restricted_people_count": hidden.people,
        "emergencies": recent_emergencies(family, user),
        "referrals": _referrals(family, today),
        "sent_outside": ExternalReferral.objects.unfinished()
        .filter(family=family)
        .order_by("sent_at"),
        "bookings": _bookings(family, user),
        "handover_note": handover_note(family, user),
        "timeline": timeline.read(family, hidden, by=user, event_labels=HISTORY, before=before),
        "may_allocate": why_not(rules.check_can_allocate_family, family, user) is None,
        "can_write": bool(working_teams(family, user)) and not family.closed_at,
        "prompts": prompts.prompts_from_rows(spells.prompts),
        "alerts": spells.alerts,
        "today": today,
    }
    return render(request, "families/family.html", context)


PRESSING = ("late", "due_today", "due_soon")


def _residents(family: Family, user: User, withheld: Withheld, today: date) -> list[Resident]:
    """Everyone in the family that `user` may see, each with the homes they live in today."""
    moved = Residence.objects.filter(person=OuterRef("person")).filter(
        Q(moved_in_on=None) | Q(moved_in_on__lte=today)
    )
    known = moved.order_by(F("moved_in_on").desc(nulls_last=True), "listed", "pk").values(
        home=JSONObject(
            since="moved_in_on",
            key="postcode",
            address="address",
            postcode="postcode__postcode",
            ward="postcode__ward_2011",
        )
    )
    members = family.members.current().open_to(user).select_related("person__safe_contact__by")
    return [
        Resident(
            member,
            _homes(member.known, withheld),  # type: ignore[attr-defined]
            member.person_id in withheld.people,
        )
        for member in in_order(members.annotate(known=ArraySubquery(known)))
    ]


def _homes(known: list[dict[str, Any]], withheld: Withheld) -> list[FamilyHome]:
    """The latest move's: several are the homes of a child whose parents live apart."""
    return [
        FamilyHome("", "")
        if home["key"] in withheld.postcodes
        else FamilyHome(home["postcode"], ward_name(home["ward"]), home["address"])
        for home in known
        if home["since"] == known[0]["since"]
    ]


@dataclass(frozen=True)
class Working:
    """A spell of work with the family: who to ask, and how many entries they keep to themselves."""

    spell: Involvement
    leads: bool
    name: str  # the lead practitioner, or whoever met the family last; blank when nobody has
    telephone: str
    latest: date | None
    keeps: int

    @property
    def is_live(self) -> bool:
        return self.spell.ended_at is None or self.spell.ended_at > timezone.now()


@dataclass(frozen=True)
class Spells:
    """Who works with the family today, the lead first; and who has worked with it before."""

    live: list[Working]
    past: list[Working]
    prompts: str  # what to decide on, read with them
    alerts: list[SafetyAlert]  # what to know at the door, read with them, too


def _spells(family: Family, user: User, hidden: Hidden) -> Spells:
    """Every spell of work, in one statement, with the latest contact that `user` may see."""
    contacts = Contact.objects.filter(family=OuterRef("family"), team=OuterRef("team"))
    latest = contacts.in_layers_of(user).order_by("-occurred_at")
    who = JSONObject(on="occurred_on", name="by__name", telephone="by__telephone")
    spells = family.involvements.select_related("team__agency", "practitioner")
    prompted = prompts.prompts_subquery(family, by=user)
    latest_with = Subquery(latest.values(who=who)[:1])
    # What to know at the door of this family, for the statement of another queryset.
    columns = JSONObject(
        ref="ref",
        kind="kind",
        words="words",
        review_on="review_on",
        made_at="made_at",
        by="by__name",
    )
    annotated = spells.annotate(
        latest=latest_with,
        prompts=prompted,
        alerts=ArraySubquery(family.alerts.live().order_by("kind", "pk").values(alert=columns)),
    )
    annotated = annotated.order_by("-started_at")
    keeps = dict(hidden.of_teams)  # told once, with a team's newest spell
    working = [_working(spell, family, keeps.pop(spell.team_id or 0, 0)) for spell in annotated]
    live = [spell for spell in reversed(working) if spell.is_live]
    over = [spell for spell in working if not spell.is_live]
    prompt_rows = working[0].spell.prompts if working else "[]"  # type: ignore[attr-defined]
    alerts = working[0].spell.alerts if working else []  # type: ignore[attr-defined]
    live = sorted(live, key=lambda spell: not spell.leads)
    return Spells(live, over, prompt_rows, [_alert(**alert) for alert in alerts])


def _alert(*, review_on: str, made_at: str, by: str, **fields: str) -> SafetyAlert:
    return SafetyAlert(
        review_on=date.fromisoformat(review_on),
        made_at=datetime.fromisoformat(made_at),
        by=User(name=by),
        **fields,
    )


def _working(spell: Involvement, family: Family, keeps: int) -> Working:
    latest: dict[str, Any] = spell.latest or {}  # type: ignore[attr-defined]  # annotated
    leads = spell.team_id is not None and spell.team_id == family.lead_team_id
    named = family.lead_practitioner if leads else None
    return Working(
        spell=spell,
        leads=leads,
        name=named.name if named else latest.get("name") or "",
        telephone=(named.telephone if named else latest.get("telephone")) or "",
        latest=date.fromisoformat(latest["on"]) if latest else None,
        keeps=keeps,
    )


def _referrals(family: Family, today: date) -> list[tuple[Referral, Clock | None]]:
    """Those still open, with their clocks; drafts are their sender's alone."""
    unfinished = (
        family.referrals.unfinished()
        .exclude(status=Status.DRAFT)
        .select_related("pathway", "from_team", "to_team")
        .annotate(one_offs=WorkingDays.subquery())
        .order_by("sent_at", "pk")
    )
    return [
        (referral, lateness(referral, today, WorkingDays.from_rows(referral.one_offs)))  # type: ignore[attr-defined]
        for referral in unfinished
    ]


def _bookings(family: Family, user: User) -> QuerySet[Booking]:
    """Sessions to come in which the family holds places, and for whom."""
    return (
        Booking.objects.visible_to(user)
        .live()
        .filter(
            family=family,
            session__during__endswith__gt=timezone.now(),
            session__cancelled_at=None,
        )
        .select_related("session__site", "session__service")
        .annotate(
            for_whom=ArrayAgg(
                "attendances__person__given_name",
                filter=people_open_to(user, "attendances__person") & EXPECTED,
                default=[],
            )
        )
        .order_by("session__during")
    )
