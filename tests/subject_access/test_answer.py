"""Nothing leaves before a person has read it, and nothing hidden is in the files."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.models import Contact, Residence, Shield
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.governance.subject_access import actions, package
from leap.governance.subject_access.models import DisclosureItem, SubjectAccessRequest
from tests.subject_access.reading import drawn, everything_in, files


@pytest.fixture
def note_of():
    return lambda request: request.pieces.get(label="families.Contact.note")


def decide(request, piece, by, decision="keep", **details):
    actions.decide(request=request, piece=piece, decision=decision, by=by, **details)


def test_nothing_leaves_before_all_of_it_is_read(ask, ada, log, miriam):
    log(ada)
    request = ask(ada)

    with pytest.raises(Conflict, match="still to be decided"):
        actions.finish(request=request, by=miriam)
    with pytest.raises(NotAllowed, match="no answer to download"):
        actions.export(request=request, by=miriam)


def test_words_hidden_are_in_neither_file(ask, ada, log, settle, miriam, note_of):
    log(ada)
    request = ask(ada)
    decide(
        request, note_of(request), miriam, "hide", hidden=["emeka", "07700 900123"],
        exemption="third_party",
    )  # fmt: skip

    actions.finish(request=settle(request), by=miriam)
    request.refresh_from_db()
    zipped = actions.export(request=request, by=miriam)

    words = everything_in(zipped)
    assert "Ada is well" in words
    assert "Emeka" not in words
    assert "07700 900123" not in words
    assert "Emeka" not in json.dumps(request.answer)
    # The same words are found where they are not hidden, so this looks in the right places.
    assert "Ada is well" in drawn(files(zipped)["pdf"])


def test_what_is_left_out_says_why_and_no_more(ask, ada, log, settle, miriam, note_of):
    log(ada)
    request = ask(ada)
    decide(request, note_of(request), miriam, "leave_out", exemption="serious_harm")

    actions.finish(request=settle(request), by=miriam)
    request.refresh_from_db()

    words = everything_in(package.write(request))
    assert "lost his job" not in words
    assert "likely to cause serious harm" in words


def test_a_shielded_address_in_a_note_is_hidden_whatever_is_decided(
    ask, ada, emeka, chidi, log, settle, miriam
):
    Residence.objects.filter(person=emeka).delete()
    Shield.objects.create(person=ada, hidden_from=emeka, reason="Refuge")
    log(chidi, note="They live at sw9 9tx now. He smiles.")
    request = ask(chidi, asked_by=emeka, asker="parent")

    actions.finish(request=settle(request), by=miriam)  # all that can be kept is kept
    request.refresh_from_db()

    words = everything_in(package.write(request))
    assert "He smiles" in words
    assert "9tx" not in words.lower()
    assert "Refuge" not in words


def test_the_same_answer_gives_the_same_bytes_for_good(ask, ada, log, settle, miriam, okafors):
    log(ada)
    request = settle(ask(ada))
    actions.finish(request=request, by=miriam)
    request.refresh_from_db()

    first = actions.export(request=request, by=miriam)
    Contact.objects.filter(family=okafors).update(note="Changed since.")
    request = SubjectAccessRequest.objects.get(pk=request.pk)

    assert actions.export(request=request, by=miriam) == first
    exports = Event.objects.filter(kind="subject_access.exported")
    assert [event.details["size"] for event in exports] == [len(first)] * 2


def test_the_pdf_is_accessible_and_the_json_says_what_it_is(ask, ada, settle, miriam):
    request = settle(ask(ada))
    actions.finish(request=request, by=miriam)
    request.refresh_from_db()

    parts = files(package.write(request))
    assert b"pdfuaid" in parts["pdf"]
    answer = json.loads(parts["json"])
    assert (answer["format"], answer["version"], answer["ref"]) == (
        "leap-subject-access",
        1,
        request.ref,
    )


def test_what_was_gathered_is_forgotten_once_the_answer_is_out(ask, ada, log, settle, miriam):
    log(ada)
    request = settle(ask(ada))
    actions.finish(request=request, by=miriam)

    assert set(request.pieces.values_list("text", flat=True)) == {""}


def test_the_copy_is_thrown_away_when_it_expires(ask, ada, settle, miriam):
    request = settle(ask(ada))
    actions.finish(request=request, by=miriam)
    request.refresh_from_db()

    assert actions.delete_copies(on=request.expires_on) == 0
    assert actions.delete_copies(on=request.expires_on + timedelta(days=1)) == 1
    request.refresh_from_db()
    assert (request.status, request.answer) == ("expired", None)


# Who decides


def test_a_practitioner_does_not_decide_what_leaves(ask, ada, log, grace, note_of):
    log(ada)
    request = ask(ada)

    with pytest.raises(NotAllowed):
        decide(request, note_of(request), grace)
    with pytest.raises(NotAllowed):
        actions.finish(request=request, by=grace)


def test_an_admin_who_sees_no_families_decides_nothing(ask, ada, log, asha, note_of):
    log(ada)
    request = ask(ada)

    with pytest.raises(NotAllowed):
        decide(request, note_of(request), asha)
    with pytest.raises(NotAllowed, match="admin sees no families"):
        actions.finish(request=request, by=asha)


def test_an_entry_for_named_people_waits_for_one_of_them(ask, ada, log, grace, miriam, note_of):
    contact = log(ada)
    Contact.objects.filter(pk=contact.pk).update(layer="restricted", named=[grace.pk])
    request = ask(ada)

    with pytest.raises(NotAllowed, match="somebody else"):
        decide(request, note_of(request), miriam)
    decide(request, note_of(request), grace)
    assert note_of(request).decided_by == grace


def test_an_agencys_own_entry_waits_for_a_manager_there(
    ask, ada, log, midwives, make_user, miriam, note_of
):
    contact = log(ada)
    Contact.objects.filter(pk=contact.pk).update(layer="agency", agency=midwives.agency)
    matron = make_user("Mona Matron", midwives, role="manager")
    request = ask(ada)

    with pytest.raises(NotAllowed, match="somebody else"):
        decide(request, note_of(request), miriam)
    decide(request, note_of(request), matron)
    assert note_of(request).decided_by == matron


# What cannot be decided


@pytest.mark.parametrize(
    ("details", "words"),
    [
        ({"decision": "hide", "hidden": ["Emeka"]}, "Choose why"),
        ({"decision": "hide", "exemption": "third_party"}, "Give the words"),
        (
            {"decision": "hide", "hidden": ["Emmanuel"], "exemption": "third_party"},
            "“Emmanuel” is not in the text",
        ),
        ({"decision": "leave_out"}, "Choose why"),
    ],
)
def test_a_decision_says_what_and_why(ask, ada, log, miriam, note_of, details, words):
    log(ada)
    request = ask(ada)

    with pytest.raises(ValidationError, match=words):
        decide(request, note_of(request), miriam, **details)


def test_what_never_leaves_cannot_be_let_out(ask, emeka, ada, disclosed, miriam):
    disclosed(ada)
    request = ask(emeka)

    with pytest.raises(NotAllowed):
        decide(request, request.pieces.filter(proposal="never").first(), miriam)


def test_what_is_about_others_can_be_left_out_at_once(ask, ada, miriam):
    request = ask(ada)

    done = actions.accept_proposals(request=request, section="People", by=miriam)

    left = request.pieces.to_read().filter(section="People")
    assert done == left.count() > 5
    assert {piece.decision for piece in left} == {DisclosureItem.Decision.LEAVE_OUT}


# Time


def test_two_months_more_once_and_with_a_reason(ask, ada, miriam):
    request = ask(ada)
    before = request.due_on

    actions.extend(request=request, why="Twelve years of records.", by=miriam)

    assert request.due_on > before + timedelta(days=50)
    with pytest.raises(Conflict, match="extended already"):
        actions.extend(request=request, why="More.", by=miriam)


def test_too_late_to_take_more_time(ask, ada, miriam, time_machine):
    request = ask(ada)
    time_machine.move_to(timezone.now() + timedelta(days=40))

    with pytest.raises(NotAllowed, match="month is over"):
        actions.extend(request=request, why="More.", by=miriam)


def test_one_request_about_a_person_at_a_time(ask, ada):
    ask(ada)

    with pytest.raises(Conflict, match="under way"):
        ask(ada)


@pytest.mark.parametrize(
    "typed", ["Ada is well 👶🏽", "\uf0b7 শ্রীমতী", "Dhivehi ދިވެހި", "a\x1bb\ufeff"]
)
def test_whatever_was_typed_the_answer_is_written(ask, ada, log, settle, miriam, typed):
    log(ada, note=typed)
    request = ask(ada)

    actions.finish(request=settle(request), by=miriam)
    request.refresh_from_db()

    assert files(actions.export(request=request, by=miriam))["pdf"].startswith(b"%PDF")


def test_what_cannot_be_written_is_not_marked_as_answered(
    ask, ada, log, settle, miriam, monkeypatch
):
    log(ada)
    request = settle(ask(ada))
    monkeypatch.setattr(package, "TEMPLATE", package.TEMPLATE.with_name("missing.typ"))

    with pytest.raises(OSError, match="missing"):
        actions.finish(request=request, by=miriam)

    request.refresh_from_db()
    assert request.status == SubjectAccessRequest.Status.REVIEWING
    assert request.answer is None
