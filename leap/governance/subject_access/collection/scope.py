"""Who asks, about whom, and what must never reach them."""

import re
from dataclasses import dataclass

from django.db.models import Q

from families.models import Member, Person, PersonReader, Residence, Shield
from leap.governance.subject_access.models import SubjectAccessRequest

NUMBERS = re.compile(r"(?:\+44\s?|\b0)(?:\d[ -]?){9,10}\b|\b[\w.+-]+@[\w-]+\.[\w.]+\b")
POSTCODES = re.compile(
    r"\b(?:[A-Z]{1,2}[0-9][A-Z0-9]?\s*[0-9][A-Z]{2}|BFPO\s*[0-9]{1,4})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class CollectionScope:
    """A request, with everybody in the family and what is shielded from whoever asks."""

    request: SubjectAccessRequest
    members: list[Member]
    shielded_people: frozenset[int]
    shielded_postcodes: frozenset[int]
    unreachable: frozenset[int]  # whose telephone leads to somebody shielded: theirs, and at home
    never: tuple[str, ...]  # words that leave in no text: where somebody shielded lives, by what
    # number they are reached
    readers: dict[int, list[int]]  # who is named for each restricted person

    @property
    def person(self) -> Person:
        return self.request.person

    @property
    def is_self(self) -> bool:
        """Whether whoever asks is the person it is about."""
        return self.request.asked_by_id == self.request.person_id

    def is_about(self, person_id: int) -> bool:
        return person_id == self.request.person_id

    def is_hidden(self, person: Person) -> bool:
        """Somebody else who is in the family for named people only leaves no trace."""
        return bool(person.restriction) and not self.is_about(person.pk)

    def words_of_others(self, text: str) -> list[str]:
        """What in a text speaks of others: their first names, numbers, addresses, postcodes."""
        others = (
            member.person.given_name
            for member in self.members
            if not self.is_about(member.person_id) and not member.person.restriction
        )
        named = [name for name in others if name and name != self.person.given_name]
        words = [
            name for name in named if re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE)
        ]
        words += NUMBERS.findall(text) + POSTCODES.findall(text)
        return list(dict.fromkeys([*words, *self.never_in(text)]))

    def never_in(self, text: str) -> list[str]:
        return [words for words in self.never if words.casefold() in text.casefold()]


def read(request: SubjectAccessRequest) -> CollectionScope:
    """All that deciding on a piece takes, in six statements."""
    members = list(request.family.members.select_related("person").order_by("pk"))
    asking = {request.person_id, request.asked_by_id} - {None}
    shields = list(Shield.objects.live().filter(hidden_from__in=asking))
    shielded = {shield.person_id for shield in shields}
    kept_from = {shield.hidden_from_id for shield in shields}
    own = set(Residence.objects.filter(person__in=kept_from).values_list("postcode_id", flat=True))
    homes = [
        home
        for home in Residence.objects.filter(person__in=shielded).select_related("postcode")
        if home.postcode_id not in own
    ]
    postcodes = frozenset(home.postcode_id for home in homes)
    # Those who are shielded and whoever lives with them, each with their telephone.
    with_them = Residence.objects.filter(postcode__in=postcodes).values("person")
    people = Person.objects.filter(Q(pk__in=shielded) | Q(pk__in=with_them))
    unreachable = dict(people.values_list("pk", "telephone"))
    readers: dict[int, list[int]] = {}
    restricted = [member.person_id for member in members if member.person.restriction]
    for reader in PersonReader.objects.filter(person__in=restricted):
        readers.setdefault(reader.person_id, []).append(reader.practitioner_id)
    return CollectionScope(
        request=request,
        members=members,
        shielded_people=frozenset(shielded),
        shielded_postcodes=postcodes,
        unreachable=frozenset(unreachable),
        never=tuple(
            dict.fromkeys(
                [
                    *(words for home in homes for words in _words(home)),
                    *(written for number in unreachable.values() for written in _both_ways(number)),
                ]
            )
        ),
        readers=readers,
    )


def _words(home: Residence) -> list[str]:
    return [text for text in (home.address, *_both_ways(home.postcode.postcode)) if text]


def _both_ways(words: str) -> list[str]:
    """As it is written, and without its spaces."""
    return [form for form in (words, words.replace(" ", "")) if form]
