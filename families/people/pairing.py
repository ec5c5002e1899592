"""Which people on record may be one: those who share a key are compared, nobody else."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from families.people.likeness import ENOUGH, Described, Likeness, compare, match_keys

TOO_COMMON = 200  # people with one key: it tells nothing, such as a hostel's address


@dataclass(frozen=True)
class Pair:
    """Two people by their keys, the lower one first, and how alike they are."""

    one: int
    other: int
    likeness: Likeness


def pairs(known: dict[int, Described], of: Collection[int] | None = None) -> Iterator[Pair]:
    """Those alike enough to be looked at; given `of`, only with one of these. Each pair once."""
    sharing: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for person, details in known.items():
        for key in match_keys(details):
            sharing[key].append(person)
    compared: set[tuple[int, int]] = set()
    for people in sharing.values():
        if len(people) <= TOO_COMMON:
            compared.update(combinations(sorted(people), 2))
    for one, other in compared:
        if of is None or one in of or other in of:
            likeness = compare(known[one], known[other])
            if likeness.weight >= ENOUGH:
                yield Pair(one, other, likeness)
