"""What happened to my referral: one line, always true, in every status and what lies beside it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from referrals.models import Pathway, Referral, Status
from referrals.transitions import clock_actions, receiver_actions
from referrals.transitions.history import describe_position
from tests.referrals.reading import page_of
from tests.referrals.verbs import action

NO = {"decline_reason": "Full", "alternative": "Wait"}


@pytest.fixture
def do(referral, grace, sam, make_team):
    """Everything that can happen to it, each by whoever does it."""
    sides = {"grace": grace, "sam": sam}

    def expire():
        past = timezone.localdate() - timedelta(days=1)
        Referral.objects.filter(pk=referral.pk).update(expires_on=past)
        referral.refresh_from_db()
        clock_actions.expire(referral=referral, today=timezone.localdate())

    def redirect():
        home_start = make_team("home-start", "family_support", name="Home-Start")
        receiver_actions.redirect(referral=referral, to_team=home_start, why="Theirs", by=sam)

    def do(move):
        if move in ("expire", "redirect"):
            {"expire": expire, "redirect": redirect}[move]()
            return
        side, verb = move.split()
        action(verb)(referral=referral, by=sides[side], **SAID.get(verb, {}))

    return do


SAID = {
    "ask": {"question": "Which nights?"},
    "decline": NO,
    "pause": {"why": "Away"},
    "challenge": {"why": "She has not slept."},
    "take_further": {"why": "No agreement"},
    "propose": {"settled_as": "stands", "why": "Let it"},
    "close": {"outcome": "Sleeps"},
    "withdraw": {"why": "They moved"},
}
HV, FS = "Stockwell health visiting", "Family support"
LINES = [
    ([], "sent", f"With {FS}, who have yet to answer. {HV} stays responsible."),
    (["sam ask"], "information_asked", f"{FS} asked for information. {HV} has it."),
    (["sam acknowledge"], "acknowledged", f"{FS} has read it and is deciding. {HV} stays "),
    (["sam pause"], "sent", "The clock has been paused since "),
    (["sam accept"], "accepted", f"{FS} has accepted it. First contact is awaited."),
    (["sam decline"], "declined", f"Declined by {FS}. The family stayed with {HV}."),
    (
        ["sam decline", "grace challenge"],
        "declined",
        f"{HV} disagrees: it is between the practitioners.",
    ),
    (["sam decline", "grace challenge", "sam take_further"], "declined", "between the managers."),
    (
        ["sam decline", "grace challenge", "grace propose", "sam agree"],
        "declined",
        "Both sides have since agreed that this stands.",
    ),
    (["redirect"], "redirected", f"to Home-Start, who have yet to answer. {HV} stays responsible."),
    (["grace withdraw"], "withdrawn", f"Withdrawn by {HV}. The family stayed with {HV}."),
    (["expire"], "expired", f"Expired without an answer. The family stayed with {HV}."),
]


@pytest.mark.parametrize(("moves", "status", "line"), LINES)
def test_the_sender_reads_one_true_line(do, referral, grace, client_of, moves, status, line):
    for move in moves:
        do(move)
    assert Referral.objects.get(pk=referral.pk).status == status
    browser = client_of(grace)
    assert line in page_of(browser.get(f"/referrals/{referral.ref}/"))
    assert line in browser.get(f"/api/v1/referrals/{referral.ref}/").json()["where"]


def test_there_is_a_line_for_every_status(referral):
    statuses = {status for _, status, _ in LINES} | {"draft", "in_progress", "closed"}
    assert statuses == set(Status.values)
    for status in ("draft", "in_progress", "closed"):
        referral.status = status
        assert describe_position(referral).endswith(".")


@pytest.mark.parametrize("status", [s for s in Status.values if s != "draft"])
def test_of_one_that_was_redirected_the_line_goes_on_with_what_became_of_it(do, referral, status):
    do("redirect")
    onwards = Referral.objects.get(follows=referral)
    onwards.status, referral.status = status, "redirected"
    referral.followed_by = onwards
    line = describe_position(referral)
    assert line.startswith(f"Redirected by {FS} to Home-Start, ")
    assert ("stays responsible" in line) == (status in ("sent", "acknowledged"))


def test_who_asks_for_a_family_is_not_the_one_responsible(
    okafors, stockwell, midwives, ruth, to_support
):
    asking = Pathway(kind="request", code="x", acknowledge_within=1, first_contact_within=1)
    referral = Referral(status="sent", pathway=asking, from_team=midwives, to_team=stockwell)
    assert describe_position(referral).endswith(f"{HV} stays responsible.")


def test_another_system_reads_what_was_said_all_along(do, referral, grace, client_of):
    do("redirect")
    onwards = Referral.objects.get(follows=referral)
    answer = client_of(grace).get(f"/api/v1/referrals/{onwards.ref}/").json()
    assert answer["said"] == [
        {"team": HV, "text": "Ada would like help with sleep."},
        {"team": f"{FS}, who sent it on", "text": "Theirs"},
    ]
    (row, *_) = client_of(grace).get("/api/v1/referrals/").json()["results"]
    assert "said" not in row
    assert row["where"]
