"""Two records of one person, or one household, become one; and two again."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson, ObservationInput
from families.models import Contact, Family, Member, Person, Restriction, SafeContact, Shield
from families.people import actions as people_actions
from leap.casework.merging import actions
from leap.casework.merging.models import Merge
from leap.core.audit.models import Event
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.outbox.models import Message
from tests.merging.records import everything


def visit(family, people, by, findings=()):
    new = NewContact(
        kind="home_visit",
        occurred_at=timezone.now() - timedelta(hours=1),
        outcome="attended",
        concerned=people,
        present=people,
        findings=list(findings),
    )
    return contact_actions.log_contact(family=family, new=new, team=by.teams[0], by=by)


def merge(keeper, gone, by, *taken):
    return actions.merge_people(kept=keeper, gone=gone, taken=list(taken), by=by)


def test_all_that_hung_on_the_second_record_hangs_on_the_first(again, chidi, chidi_again, grace):
    visit(again, [chidi_again], grace, [ObservationInput(chidi_again, "weight_kg", "9.2")])

    merge(chidi, chidi_again, grace)

    assert chidi.observations.get().value == "9.2"
    assert chidi.contact_people.count() == 1
    assert {m.family for m in chidi.members.all()} == {*Family.objects.all()}
    assert not chidi_again.members.exists()


def test_field_by_field_the_better_value_is_taken(again, ada, ada_again, grace):
    merge(ada, ada_again, grace, "telephone")

    ada.refresh_from_db()
    assert ada.telephone == "07700 900123"


def test_undone_everything_is_as_it_was(again, chidi, chidi_again, ada, ada_again, grace):
    visit(
        again, [chidi_again, ada_again], grace, [ObservationInput(chidi_again, "weight_kg", "9.2")]
    )
    before = everything()

    merge_record = merge(chidi, chidi_again, grace, "given_name")
    assert everything() != before
    actions.undo_merge(merge=merge_record, by=grace)

    assert everything() == before


def test_two_of_one_family_become_one_member_and_two_again(okafors, grace, chidi):
    twice = Person.objects.create(ref="P-TWICE222", given_name="Chidi", search_name="chidi")
    Member.objects.create(family=okafors, person=twice, role="child")
    contact = visit(okafors, [chidi, twice], grace)
    before = everything()

    merge_record = merge(chidi, twice, grace)
    assert okafors.members.children().get().person == chidi
    assert contact.people.get(concerned=True).person == chidi
    actions.undo_merge(merge=merge_record, by=grace)

    assert everything() == before


def test_what_was_written_since_stays_with_the_one_it_was_written_for(
    again, okafors, chidi, chidi_again, grace
):
    merge_record = merge(chidi, chidi_again, grace)
    since = visit(okafors, [chidi], grace)
    Person.objects.filter(pk=chidi.pk).update(language="Igbo")

    actions.undo_merge(merge=merge_record, by=grace)

    assert since.people.filter(person=chidi).exists()
    chidi.refresh_from_db()
    assert chidi.language == "Igbo"


def test_the_first_of_two_merges_can_be_undone_alone(again, chidi, chidi_again, okafors, grace):
    third = Person.objects.create(ref="P-THREE333", given_name="Chidi", search_name="chidi")
    Member.objects.create(family=again, person=third, role="child")
    visit(again, [third], grace)
    before = everything()
    first = merge(chidi_again, third, grace)
    second = merge(chidi, chidi_again, grace)

    actions.undo_merge(merge=first, by=grace)
    assert third.contact_people.count() == 1
    assert not chidi_again.members.exists()
    actions.undo_merge(merge=second, by=grace)

    assert everything() == before


def test_one_household_registered_twice_becomes_one_family(again, okafors, grace, miriam):
    contact = visit(again, [again.members.first().person], miriam)
    before = everything()

    merge_record = actions.merge_families(kept=okafors, gone=again, taken=["name"], by=grace)

    okafors.refresh_from_db()
    again.refresh_from_db()
    assert okafors.name == "Okafor and Eze"
    assert (okafors.lead_practitioner, okafors.members.count()) == (grace, 5)
    assert again.closed_at
    assert Contact.objects.get(pk=contact.pk).family == okafors
    actions.undo_merge(merge=merge_record, by=grace)
    assert everything() == before


def test_both_teams_stay_and_the_lead_is_chosen(okafors, grace, ruth, midwives, make_user):
    other = people_actions.register_family(
        name="Okafor",
        lead_team=midwives,
        by=ruth,
        people=[NewPerson("mother", "Ada", "Okafor", date(1992, 3, 14))],
    )
    involvement_actions.add_team(family=other, team=grace.teams[0], note="", last_day=None, by=ruth)

    actions.merge_families(kept=okafors, gone=other, taken=["lead"], by=grace)

    okafors.refresh_from_db()
    assert (okafors.lead_team, okafors.lead_practitioner) == (midwives, ruth)
    working = okafors.involvements.live().values_list("team", flat=True)
    assert set(working) == {midwives.pk, grace.teams[0].pk}
    assert Message.objects.filter(to=ruth.email, subject__contains="made one").exists()


def test_it_is_in_the_log_of_both_families(again, okafors, chidi, chidi_again, grace):
    merge_record = merge(chidi, chidi_again, grace)
    actions.undo_merge(merge=merge_record, by=grace)

    for family in (okafors, again):
        kinds = Event.objects.about_family(family.ref).values_list("kind", flat=True)
        assert {"person.merged", "person.unmerged"} <= set(kinds)


def test_the_promises_hold_while_two_are_one(again, chidi, chidi_again, okafors, grace):
    merge(chidi, chidi_again, grace)
    actions.merge_families(kept=okafors, gone=again, taken=[], by=grace)

    call_command("check_promises")


def test_an_adopted_childs_two_identities_never_meet(again, chidi, chidi_again, grace):
    Person.objects.filter(pk=chidi_again.pk).update(restriction=Restriction.ADOPTION)
    chidi_again.refresh_from_db()

    with pytest.raises(NotAllowed, match="not everything"):
        merge(chidi, chidi_again, grace)


def test_a_merge_of_somebody_adopted_since_is_neither_listed_nor_undone(
    again, chidi, chidi_again, grace
):
    merge_record = merge(chidi, chidi_again, grace)
    Person.objects.filter(pk=chidi.pk).update(restriction=Restriction.ADOPTION)

    assert not Merge.objects.visible_to(grace).exists()
    with pytest.raises(NotAllowed):
        actions.undo_merge(merge=merge_record, by=grace)


def test_nobody_merges_what_they_do_not_work_with(again, chidi, chidi_again, sam):
    with pytest.raises(NotAllowed, match="not everything"):
        merge(chidi, chidi_again, sam)


def test_who_is_shielded_from_whom_are_two_people(again, ada, ada_again, grace):
    Shield.objects.create(person=ada, hidden_from=ada_again, reason="Fled", by=grace)

    with pytest.raises(NotAllowed, match="two people"):
        merge(ada, ada_again, grace)


def test_the_safe_way_to_reach_her_is_chosen_and_the_other_comes_back(again, ada, ada_again, grace):
    SafeContact.objects.create(person=ada, channels=["letter"], by=grace)
    SafeContact.objects.create(person=ada_again, channels=["text"], by=grace)
    before = everything()

    merge_record = merge(ada, ada_again, grace, "safe_contact")
    assert SafeContact.objects.get().channels == ["text"]
    actions.undo_merge(merge=merge_record, by=grace)

    assert everything() == before


def test_nobody_is_merged_twice(again, chidi, chidi_again, grace):
    merge_record = merge(chidi, chidi_again, grace)
    with pytest.raises(Conflict):
        merge(chidi, chidi_again, grace)
    actions.undo_merge(merge=merge_record, by=grace)
    with pytest.raises(Conflict):
        actions.undo_merge(merge=merge_record, by=grace)
