"""Grace refers the Okafors to Dr Quaye, who has no account: a link, and a code by telephone."""

import re
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from families.access.involvement_actions import involve
from families.models import Person, Residence, SafeContact, Shield
from leap.casework.life_events.actions import close_family
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from leap.core.reference_data.models import Postcode
from leap.governance.integrity import PROMISES
from leap.governance.subject_access.actions import gather, record_request
from leap.governance.subject_access.actions.requests import NewRequest
from referrals.external import actions as external_actions
from referrals.external import link_actions
from referrals.external.disclosure import disclosure_of
from referrals.models import ExternalReferral, Pathway, SecureLink, Status, moves_outside
from referrals.tasks import tend_clocks
from referrals.transitions.bereavement_actions import notify_of_loss
from referrals.working_days import WorkingDays
from tests.referrals.reading import link_of, page_of

QUAYE = {"name": "Nii Quaye", "role": "GP", "organisation": "Clapham Family Practice"}
NOTHING = "This link and code open nothing"


@pytest.fixture(autouse=True)
def _an_hour_of_its_own():
    cache.clear()


@pytest.fixture
def typed(stockwell):
    return {
        "submission": str(uuid4()),
        "from_team": stockwell.code,
        "kind": "referral",
        "organisation": "Clapham Family Practice",
        "receiver_name": "Dr Quaye",
        "way": "link",
        "receiver_email": "quaye@practice.example",
        "receiver_telephone": "020 7946 0018",
        "reason": "Slow weight gain: please see him this week.",
        "reach": "Ring Ada in the mornings.",
        "knows": "agrees",
    }


@pytest.fixture
def send(okafors, grace, client_of, typed):
    """Sent by Grace from the page: the referral, the path of its link, and its code."""

    def send(**changes):
        page = f"/referrals/outside/new/?family={okafors.ref}"
        text = page_of(client_of(grace).post(page, typed | changes))
        mailed = Message.objects.last()
        return ExternalReferral.objects.get(), mailed and link_of(mailed), code_in(text)

    return send


@pytest.fixture
def opened(send):
    """Opened by Dr Quaye in a browser of his own."""
    referral, path, code = send()
    his = Client()
    his.post(path, {**QUAYE, "code": code})
    return referral, path, his


def code_in(page):
    match = re.search(r"<strong>(\d{4}) (\d{4})</strong>", page)
    return "".join(match.groups()) if match else ""


def kinds(referral):
    return list(referral.steps.order_by("pk").values_list("kind", flat=True))


def test_the_e_mail_says_nothing_and_neither_link_nor_code_is_kept(send, okafors):
    referral, path, code = send()
    message, link = Message.objects.get(), SecureLink.objects.get()
    assert message.to == "quaye@practice.example"
    for word in ("Okafor", "Chidi", "Ada", "weight", okafors.ref, referral.ref, code):
        assert word not in message.subject + message.body
    token = path.rstrip("/").rpartition("/")[2]
    assert len(token) == 43
    assert len(code) == 8
    assert {token, code} & {link.token_hash, link.code_hash} == set()


def test_sent_twice_it_is_one_referral_and_its_code_is_shown_once(okafors, grace, client_of, typed):
    page, hers = f"/referrals/outside/new/?family={okafors.ref}", client_of(grace)
    first, second = hers.post(page, typed), hers.post(page, typed)
    assert code_in(page_of(first))
    assert second.url == f"/referrals/outside/{ExternalReferral.objects.get().ref}/"
    assert Message.objects.count() == 1


