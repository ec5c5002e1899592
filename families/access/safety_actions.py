"""Keeping an address from somebody, and how people may be reached without putting them at risk."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from families.access import restriction_rules, rules
from families.models import Family, Person, SafeContact, Shield
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict


@transaction.atomic
def shield(
    *, people: list[Person], hidden_from: Person, reason: str, family: Family, by: User
) -> None:
    """Keep where these members of `family` live from somebody, wherever that one could read it.

    Those whose address is kept from the same one already stay as they are.
    """
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, people, by)
    restriction_rules.check_can_be_shielded(people, hidden_from)
    Person.objects.select_for_update().get(pk=hidden_from.pk)
    open_now = Shield.objects.filter(hidden_from=hidden_from, ended_at=None)
    already = set(open_now.values_list("person", flat=True))
    new = [person for person in people if person.pk not in already]
    Shield.objects.bulk_create(
        Shield(person=person, hidden_from=hidden_from, reason=reason, by=by) for person in new
    )
    for person in new:
        record(
            "address.shielded",
            by=by,
            family_ref=family.ref,
            subject=person,
            hidden_from=hidden_from.ref,
        )


@transaction.atomic
def end_shield(*, person: Person, hidden_from: Person, family: Family, by: User) -> None:
    """Show the person's address again. Only whoever set the shield, or the family's lead, may."""
    shields = Shield.objects.live().select_for_update()
    live = shields.filter(person=person, hidden_from=hidden_from).first()
    if live is None:
        raise Conflict("This address is not shielded any more.")
    restriction_rules.check_can_end_shield(live, family, by)
    Shield.objects.filter(pk=live.pk).update(ended_at=timezone.now())
    record(
        "address.shown_again",
        by=by,
        family_ref=family.ref,
        subject=person,
        hidden_from=hidden_from.ref,
    )


@transaction.atomic
def set_safe_contact(*, person: Person, family: Family, by: User, **details: Any) -> SafeContact:
    """Write down how a member of `family` is safely reached; what was said before gives way."""
    rules.check_is_at_work(family, by)
    rules.check_are_members(family, [person], by)
    safe_contact, _ = SafeContact.objects.update_or_create(
        person=person, defaults={**details, "by": by, "said_at": timezone.now()}
    )
    record(
        "person.safe_contact",
        by=by,
        family_ref=family.ref,
        subject=person,
        channels=sorted(safe_contact.channels),
    )
    return safe_contact
