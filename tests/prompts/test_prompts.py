"""Rules that say what they saw, for somebody to decide on: shown only to those who may see what a
prompt rests on, and at rest once it is decided until there is something new."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import Audience, NewContact, ObservationInput
from families.models import Family, Involvement, Person
from leap.casework.prompts.models import Decision
from leap.casework.prompts.queries import for_practitioner, prompts_of_family
from leap.core.audit.models import Event
from referrals.models import Referral
from tests.casework.reading import read

NOON = datetime(2026, 3, 10, 12, tzinfo=ZoneInfo("Europe/London"))
SEND = "0a7b1c52-2b4c-4a0d-9f0d-1c2d3e4f5a6b"


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


@pytest.fixture
def ada(okafors):
    return Person.objects.get(given_name="Ada")


@pytest.fixture
def around(okafors, family_support, grace):
    reason = Involvement.Reason.TEAM_AROUND_FAMILY
    return involvement_actions.involve(family=okafors, team=family_support, reason=reason, by=grace)


@pytest.fixture
def log(okafors, chidi):
    def log(by, *findings, layer="shared", ago=1, **fields):
        usual = {"kind": "home_visit", "outcome": "attended", "concerned": [chidi]}
        usual["occurred_at"] = NOON - timedelta(days=ago)
        new = NewContact(**(usual | fields), findings=list(findings), audience=Audience(layer))
        return contact_actions.log_contact(family=okafors, new=new, team=by.teams[0], by=by)

    return log


def rules_for(family, user):
    return [str(prompt.rule) for prompt in prompts_of_family(family, by=user)]


@pytest.mark.parametrize("total", ["1", "9", "20"])
def test_item_10_above_nought_prompts_at_any_total(log, okafors, ada, grace, total):
    log(
        grace,
        ObservationInput(ada, "epds_total", total),
        ObservationInput(ada, "epds_item_10", "1"),
    )

    (prompt,) = prompts_of_family(okafors, by=grace)

    assert prompt.rule == "harm"
    assert "item 10 of the EPDS above nought (1) on 9 March 2026" in prompt.reason


def test_a_high_total_without_item_10_does_not(log, okafors, ada, grace):
    log(
        grace, ObservationInput(ada, "epds_total", "20"), ObservationInput(ada, "epds_item_10", "0")
    )

    assert rules_for(okafors, grace) == []


def test_both_the_lead_practitioner_and_whoever_recorded_it_find_it_on_my_work(
    client_of, log, okafors, ada, grace, sam, miriam, around
):
    log(sam, ObservationInput(ada, "epds_item_10", "2"))

    for somebody in (grace, sam):
        assert "Thoughts of self-harm" in read(client_of(somebody).get("/"))
        assert "Thoughts of self-harm" in read(client_of(somebody).get(f"/families/{okafors.ref}/"))
    assert for_practitioner(miriam) == []


def test_two_missed_in_a_row_prompt_and_one_that_is_kept_between_them_does_not(log, okafors, grace):
    log(grace, outcome="was_not_brought", ago=9)
    assert rules_for(okafors, grace) == []
    log(grace, outcome="no_access", ago=2)
    (prompt,) = prompts_of_family(okafors, by=grace)
    assert prompt.reason == "The last two contacts were missed, on 1 March 2026 and 8 March 2026."

    log(grace, outcome="attended", ago=1)
    assert rules_for(okafors, grace) == []


def test_a_disclosure_and_a_high_dash_score_prompt(log, okafors, ada, grace):
    log(
        grace,
        ObservationInput(ada, "domestic_abuse_disclosed", "yes"),
        ObservationInput(ada, "dash_score", "14"),
    )
    assert rules_for(okafors, grace) == ["abuse", "dash"]


def test_a_dash_score_below_fourteen_does_not(log, okafors, ada, grace):
    log(grace, ObservationInput(ada, "dash_score", "13"))
    assert rules_for(okafors, grace) == []


def test_help_that_was_declined_after_a_concern_prompts(
    log, okafors, chidi, grace, stockwell, family_support
):
    from referrals.models import Pathway

    referral = Referral.objects.create(
        ref="RF-23456789",
        family=okafors,
        pathway=Pathway.objects.first(),
        from_team=stockwell,
        to_team=family_support,
        status="declined",
        sent_at=NOON - timedelta(days=5),
        declined_at=NOON + timedelta(hours=1),
        decline_reason="No room this month.",
        acknowledge_by=NOON.date(),
        first_contact_by=NOON.date(),
    )
    assert rules_for(okafors, grace) == []
    log(grace, ObservationInput(chidi, "asqse2", "above"), ago=3)

    (prompt,) = prompts_of_family(okafors, by=grace)
    assert (prompt.rule, prompt.basis) == ("declined", referral.ref)


def test_who_may_not_see_what_it_rests_on_is_not_prompted(
    client_of, log, okafors, ada, grace, sam, miriam, around
):
    log(grace, ObservationInput(ada, "domestic_abuse_disclosed", "yes"), layer="agency")
    log(grace, ObservationInput(ada, "epds_item_10", "3"), layer="restricted")

    assert rules_for(okafors, grace) == ["harm", "abuse"]
    assert rules_for(okafors, miriam) == ["abuse"]
    assert rules_for(okafors, sam) == []
    (harm,) = [prompt for prompt in prompts_of_family(okafors, by=grace) if prompt.rule == "harm"]
    address = f"/families/{okafors.ref}/prompts/harm/{harm.basis}/"
    assert client_of(sam).get(address).status_code == 404
    assert client_of(grace).get(address).status_code == 200


@pytest.fixture
def decide(client_of, okafors):
    def decide(user, prompt, **typed):
        address = f"/families/{okafors.ref}/prompts/{prompt.rule}/{prompt.basis}/"
        return client_of(user).post(address, {"submission": SEND, **typed})

    return decide


def test_a_decision_is_kept_and_the_prompt_rests_until_something_new(
    decide, log, okafors, ada, grace
):
    log(grace, ObservationInput(ada, "domestic_abuse_disclosed", "yes"), ago=5)
    (prompt,) = prompts_of_family(okafors, by=grace)

    decide(grace, prompt, choice="act", note="Safety plan made.")

    assert Decision.objects.get().by == grace
    event = Event.objects.get(kind="prompt.decided")
    assert "abuse" not in str(event.details)
    assert rules_for(okafors, grace) == []
    log(grace, ObservationInput(ada, "domestic_abuse_disclosed", "yes"))
    assert rules_for(okafors, grace) == ["abuse"]


def test_not_now_comes_back_on_its_day(decide, log, okafors, grace, time_machine):
    log(grace, outcome="no_access", ago=4)
    log(grace, outcome="no_access", ago=2)
    (prompt,) = prompts_of_family(okafors, by=grace)

    decide(grace, prompt, choice="not_now", until="2026-03-12")

    assert rules_for(okafors, grace) == []
    time_machine.move_to(NOON + timedelta(days=2))
    assert rules_for(okafors, grace) == ["missed"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"choice": "not_now", "until": "2026-03-10"}, "tomorrow or later"),
        ({"choice": "not_now", "until": "2026-03-20"}, "can wait until tomorrow, not longer"),
        ({"choice": "explained", "note": " "}, "Say how it is explained."),
        ({"note": "Words to keep."}, "Words to keep."),
    ],
)
def test_what_is_missing_is_asked_for_and_nothing_is_lost(
    decide, log, okafors, ada, grace, typed, words
):
    log(grace, ObservationInput(ada, "epds_item_10", "1"))
    (prompt,) = prompts_of_family(okafors, by=grace)

    assert words in read(decide(grace, prompt, **typed))
    assert Decision.objects.count() == 0


def test_a_closed_record_prompts_no_more(log, okafors, ada, grace):
    log(grace, ObservationInput(ada, "epds_item_10", "1"))
    Family.objects.update(closed_at=NOON, closed_reason="Moved away")
    okafors.refresh_from_db()

    assert prompts_of_family(okafors, by=grace) == []
    assert for_practitioner(grace) == []
