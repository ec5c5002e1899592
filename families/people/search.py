"""Finding a family from whatever somebody remembers of it.

One box takes names (either order, misspelt, nicknames, accents or not), a date of birth, an NHS
number, a postcode or its beginning, a telephone number or its end, our reference or an agency's,
in any mixture: "okafor 20/1/2026". What is looked through is what the reader may see, and nothing
else, so the answer costs the same however many families there are.

Each word is compared with the names of each person in three ways: as it is spelt, as it is heard,
and by the other forms of a given name. A family counts by its best person, or a little less by
what several people in it explain together, such as a mother's name with her child's.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import Any

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, StrIndex
from django.db.models.lookups import GreaterThan

from families.models import Family, Member, Residence, SafeContact, shielded_addresses
from families.models.people import people_open_to
from families.people import nicknames
from families.people.search_query import LONGEST, SearchQuery, read
from leap.core.accounts.models import User

__all__ = ["ALIKE", "AT_MOST", "LONGEST", "SearchQuery", "read", "search"]

AT_MOST = 100  # more than anybody reads; they add a word instead
ALIKE = 0.5  # Okafur is 0.8 like Okafor; Ada Mensah is 0.4 like Ada Okafor
SAID = 0.95  # another form of the name
HEARD, BARELY_HEARD = 0.8, 0.6  # spelt otherwise, and it sounds the same; a name of one sound
TOGETHER = 0.9  # several people of one family explain the words
CERTAIN = 2.0
PERSON = "members__person"
VOWELS = frozenset("aeiouhwy")  # and what is hardly heard


def search(sought: SearchQuery, *, user: User, at_most: int = AT_MOST) -> list[Family]:
    """The families `user` may see that fit, the best first, with the people who `matched`.

    Two statements: how well each person fits, then the families of the best. One more asks what is
    shielded, where an address or a telephone is looked for. Each family is given `likeness` and
    `matched`, the keys of persons.
    """
    if not sought:
        return []
    query = ScoredQuery(sought, user)
    fits = [query.judge(people) for _, people in groupby(query.rows(), key=lambda row: row["pk"])]
    best = sorted((fit for fit in fits if fit.likeness >= ALIKE), key=lambda fit: fit.place)
    best = best[:at_most]
    known = Family.objects.with_lead_at_work().select_related("lead_team", "lead_practitioner")
    families = known.in_bulk([fit.pk for fit in best])
    for fit in best:
        family = families[fit.pk]
        family.likeness = fit.likeness  # type: ignore[attr-defined]
        family.matched = fit.matched  # type: ignore[attr-defined]
    return [families[fit.pk] for fit in best]


@dataclass
class SearchMatch:
    """How well one family fits, and by whom."""

    pk: int
    place: tuple[Any, ...] = ()  # the best first; of equals the open ones, by the latest contact
    likeness: float = 0.0
    matched: list[int] = field(default_factory=list)


class ScoredQuery:
    """What was sought, by one reader: which families to look at, and how well each fits."""

    def __init__(self, sought: SearchQuery, user: User) -> None:
        self.sought, self.user = sought, user
        self.words = sought.words.split()
        whole = sum(len(word) + 1 for word in self.words)
        self.shares = [(len(word) + 1) / whole for word in self.words]  # longer ones count more

    def rows(self) -> list[dict[str, Any]]:
        """Each family that could fit, once for each person in it who is open to the reader, with
        how alike each word is to their names and to the family's."""
        # What has to hold, names apart: of the family's reference, or of one person in it.
        wanted = Q(ref=self.sought.ref) if self.sought.ref else Q()
        if facts := self._facts("person"):
            wanted &= self._somebody(facts)
        theirs = Q()
        if ref := self.sought.external_ref:
            theirs = Q(source_ref__iexact=ref) | self._somebody(Q(person__source_ref__iexact=ref))
        fits = wanted | theirs if theirs and (wanted or not self.words) else wanted
        families: QuerySet[Family] = Family.objects.visible_to(self.user).filter(fits)
        # How alike one word is to any name of the person.
        compared = {
            **{
                f"person_{n}": Greatest(
                    _spelt(word, f"{PERSON}__search_name"), _heard(word), _said(word), Value(0.0)
                )
                for n, word in enumerate(self.words)
            },
            **{f"family_{n}": _spelt(word, "search_name") for n, word in enumerate(self.words)},
            "is_open": _whether(people_open_to(self.user, PERSON)),
            "holds": _whether(self._facts(PERSON)),
            "is_exact": _whether(theirs),
        }
        known = ("pk", "ref", "closed_at", "last_contact_at", PERSON)
        return list(families.annotate(**compared).order_by("pk").values(*known, *compared))

    def judge(self, rows: Iterable[dict[str, Any]]) -> SearchMatch:
        """How well a family fits, by its rows."""
        people = list(rows)
        family, fit = people[0], SearchMatch(people[0]["pk"])
        is_open = [row for row in people if row["is_open"] and row[PERSON]]
        fit.likeness = CERTAIN if family["is_exact"] or not self.words else self._best(people)
        fit.matched = [
            row[PERSON]
            for row in is_open
            if (self.words and self._weighed(self._of_person(row)) >= ALIKE) or row["holds"]
        ]
        seen = family["last_contact_at"]
        order = -round(fit.likeness, 6), bool(family["closed_at"])
        fit.place = (*order, -seen.timestamp() if seen else 0.0, family["ref"])
        return fit

    def _best(self, people: list[dict[str, Any]]) -> float:
        """By its best person, or by what its people and its name explain together."""
        likenesses = [self._of_person(row) for row in people]
        highest = [max(column) for column in zip(*likenesses, strict=True)]
        named = [people[0][f"family_{n}"] for n in range(len(self.words))]
        together = [max(pair) for pair in zip(highest, named, strict=True)]
        return max(*map(self._weighed, likenesses), TOGETHER * self._weighed(together), 0.0)

    def _of_person(self, row: dict[str, Any]) -> list[float]:
        return [row[f"person_{n}"] if row["is_open"] else 0.0 for n in range(len(self.words))]

    def _weighed(self, alike: list[float]) -> float:
        return sum(likeness * share for likeness, share in zip(alike, self.shares, strict=True))

    @cached_property
    def _withheld(self) -> shielded_addresses.Withheld:
        return shielded_addresses.withheld_from(self.user)

    def _somebody(self, such: Q) -> Q:
        members = Member.objects.open_to(self.user).filter(such, family=OuterRef("pk"))
        return Q(Exists(members))

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
            year, month = sought.born_in
            birth = {f"{person}__birth_date__year": year, f"{person}__birth_date__month": month}
            due = {f"{person}__due_date__year": year, f"{person}__due_date__month": month}
            wanted &= Q(**birth) | Q(**due)
        if sought.postcode or sought.part_of_postcode:
            # At a postcode; one that is shielded from this reader finds nobody.
            whole, part = self.sought.postcode, self.sought.part_of_postcode
            there = (
                {"postcode__postcode": whole} if whole else {"postcode__postcode__startswith": part}
            )
            homes = Residence.objects.filter(person=OuterRef(person), **there)
            covered = self._withheld.postcodes
            wanted &= Q(Exists(homes.exclude(postcode__in=covered)))
        if sought.telephone:
            wanted &= self._answers(person)
        return wanted

    def _answers(self, person: str) -> Q:
        """By telephone, the safe one or the other; a shielded person's finds nobody."""
        covered = self._withheld.people
        digits = self.sought.telephone
        safe = SafeContact.objects.filter(
            GreaterThan(StrIndex(_digits("telephone"), Value(digits)), 0), person=OuterRef(person)
        )
        theirs = Q(GreaterThan(StrIndex(_digits(f"{person}__telephone"), Value(digits)), 0))
        answers = theirs | Q(Exists(safe))
        return answers & ~Q(**{f"{person}__in": covered}) if covered else answers


