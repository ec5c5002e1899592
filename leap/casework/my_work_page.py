"""My work: what each person should look at first, by what they do here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from families.access.hidden_entries import restricted_caseload
from families.access.rules import teams_that_hold_families
from families.break_glass.reviewers import AwaitingReview as JudgedHere
from families.break_glass.reviewers import awaiting_review
from families.contacts import follow_ups
from families.models import Family
from families.plans.models import PlanStep
from families.reviews.due import FamiliesWithDue, due_families
from leap.casework.break_glass_page import emergencies_of
from leap.casework.prompts.queries import for_practitioner
from leap.casework.unfinished_drafts import unfinished_drafts
from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.audit.models import Event
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.models import Message
from leap.core.rls.session import bypass_rls
from outcomes.models import Night, Report
from outcomes.reports.rules import check_can_see
from referrals.clocks import lateness
from referrals.models import UNANSWERED, Referral
from referrals.queue import queue
from referrals.working_days import WorkingDays
from sites.models import Attendance, Session

FIRST = 8  # lines of each list; the rest is one link away
LATELY = timedelta(days=28)
AN_HOUR = timedelta(hours=1)
UNHELD = ("family nobody holds", "families nobody holds")


@dataclass(frozen=True)
class Tile:
    """One number, with what it counts in the singular and the plural."""

    value: int
    one: str
    many: str
    url: str = ""
    tone: str = ""
    note: str = ""

    @property
    def label(self) -> str:
        return self.one if self.value == 1 else self.many


@require_GET
def my_work(request: HttpRequest) -> HttpResponse:
    """One page, put together from what this person's teams and roles call for."""
    user = signed_in(request)
    context: dict[str, Any] = {"drafts": unfinished_drafts(user), "today": timezone.localdate()}
    for part, is_for in PARTS:
        if is_for(user):
            context |= part(user)
    # The numbers at the top, the gravest first.
    tiles = []
    if "gaps" in context:
        gaps = _all(context["gaps"])
        tiles.append(Tile(gaps, *UNHELD, reverse("families:allocate_many"), tone="red"))
    if "waiting" in context:
        waiting: FamiliesWithDue = context["waiting"]
        due = f"{reverse('families:due')}?whose={context['whose']}"
        late = context["referrals"][0].all_late if context["referrals"] else 0
        one, many = "referral waiting for us", "referrals waiting for us"
        tiles += [
            Tile(waiting.late, "review late", "reviews late", due, tone="red"),
            Tile(
                waiting.soon, "review due within 7 days", "reviews due within 7 days", due, "amber"
            ),
            Tile(
                _all(context["referrals"]),
                one,
                many,
                reverse("referrals:queue"),
                tone="red" if late else "",
                note=f"{late} late" if late else "",
            ),
        ]
    if "unmarked" in context:
        left = _all(context["unmarked"])
        url = "#registers"
        tiles.append(Tile(left, "register not marked", "registers not marked", url, tone="amber"))
    context["tiles"] = [*tiles, *_tiles_of_judging(context)]
    return render(request, "leap/my_work.html", context)


def _holds_families(user: User) -> bool:
    return bool(teams_that_hold_families(user))


def _manages(user: User) -> bool:
    return bool(user.team_ids_with(Capability.LEAD_TEAM))


def _is_champion(user: User) -> bool:
    return user.can(Capability.SEE_COMING_SESSIONS)


def _runs_the_programme(user: User) -> bool:
    return user.can(Capability.SEE_PROGRAMME)


def _with_families(user: User) -> dict[str, Any]:
    """What is due, what waits to be answered, and where one was last."""
    whose = "team" if _manages(user) else "mine"
    waiting = FamiliesWithDue(due_families(user, whose), by=user)
    # The families this person opened last, as far as they may still see them.
    opened = Event.objects.filter(by_ref=str(user.ref), kind="family.opened").order_by("-at", "-pk")
    last = opened.filter(family_ref=OuterRef("ref")).values("at")[:1]
    return {
        "whose": whose,
        "due": waiting[:FIRST],
        "waiting": waiting,
        "steps": follow_ups.waiting_for(user, whose)[:FIRST],
        "plan_steps": PlanStep.objects.waiting_for(user)[:FIRST],
        "referrals": _referrals(user),
        "recent": (
            Family.objects.visible_to(user)
            .filter(ref__in=Subquery(opened.values("family_ref")[: FIRST * 3]))
            .annotate(opened_last=Subquery(last))
            .order_by("-opened_last", "-pk")[:FIRST]
        ),
        "emergencies": emergencies_of(user),
        "prompts": for_practitioner(user)[:FIRST],
    }


