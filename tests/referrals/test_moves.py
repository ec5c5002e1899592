"""The table of moves is the only way, and every part of it can be walked."""

import pytest
from django.utils import timezone

from leap.core.exceptions import Conflict, NotAllowed
from referrals.models import MOVES, STATUSES, Referral, Status, moves_of
from tests.referrals.verbs import action

SENDER, RECEIVER = "grace", "sam"
# Who does it, what it does, and where that leads.
VERBS = {
    "acknowledge": (RECEIVER, {}, Status.ACKNOWLEDGED),
    "accept": (RECEIVER, {}, Status.ACCEPTED),
    "decline": (RECEIVER, {"decline_reason": "Full", "alternative": "Home-Start"}, Status.DECLINED),
    "ask": (RECEIVER, {"question": "Which nights?"}, Status.INFORMATION_ASKED),
    "note_first_contact": (RECEIVER, {"first_contact_at": None}, Status.IN_PROGRESS),
    "close": (RECEIVER, {"outcome": "Sleeping better"}, Status.CLOSED),
    "withdraw": (SENDER, {}, Status.WITHDRAWN),
    "send": (SENDER, {}, Status.SENT),
    "answer": (SENDER, {"answer": "Every night"}, Status.SENT),
}
# Two verbs lead to sent, each from one status only.
STARTS = {"send": {Status.DRAFT}, "answer": {Status.INFORMATION_ASKED}}


def put_into_status(referral, status):
    """Put a sent referral into any status, as if it had come there."""
    now = timezone.now()
    times = {
        Status.ACCEPTED: {"accepted_at": now},
        Status.IN_PROGRESS: {"accepted_at": now, "first_contact_at": now},
        Status.CLOSED: {"accepted_at": now, "closed_at": now},
        Status.DECLINED: {"declined_at": now, "decline_reason": "Full"},
    }
    Referral.objects.filter(pk=referral.pk).update(status=status, **times.get(status, {}))
    return Referral.objects.get(pk=referral.pk)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("verb", VERBS)
def test_a_move_is_possible_exactly_where_the_table_has_it(verb, status, referral, sam, grace):
    side, terms, to = VERBS[verb]
    if verb == "note_first_contact":
        terms = {"first_contact_at": timezone.now()}
    current = put_into_status(referral, status)
    by = sam if side == RECEIVER else grace
    move = action(verb)

    if to in moves_of(current.pathway.kind, status) and status in STARTS.get(verb, {status}):
        move(referral=current, by=by, **terms)
        assert Referral.objects.get(pk=referral.pk).status == to
    else:
        with pytest.raises(Conflict):
            move(referral=current, by=by, **terms)
        assert Referral.objects.get(pk=referral.pk).status == status


def test_every_status_has_its_moves_and_its_holder():
    assert set(MOVES) == set(STATUSES) == set(Status.values)


def test_only_what_is_finished_has_no_way_out_and_no_holder():
    assert {s for s in MOVES if not MOVES[s]} == {
        s for s, facts in STATUSES.items() if facts.holder == "nobody"
    }


@pytest.mark.parametrize(
    ("verb", "wrong"),
    [(verb, "grace" if side == RECEIVER else "sam") for verb, (side, *_) in VERBS.items()],
)
def test_nobody_makes_the_other_sides_move(verb, wrong, referral, request):

    terms = VERBS[verb][1]
    with pytest.raises(NotAllowed, match="Only"):
        action(verb)(referral=referral, by=request.getfixturevalue(wrong), **terms)