def _whether(holds: Q) -> Combinable:
    """Whether it holds, as a column; it does not where nothing was asked."""
    if not holds:
        return Value(False)
    return ExpressionWrapper(holds, output_field=BooleanField())


def _spelt(word: str, names: Combinable | str) -> Combinable:
    return TrigramWordSimilarity(word, names)


def _heard(word: str) -> Combinable:
    sounds = Func(Value(word), function="leap_phonetic_name", output_field=CharField())
    same = Q(GreaterThan(StrIndex(F(f"{PERSON}__phonetic_name"), sounds), 0))
    worth = HEARD if len(set(word) - VOWELS) > 1 else BARELY_HEARD
    return Case(When(same, then=Value(worth)), default=Value(0.0), output_field=FloatField())


def _said(word: str) -> Combinable:
    """By another form of the name, where there is one."""
    forms = "|".join(sorted(nicknames.nicknames_of(word)))
    if not forms:
        return Value(0.0)
    called = Q(**{f"{PERSON}__search_name__regex": rf"\m({forms})\M"})
    return Case(When(called, then=Value(SAID)), default=Value(0.0), output_field=FloatField())


def _digits(telephone: str) -> Func:
    return Func(
        F(telephone), Value(r"\D"), Value(""), Value("g"),
        function="regexp_replace", output_field=CharField(),
    )  # fmt: skip
