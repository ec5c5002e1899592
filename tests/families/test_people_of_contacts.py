"""Whom a contact concerned, with each child's review, is read and written with the contact alone,
whatever statement the pages' role sends."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from families.access import involvement_actions, restriction_actions
from families.contacts import actions as contact_actions
from families.inputs import Audience, NewContact, NewPerson
from families.models import Contact, ContactPerson, Involvement, Person
from families.people import actions as people_actions
from leap.core.rls.session import bypass_rls

IFE = NewPerson("child", "Ife", "Bailey", date(2025, 9, 9), sex="female")


def a_visit(*people, present=(), **fields):
    return NewContact(
        kind="home_visit",
        occurred_at=timezone.now() - timedelta(hours=2),
        outcome="attended",
        concerned=list(people),
        present=list(present),
        **fields,
    )


@pytest.fixture
def log(okafors, stockwell, grace):
    def log(*people, **fields):
        new = a_visit(*people, **fields)
        return contact_actions.log_contact(family=okafors, new=new, team=stockwell, by=grace)

    return log


@pytest.fixture
def emeka(okafors):
    return Person.objects.get(given_name="Emeka", members__family=okafors)


@pytest.fixture
def around(okafors, family_support, midwives, sam, ruth, grace):
    """Family support and the midwives work with the family, too."""
    for team in (family_support, midwives):
        reason = Involvement.Reason.TEAM_AROUND_FAMILY
        involvement_actions.involve(family=okafors, team=team, reason=reason, by=grace)


def people_read(contact):
    return set(ContactPerson.objects.filter(contact_id=contact.pk).values_list("person", flat=True))


def refused(do):
    """Whether the database refuses it, or finds nothing to do it to."""
    try:
        with transaction.atomic():
            return not do()
    except DatabaseError as error:
        return error.__cause__.pgcode == "42501"


@pytest.mark.parametrize("name", ["ruth", "dele", "asha", "noor"])
def test_nobody_reads_it_of_a_family_that_they_do_not_see(
    request, name, log, chidi, reading_as, time_machine
):
    time_machine.move_to("2026-03-10T12:00:00Z", tick=False)
    contact = log(chidi, reviews={chidi: "six_to_eight_week"})
    reader = request.getfixturevalue(name)

    reading_as(reader)

    assert people_read(contact) == set()
    assert not ContactPerson.objects.exclude(review="").exists()
    for change in (
        lambda: ContactPerson.objects.filter(contact_id=contact.pk).update(review=""),
        lambda: ContactPerson.objects.filter(contact_id=contact.pk).delete()[0],
        lambda: ContactPerson.objects.create(contact=contact, person=chidi, present=True),
    ):
        assert refused(change)
    with bypass_rls("to see that it is there"):
        assert ContactPerson.objects.get(contact=contact).review == "six_to_eight_week"


@pytest.mark.parametrize("name", ["grace", "sam", "ruth"])
def test_whoever_works_with_the_family_reads_it(request, name, around, log, chidi, reading_as):
    contact = log(chidi)
    reading_as(request.getfixturevalue(name))
    assert people_read(contact) == {chidi.pk}


@pytest.mark.parametrize(
    ("audience", "readers"),
    [
        (Audience("shared"), {"grace", "sam", "ruth"}),
        (Audience("agency"), {"grace"}),
        (Audience("restricted", ["sam"]), {"grace", "sam"}),
    ],
)
def test_it_is_kept_in_the_layer_of_the_contact(
    request, around, log, chidi, reading_as, audience, readers
):
    named = [request.getfixturevalue(name) for name in audience.named]
    contact = log(chidi, audience=Audience(audience.layer, named))
    who_read = set()
    for reader in ("grace", "sam", "ruth"):
        reading_as(request.getfixturevalue(reader))
        who_read |= {reader} if people_read(contact) else set()
    assert who_read == readers


def test_an_entry_moves_to_no_contact_of_others(okafors, log, chidi, ruth, midwives, reading_as):
    theirs = log(chidi)
    own = people_actions.register_family(
        name="Bailey", lead_team=midwives, by=ruth, people=[IFE], are_new=True
    )
    child = own.members.get().person
    mine = contact_actions.log_contact(family=own, new=a_visit(child), team=midwives, by=ruth)
    reading_as(ruth)
    entry = ContactPerson.objects.filter(contact=mine)
    assert refused(lambda: entry.update(contact=theirs))
    assert refused(lambda: entry.update(person=chidi))
    assert people_read(mine) == {child.pk}


def test_nobody_reads_it_of_somebody_who_is_kept_from_them(
    around, okafors, log, chidi, emeka, grace, miriam, sam, reading_as
):
    about_him, with_him = log(emeka), log(chidi, present=[emeka])
    restriction_actions.restrict_person(
        person=emeka, family=okafors, kind="refuge", named=[miriam], by=grace
    )

    reading_as(sam)
    assert (people_read(about_him), people_read(with_him)) == (set(), {chidi.pk})
    assert list(Contact.objects.values_list("pk", flat=True)) == [with_him.pk]

    reading_as(miriam)
    assert (people_read(about_him), people_read(with_him)) == ({emeka.pk}, {chidi.pk, emeka.pk})
