"""Seeing what waits, and one referral."""

from functools import partial
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from families.access.caseload import WEIGHTS, caseloads_of
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.rls.session import bypass_rls
from referrals import rules
from referrals.attachments.queries import attached_to
from referrals.clocks import lateness
from referrals.models import Challenge, ChallengeStage, Referral
from referrals.pathways.stage_times import stages_of
from referrals.queue import pagination
from referrals.queue import queue as queues
from referrals.queue.forms import QueueForm
from referrals.transitions.history import describe_position, notes_of, steps_of
from referrals.transitions.loading import load
from referrals.transitions.preview_actions import show_family
from referrals.working_days import WorkingDays


def queue(request: HttpRequest) -> HttpResponse:
    """What waits for my teams, what waits on others, what is in progress, what is finished."""
    user, today = signed_in(request), timezone.localdate()
    form = QueueForm(user, request.GET)
    show, team_ids = form.chosen
    narrow = partial(form.filters.narrow, user=user, today=today)
    number, beside = (
        pagination.capped_page_number(request.GET.get("page")),
        queues.other_work_querysets(user),
    )
    count, counts = pagination.counts(show, team_ids, narrow, number, user, beside)
    page = pagination.page(show, team_ids, narrow, number, count, user)
    rows = queues.rows(list(page.object_list), user, today)
    context = {"form": form, "page": page, "rows": rows, "show": show, "title": queues.SHOWS[show]}
    context |= {name: counts[name] for name in beside}
    if show in CAN_BE_ALLOCATED and rows and user.can(Capability.LEAD_TEAM):
        loads = caseloads_of(
            [key for key in team_ids if user.can_in(key, Capability.LEAD_TEAM)], today
        )
        context |= {"loads": loads, "weights": WEIGHTS}
    # The lists, and two ways into the one in progress: what is mine, and what is nobody's.
    who = form.kept.get("who", "")
    filters = {name: text for name, text in form.kept.items() if name != "who"}
    lists = [(label, name, "") for name, label in queues.SHOWS.items()]
    lists[2:2] = [("Mine", queues.PROGRESS, "me"), ("Unallocated", queues.PROGRESS, "nobody")]
    return render(
        request,
        "referrals/queue.html",
        {
            **context,
            "tabs": [
                {
                    "label": label,
                    "query": "?"
                    + urlencode({"show": name, **({"who": whose} if whose else {}), **filters}),
                    "count": counts.get(whose or name),
                    "active": name == show
                    and (whose == who or (not whose and name != queues.PROGRESS)),
                }
                for label, name, whose in lists
            ],
        },
    )


CAN_BE_ALLOCATED = (queues.WAITING, queues.PROGRESS)


# What can be done, as buttons: verb, words, rule, look. The likeliest first.
BUTTONS = (
    ("send", "Send", rules.check_can_send, ""),
    ("edit", "Change the draft", rules.check_can_edit, "secondary"),
    ("agree", "Agree", rules.check_can_agree, ""),
    ("propose", "Propose how to settle it", rules.check_can_settle, "secondary"),
    ("take_further", "Take it further", rules.check_can_take_further, "secondary"),
    ("accept", "Accept", rules.check_can_accept, ""),
    ("acknowledge", "Acknowledge", rules.check_can_acknowledge, "secondary"),
    ("answer", "Answer the question", rules.check_can_answer, ""),
    ("first_contact", "Record first contact", rules.check_can_note_first_contact, ""),
    ("allocate", "Allocate", rules.check_can_allocate, "secondary"),
    ("close", "Close with an outcome", rules.check_can_close, "secondary"),
    ("ask", "Ask for information", rules.check_can_ask, "secondary"),
    ("redirect", "Redirect", rules.check_can_redirect, "secondary"),
    ("decline", "Decline", rules.check_can_decline, "secondary"),
    ("resume", "Resume the clock", rules.check_can_resume, "secondary"),
    ("pause", "Pause the clock", rules.check_can_pause, "secondary"),
    ("challenge", "Disagree", rules.check_can_challenge, "secondary"),
    ("withdraw", "Withdraw", rules.check_can_withdraw, "secondary"),
)


def referral(request: HttpRequest, ref: str) -> HttpResponse:
    """Where one referral is, what it says, and what the reader can do with it."""
    user = signed_in(request)
    referral = load(user, ref)
    calendar = WorkingDays.read()
    outside = referral.from_outside
    # Who spoke for each side of a disagreement, stage by stage.
    stages = ChallengeStage.objects.filter(challenge__referral=referral)
    with bypass_rls("both sides see who has been told"):
        # By name and team, which both may read.
        tasks = list(referral.tasks.waiting().select_related("to", "team"))
    context = {
        "referral": referral,
        "shown": show_family(request, referral),
        "clock": lateness(referral, timezone.localdate(), calendar),
        "where": describe_position(referral),
        "said": notes_of(referral.chain),
        "outside": outside,
        "reads_outside": outside and user.works_in(outside.to_team_id),
        "onwards": Referral.objects.visible_to(user).filter(follows=referral).first(),
        "before": Referral.objects.visible_to(user).filter(followed_by=referral).first(),
        "challenge": Challenge.objects.filter(referral=referral).first(),
        "stages": list(stages.select_related("for_sender", "for_receiver").order_by("started_at")),
        "tasks": tasks,
        "story": steps_of(referral, calendar),
        "at_each": stages_of(referral, calendar),
        "buttons": [button for button in BUTTONS if why_not(button[2], referral, user) is None],
        **attached_to(referral, user),
    }
    return render(request, "referrals/referral.html", context)
