"""Given names that stand for each other: nicknames, and the same name as other tongues spell it.

One line of nicknames.txt is one name, written as `families.name_normalisation.normalise_name`
leaves it; a name may stand in several. It is a help for finding and for asking "is this the same
person?", never an answer: two people may well be called Kate and Catherine. Add to it what
practitioners meet.
"""

from functools import cache
from pathlib import Path

LINES = Path(__file__).with_name("nicknames.txt")


@cache
def _lines() -> dict[str, frozenset[str]]:
    variants: dict[str, set[str]] = {}
    for line in LINES.read_text(encoding="utf-8").splitlines():
        names = line.split()
        for name in names:
            variants.setdefault(name, set()).update(names)
    return {name: frozenset(others - {name}) for name, others in variants.items()}


def nicknames_of(name: str) -> frozenset[str]:
    """What somebody called `name`, written plainly, may be down as instead."""
    return _lines().get(name, frozenset())


def are_alike(one: str, other: str) -> bool:
    """Whether two plain given names may be one person's: any word of one, or another form of it."""
    words = set(one.split())
    return bool(words & set(other.split())) or any(
        nicknames_of(w) & set(other.split()) for w in words
    )
