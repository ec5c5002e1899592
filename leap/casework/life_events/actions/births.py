"""A birth: whoever was on the way becomes one child or several, with what was known before."""

from django.db import transaction

from families.contacts.rules import check_agree
from families.inputs import ObservationInput
from families.models import ContactPerson, Family, Member, Observation, Person, Residence
from families.name_normalisation import search_text
from families.observations.actions import new_observation
from leap.casework.life_events import rules
from leap.casework.life_events.actions.losses import record_loss
from leap.casework.life_events.inputs import NewBaby
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.ids import new_ref
from leap.core.rls.session import bypass_rls


@transaction.atomic
def record_birth(*, family: Family, babies: list[NewBaby], team: Team, by: User) -> list[Person]:
    """Record who was born, all of one birth at once; those born alive, and those who were not.

    Everything recorded before stays with the person it was recorded of. The due date is kept: it
    says how early the baby came. Raises NotAllowed for a day that cannot be, ValidationError for a
    finding out of bounds, Conflict for a baby who is born already.
    """
    rules.check_can_record(family, by)
    if not babies:
        raise NotAllowed("Say who was born.")
    return [_born(family, baby, babies[0], team, by) for baby in babies]


def _born(family: Family, baby: NewBaby, first: NewBaby, team: Team, by: User) -> Person:
    if problem := rules.why_not_born(baby.expected, baby.on):
        raise NotAllowed(problem)
    person = _expected(family, baby, by) if baby.expected else _twin(family, first, by)
    if baby.is_live:
        person.birth_date = baby.on
        _name(person, baby)
        with bypass_rls("in each family that the baby belongs to"):
            Member.objects.filter(person=person).update(role=Member.Role.CHILD)
    else:
        _name(person, baby)
        record_loss(family=family, person=person, on=baby.on, team=team, by=by)
    findings = [
        ObservationInput(person, code, value, baby.on) for code, value in baby.findings.items()
    ]
    check_agree(findings, baby.on)
    Observation.objects.bulk_create(
        new_observation(finding, contact=None, by=by) for finding in findings
    )
    record(
        "family.birth",
        by=by,
        family_ref=family.ref,
        subject=person,
        team_code=team.code,
        findings=len(baby.findings),
    )
    return person


def _expected(family: Family, baby: NewBaby, by: User) -> Person:
    assert baby.expected is not None
    rules.check_is_of(family, baby.expected, by)
    person = Person.objects.select_for_update().get(pk=baby.expected.pk)
    if not person.is_unborn:
        raise Conflict("This baby’s birth, or death, has been recorded already.")
    return person


def _name(person: Person, baby: NewBaby) -> None:
    person.given_name = baby.given_name or person.given_name
    person.family_name = baby.family_name or person.family_name
    person.search_name = search_text(person.given_name, person.family_name)
    if baby.sex != Person.Sex.UNKNOWN:
        person.sex = baby.sex
    person.save(update_fields=["given_name", "family_name", "search_name", "sex", "birth_date"])


def _twin(family: Family, first: NewBaby, by: User) -> Person:
    """A second baby of one who was expected, with the same pregnancy behind them: the same due
    date, home and antenatal contacts. Observations stay with the one they were made of."""
    one = first.expected
    with bypass_rls("a person just written down is in no family yet"):
        twin = Person.objects.create(
            ref=new_ref("P", 8),
            due_date=one.due_date if one else None,
            restriction=one.restriction if one else "",
        )
    Member.objects.create(family=family, person=twin, role=Member.Role.UNBORN)
    if one:
        _share_history(one, twin)
    return twin


def _share_history(one: Person, twin: Person) -> None:
    with bypass_rls("what happened before the birth concerned them both, whoever may read it"):
        ContactPerson.objects.bulk_create(
            ContactPerson(
                contact_id=entry.contact_id,
                person=twin,
                concerned=entry.concerned,
                present=entry.present,
                review=entry.review,
                listed=entry.listed + 1,
            )
            for entry in ContactPerson.objects.filter(person=one)
        )
        Residence.objects.bulk_create(
            Residence(
                person=twin,
                postcode_id=residence.postcode_id,
                address=residence.address,
                moved_in_on=residence.moved_in_on,
                listed=residence.listed,
            )
            for residence in Residence.objects.filter(person=one)
        )
        for reader in one.readers.all():
            twin.readers.create(practitioner_id=reader.practitioner_id, by_id=reader.by_id)
