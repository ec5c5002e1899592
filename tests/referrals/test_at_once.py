"""Many people press at the same moment: one of them has done it, and the others read what."""

import threading
from collections import Counter

import pytest
from django.db import connection

from families.inputs import NewPerson
from families.people.actions import register_family
from leap.core.audit.models import Event
from leap.governance.integrity import PROMISES
from referrals.models import Referral
from referrals.transitions import sender_actions

pytestmark = pytest.mark.django_db(transaction=True)

REFERRALS, PRESSES = 4, 50  # each fifty presses at once, from fifty connections
PRESSED = [
    ("accept", {}),
    ("decline", {"decline_reason": "Full", "alternative": "Home-Start"}),
    ("withdraw", {"why": "They moved"}),
]


@pytest.fixture
def waiting(stockwell, family_support, to_support, grace):
    """Referrals of as many families, all sent by Grace."""
    families = [
        register_family(
            name=f"Abe {n}", lead_team=stockwell, by=grace, people=[NewPerson("mother", "A", "Abe")]
        )
        for n in range(REFERRALS)
    ]
    return [
        sender_actions.refer(
            family=family,
            pathway=to_support,
            from_team=stockwell,
            to_team=family_support,
            reason="Sleep",
            by=grace,
        )
        for family in families
    ]


def test_of_two_hundred_presses_one_wins_each_referral_and_the_others_get_409(
    waiting, grace, sam, client_of
):
    clients = {"withdraw": grace, "accept": sam, "decline": sam}
    answers = Counter()
    for referral in waiting:
        answers.update(pressed_at_once(referral, clients, client_of))
        check_only_one_has_happened(referral)

    assert answers[302] == REFERRALS
    assert answers[409] == REFERRALS * (PRESSES - 1)
    assert sum(answers.values()) == 200
    assert all(not promise.look().count for promise in PROMISES)


def pressed_at_once(referral, people, client_of):
    """The answers to so many presses, all let go at one moment."""
    presses = [PRESSED[n % len(PRESSED)] for n in range(PRESSES)]
    browsers = [client_of(people[verb]) for verb, _ in presses]
    go, codes, pages = threading.Barrier(PRESSES), [], []

    def press(browser, verb, typed):
        try:
            go.wait(timeout=240)
            answer = browser.post(f"/referrals/{referral.ref}/{verb}/", typed)
            codes.append(answer.status_code)
            pages.append(answer.content.decode())
        finally:
            connection.close()

    threads = [
        threading.Thread(target=press, args=(browser, *pressed))
        for browser, pressed in zip(browsers, presses, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    word = Referral.objects.get(pk=referral.pk).status
    assert sum(word in page for page in pages) == PRESSES - 1
    return codes


def check_only_one_has_happened(referral):
    ended = Referral.objects.get(pk=referral.pk).status
    kinds = [f"referral.{kind}" for kind in ("accepted", "declined", "withdrawn")]
    events = Event.objects.filter(subject_ref=referral.ref, kind__in=kinds)
    assert [event.kind for event in events] == [f"referral.{ended}"]
