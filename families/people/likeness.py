"""How much speaks for two records being of one person: evidence weighed, never an answer.

Nothing here knows the database. Each kind of evidence adds or takes a weight (names by spelling,
sound, nickname and the parents' surnames; the day of birth with a slip or day and month swapped;
telephone, postcode and address; NHS numbers). `manage.py evaluate_matching` measures it against
published sets of records; docs/finding-and-merging.md has the table.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

from django.utils import timezone
from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, JaroWinkler

from families.people import nicknames

ENOUGH = 6.0  # names alike and one thing more
GROWN = 18  # years: below it, one day of birth and two first names are twins
HEARD = 0.9  # spelt otherwise, and it sounds the same; or another form of it
NAMES = ((1.0, 3.0), (0.88, 2.0), (0.8, 1.0), (0.65, -1.0), (0.0, -3.0))
ADDRESSES = ((0.88, 4.0), (0.75, 2.5), (0.65, 1.0), (0.0, -1.0))
SAME_DAY, SWAPPED, ONE_SLIP, NEARLY, ANOTHER_DAY = 5.0, 4.0, 3.0, 1.0, -4.0
SAME_NUMBER = 12.0
SAME_BIRTHDAY, ALIKE = "born on the same day", ("a similar name", "the same name")
OF_TWINS = 0.88  # below it two first names are two


@dataclass(frozen=True)
class Likeness:
    """What the evidence comes to, and in words what speaks for it."""

    weight: float
    reasons: tuple[str, ...]
    by_number: bool = False


NONE = Likeness(0.0, ())


@dataclass(frozen=True)
class Described:
    """What is known of somebody, for comparing. Names are plain: `families.name_normalisation`."""

    given: str = ""
    family: str = ""
    birth_date: date | None = None
    nhs_number: str = ""
    sex: str = ""
    telephone: str = ""  # digits, as `families.people.search_query.local_digits` leaves them
    homes: frozenset[tuple[str, str]] = field(default_factory=frozenset)  # postcode, plain address
    parents: frozenset[str] = field(default_factory=frozenset)  # surnames of whoever brings them up

    @cached_property
    def surnames(self) -> frozenset[str]:
        return frozenset({self.family, *self.parents} - {""})

    @cached_property
    def day(self) -> str:
        return self.birth_date.strftime("%Y%m%d") if self.birth_date else ""

    @cached_property
    def swapped(self) -> str:
        """The day of birth with day and month exchanged."""
        return self.day[:4] + self.day[6:] + self.day[4:6]

    @property
    def days(self) -> list[date]:
        """The day of birth, and the one that it is when day and month are exchanged."""
        if not self.birth_date:
            return []
        born = self.birth_date
        if born.day > 12 or born.day == born.month:
            return [born]
        return [born, date(born.year, born.day, born.month)]

    @cached_property
    def sounds(self) -> tuple[str, str]:
        return phonetic_key(self.given), phonetic_key(self.family)


def compare(one: Described, other: Described) -> Likeness:
    """How alike two are; a weight of `ENOUGH` or more is worth somebody's looking at both."""
    same_number = bool(one.nhs_number) and one.nhs_number == other.nhs_number
    if not one.day or not other.day:
        day, said_of_day = 0.0, ""
    elif one.day == other.day:
        day, said_of_day = SAME_DAY, SAME_BIRTHDAY
    elif one.day == other.swapped:
        day, said_of_day = SWAPPED, "the day and the month of birth are the other way round"
    else:
        day, said_of_day = _by_slips(one.day, other.day)
    names, given_alike, said_of_names = _names(one, other)
    # By telephone, postcode and address together; the best of several homes.
    telephone = bool(one.telephone) and one.telephone == other.telephone
    homes = [_homes(a, b) for a in one.homes for b in other.homes]
    places, place_reason = max(homes, default=(0.0, ""))
    if telephone:
        place, said_of_place = (
            places + 3.0,
            f"the same telephone number{f' and {place_reason}' if place_reason else ''}",
        )
    else:
        place, said_of_place = places, place_reason
    reasons = tuple(filter(None, (said_of_names, said_of_day, said_of_place)))
    if same_number:
        weight = SAME_NUMBER + names + day + place
        return Likeness(max(weight, ENOUGH), ("the same NHS number", *reasons), by_number=True)
    if _are_two(one, other, day, given_alike) or max(day, place) <= 0:
        return NONE
    return Likeness(names + day + place, reasons)


def _are_two(one: Described, other: Described, day: float, given_alike: float | None) -> bool:
    """Twins have all but a first name in common, cousins and namesakes all but the day. An NHS
    number with a slip in it does not add up, so two numbers are two people."""
    numbers = bool(one.nhs_number and other.nhs_number)
    if numbers or {one.sex, other.sex} == {"female", "male"} or day == ANOTHER_DAY:
        return True
    youngest = max(one.day, other.day)
    grown = timezone.localdate().year - GROWN
    is_child = bool(youngest) and int(youngest[:4]) > grown
    return is_child and given_alike is not None and given_alike < OF_TWINS


