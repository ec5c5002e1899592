"""What is proposed for each piece of the record, by the closed list of fields."""

import pytest
from django.utils import timezone

from families.models import Contact, PersonReader, Residence, Shield
from leap.core.audit.models import Event
from leap.governance.data_inventory import DECLARED
from leap.governance.subject_access import actions
from leap.governance.subject_access.collection.redaction import (
    NOT_WRITTEN,
    NOT_WRITTEN_OF,
    written_lines,
)
from leap.governance.subject_access.models import DisclosureItem, SubjectAccessRequest

MARKER = "NW1 1AA"


def pieces(request, label, **wanted):
    return list(request.pieces.filter(label__startswith=label, **wanted).order_by("place"))


def test_her_own_details_leave_as_they_are(ask, ada):
    request = ask(ada)

    mine = {p.label: p for p in pieces(request, "families.Person.", record=ada.name)}
    assert mine["families.Person.given_name"].text == "Ada"
    assert {p.proposal for p in mine.values()} == {"plain"}


def test_everything_about_others_is_proposed_to_be_left_out(ask, ada):
    request = ask(ada)

    others = request.pieces.filter(section="People").exclude(record=ada.name)
    assert {p.proposal for p in others} == {"leave_out"}
    assert "Emeka" not in " ".join(others.values_list("record", flat=True))


def test_a_note_is_to_be_read_with_what_speaks_of_others_found(ask, ada, log):
    log(ada)

    [note] = pieces(ask(ada), "families.Contact.note")
    assert note.proposal == "read"
    assert note.suggested == ["Emeka", "07700 900123"]


def test_a_visit_about_somebody_else_is_left_out(ask, ada, emeka, log):
    log(emeka)

    assert {p.proposal for p in pieces(ask(ada), "families.Contact.")} == {"leave_out"}


def test_where_a_shielded_person_lives_never_leaves(ask, ada, emeka, chidi, log):
    refuge = Residence.objects.get(person=ada).postcode
    Residence.objects.filter(person=emeka).delete()
    Shield.objects.create(person=ada, hidden_from=emeka, reason="Refuge")
    log(emeka, note="Ada is at SW9 9TX now.")

    request = ask(chidi, asked_by=emeka, asker="parent")

    homes = pieces(request, "families.Residence.")
    assert {p.proposal for p in homes} == {"never"}  # his home is hers
    assert refuge.postcode not in " ".join(
        p.text
        for p in request.pieces.exclude(proposal="never").exclude(label="families.Contact.note")
    )


def test_abuse_she_told_of_never_reaches_the_other(ask, emeka, ada, disclosed):
    disclosed(ada)

    request = ask(emeka)

    assert {p.proposal for p in pieces(request, "families.Contact.")} == {"never"}
    assert {p.proposal for p in pieces(request, "families.Observation.value")} == {"never"}


def test_abuse_she_told_of_herself_is_read_before_it_leaves(ask, ada, disclosed):
    disclosed(ada)

    [piece] = pieces(ask(ada), "families.Observation.value")
    assert piece.proposal == "read"
    assert "domestic abuse" in piece.why


def test_a_note_for_named_people_is_theirs_to_decide_on(ask, ada, log, grace, miriam):
    contact = log(ada)
    Contact.objects.filter(pk=contact.pk).update(layer="restricted", named=[grace.pk])

    [note] = pieces(ask(ada), "families.Contact.note")
    assert (note.proposal, note.layer, note.named) == ("leave_out", "restricted", [grace.pk])


def test_an_agency_decides_on_its_own_entries(ask, ada, log, midwives):
    contact = log(ada)
    Contact.objects.filter(pk=contact.pk).update(layer="agency", agency=midwives.agency)

    [note] = pieces(ask(ada), "families.Contact.note")
    assert (note.proposal, note.agency) == ("read", midwives.agency)


def test_somebody_in_the_family_for_named_people_only_leaves_no_trace(ask, ada, emeka, grace):
    emeka.restriction = "staff"
    emeka.save()
    PersonReader.objects.create(person=emeka, practitioner=grace)

    request = ask(ada)

    assert not any("Emeka" in p.text for p in request.pieces.exclude(layer="restricted"))


def test_who_has_looked_is_in_it(ask, ada, client_of, grace, okafors):
    client_of(grace).get(f"/families/{okafors.ref}/")

    [look] = ask(ada).pieces.filter(section="Who has looked")
    assert look.record == "Grace Mensah, Stockwell health visiting"
    assert look.proposal == "plain"


def test_what_the_police_looked_at_is_read_first(ask, ada, make_team, make_user, okafors):
    police = make_team("lambeth-police", "police", agency="met")
    constable = make_user("Cara Constable", police)
    from leap.core.audit.log import record

    record("family.opened", by=constable, family_ref=okafors.ref, team_code=police.code)

    [look] = ask(ada).pieces.filter(section="Who has looked")
    assert look.proposal == "leave_out"


def test_gathering_twice_gathers_once(ask, ada):
    request = ask(ada)
    before = request.pieces.count()

    assert actions.gather(request=request) == 0
    assert request.pieces.count() == before > 0
    assert Event.objects.filter(kind="subject_access.gathered").count() == 1


def test_a_worker_gathers_after_the_request_is_recorded(
    client_of, grace, okafors, ada, django_capture_on_commit_callbacks, monkeypatch
):
    from leap.governance.subject_access import tasks

    monkeypatch.setattr(tasks.gather_for, "delay", tasks.gather_for.run)
    day = timezone.localdate().isoformat()
    typed = {"person": ada.ref, "asker": "self", "asked_on": day, "identity": "passport"}
    with django_capture_on_commit_callbacks(execute=True):
        client_of(grace).post(
            f"/subject-access/of/{okafors.ref}/new/", {**typed, "proved_on": day, "submission": "1"}
        )

    assert SubjectAccessRequest.objects.get().status == SubjectAccessRequest.Status.REVIEWING


GATHERED = [
    "Person", "Member", "SafeContact", "Residence", "Contact", "Observation", "SharingDecision",
    "ServiceConsent", "HandoverNote", "BreakGlass",
]  # fmt: skip


@pytest.mark.parametrize("name", GATHERED)
def test_a_private_field_is_written_or_named_as_never_written(name):
    from django.apps import apps

    label = f"families.{name}"
    known = NOT_WRITTEN | NOT_WRITTEN_OF.get(label, set())
    assert DECLARED[label].private - known <= set(written_lines(label, apps.get_model(label)))


def test_pieces_know_where_they_stand(ask, ada):
    places = list(ask(ada).pieces.order_by("place").values_list("place", flat=True))

    assert places == list(range(1, len(places) + 1))
    assert DisclosureItem.objects.exclude(layer="shared").count() == 0