def test_with_the_code_he_reads_what_he_needs_and_accepts(opened, okafors, stockwell, grace):
    referral, path, his = opened
    page = page_of(his.get(path))
    assert "Chidi" in page
    assert "Slow weight gain" in page
    assert "Ring Ada" not in page
    assert okafors.ref not in page
    his.post(f"{path}accept/", {"submission": str(uuid4())})
    his.post(f"{path}accept/", {"submission": str(uuid4())})

    referral.refresh_from_db()
    okafors.refresh_from_db()
    assert "Ring Ada" in page_of(his.get(path))
    assert (referral.status, referral.held_by_team) == (Status.ACCEPTED, stockwell)
    assert (okafors.lead_team, okafors.lead_practitioner) == (stockwell, grace)
    assert kinds(referral) == ["sent", "opened", "accepted"]
    event = Event.objects.get(kind="outside.accepted", family_ref=okafors.ref)
    assert event.by_name == "outside: Nii Quaye, Clapham Family Practice"


def test_its_sender_sees_one_line_that_says_so(opened, grace, client_of):
    referral, path, his = opened
    his.post(f"{path}accept/", {})
    page = page_of(client_of(grace).get(f"/referrals/outside/{referral.ref}/"))
    assert "Nii Quaye, GP, Clapham Family Practice accepted it on" in page
    assert "Stockwell health visiting leads the family" in page


def test_a_handover_outside_moves_no_lead(send, okafors, stockwell, grace):
    _referral, path, code = send(kind="handover")
    his = Client()
    his.post(path, {**QUAYE, "code": code})
    his.post(f"{path}accept/", {})
    okafors.refresh_from_db()
    assert okafors.lead_team == stockwell
    assert "leads here until" in page_of(his.get(path))


def test_whatever_does_not_open_is_answered_alike(send, grace, client_of):
    """Never made, revoked, expired, opened elsewhere, or the wrong code: one page."""
    referral, path, code = send()
    right, answers = {**QUAYE, "code": code}, []

    def try_to_open(address, **form):
        answers.append(page_of(Client().post(address, right | form)))
        assert NOTHING in answers[-1]

    try_to_open("/referrals/by-link/" + "x" * 43 + "/")
    try_to_open(path, code="1" * 8)
    SecureLink.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    try_to_open(path)
    SecureLink.objects.update(expires_on=timezone.localdate())
    his = Client()
    assert his.post(path, right).status_code == 302
    try_to_open(path)
    client_of(grace).post(f"/referrals/outside/{referral.ref}/revoke/")
    try_to_open(path)
    assert NOTHING not in page_of(his.get(path))
    assert "Slow weight" not in page_of(his.get(path))
    assert len({answer.replace(code, "").replace("1" * 8, "") for answer in answers}) == 1


def test_five_wrong_codes_lock_it_and_its_sender_is_told(send):
    referral, path, code = send()
    for _ in range(5):
        Client().post(path, {**QUAYE, "code": "00000000"})
    assert NOTHING in page_of(Client().post(path, {**QUAYE, "code": code}))
    assert kinds(referral) == ["sent", "locked"]
    assert Event.objects.filter(kind="outside.wrong_code").count() == 5
    assert Message.objects.filter(to="stockwell@leap.example").exists()


def test_an_address_that_guesses_waits(send, monkeypatch):
    _referral, path, code = send()
    monkeypatch.setattr(import_module("referrals.external.link_views"), "CODES_AN_HOUR", 0)
    answer = Client().post(path, {**QUAYE, "code": code})
    assert answer.status_code == 429
    assert "Nii Quaye" in page_of(answer)


def test_without_the_code_no_answer_is_taken(send):
    referral, path, _code = send()
    assert Client().post(f"{path}accept/", {}).url == path
    referral.refresh_from_db()
    assert referral.status == Status.SENT


def test_he_declines_asks_and_tells_what_came_of_it(opened, grace, client_of):
    referral, path, his = opened
    assert "There is a problem" in page_of(his.post(f"{path}decline/", {}))
    his.post(f"{path}ask/", {"question": "What did he weigh?"})
    page = f"/referrals/outside/{referral.ref}/inform/"
    code = code_in(page_of(client_of(grace).post(page, {"answer": "4.1 kg on Monday."})))
    path = link_of(Message.objects.filter(to="quaye@practice.example").latest("pk"))
    his.post(path, {**QUAYE, "code": code})
    assert "4.1 kg on Monday." in page_of(his.get(path))
    his.post(f"{path}accept/", {})
    his.post(f"{path}close/", {"outcome": "Seen, and growing well."})
    referral.refresh_from_db()
    assert (referral.status, referral.outcome) == (Status.CLOSED, "Seen, and growing well.")


