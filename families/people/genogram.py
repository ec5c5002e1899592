"""A small drawing of a family: who is who, in rows of generations, plain SVG from the server. The
table of its people stands beside it.

It draws what the record knows and nothing more. A role says what somebody is to the children, so
children hang from their parents together, and nobody says whose parents the grandparents are. Two
who bring them up and share no home that shows are joined by a dashed line.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain, groupby, pairwise
from string import ascii_uppercase
from typing import Self

from families.models import Member
from leap.core.ui.formatting import age

CELL, ROW = 72, 100  # what one person takes, in pixels
MOST = 4  # in a row: that many can be read on a phone
SIZE = 34  # of a symbol
MARGIN = 10
LONGEST = 9  # letters of a name that fit
DOWN = 54  # in a row of adults, from its top to the middle of the symbols; names stand above
UNDER = 31  # the same for children, whose names stand below
PARENTS = (Member.Role.FATHER, Member.Role.MOTHER)
SHAPES = {"male": "square", "female": "circle"}
TINTS = 6


@dataclass(frozen=True)
class Someone:
    """Who is drawn, with the names of those of their homes that show."""

    member: Member
    homes: Sequence[str] = ()
    has_hidden_home: bool = False

    def lives_apart_from(self, other: Self) -> bool:
        """Known to share no home. Of two whose homes are both hidden nothing is known."""
        known = self.homes or self.has_hidden_home, other.homes or other.has_hidden_home
        hidden = self.has_hidden_home and other.has_hidden_home
        return all(known) and not hidden and not set(self.homes) & set(other.homes)


@dataclass(frozen=True)
class Symbol:
    """One person: where, in which shape, and what is written beside it."""

    shape: str
    x: float
    y: float
    name: str
    detail: str
    name_y: float
    died: bool
    letters: str

    @property
    def left(self) -> float:
        return self.x - SIZE / 2

    @property
    def top(self) -> float:
        return self.y - SIZE / 2

    @property
    def right(self) -> float:
        return self.x + SIZE / 2

    @property
    def bottom(self) -> float:
        return self.y + SIZE / 2

    @property
    def detail_y(self) -> float:
        return self.name_y + 16

    @property
    def points(self) -> str:
        """The corners of a diamond or a triangle."""
        if self.shape == "triangle":
            return f"{self.x},{self.top} {self.right},{self.bottom} {self.left},{self.bottom}"
        return (
            f"{self.x},{self.top} {self.right},{self.y} {self.x},{self.bottom} {self.left},{self.y}"
        )


@dataclass(frozen=True)
class GenogramLine:
    """`kind` is joined, apart (dashed), or care and elder (dotted: not said to be a parent of)."""

    x1: float
    y1: float
    x2: float
    y2: float
    kind: str = "joined"


@dataclass(frozen=True)
class GenogramBand:
    """The ground of a home behind somebody who lives there."""

    x: float
    y: float
    width: float
    tint: int
    height: int = ROW


@dataclass
class Genogram:
    """What is drawn, and the same in words."""

    width: float = 0
    height: float = 0
    symbols: list[Symbol] = field(default_factory=list)
    lines: list[GenogramLine] = field(default_factory=list)
    bands: list[GenogramBand] = field(default_factory=list)
    homes: list[tuple[str, str]] = field(default_factory=list)
    words: str = ""
    key: list[str] = field(default_factory=list)


def draw(people: Iterable[Someone], today: date) -> Genogram | None:
    """The drawing of those whom the reader sees; None where there is nobody to draw beside."""
    family = list(people)
    if len(family) < 2:
        return None
    elders = [relative for relative in family if relative.member.role == Member.Role.GRANDPARENT]
    children = [relative for relative in family if relative.member.is_child]
    carers = _side_by_side([e for e in family if e not in elders and e not in children])
    # A letter for each home, or two when they run out, where there is more than one.
    homes = list(dict.fromkeys(home for relative in family for home in relative.homes))
    pairs = (first + second for first in ascii_uppercase for second in ascii_uppercase)
    letters = dict(zip(homes, chain(ascii_uppercase, pairs), strict=False))
    drawn = _Drawing(letters if len(homes) > 1 else {}, today)
    drawn.rows(elders, carers, children)
    return drawn.done(elders, carers, children)


def _side_by_side(carers: list[Someone]) -> list[Someone]:
    """Fathers, then mothers; a step-parent beside the parent whose home they share."""
    parents = [e for role in PARENTS for e in carers if e.member.role == role]
    others = [relative for relative in carers if relative not in parents]
    steps = [e for e in others if e.member.role == Member.Role.STEP_PARENT]
    first = [e for e in steps if len(parents) > 1 and _share(e, parents[0])][:1]
    last = [e for e in steps if e not in first]
    return [*first, *parents, *last, *(e for e in others if e not in steps)]


def _share(one: Someone, other: Someone) -> bool:
    return bool(set(one.homes) & set(other.homes))


def _are_joined(one: Someone, other: Someone) -> bool:
    """Two parents are, and a step-parent and the parent whose home they share."""
    roles = {one.member.role, other.member.role}
    if roles <= set(PARENTS):
        return True
    step = Member.Role.STEP_PARENT in roles and roles & set(PARENTS)
    return bool(step) and _share(one, other)


class _Drawing:
    """The picture while it is being drawn, from the top down."""

    def __init__(self, letters: dict[str, str], today: date) -> None:
        self.letters, self.today = letters, today
        self.made = Genogram()
        self.y: float = MARGIN

    def rows(self, elders: list[Someone], carers: list[Someone], children: list[Someone]) -> None:
        widest = max(min(len(row), MOST) for row in (elders, carers, children))
        self.made.width = max(widest, 2) * CELL + 2 * MARGIN
        above = self._adults(elders)
        brought_up_by = self._adults(carers)
        if above and brought_up_by:
            self._over(above, brought_up_by)
        joined = self._join(carers, brought_up_by)
        if children:
            self._children(children, joined or self._care(brought_up_by or above))
        self.made.height = self.y + MARGIN

    def _adults(self, people: list[Someone]) -> list[Symbol]:
        symbols: list[Symbol] = []
        for row in _chunks(people):
            xs = self._across(len(row))
            symbols += [
                self._person(relative, x, DOWN, 14) for relative, x in zip(row, xs, strict=True)
            ]
            self.y += ROW
        return symbols

    def _across(self, count: int) -> list[float]:
        """The middles of `count` people, in the middle of the picture."""
        first = (self.made.width - count * CELL) / 2 + CELL / 2
        return [first + n * CELL for n in range(count)]

    def _person(self, relative: Someone, x: float, middle: int, name: int) -> Symbol:
        homes = [home for home in relative.homes if home in self.letters]
        for n, home in enumerate(homes):
            width = CELL / len(homes)
            tint = list(self.letters).index(home) % TINTS
            self.made.bands.append(GenogramBand(x - CELL / 2 + n * width, self.y, width, tint))
        person = relative.member.person
        expected = person.is_unborn or person.died_before_birth
        symbol = Symbol(
            shape="triangle" if expected else SHAPES.get(person.sex, "diamond"),
            x=x,
            y=self.y + middle,
            name=_short(relative.member),
            detail=_detail(relative.member, self.today),
            name_y=self.y + name,
            died=person.died_on is not None,
            letters=" ".join(self.letters[home] for home in homes),
        )
        self.made.symbols.append(symbol)
        return symbol

    def _line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "joined") -> None:
        self.made.lines.append(GenogramLine(x1, y1, x2, y2, kind))

    def _join(
        self, carers: list[Someone], symbols: list[Symbol]
    ) -> tuple[float, float, str] | None:
        """Lines between couples; where the children hang from, and how, if there are parents."""
        placed = list(zip(carers, symbols, strict=True))
        for (one, left), (other, right) in pairwise(placed):
            if left.y == right.y and _are_joined(one, other):
                kind = "apart" if one.lives_apart_from(other) else "joined"
                self._line(left.right, left.y, right.left, right.y, kind)
        parents = [symbol for relative, symbol in placed if relative.member.role in PARENTS]
        together = [symbol for symbol in parents if symbol.y == parents[0].y]
        if not together:
            return None
        x = (together[0].x + together[-1].x) / 2
        under = any(symbol.x == x for symbol in together)
        return x, together[0].bottom if under else together[0].y, "joined"

    def _care(self, symbols: list[Symbol]) -> tuple[float, float, str] | None:
        """Where children hang who are brought up by others than their parents."""
        last = [symbol for symbol in symbols if symbol.y == symbols[-1].y]
        if not last:
            return None
        x = (last[0].x + last[-1].x) / 2
        over = [symbol for symbol in last if symbol.x == x]
        if len(last) > 1 and not over:
            self._line(last[0].x, last[0].bottom + 6, last[-1].x, last[-1].bottom + 6, "care")
        return x, last[0].bottom + (0 if over else 6), "care"

    def _over(self, above: list[Symbol], below: list[Symbol]) -> None:
        """From the grandparents towards the carers, without saying to whom of them."""
        row = [symbol for symbol in below if symbol.y == below[0].y]
        x = (row[0].x + row[-1].x) / 2
        last = [symbol for symbol in above if symbol.y == above[-1].y]
        y = last[0].bottom + 6
        self._line(min(last[0].x, x), y, max(last[-1].x, x), y, "elder")
        self._line(x, y, x, row[0].name_y - 13, "elder")

    def _children(self, children: list[Someone], hang: tuple[float, float, str] | None) -> None:
        rows = list(_chunks(children))
        if hang:
            self._line(hang[0], hang[1], hang[0], self.y, hang[2])
        first, side = self.y, MARGIN / 2
        for place, row in enumerate(rows):
            # Each child under the line, those of one birth from one point of it. Those points.
            xs, points = self._across(len(row)), []
            placed = [
                (child, self._person(child, x, UNDER, 64)) for child, x in zip(row, xs, strict=True)
            ]
            for _, born in groupby(placed, key=lambda pair: _birth(pair[0].member)):
                symbols = [symbol for _, symbol in born]
                points.append((symbols[0].x + symbols[-1].x) / 2)
                for symbol in symbols:
                    self._line(points[-1], self.y, symbol.x, symbol.top)
            ends = points
            ends += [hang[0]] if hang and not place else []
            ends += [side] if rows[1:] else []
            self._line(min(ends), self.y, max(ends), self.y)
            self.y += ROW
        if rows[1:]:
            self._line(side, first, side, self.y - ROW)

    def done(
        self, elders: list[Someone], carers: list[Someone], children: list[Someone]
    ) -> Genogram:
        """With the words."""
        groups = (("Grandparents", elders), ("Brought up by", carers), ("Children", children))
        sentences = [
            f"{title}: {'; '.join(self._sentence(relative) for relative in people)}."
            for title, people in groups
            if people
        ]
        self.made.homes = [(letter, home) for home, letter in self.letters.items()]
        self.made.words = " ".join(
            [
                *sentences,
                *[
                    f"{one.member.person.name} and {other.member.person.name} live apart."
                    for one, other in pairwise(carers)
                    if _are_joined(one, other) and one.lives_apart_from(other)
                ],
            ]
        )
        self.made.key = list(_key(self.made))
        return self.made

    def _sentence(self, relative: Someone) -> str:
        member = relative.member
        letters = [self.letters[home] for home in relative.homes if home in self.letters]
        parts = [
            member.person.name,
            "" if member.is_child else member.get_role_display().lower(),
            _detail(member, self.today),
            f"home {' and '.join(letters)}" if letters else "",
        ]
        return ", ".join(part for part in parts if part)


def _chunks(people: list[Someone]) -> Iterator[list[Someone]]:
    for start in range(0, len(people), MOST):
        yield people[start : start + MOST]


def _birth(member: Member) -> object:
    """Those of one birth, born or expected, share it; whoever has neither day is by themselves."""
    person = member.person
    return person.birth_date or person.due_date or person.pk


def _short(member: Member) -> str:
    """What fits under a symbol: the first of the given names, cut where no letter is split."""
    person = member.person
    if person.is_unborn and not person.given_name:
        return "Unborn"
    name = person.given_name.split()[0] if person.given_name.strip() else person.name
    if len(name) <= LONGEST:
        return name
    prefix = name[: LONGEST - 1]
    # A joiner or a mark belongs to the letter before.
    while prefix and (
        name[len(prefix)] == JOINER or unicodedata.category(name[len(prefix)]) in ("Mn", "Me", "Sk")
    ):
        prefix = prefix[:-1]
    return f"{prefix.rstrip(JOINER)}…"


JOINER = "\N{ZERO WIDTH JOINER}"


def _detail(member: Member, today: date) -> str:
    """The age in two words; or when somebody died, or is due."""
    person = member.person
    if person.died_on:
        return f"died {person.died_on.year}"
    if person.is_unborn and person.due_date:
        return f"due {person.due_date.day} {person.due_date:%b}"
    return " ".join(age(person.birth_date, today).split()[:2])


def _key(drawn: Genogram) -> Iterator[str]:
    """What the signs mean, of those that were drawn."""
    shapes = {symbol.shape for symbol in drawn.symbols}
    meant = {
        "square": "Square: male.",
        "circle": "Circle: female.",
        "diamond": "Diamond: sex not recorded.",
        "triangle": "Triangle: not born.",
    }
    yield from (words for shape, words in meant.items() if shape in shapes)
    kinds = {line.kind for line in drawn.lines}
    if any(symbol.died for symbol in drawn.symbols):
        yield "Cross: has died."
    if "apart" in kinds:
        yield "Dashed: they live apart."
    if "care" in kinds:
        yield "Dotted: brings up the children."
    if "elder" in kinds:
        yield "Dotted: grandparents; the record does not say on which side."
