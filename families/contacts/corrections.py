"""What a contact says, in words, so that how it stood can be kept beside how it stands."""

from collections.abc import Iterable
from typing import Any

from families.models import Contact, ContactPerson, ContactVersion, Person
from families.observations.codes import CODES, value_in_words
from leap.core.accounts.models import User
from leap.core.ui.formatting import when


def contact_values(contact: Contact) -> dict[str, Any]:
    """Everything that a correction can change, by name; what is blank is left out.

    People are told by reference and name: a name that changes later does not change what was said.
    """
    people = list(contact.people.select_related("person").order_by("listed"))
    details = {
        "Kind": contact.get_kind_display(),
        "When": when(contact.occurred_at),
        "Outcome": contact.get_outcome_display(),
        "Review": "\n".join(
            f"{participant.person.name}: {participant.get_review_display()}"
            for participant in people
            if participant.review
        ),
        "About": _names(participant for participant in people if participant.concerned),
        "Who was there": _names(participant for participant in people if participant.present),
        "Seen alone": _names(participant for participant in people if participant.alone),
        "What happened": contact.note,
        "Tried instead": contact.tried,
        "Minutes": str(contact.minutes) if contact.minutes is not None else "",
        "Service": str(contact.service or ""),
        "Site": str(contact.site or ""),
        "Session": contact.session_ref,
        "What was found": "\n".join(
            f"{observation.person.name}, "
            f"{CODES[observation.code].title if observation.code in CODES else observation.code}: "
            f"{value_in_words(observation.code, observation.value)}"
            for observation in contact.observations.select_related("person").order_by(
                "person_id", "code", "pk"
            )
        ),
    }
    return {name: text for name, text in details.items() if text}


def _names(people: Iterable[ContactPerson]) -> str:
    return "\n".join(participant.person.name for participant in people)


def differences(was: dict[str, Any], now: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """What differs between two tellings: its name, how it was, how it is."""
    names = dict.fromkeys([*was, *now])
    return [(n, was.get(n, ""), now.get(n, "")) for n in names if was.get(n) != now.get(n)]


def versions_for(contact: Contact, user: User) -> list[ContactVersion]:
    """How it stood before, the latest first, as far as the reader may see everybody it names."""
    versions = list(contact.versions.select_related("by").order_by("-number"))
    named = {key for version in versions for key in version.people}
    open_to = set(Person.objects.open_to(user).filter(pk__in=named).values_list("pk", flat=True))
    return [version for version in versions if open_to.issuperset(version.people)]
