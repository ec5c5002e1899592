"""What is known of people, as `families.people.likeness` compares it."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from families.inputs import NewPerson
from families.models import Member, Person, Residence
from families.models.shielded_addresses import Withheld
from families.name_normalisation import normalise_name
from families.people.likeness import Described
from families.people.search_query import local_digits
from leap.core.reference_data.postcodes import ABROAD

NOWHERE = ("ZZ99", ABROAD)  # no place that two people could share
FIELDS = ("birth_date", "nhs_number", "sex")


def newly_described(new: NewPerson, together: Iterable[NewPerson]) -> Described:
    """Somebody as typed, with the surnames of those who are registered with them."""
    is_child = new.role in Member.CHILD_ROLES
    parents = {
        normalise_name(person.family_name)
        for person in together
        if person.role not in Member.CHILD_ROLES
    }
    return Described(
        given=normalise_name(new.given_name),
        family=normalise_name(new.family_name),
        telephone=local_digits(new.telephone),
        homes=frozenset(_home(new.postcode.postcode, new.address) if new.postcode else ()),
        parents=frozenset(parents - {""}) if is_child else frozenset(),
        **{name: getattr(new, name) for name in FIELDS},
    )


def described(people: Collection[int] | None, covered: Withheld) -> dict[int, Described]:
    """People on record, by their keys; None for everybody. Without homes and telephones that are
    covered. Three statements, however many they are."""
    wanted = {} if people is None else {"pk__in": people}
    of_them: dict[str, Any] = {} if people is None else {"person__in": people}
    homes: dict[int, set[tuple[str, str]]] = defaultdict(set)
    residences = Residence.objects.filter(**of_them).exclude(postcode__in=covered.postcodes)
    unshielded = residences.exclude(person__in=covered.people)
    for resident, postcode, address in unshielded.values_list(
        "person", "postcode__postcode", "address"
    ).iterator():
        homes[resident] |= _home(postcode, address)
    parents = _parents(of_them)
    rows = Person.objects.filter(**wanted).only("given_name", "family_name", "telephone", *FIELDS)
    return {
        person.pk: Described(
            given=normalise_name(person.given_name),
            family=normalise_name(person.family_name),
            telephone="" if person.pk in covered.people else local_digits(person.telephone),
            homes=frozenset(homes[person.pk]),
            parents=frozenset(parents[person.pk]),
            **{name: getattr(person, name) for name in FIELDS},
        )
        for person in rows.iterator()
    }


def _home(postcode: str, address: str) -> set[tuple[str, str]]:
    """Nothing where the postcode only says that there is none: no fixed abode, or abroad."""
    return set() if postcode.startswith(NOWHERE) else {(postcode, normalise_name(address))}


def _parents(of_them: dict[str, Any]) -> dict[int, set[str]]:
    """The surnames of those who bring a child up, whichever of its families they are in."""
    surnames: dict[int, set[str]] = defaultdict(set)
    children = Member.objects.filter(role__in=Member.CHILD_ROLES, **of_them)
    carers = Member.objects.exclude(role__in=Member.CHILD_ROLES).exclude(person__family_name="")
    of_families = children.values_list("family", "person")
    in_family: dict[int, list[int]] = defaultdict(list)
    for family, child in of_families.iterator():
        in_family[family].append(child)
    named = carers.filter(person__restriction="", family__in=children.values("family"))
    for family, name in named.values_list("family", "person__family_name").iterator():
        for child in in_family[family]:
            surnames[child].add(normalise_name(name))
    return surnames
