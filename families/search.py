"""Finding a family from whatever somebody remembers of it.

One box takes names (either order, misspelt, nicknames, accents or not), a date of birth, an NHS
number, a postcode or its beginning, a telephone number or its end, our reference or an agency's,
in any mixture: "okafor 20/1/2026". What is looked through is what the reader may see, and nothing
else, so the answer costs the same however many families there are.

Each word is compared with the names of each person in three ways: as it is spelt, as it is heard,
and by the other forms of a given name. A family counts by its best person, or a little less by
what several people in it explain together, such as a mother's name with her child's.
"""

from dataclasses import dataclass
from functools import reduce
from operator import add

from django.contrib.postgres.aggregates import ArrayAgg
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    FloatField,
    Func,
    Max,
    OuterRef,
    Q,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Lower, StrIndex
from django.db.models.lookups import GreaterThan, GreaterThanOrEqual

from families import nicknames
from families.models import Family, Member, Residence, SafeContact, withheld
from families.models.people import open_to
from families.typed import LONGEST, Sought, read
from leap.accounts.models import User

__all__ = ["ALIKE", "AT_MOST", "LONGEST", "Sought", "read", "search"]

AT_MOST = 100  # more than anybody reads; they add a word instead
ALIKE = 0.5  # Okafur is 0.8 like Okafor; Ada Mensah is 0.4 like Ada Okafor
SAID = 0.95  # another form of the name
HEARD, BARELY_HEARD = 0.8, 0.6  # spelt otherwise, and it sounds the same; a name of one sound
TOGETHER = 0.9  # several people of one family explain the words
CERTAIN = 2.0
PERSON = "members__person"
VOWELS = frozenset("aeiouhwy")  # and what is hardly heard


def search(sought: Sought, *, user: User, at_most: int = AT_MOST) -> list[Family]:
    """The families `user` may see that fit, the best first, with the people who `matched`.

    One statement, and one more to ask which addresses are shielded where one is looked for. Each is
    given `likeness` and `matched`, the keys of persons.
    """
    if not sought:
        return []
    asked = Asked(sought, user)
    found = (
        Family.objects.visible_to(user)
        .filter(asked.fits())
        .annotate(
            likeness=asked.likeness(),
            matched=ArrayAgg(PERSON, filter=asked.is_alike(), distinct=True, default=Value([])),
        )
        .filter(likeness__gte=ALIKE)
        .select_related("lead_team", "lead_practitioner")
        .order_by(
            F("likeness").desc(), "closed_at", F("last_contact_at").desc(nulls_last=True), "ref"
        )
    )
    return list(found[:at_most])