def _names(one: Described, other: Described) -> tuple[float, float | None, str]:
    """The weight of both names, as they stand or exchanged, and how alike the given names are."""
    given_alike = _alike(one.given, other.given, one.sounds[0], other.sounds[0])
    is_faint = given_alike is not None and given_alike < HEARD
    if is_faint and nicknames.are_alike(one.given, other.given):
        given_alike = HEARD
    family, by_parent = _family(one, other)
    straight = _weighed(given_alike) + min(_weighed(family), 2.0 if by_parent else 3.0)
    crossed = _alike(one.given, other.family, one.sounds[0], other.sounds[1])
    back = _alike(one.family, other.given, one.sounds[1], other.sounds[0])
    exchanged = _weighed(crossed) + _weighed(back) - 0.5
    if exchanged > straight:
        return exchanged, crossed, "the same names in another order" if exchanged > 2 else ""
    if straight < 2:
        return straight, given_alike, ""
    exact = one.given == other.given and one.family == other.family
    if by_parent:
        return straight, given_alike, "a similar first name, and the surname of a parent"
    return straight, given_alike, ALIKE[exact]


def _family(one: Described, other: Described) -> tuple[float | None, bool]:
    """How alike the family names are; whether a parent's had to be taken."""
    own = _alike(one.family, other.family, one.sounds[1], other.sounds[1])
    if own is not None and own >= HEARD:
        return own, False
    theirs = [
        _alike(a, b, phonetic_key(a), phonetic_key(b)) or 0.0
        for a in one.surnames
        for b in other.surnames
        if (a, b) != (one.family, other.family)
    ]
    best = max(theirs, default=0.0)
    return (best, True) if best >= HEARD and best > (own or 0.0) else (own, False)


def _alike(one: str, other: str, sound: str, others: str) -> float | None:
    """From 0 to 1; None where either is not known."""
    if not one or not other:
        return None
    spelt = float(JaroWinkler.similarity(one, other))
    return max(spelt, HEARD) if sound == others and len(sound) > 1 and spelt < 1 else spelt


def _weighed(alike: float | None) -> float:
    return 0.0 if alike is None else _step(alike, NAMES)


def _step(alike: float, steps: tuple[tuple[float, float], ...]) -> float:
    return next(weight for least, weight in steps if alike >= least)


def _by_slips(day: str, other: str) -> tuple[float, str]:
    slips = OSA.distance(day, other)
    if slips == 1:
        return ONE_SLIP, "the dates of birth differ in one figure"
    parts = ((0, 4), (4, 6), (6, 8))
    same = sum(day[a:b] == other[a:b] for a, b in parts)
    if slips == 2 or same == 2:
        return NEARLY, "the dates of birth are nearly the same"
    return ANOTHER_DAY, ""


def _homes(one: tuple[str, str], other: tuple[str, str]) -> tuple[float, str]:
    postcode, address, reason = 0.0, 0.0, ""
    if one[0] and other[0]:
        slips = OSA.distance(one[0], other[0])
        postcode = {0: 2.0, 1: 1.0}.get(slips, -0.5)
        reason = "the same postcode" if not slips else ""
    if one[1] and other[1]:
        alike = fuzz.token_sort_ratio(one[1], other[1]) / 100
        address = _step(alike, ADDRESSES)
        reason = "a similar address" if address > 1 else reason
    return postcode + address, reason


def match_keys(details: Described) -> set[tuple[str, ...]]:
    """Two that share none of these are not compared at all: there are too many people."""
    block_keys: set[tuple[str, ...]] = set()
    if details.nhs_number:
        block_keys.add(("number", details.nhs_number))
    if len(details.telephone) > 6:
        block_keys.add(("telephone", details.telephone))
    if details.day:
        block_keys |= {("day", details.day), ("day", details.swapped)}
    sounds = sorted(filter(None, details.sounds))
    of_names: set[tuple[str, ...]] = {("names", *sounds)} if len(sounds) == 2 else set()
    for sound in sounds:
        if details.day:
            of_names |= {("born", sound, details.day[:4]), ("birthday", sound, details.day[4:])}
        of_names |= {("lives", sound, postcode) for postcode, _ in details.homes}
    for postcode, address in details.homes:
        if address:
            figures = "".join(c for c in address if c.isdigit())
            block_keys.add(("home", postcode, figures))
            block_keys.add(("address", *sorted(address.split())[:3]))
    return block_keys | of_names


# As the database's leap_phonetic_name hears them (families/migrations/0001_initial.py; a test holds
# the two to each other): here because a million pairs are compared without asking it.
SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"tch|sch|sh|ch|cz|sz|tj", "x"), (r"ph", "f"), (r"dj|dg", "j"),
        (r"ck|kh|q|c(?![eiy])", "k"), (r"[cz]", "s"), (r"w", "v"), (r"y", "i"), (r"h", ""),
        (r"g(?=[ei])", "j"), (r" [aeiou]+", " a"), (r"(?<=[^ ])[aeiou]+", ""),
        (r"([^ ])\1+", r"\1"),
    )
)  # fmt: skip


@lru_cache(maxsize=1 << 16)
def phonetic_key(name: str) -> str:
    """How a plain name sounds."""
    sound = f" {name} "
    for pattern, becomes in SOUNDS:
        sound = pattern.sub(becomes, sound)
    return sound.strip()