def test_declined_it_is_back_with_its_sender_until_they_say_what_they_did(opened, grace, client_of):
    referral, path, his = opened
    his.post(f"{path}decline/", {"decline_reason": "Not registered here.", "alternative": "Ask us"})
    assert "1 came back" in page_of(client_of(grace).get("/referrals/"))
    page = f"/referrals/outside/{referral.ref}/"
    assert "Not registered here." in page_of(client_of(grace).get(page))
    client_of(grace).post(f"{page}settle/", {"what_was_done": "Rang the other practice."})
    assert "came back" not in page_of(client_of(grace).get("/referrals/"))


def test_nobody_answers_and_it_returns_to_who_sent_it(send, grace):
    referral, path, code = send()
    assert referral.answer_by == WorkingDays().after(timezone.localdate(), 10)
    ExternalReferral.objects.update(answer_by=timezone.localdate() - timedelta(days=1))
    tend_clocks()
    tend_clocks()
    referral.refresh_from_db()
    assert referral.status == Status.EXPIRED
    assert Event.objects.get(kind="outside.expired").details["to"] == str(grace.ref)
    assert NOTHING in page_of(Client().post(path, {**QUAYE, "code": code}))


def test_sent_again_the_first_link_opens_no_more(send, grace, client_of):
    referral, first, code = send()
    page = f"/referrals/outside/{referral.ref}/send-again/"
    answer = client_of(grace).post(page, {"receiver_email": "desk@practice.example"})
    second = link_of(Message.objects.get(to="desk@practice.example"))
    assert NOTHING in page_of(Client().post(first, {**QUAYE, "code": code}))
    assert Client().post(second, {**QUAYE, "code": code_in(page_of(answer))}).status_code == 302


def test_where_a_shielded_mother_lives_never_leaves(send, okafors, grace, stockwell):
    referral, _, _ = send()
    ada = Person.objects.get(given_name="Ada")
    home = Postcode.objects.create(postcode="SW9 9ZZ", ward_2011="E05000429")
    Residence.objects.create(person=ada, postcode=home, address="7 Hidden Row")
    Residence.objects.create(person=Person.objects.get(given_name="Chidi"), postcode=home)
    other = Person.objects.create(ref="PN-KEPTFROM", given_name="Somebody")
    ExternalReferral.objects.update(reason="She moved to 7 hidden row, sw99zz.")
    Shield.objects.create(person=ada, hidden_from=other, reason="Court order", by=grace)
    referral.refresh_from_db()
    assert disclosure_of(referral).ward == "not given"
    assert disclosure_of(referral).reason == "She moved to [not given], [not given]."
    with pytest.raises(ValidationError, match="shielded"):
        external_actions.inform_outside.__wrapped__(
            outside=_with_a_question(referral), answer="At SW9 9ZZ.", by=grace
        )


def _with_a_question(referral):
    ExternalReferral.objects.update(status="information_asked")
    return referral


def test_once_he_accepts_he_learns_how_she_is_safely_reached(opened):
    _referral, path, his = opened
    ada = Person.objects.get(given_name="Ada")
    SafeContact.objects.create(person=ada, channels=["text"], code_word="lilac", note="He reads it")
    assert "text message" not in page_of(his.get(path))
    his.post(f"{path}accept/", {})
    page = page_of(his.get(path))
    assert "only by text message" in page
    assert "lilac" not in page
    assert "He reads it" not in page


def test_a_restricted_family_goes_nowhere(send, okafors, grace, stockwell):
    referral, path, code = send()
    okafors.restriction = "refuge"
    okafors.save()
    assert NOTHING in page_of(Client().post(path, {**QUAYE, "code": code}))
    with pytest.raises(NotAllowed, match="restricted"):
        external_actions.send_again(
            outside=referral, receiver_email="a@b.example", receiver_telephone="", by=grace
        )


