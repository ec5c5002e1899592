import pytest

from families.models import Family
from referrals.models import Pathway, Referral


@pytest.fixture
def path(system_of, grace, request_for_help):
    """The address of a referral that Grace has sent."""
    answer = system_of(grace).send("referrals/", request_for_help)
    assert answer.status_code == 201
    return f"referrals/{answer.json()['ref']}/"


AGREED = {"reason": "Sleep.", "ticked": ["That the family knows and agrees"]}


def test_a_referral_is_sent_with_its_clock_running(system_of, sam, path):
    referral = system_of(sam).read(path).json()
    assert (referral["status"], referral["holder"]) == ("sent", "receiver")
    assert referral["acknowledge_by"]


def test_the_receiver_sees_the_referral_and_still_not_the_family(system_of, sam, okafors, path):
    system = system_of(sam)
    assert system.read(path).status_code == 200
    assert system.read(f"families/{okafors.ref}/").status_code == 404


def test_accepting_opens_the_family_to_the_receiver(system_of, sam, okafors, path):
    system = system_of(sam)
    answer = system.send(f"{path}accept/", {"allocated_to": str(sam.ref)})
    assert (answer.status_code, answer.json()["status"]) == (200, "accepted")
    assert answer.json()["allocated_to"]["name"] == "Sam Ortiz"
    assert system.read(f"families/{okafors.ref}/").status_code == 200


def test_accepting_twice_under_one_key_is_accepting_once(system_of, sam, path):
    system = system_of(sam)
    answers = [system.send(f"{path}accept/", {}, key="accept-once") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]


def test_accepting_what_was_withdrawn_is_a_conflict(system_of, grace, sam, path):
    system_of(grace).send(f"{path}withdraw/", {})
    answer = system_of(sam).send(f"{path}accept/", {})
    assert answer.status_code == 409
    assert "withdrawn" in answer.json()["detail"]


def test_the_sender_cannot_accept_for_the_receiver(system_of, grace, path):
    answer = system_of(grace).send(f"{path}accept/", {})
    assert answer.status_code == 403
    assert Referral.objects.get().status == "sent"


def test_declining_asks_for_a_reason_and_an_alternative(system_of, sam, path):
    answer = system_of(sam).send(f"{path}decline/", {})
    fields = [error["field"] for error in answer.json()["errors"]]
    assert (answer.status_code, fields) == (400, ["decline_reason", "alternative"])


def test_a_question_and_its_answer_are_seen_by_both_sides(system_of, grace, sam, path):
    system_of(sam).send(f"{path}ask/", {"question": "Which nights?"})
    system_of(grace).send(f"{path}answer/", {"answer": "Most."})
    notes = system_of(sam).read(path).json()["notes"]
    assert [note["text"] for note in notes] == ["Which nights?", "Most."]


def test_a_referral_of_other_teams_does_not_exist_for_dele(system_of, dele, path):
    assert system_of(dele).read(path).status_code == 404
    assert system_of(dele).send(f"{path}accept/", {}).status_code == 404


def test_a_draft_waits_for_its_sender(system_of, grace, sam, request_for_help):
    answer = system_of(grace).send("referrals/", request_for_help | {"draft": True, "reason": ""})
    address = f"referrals/{answer.json()['ref']}/"
    assert system_of(sam).read(address).status_code == 404
    sending = system_of(grace).send(f"{address}send/", AGREED)
    assert sending.json()["status"] == "sent"


def test_referrals_are_found_by_status_team_and_pathway(system_of, sam, path):
    rows = system_of(sam).rows
    assert len(rows("referrals/?status=sent&team=family-support")) == 1
    assert rows("referrals/?status=closed") == []
    assert Pathway.objects.count() > 1
    assert Family.objects.count() == 1


def test_what_is_missing_is_said_to_a_system_too(system_of, grace, request_for_help):
    answer = system_of(grace).send("referrals/", request_for_help | {"ticked": []})
    assert answer.status_code == 400
    assert "Missing: That the family knows and agrees." in answer.content.decode()
    urgent = request_for_help | {"ticked": [], "for_safety": "She rang from the street."}
    assert system_of(grace).send("referrals/", urgent).status_code == 201


def test_a_clock_is_paused_and_resumed(system_of, sam, grace, path):
    assert system_of(sam).send(f"{path}pause/", {"why": "They are away."}).status_code == 200
    assert system_of(sam).send(f"{path}pause/", {"why": "Again."}).status_code == 409
    assert system_of(grace).send(f"{path}resume/", {}).status_code == 200


def test_a_decline_is_disagreed_with_and_settled(system_of, sam, grace, miriam, path):
    no = {"decline_reason": "Full.", "alternative": "In June."}
    system_of(sam).send(f"{path}decline/", no)
    assert system_of(sam).send(f"{path}challenge/", {"why": "No."}).status_code == 403
    assert system_of(grace).send(f"{path}challenge/", {"why": "June is late."}).status_code == 200
    assert system_of(grace).send(f"{path}challenge/", {"why": "Again."}).status_code == 409


def test_a_referral_goes_on_to_another_team(system_of, sam, make_team, path):
    other = make_team("brixton-family-support", "family_support", agency="lambeth")
    answer = system_of(sam).send(f"{path}redirect/", {"to_team": other.code, "why": "Theirs."})
    assert answer.json()["status"] == "redirected"


def test_nobody_ends_a_referral_as_the_clock_does(system_of, sam, path):
    assert system_of(sam).send(f"{path}expire/", {}).status_code in (404, 405)
