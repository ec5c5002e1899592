"""What a line of the chronology says of a move: with whom, why, and what came of it.

The log says that something happened. The rest is read here from the record to which it happened, as
far as the reader sees that record: a line of which they do not is left out, whatever it is called.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from families.break_glass.rules import check_reads_openings
from families.history.chronology import ChronologyLine
from families.models import Family, Involvement, Person, ServiceConsent, SharingDecision
from families.models.people import people_open_to
from families.plans.models import Meeting, Plan
from leap.casework.life_events.models import Loss, MoveOut
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import ABOUT_ABUSE
from leap.core.exceptions import why_not
from leap.core.ui.formatting import short_day, when
from referrals.models import ExternalReferral, Note, Referral
from sites.models import Booking


@dataclass(frozen=True)
class Detail:
    """`why` and `said` are what somebody wrote, and so are not for every paper."""

    whom: str = ""
    why: str = ""
    said: str = ""
    came_to: str = ""
    about_abuse: bool = False


@dataclass(frozen=True)
class Asking:
    """For which family, and for whom; on paper for nobody in particular."""

    family: Family
    by: User
    on_paper: bool = False


Tell = Callable[[ChronologyLine], Detail | None]


def with_details(
    lines: Iterable[ChronologyLine],
    family: Family,
    by: User,
    *,
    on_paper: bool = False,
    notes: bool = True,
) -> list[ChronologyLine]:
    """These lines, each with what its record says; without those whose record the reader may not
    see, and on paper without what tells of domestic abuse. Without `notes`, only what is coded."""
    events, asking = list(lines), Asking(family, by, on_paper)
    parts: dict[str, list[ChronologyLine]] = {}
    for line in events:
        parts.setdefault(line.kind.partition(".")[0], []).append(line)
    tell = {part: READERS[part](of, asking) for part, of in parts.items() if part in READERS}
    detailed = [_told(line, tell.get(line.kind.partition(".")[0]), notes) for line in events]
    return [line for line in detailed if line and (line.is_printed or not on_paper)]


def _told(line: ChronologyLine, tell: Tell | None, notes: bool) -> ChronologyLine | None:
    if tell is None:
        return line
    detail = tell(line)
    if detail is None:
        return None
    fields = vars(detail) if notes else {**vars(detail), "why": "", "said": ""}
    of_abuse = fields.pop("about_abuse")
    return replace(line, is_about_abuse=of_abuse, **fields)


def _by_ref(rows: Iterable[Any]) -> dict[str, Any]:
    return {row.ref: row for row in rows}


def _refs(lines: list[ChronologyLine]) -> set[str]:
    return {line.ref for line in lines}


def _nearest(rows: Iterable[Any], at: datetime, when_was: Callable[[Any], datetime]) -> Any:
    """The one that was written down together with an event."""
    return min(rows, key=lambda row: abs(when_was(row) - at), default=None)


# Referrals, to teams and to people outside

NOTED = {
    "referral.information_asked": Note.Kind.ASKED,
    "referral.information_given": Note.Kind.ANSWERED,
    "referral.withdrawn": Note.Kind.WITHDRAWN,
    "referral.redirected": Note.Kind.REDIRECTED,
}


def _referrals(lines: list[ChronologyLine], asking: Asking) -> Tell:
    seen = Referral.objects.visible_to(asking.by).filter(ref__in=_refs(lines))
    beside = ("pathway", "from_team", "to_team")
    referrals = _by_ref(seen.select_related(*beside).prefetch_related("notes"))

    def tell(line: ChronologyLine) -> Detail | None:
        referral = referrals.get(line.ref)
        return _of_referral(line, referral) if referral else None

    return tell


def _of_referral(line: ChronologyLine, referral: Referral) -> Detail:
    teams = referral.from_team, referral.to_team
    whom = str(teams[1]) if referral.is_internal else f"{teams[0]} to {teams[1]}"
    of_abuse = any(team.discipline in ABOUT_ABUSE for team in teams)
    why = outcome = came_to = ""
    match line.kind:
        case "referral.sent":
            whom, why = f"{whom}, {referral.pathway}", referral.reason
        case "referral.accepted" if referral.pathway.moves_lead:
            came_to = f"{referral.taking_team} leads from then on"
        case "referral.declined":
            why, outcome = referral.decline_reason, f"Instead: {referral.alternative}"
        case "referral.closed":
            outcome = referral.outcome
        case "referral.expired":
            came_to = f"Back with {referral.from_team}"
        case _:
            of_kind = [note for note in referral.notes.all() if note.kind == NOTED.get(line.kind)]
            note = _nearest(of_kind, line.at, lambda note: note.at)
            why = note.text if note else ""
    return Detail(whom, why, outcome, came_to, of_abuse)


def _outside(lines: list[ChronologyLine], asking: Asking) -> Tell:
    seen = ExternalReferral.objects.visible_to(asking.by).filter(ref__in=_refs(lines))
    referrals = _by_ref(seen.prefetch_related("steps"))

    def tell(line: ChronologyLine) -> Detail | None:
        outside = referrals.get(line.ref)
        if outside is None:
            return None
        if line.kind == "outside.sent":
            return Detail(said=outside.whom, why=outside.reason)
        kind = line.kind.partition(".")[2]
        of_kind = [step for step in outside.steps.all() if step.kind == kind]
        step = _nearest(of_kind, line.at, lambda step: step.at)
        return Detail(said=outside.whom, why=step.text if step else "")

    return tell


# What was agreed


def _decisions(lines: list[ChronologyLine], asking: Asking) -> Tell:
    seen = SharingDecision.objects.visible_to(asking.by).filter(ref__in=_refs(lines))
    decisions = _by_ref(seen)

    def tell(line: ChronologyLine) -> Detail | None:
        made = decisions.get(line.ref)
        if made is None:
            return None
        whom = f"{made.get_decision_display()}: {made.what}, with {made.with_whom}"
        if line.kind == "sharing.withdrawn":
            return Detail(whom, made.withdrawn_why)
        family_told = "The family was told" if made.family_told else "The family was not told"
        return Detail(whom, made.reason, made.why_not_told, family_told)

    return tell


def _consents(lines: list[ChronologyLine], asking: Asking) -> Tell:
    seen = ServiceConsent.objects.visible_to(asking.by).filter(_open(asking, "person"))
    rows = seen.filter(ref__in=_refs(lines)).select_related("person", "service", "team")
    consents = _by_ref(rows)

    def tell(line: ChronologyLine) -> Detail | None:
        consent = consents.get(line.ref)
        if consent is None:
            return None
        whom = f"{consent.person.name}, about {consent.service or consent.team}"
        return Detail(whom, consent.note, came_to=consent.get_answer_display())

    return tell


def _open(asking: Asking, person: str) -> Q:
    """Whom the reader may know of; on paper nobody who is kept for named people."""
    if not asking.on_paper:
        return people_open_to(asking.by, person)
    return Q(**{"restriction" if person == "pk" else f"{person}__restriction": ""})


# Plans and places


def _plans(lines: list[ChronologyLine], asking: Asking) -> Tell:
    plans = _by_ref(Plan.objects.filter(family=asking.family, ref__in=_refs(lines)))
    meetings = list(
        Meeting.objects.filter(plan__family=asking.family).order_by("on", "pk")
        if any(line.kind == "plan.met" for line in lines)
        else []
    )

    def tell(line: ChronologyLine) -> Detail | None:
        plan = plans.get(line.ref)
        if plan is None:
            return None
        if line.kind == "plan.closed":
            return Detail(said=plan.closing_words, came_to=plan.get_outcome_display())
        if line.kind == "plan.met":
            held = [
                meeting
                for meeting in meetings
                if meeting.plan_id == plan.pk and meeting.on <= line.on
            ]
            return _of_meeting(held[-1]) if held else Detail()
        return Detail(plan.get_level_display())

    return tell


def _of_meeting(met: Meeting) -> Detail:
    return Detail(said=f"{met.there}. {met.said}", came_to=f"Meets again {short_day(met.next_on)}")


def _bookings(lines: list[ChronologyLine], asking: Asking) -> Tell:
    seen = Booking.objects.visible_to(asking.by).filter(ref__in=_refs(lines))
    bookings = _by_ref(seen.select_related("session__service", "session__site"))

    def tell(line: ChronologyLine) -> Detail | None:
        booking = bookings.get(line.ref)
        if booking is None:
            return None
        session = booking.session
        return Detail(f"{session.service}, {session.site}, {when(session.starts_at)}")

    return tell


def _openings(lines: list[ChronologyLine], asking: Asking) -> Tell:
    """Why is for those who lead, as on the page that lists them."""
    reads = not why_not(check_reads_openings, asking.family, asking.by)
    rows = asking.family.broken_into.filter(ref__in=_refs(lines)) if reads else []
    openings = {} if asking.on_paper else _by_ref(rows)
    return lambda line: Detail(why=openings[line.ref].reason) if line.ref in openings else Detail()


# Who works with the family, who leads it, and who is in it

OF_PEOPLE = ("family.person_added", "family.birth", "family.member_left")
OF_TEAMS = ("family.team_involved", "family.team_left", "family.involvement_changed")


def _family(lines: list[ChronologyLine], asking: Asking) -> Tell:
    people = {line.ref for line in lines if line.kind in OF_PEOPLE}
    known = Person.objects.filter(_open(asking, "pk"), ref__in=people) if people else []
    losses = {line.ref for line in lines if line.kind.startswith("family.loss")}
    lost = Loss.objects.filter(_open(asking, "person"), ref__in=losses) if losses else []
    moved = {line.ref for line in lines if line.kind.startswith("family.move_out")}
    moves = MoveOut.objects.filter(family=asking.family, ref__in=moved) if moved else []
    records = {**_by_ref(known), **_by_ref(lost), **_by_ref(moves)}
    if not any(line.kind in OF_TEAMS or line.kind == "family.reopened" for line in lines):
        spells = []
    else:
        spells = list(
            asking.family.involvements.select_related("team").order_by("started_at", "pk")
        )
    named = _named(lines)

    def tell(line: ChronologyLine) -> Detail | None:
        if line.kind in OF_TEAMS or line.kind == "family.reopened":
            return _of_spell(line, spells)
        if line.ref in people | losses | moved:
            record = records.get(line.ref)
            return _of_record(line, record) if record else None
        if line.kind == "family.closed":
            return Detail(said=asking.family.closed_reason)
        return _of_lead(line, named)

    return tell


def _of_record(line: ChronologyLine, record: Person | Loss | MoveOut) -> Detail:
    if isinstance(record, Person):
        return Detail(record.name)
    if isinstance(record, Loss):
        return Detail(came_to=record.get_kind_display())
    # Where they go may be what somebody must not learn: as a note, it is on no paper they read.
    where = f"{record.organisation}, from {short_day(record.moving_on)}"
    if line.kind == "family.move_out_acknowledged":
        return Detail(said=f"{where}. {record.acknowledged_by}: {record.acknowledged_how}")
    return Detail(said=where, why=record.ended_why if line.kind.endswith("called_off") else "")


def _of_spell(line: ChronologyLine, spells: list[Involvement]) -> Detail:
    of_team = [spell for spell in spells if spell.team and spell.team.code == line.team]
    of_abuse = line.discipline in ABOUT_ABUSE
    if line.kind == "family.team_left":
        over = [spell for spell in of_team if spell.ended_at]
        spell = _nearest(over, line.at, lambda spell: spell.ended_at)
        return Detail(line.team_name, spell.ended_why if spell else "", about_abuse=of_abuse)
    if line.kind == "family.involvement_changed":
        until = str(line.details.get("last_day") or "")
        came_to = f"Until {until}" if until else "With no end"
        return Detail(line.team_name, came_to=came_to, about_abuse=of_abuse)
    spell = _nearest(of_team, line.at, lambda spell: spell.started_at)
    return Detail(line.team_name, spell.note if spell else "", about_abuse=of_abuse)


LENGTH_OF_A_REF = 36  # of a practitioner; codes of teams are words


def _named(lines: list[ChronologyLine]) -> dict[str, str]:
    """Practitioners by reference and teams by code, as far as these lines speak of them."""
    of_lead = [line for line in lines if line.kind in ("family.lead_moved", "family.allocated")]
    if not of_lead:
        return {}
    keys = ("before", "after", "to")
    names = {str(line.details.get(key) or "") for line in of_lead for key in keys}
    people = [name for name in names if len(name) == LENGTH_OF_A_REF]
    users = {str(user.ref): user.name for user in User.objects.filter(ref__in=people)}
    codes = names - set(people) - {""}
    return users | {team.code: team.name for team in Team.objects.filter(code__in=codes)}


def _of_lead(line: ChronologyLine, named: dict[str, str]) -> Detail:
    before = named.get(str(line.details.get("before") or ""), "")
    after = named.get(str(line.details.get("after") or line.details.get("to") or ""), "")
    if line.kind == "family.lead_moved":
        to = f"{line.team_name} ({after})" if after else line.team_name
        return Detail(f"{before} to {to}" if before else f"to {to}")
    if line.kind == "family.allocated":
        return Detail(f"{before} to {after}" if before else after)
    return Detail()


READERS: dict[str, Callable[[list[ChronologyLine], Asking], Tell]] = {
    "referral": _referrals,
    "outside": _outside,
    "sharing": _decisions,
    "consent": _consents,
    "plan": _plans,
    "booking": _bookings,
    "break_glass": _openings,
    "family": _family,
}