@dataclass(frozen=True)
class Asked:
    """What was sought, as conditions and expressions over families for one reader."""

    sought: Sought
    user: User

    def fits(self) -> Q:
        """What has to hold of the family, names apart: of its reference, or of one person in it."""
        sought = self.sought
        wanted = Q(ref=sought.ref) if sought.ref else Q()
        if facts := self._facts("person"):
            wanted &= self._somebody(facts)
        return wanted | self._by_their_ref() if wanted or not sought.words else wanted

    def likeness(self) -> Combinable:
        """How well the words fit; certain where there are none, or a reference is exactly that."""
        if not self.sought.words:
            return Value(CERTAIN, output_field=FloatField())
        words = Words(self.sought.words)
        best = Max(self._if_open(words.likeness()))
        together = words.weighed([Max(self._if_open(each)) for each in words.each()])
        named = words.weighed([words.spelt(word, Lower("name")) for word in words.words])
        alike = Greatest(best, together * Value(TOGETHER), named)
        if not self.sought.their_ref:
            return alike
        return Case(When(self._by_their_ref(), then=Value(CERTAIN)), default=alike)

    def is_alike(self) -> Q:
        """Which people it is that match."""
        found = Q(**{f"{PERSON}__isnull": False})
        facts = self._facts(PERSON)
        if self.sought.words:
            found = Q(GreaterThanOrEqual(Words(self.sought.words).likeness(), ALIKE))
            found = found | facts if facts else found
        elif facts:
            found = facts
        return found & open_to(self.user, PERSON)

    def _if_open(self, likeness: Combinable) -> Combinable:
        return Case(When(open_to(self.user, PERSON), then=likeness), default=Value(0.0))

    def _somebody(self, such: Q) -> Q:
        members = Member.objects.open_to(self.user).filter(such, family=OuterRef("pk"))
        return Q(Exists(members))

    def _by_their_ref(self) -> Q:
        """An agency's own reference, of the family or of a person in it."""
        if not (theirs := self.sought.their_ref):
            return Q()
        return Q(source_ref__iexact=theirs) | self._somebody(Q(person__source_ref__iexact=theirs))

    def _facts(self, person: str) -> Q:
        """What has to hold of one and the same person."""
        sought, wanted = self.sought, Q()
        if sought.person_ref:
            wanted &= Q(**{f"{person}__ref": sought.person_ref})
        if sought.nhs_number:
            wanted &= Q(**{f"{person}__nhs_number": sought.nhs_number})
        if sought.born_on:
            born = Q(**{f"{person}__birth_date": sought.born_on})
            wanted &= born | Q(**{f"{person}__due_date": sought.born_on})
        if sought.born_in:
            wanted &= self._born_in(person, *sought.born_in)
        if sought.postcode or sought.part_of_postcode:
            wanted &= self._lives_at(person)
        if sought.telephone:
            wanted &= self._answers(person)
        return wanted

    def _born_in(self, person: str, year: int, month: int) -> Q:
        born = {f"{person}__birth_date__year": year, f"{person}__birth_date__month": month}
        due = {f"{person}__due_date__year": year, f"{person}__due_date__month": month}
        return Q(**born) | Q(**due)

    def _lives_at(self, person: str) -> Q:
        """At a postcode; one that is shielded from this reader finds nobody."""
        whole, part = self.sought.postcode, self.sought.part_of_postcode
        there = {"postcode__postcode": whole} if whole else {"postcode__postcode__startswith": part}
        homes = Residence.objects.filter(person=OuterRef(person), **there)
        covered = withheld.from_reader(self.user).postcodes
        return Q(Exists(homes.exclude(postcode__in=covered)))

    def _answers(self, person: str) -> Q:
        """By telephone, the safe one or the other; a shielded person's finds nobody."""
        covered = withheld.from_reader(self.user).people
        digits = self.sought.telephone
        safe = SafeContact.objects.filter(
            GreaterThan(StrIndex(_digits("telephone"), Value(digits)), 0), person=OuterRef(person)
        )
        theirs = Q(GreaterThan(StrIndex(_digits(f"{person}__telephone"), Value(digits)), 0))
        answers = theirs | Q(Exists(safe))
        return answers & ~Q(**{f"{person}__in": covered}) if covered else answers


def _digits(telephone: str) -> Func:
    return Func(
        F(telephone), Value(r"\D"), Value(""), Value("g"),
        function="regexp_replace", output_field=CharField(),
    )  # fmt: skip


class Words:
    """The words of a name, each to be compared with all names of a person."""

    def __init__(self, typed: str) -> None:
        self.words = typed.split()

    def each(self) -> list[Combinable]:
        return [self._of_person(word) for word in self.words]

    def likeness(self) -> Combinable:
        return self.weighed(self.each())

    def weighed(self, alike: list[Combinable]) -> Combinable:
        """All words together, the longer ones counting more: 1 where each fits exactly."""
        whole = sum(len(word) + 1 for word in self.words)
        shares = [(len(word) + 1) / whole for word in self.words]
        return reduce(add, [a * Value(s) for a, s in zip(alike, shares, strict=True)])

    def spelt(self, word: str, names: Combinable | str) -> Combinable:
        return TrigramWordSimilarity(word, names)

    def _of_person(self, word: str) -> Combinable:
        """How alike one word is to any name of the person."""
        return Greatest(
            self.spelt(word, f"{PERSON}__sought_as"), self._heard(word), self._said(word)
        )

    def _heard(self, word: str) -> Combinable:
        sounds = Func(Value(word), function="leap_sounds", output_field=CharField())
        same = Q(GreaterThan(StrIndex(F(f"{PERSON}__sounds_as"), sounds), 0))
        worth = HEARD if len(set(word) - VOWELS) > 1 else BARELY_HEARD
        return Case(When(same, then=Value(worth)), default=Value(0.0), output_field=FloatField())

    def _said(self, word: str) -> Combinable:
        """By another form of the name, where there is one."""
        forms = "|".join(sorted(nicknames.others(word)))
        if not forms:
            return Value(0.0)
        called = Q(**{f"{PERSON}__sought_as__regex": rf"\m({forms})\M"})
        return Case(When(called, then=Value(SAID)), default=Value(0.0), output_field=FloatField())
