"""People who may already be known, before they are registered a second time.

Somebody in a family that the reader can see is shown, with what speaks for it. Of a family that
they cannot see it is said only that a record may exist, and only where what was typed names
somebody exactly: an NHS number, or a whole name with a date of birth. A record that is kept for
named people does not exist here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from django.db import connection
from django.db.models import Exists, F, Func, OuterRef, Q, QuerySet, TextField, Value

from families.inputs import NewPerson
from families.models import Family, Member, Person, shielded_addresses
from families.name_normalisation import search_text
from families.people.likeness import (
    ALIKE,
    ENOUGH,
    SAME_BIRTHDAY,
    Described,
    Likeness,
    compare,
    phonetic_key,
)
from families.people.match_details import described, newly_described
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict
from leap.core.rls.session import bypass_rls

AT_MOST = 10
LOCKS = 64  # transaction locks for days of birth, and as many for NHS numbers
LOCKED = 7310_000_000  # where these begin among all advisory locks


@dataclass(frozen=True)
class SimilarMember:
    """Somebody on record who may be one of the people just typed, and why."""

    member: Member
    reason: str


class PossibleDuplicatesFound(Conflict):
    """Some of these people may be on record already; a person has to say that they are not."""

    def __init__(self, alike: list[SimilarMember], elsewhere: list[Family]) -> None:
        self.alike, self.is_elsewhere = alike, bool(elsewhere)
        matches = "; ".join(
            f"{candidate.member.person.ref} in {candidate.member.family.ref} ({candidate.reason})"
            for candidate in alike
        )
        sentences = [f"Perhaps registered already: {matches}." if matches else ""]
        if elsewhere:
            sentences.append("Another team may know somebody of this family.")
        sentences.append("Nothing was saved. To register them all the same, say that they are new.")
        super().__init__(" ".join(filter(None, sentences)))


def check_not_known(people: list[NewPerson], *, user: User) -> None:
    """Raise PossibleDuplicatesFound where somebody has to look first. Under `lock_identities`."""
    alike, theirs = possible_duplicates(people, user=user), families_elsewhere(people, user=user)
    if alike or theirs:
        raise PossibleDuplicatesFound(alike, theirs)


def lock_identities(people: list[NewPerson]) -> None:
    """Have whoever registers or adds one of these at the same moment wait for the end of this
    transaction, and then find them. In one order, so that nobody waits crosswise; few enough locks
    for any number of people."""
    days = {person.birth_date.toordinal() % LOCKS for person in people if person.birth_date}
    numbers = {LOCKS + int(person.nhs_number) % LOCKS for person in people if person.nhs_number}
    _take(sorted(days | numbers))


def lock_all_identities() -> None:
    """The same for people by the file."""
    _take(list(range(2 * LOCKS)))


def _take(places: list[int]) -> None:
    """In the order given, in one statement however many."""
    keys = [LOCKED + place for place in places]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(place) FROM unnest(%s::bigint[]) AS place", [keys]
        )


def possible_duplicates(people: list[NewPerson], *, user: User) -> list[SimilarMember]:
    """Those on record, in families that the reader sees, who may well be one of these."""
    typed = [newly_described(person, people) for person in people]
    wanted = match_condition(typed)
    if not wanted:
        return []
    candidates = (
        Member.objects.visible_to(user)
        .filter(person__in=[*_keys(wanted), *_by_telephone(typed, user)])
        .select_related("family__lead_team", "person")
        .order_by("family__closed_at", "pk")
    )
    members = list(candidates)
    known = described(
        {member.person_id for member in members}, shielded_addresses.withheld_from(user)
    )
    alike = []
    for member in members:
        likenesses = [compare(details, known[member.person_id]) for details in typed]
        best = max(likenesses, key=lambda likeness: likeness.weight)
        if best.weight >= ENOUGH:
            alike.append(SimilarMember(member, _reason(best)))
    return alike[:AT_MOST]


def _reason(likeness: Likeness) -> str:
    """What goes on with somebody's name."""
    if likeness.by_number:
        return "has the same NHS number"
    reasons = set(likeness.reasons)
    if reasons >= {SAME_BIRTHDAY} and reasons & set(ALIKE):
        sentence = "was born on the same day and has a similar name"
        rest = [reason for reason in likeness.reasons if reason not in {SAME_BIRTHDAY, *ALIKE}]
        return ", ".join([sentence, *rest])
    return ", ".join(likeness.reasons)


def match_condition(people: Iterable[Described]) -> Q:
    """Who is compared at all with these: by number, by day of birth, also with day and month
    exchanged, or by how the whole name sounds; an empty condition where none of it is known. These
    have indexes that row-level security lets be used, and there are a million people to look
    through: one list each, however many are asked about."""
    numbers: set[str] = set()
    days: set[date] = set()
    names: set[str] = set()
    for details in people:
        numbers.add(details.nhs_number)
        days.update(details.days)
        if details.given and details.family:
            orders = (f"{details.given} {details.family}", f"{details.family} {details.given}")
            names.update(f" {phonetic_key(name)} " for name in orders)
    condition = Q()
    if numbers := numbers - {""}:
        condition |= Q(nhs_number__in=numbers) & ~Q(nhs_number="")  # as its index says
    if days:
        condition |= Q(birth_date__in=days)
    if names:
        condition |= Q(phonetic_name__in=names)
    return condition


def _keys(such: Q) -> list[int]:
    return list(Person.objects.filter(such).values_list("pk", flat=True))


def _by_telephone(typed: list[Described], user: User) -> list[int]:
    """Those whom the reader sees with one of these telephone numbers, that is not shielded."""
    digits = {details.telephone for details in typed if len(details.telephone) > 6}
    if not digits:
        return []
    ends = Func(
        F("telephone"), Value(r"\D"), Value(""), Value("g"),
        function="regexp_replace", output_field=TextField(),
    )  # fmt: skip
    people: QuerySet[Person] = Person.objects.visible_to(user).annotate(digits=ends)
    same = reduce(or_, (Q(digits__endswith=number) for number in digits))
    return list(people.filter(same).values_list("pk", flat=True))


def families_elsewhere(people: list[NewPerson], *, user: User) -> list[Family]:
    """Families that the reader cannot see and in which one of these people is already, exactly.

    To be told apart from nothing, and for nothing else: neither name nor team may be shown.
    """
    wanted = [exact for person in people if (exact := _exactly(person))]
    if not wanted:
        return []
    mine = Family.objects.visible_to(user).filter(pk=OuterRef("family"))
    with bypass_rls(
        "that somebody is known to another team keeps them from being registered twice"
    ):
        known = Member.objects.current().filter(
            ~Exists(mine),
            person__in=_keys(reduce(or_, wanted)),
            person__restriction="",
            family__restriction="",
        )
        theirs = list(known.values_list("family", flat=True))
        families = Family.objects.open().filter(pk__in=theirs).order_by("pk")
        return list(families.select_related("lead_team", "lead_practitioner")[:AT_MOST])


def _exactly(person: NewPerson) -> Q:
    number = Q(nhs_number=person.nhs_number) if person.nhs_number else Q()
    if not (person.birth_date and person.given_name and person.family_name):
        return number
    name = search_text(person.given_name, person.family_name)
    return number | Q(birth_date=person.birth_date, search_name=name)
