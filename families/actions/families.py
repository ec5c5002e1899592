"""Registering and opening families."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from families.actions.involvement import involve
from families.models import Family, Involvement, Member, Person, Residence
from families.names import sought_as
from leap.accounts.models import Team, User
from leap.audit.log import record
from leap.directory.models import Postcode
from leap.errors import NotAllowed
from leap.refs import free_refs, new_ref


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be registered, as a form or an API call gives them."""

    role: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    due_date: date | None = None
    sex: str = Person.Sex.UNKNOWN
    nhs_number: str = ""
    ethnicity: str = ""
    language: str = ""
    interpreter: bool | None = None
    telephone: str = ""
    postcode: Postcode | None = None
    moved_in_on: date | None = None


@transaction.atomic
def register_family(
    *,
    name: str,
    people: list[NewPerson],
    lead_team: Team,
    by: User,
    practitioner: User | None = None,
) -> Family:
    """Make a family with its people, led by `lead_team` from the first moment."""
    if not by.works_in(lead_team):
        raise NotAllowed(
            f"You are not in {lead_team.name}, so you cannot register families for it."
        )
    family = Family.objects.create(
        ref=free_refs(Family, "LB", 5, 1)[0],
        name=name,
        lead_team=lead_team,
        lead_practitioner=practitioner or by,
    )
    involve(family=family, team=lead_team, reason=Involvement.Reason.REGISTERED, by=by)
    for listed, new in enumerate(people):
        _add(family, new, listed)
    record("family.registered", by=by, family_ref=family.ref, people=len(people))
    return family


def _add(family: Family, new: NewPerson, listed: int) -> None:
    fields: dict[str, Any] = {
        key: value
        for key, value in vars(new).items()
        if key not in ("role", "postcode", "moved_in_on")
    }
    person = Person.objects.create(
        ref=new_ref("P", 8), sought_as=sought_as(new.given_name, new.family_name), **fields
    )
    Member.objects.create(family=family, person=person, role=new.role)
    if new.postcode:
        Residence.objects.create(
            person=person, postcode=new.postcode, moved_in_on=new.moved_in_on, listed=listed
        )


def open_record(*, family: Family, by: User, seen: set[str]) -> None:
    """Note that `by` has opened the record; once for each sign-in, whose `seen` this adds to."""
    if family.ref in seen:
        return
    record("family.opened", by=by, family_ref=family.ref, level="shared")
    seen.add(family.ref)