def test_without_their_agreement_she_says_why(okafors, grace, client_of, typed):
    page = f"/referrals/outside/new/?family={okafors.ref}"
    answer = page_of(client_of(grace).post(page, typed | {"knows": "not_told"}))
    assert "Say why it goes without their agreement" in answer
    assert "Slow weight gain" in answer
    assert not ExternalReferral.objects.exists()


def test_another_team_sees_nothing_of_it_and_those_who_work_with_the_family_do(
    send, sam, ruth, midwives, okafors, grace, client_of
):
    referral, _, _ = send()
    page = f"/referrals/outside/{referral.ref}/"
    assert client_of(sam).get(page).status_code == 404
    involve(family=okafors, team=midwives, reason="team_around_family", by=grace)
    assert client_of(ruth).get(page).status_code == 200
    assert client_of(ruth).post(f"{page}take-back/", {}).status_code == 403


def test_what_he_said_on_the_telephone_is_written_down(send, grace, client_of):
    referral, _, _ = send(way="post", receiver_email="")
    page = f"/referrals/outside/{referral.ref}/write-down/"
    form = {**QUAYE, "verb": "decline"}
    assert "Write down what they said" in page_of(client_of(grace).post(page, form))
    client_of(grace).post(page, form | {"words": "Full.", "alternative": "Try in May."})
    step = referral.steps.get(kind="declined")
    assert (step.text, step.by, step.name) == ("Full.\n\nInstead: Try in May.", grace, "Nii Quaye")
    with pytest.raises(Conflict):
        external_actions.answer_outside(
            outside=referral, verb="accept", who=link_actions.ExternalReader(**QUAYE), by=grace
        )


def test_the_family_s_page_and_what_is_given_to_who_asks_tell_of_it(
    opened, okafors, grace, miriam, client_of
):
    _, path, his = opened
    assert "Outside LEAP" in page_of(client_of(grace).get(f"/families/{okafors.ref}/"))
    his.post(f"{path}accept/", {})
    ada = Person.objects.get(given_name="Ada")
    today = timezone.localdate()
    new = NewRequest(ada, "self", today, "passport", today, asked_by=ada)
    request = record_request(family=okafors, new=new, by=miriam)
    gather(request=request)
    texts = {piece.title: piece.text for piece in request.pieces.all() if "Clapham" in piece.record}
    assert "Ring Ada in the mornings." in texts.values()


def test_no_record_is_closed_while_it_waits_and_nobody_holds_it_but_its_sender(
    send, okafors, miriam, stockwell
):
    referral, _, _ = send()
    with pytest.raises(NotAllowed, match="somebody outside still waits"):
        close_family(family=okafors, outcome="Moved", by=miriam)
    held = next(promise for promise in PROMISES if "nobody holds" in promise.none_of)
    assert held.look().count == 0
    stockwell.memberships.update(ended_on=timezone.localdate())
    assert referral.ref in held.look().first


def test_of_a_death_its_sender_is_told_to_ring_them(send, okafors, grace):
    send()
    notify_of_loss(families=[okafors], text="Chidi has died.", is_over=False, by=grace)
    message = Message.objects.filter(to="stockwell@leap.example").latest("pk")
    assert "Ring whoever you referred a family to outside" in message.body


def test_it_moves_by_the_one_table():
    of_referral = moves_outside(Pathway.Kind.REFERRAL, Status.SENT)
    of_notification = moves_outside(Pathway.Kind.NOTIFICATION, Status.SENT)
    assert Status.REDIRECTED not in of_referral
    assert of_referral - of_notification == {Status.ACCEPTED, Status.DECLINED}
    assert moves_outside(Pathway.Kind.NOTIFICATION, Status.ACKNOWLEDGED) == {
        Status.CLOSED,
        Status.INFORMATION_ASKED,
        Status.WITHDRAWN,
    }