def _referrals(user: User) -> list[Referral]:
    """The most urgent of those that wait for the reader's teams, each with its `clock`, and with
    how many wait in `all` and how many of them are late."""
    today = timezone.localdate()
    late = Q(acknowledge_by__lt=today, acknowledged_at=None)
    waiting = queue.queue(queue.WAITING, user.team_ids).open_to(user)
    counted = waiting.annotate(
        all=Window(Count("pk")),
        all_late=Window(Count("pk", filter=late)),
        one_offs=WorkingDays.subquery(),
    )
    referrals: list[Referral] = list(counted[:FIRST])
    for referral in referrals:
        calendar = WorkingDays.from_rows(referral.one_offs)  # type: ignore[attr-defined]
        referral.clock = lateness(referral, today, calendar)  # type: ignore[attr-defined]
    return referrals


def _manager(user: User) -> dict[str, Any]:
    """The families of one's teams that nobody holds, and the registers nobody has marked."""
    gaps = (
        Family.objects.visible_to(user)
        .without_lead()
        .led_by(user.team_ids_with(Capability.LEAD_TEAM))
        .select_related("lead_team")
        .annotate(all=Window(Count("pk")))
        .order_by("opened_at", "pk")
    )
    with bypass_rls(
        "each of these says why; together they step out from behind row-level security once"
    ):
        further = {
            "unmarked": _unmarked(user),
            "restricted": restricted_caseload(user.team_ids_with(Capability.LEAD_TEAM)),
            "judging": awaiting_review(user),
        }
    return {"gaps": list(gaps[:FIRST]), **further}


def _unmarked(user: User) -> list[Session]:
    """Sessions of the last weeks that `user` runs, in which somebody expected is not marked."""
    expected = Attendance.objects.filter(session=OuterRef("pk"), status=Attendance.Status.BOOKED)
    now = timezone.now()
    sessions = (
        Session.objects.run_by(user)
        .filter(
            Exists(expected),
            during__endswith__lte=now,
            during__endswith__gt=now - LATELY,
            cancelled_at=None,
        )
        .select_related("site", "service")
        .annotate(all=Window(Count("pk")))
        .order_by("during", "pk")
    )
    with bypass_rls("that somebody in it is not marked is said, and not who"):
        return list(sessions[:FIRST])


def _champion(user: User) -> dict[str, Any]:
    """What is on next. A champion sees sessions, never records."""
    sessions = Session.objects.upcoming().select_related("site", "service", "room")
    return {"sessions": list(sessions.order_by("during", "pk")[: FIRST * 2])}


def _programme(user: User) -> dict[str, Any]:
    """How the night went, what was reported last, and what needs putting right."""
    # What no team may have noticed; counts only.
    with bypass_rls(
        "the admin sees how many need putting right, in all the programme, and no names"
    ):
        unheld = Family.objects.without_lead().count()
        waited = Referral.objects.filter(
            acknowledge_by__lt=timezone.localdate(), status__in=UNANSWERED, acknowledged_at=None
        ).count()
    stuck = Message.objects.filter(delivered_at=None, made_at__lt=timezone.now() - AN_HOUR).count()
    late = "acknowledged in time"
    return {
        "night": Night.objects.annotate(
            steps_in_all=Count("steps"),
            failed=Count("steps", filter=Q(steps__status="failed")),
        )
        .order_by("-started_at")
        .first(),
        "report": Report.objects.defer("content").order_by("-pk").first(),
        "may_see_reports": why_not(check_can_see, user) is None,
        "wrong": [
            Tile(unheld, *UNHELD, reverse("families:allocate_many"), tone="red"),
            Tile(waited, f"referral not {late}", f"referrals not {late}", tone="red"),
            Tile(
                stuck, "message not sent for an hour", "messages not sent for an hour", tone="amber"
            ),
        ],
        **(
            {"judging": awaiting_review(user)}
            if user.can_everywhere(Capability.JUDGE_OPENINGS)
            else {}
        ),
    }


def _tiles_of_judging(context: dict[str, Any]) -> list[Tile]:
    judging: JudgedHere | None = context.get("judging")
    if not judging:
        return []
    url, late = reverse("families:review"), judging.late
    tone = "red" if late else "amber"
    opened, to_ask = "opened in an emergency, to judge", "to ask about"
    tiles = [
        Tile(judging.openings, opened, opened, url, tone, f"{late} late" if late else ""),
        Tile(judging.questions, f"opening {to_ask}", f"openings {to_ask}", f"{url}#asked"),
    ]
    return [tile for tile in tiles if tile.value]


def _all(first: list[Any]) -> int:
    """How many there are in all, as each of the first few was told."""
    return int(first[0].all) if first else 0


Part = Callable[[User], dict[str, Any]]
PARTS: tuple[tuple[Part, Callable[[User], bool]], ...] = (
    (_with_families, _holds_families),
    (_manager, _manages),
    (_champion, _is_champion),
    (_programme, _runs_the_programme),
)
