"""The queue: what waits, for whom, red first."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from families.models import Family
from leap.core.accounts.models import User
from leap.core.exceptions import why_not
from referrals import rules
from referrals.clocks import Clock, lateness
from referrals.models import (
    HELD_BY_RECEIVER,
    HELD_BY_SENDER,
    TAKEN_ON,
    TO_ANSWER,
    UNANSWERED,
    UNFINISHED,
    ExternalReferral,
    InboundReferral,
    Pathway,
    Referral,
    Status,
    Task,
)
from referrals.models.referrals import ReferralQuerySet
from referrals.preview import may_preview
from referrals.subject import with_families
from referrals.working_days import WorkingDays

WAITING, OTHERS, PROGRESS, FINISHED = "waiting", "others", "progress", "finished"
SHOWS = {
    WAITING: "Waiting for us",
    OTHERS: "Waiting on others",
    PROGRESS: "Ours in progress",
    FINISHED: "Finished",
}


SEEN = "family_is_visible"  # what a list that was read for somebody says of each of its rows


@dataclass(frozen=True)
class QueueRow:
    """One referral as its reader may see it on `today`."""

    referral: Referral
    clock: Clock | None
    family_is_visible: bool
    family_has_a_name: bool  # visible, or previewed by its receiver
    can_accept: bool


def _where(show: str, team_ids: list[int]) -> Q:
    ours, to_us = Q(from_team__in=team_ids), Q(to_team__in=team_ids)
    awaiting_information = Q(status=Status.INFORMATION_ASKED)
    if show == OTHERS:
        theirs = Q(status__in=HELD_BY_RECEIVER) & ours & ~to_us
        return theirs | (awaiting_information & to_us & ~ours)
    if show == PROGRESS:
        return Q(status__in=TAKEN_ON) & to_us
    if show == FINISHED:
        over = ~Q(status__in=UNFINISHED)
        return over & (ours | (to_us & Q(sent_at__isnull=False)))
    to_answer = Q(status__in=TO_ANSWER) & to_us
    return to_answer | (Q(status__in=HELD_BY_SENDER) & ours)


def queue(show: str, team_ids: list[int]) -> ReferralQuerySet:
    """Referrals these teams made or were sent: a part of what their people see. Red first."""
    referrals = Referral.objects.filter(_where(show, team_ids)).select_related(
        "pathway", "from_team", "to_team", "allocated_to"
    )
    if show == FINISHED:
        return referrals.order_by(F("sent_at").desc(nulls_last=True), "-pk")
    return referrals.order_by(F("due_on").asc(nulls_last=True), "sent_at", "pk")


@dataclass(frozen=True)
class Filters:
    """What narrows a list: whose it is, on which pathway, and whether it is late."""

    who: str = ""  # "me", "nobody", or anybody
    pathway: Pathway | None = None
    late: bool = False

    def narrow(self, referrals: ReferralQuerySet, user: User, today: date) -> ReferralQuerySet:
        if self.who == "me":
            referrals = referrals.filter(allocated_to=user)
        if self.who == "nobody":
            referrals = referrals.filter(allocated_to=None)
        if self.pathway:
            referrals = referrals.filter(pathway=self.pathway)
        if self.late:
            referrals = referrals.filter(due_on__lt=today, clock_paused_at=None)
        return referrals


def other_work_querysets(user: User) -> dict[str, QuerySet[Any]]:
    """What else waits for `user`: tasks, and what came in, or came back, from outside."""
    return {
        "tasks": Task.objects.visible_to(user).waiting(),
        "from_outside": InboundReferral.objects.visible_to(user).waiting(),
        "came_back": ExternalReferral.objects.filter(from_team__in=user.team_ids).came_back(),
    }


def rows(referrals: list[Referral], user: User, today: date) -> list[QueueRow]:
    """These referrals as `user` may see them, with their families; one query or two for all."""
    with_families(referrals)
    calendar = WorkingDays.read()
    if all(hasattr(referral, SEEN) for referral in referrals):
        return [
            _row(referral, user, today, calendar, bool(getattr(referral, SEEN)))
            for referral in referrals
        ]
    families = [referral.family_id for referral in referrals]
    visible = set(
        Family.objects.visible_to(user).filter(pk__in=families).values_list("pk", flat=True)
    )
    return [
        _row(referral, user, today, calendar, referral.family_id in visible)
        for referral in referrals
    ]


def _row(
    referral: Referral, user: User, today: date, calendar: WorkingDays, visible: bool
) -> QueueRow:
    return QueueRow(
        referral=referral,
        clock=lateness(referral, today, calendar),
        family_is_visible=visible,
        family_has_a_name=visible or may_preview(referral, user),
        can_accept=why_not(rules.check_can_accept, referral, user) is None,
    )


# What the clock looks for by itself

WHOLE = ("family", "pathway", "from_team__agency", "to_team__agency", "sent_by")


def run_out(today: date) -> list[Referral]:
    """What nobody has answered in its pathway's time, the longest waiting first."""
    referrals = Referral.objects.filter(
        expires_on__lt=today, status__in=UNANSWERED, clock_paused_at=None
    ).exclude(pathway__kind=Pathway.Kind.NOTIFICATION)
    return list(referrals.select_related(*WHOLE).order_by("expires_on", "pk"))


def late_and_untold(today: date) -> list[Referral]:
    """What is late and of which a level of managers has not been told yet."""
    tasks = Task.objects.filter(referral=OuterRef("pk"), due_on=OuterRef("due_on"))
    late_task = Exists(tasks.filter(kind=Task.Kind.LATE))
    both = Exists(tasks.filter(kind=Task.Kind.LATE_FOR_SENDER))
    late = Referral.objects.unfinished().filter(clock_paused_at=None)
    referrals = late.filter(due_on__lt=today).exclude(late_task & both)
    return list(referrals.select_related(*WHOLE).order_by("due_on", "pk"))
