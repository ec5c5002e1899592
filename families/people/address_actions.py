"""Where members of a family live: a move together, a second home, or an address put right."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from families.access import rules
from families.inputs import NewAddress
from families.models import Family, Person, Residence
from families.people.rules import check_address
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.reference_data.models import Postcode
from leap.core.reference_data.postcodes import keep_postcode


@transaction.atomic
def record_address(*, family: Family, people: list[Person], new: NewAddress, by: User) -> None:
    """Write down where `people` of `family` live, all of them or nobody.

    Raises NotAllowed for who does not work with the family, ValidationError by field for a day that
    cannot be, and Conflict where the record has another address for somebody from that very day.
    """
    rules.check_is_open(family)
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, people, by)
    check_address(people, new)
    postcode = keep_postcode(new.postcode)
    named = Person.objects.filter(pk__in=[person.pk for person in people])
    for person in named.select_for_update().order_by("pk"):
        RECORD[new.change](person, postcode, new)
    record(
        "family.address_recorded",
        by=by,
        family_ref=family.ref,
        people=len(people),
        change=str(new.change),
    )


def _move(person: Person, postcode: Postcode, new: NewAddress) -> None:
    since = _since(person, new.moved_in_on)
    if person.residences.filter(moved_in_on=since).exists():
        raise Conflict(
            f"{person.name} has an address from that day already. "
            "If it is wrong, choose “The address we have is wrong”."
        )
    _live_at(person, postcode, new.address, since)


def _second_home(person: Person, postcode: Postcode, new: NewAddress) -> None:
    """Beside the one there is: both are homes from the same day, and the first stays the main."""
    main = _latest(person)
    since = _since(person, new.moved_in_on)
    if main and since and main.moved_in_on != since:
        if main.moved_in_on and main.moved_in_on > since:
            raise ValidationError(
                {"moved_in_on": f"{person.name} has moved since. Give a day after that move."}
            )
        _live_at(person, main.postcode, main.address, since)
    _live_at(person, postcode, new.address, since, listed=1)


def _put_right(person: Person, postcode: Postcode, new: NewAddress) -> None:
    main = _latest(person)
    if main is None:
        _live_at(person, postcode, new.address, None)
        return
    same = person.residences.filter(postcode=postcode, moved_in_on=main.moved_in_on)
    same.exclude(pk=main.pk).delete()  # a second home that turns out to be the only one
    main.postcode, main.address = postcode, new.address
    main.save(update_fields=["postcode", "address"])


RECORD = {
    NewAddress.Change.MOVED: _move,
    NewAddress.Change.SECOND_HOME: _second_home,
    NewAddress.Change.PUT_RIGHT: _put_right,
}


def _live_at(
    person: Person, postcode: Postcode, address: str, since: date | None, *, listed: int = 0
) -> None:
    Residence.objects.update_or_create(
        person=person,
        postcode=postcode,
        moved_in_on=since,
        defaults={"address": address, "listed": listed},
    )


def _since(person: Person, day: date | None) -> date | None:
    """A child born after the move lives there from birth."""
    return max(filter(None, (day, person.birth_date)), default=None) if day else None


def _latest(person: Person) -> Residence | None:
    homes = person.residences.select_related("postcode")
    return homes.order_by(F("moved_in_on").desc(nulls_last=True), "listed", "pk").first()
