"""How many duplicates `families.people.likeness` finds in published records, and how many it makes
up.

FEBRL's data sets are invented people of Australia with invented slips, and say who is who. Their
NHS numbers (there: of social security) are left out, so that only names, days and addresses count.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations, groupby
from pathlib import Path

from families.name_normalisation import normalise_name
from families.people.likeness import Described
from families.people.pairing import pairs

SETS = {"FEBRL 1": ("dataset1",), "FEBRL 3": ("dataset3",), "FEBRL 4": ("dataset4a", "dataset4b")}


@dataclass(frozen=True)
class MatchingResult:
    """What became of one set: how many pairs there are, were found, and were found rightly."""

    name: str
    records: int
    true: int
    found: int
    right: int

    @property
    def recall(self) -> float:
        return self.right / self.true

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0


def measure(folder: Path) -> Iterator[MatchingResult]:
    """Each of the sets whose files are in `folder`."""
    for name, files in SETS.items():
        rows: list[dict[str, str]] = []
        for file in files:
            with (folder / f"{file}.csv").open(newline="", encoding="utf-8") as lines:
                rows += csv.DictReader(lines, skipinitialspace=True)
        known = dict(enumerate(map(_described, rows)))
        # Records of one person share a number: rec-223-org and rec-223-dup-0.
        places = sorted((row["rec_id"].split("-")[1], place) for place, row in enumerate(rows))
        true: set[tuple[int, int]] = set()
        for _, one_person in groupby(places, key=lambda place: place[0]):
            true.update(combinations(sorted(place for _, place in one_person), 2))
        matched = {(pair.one, pair.other) for pair in pairs(known)}
        yield MatchingResult(name, len(rows), len(true), len(matched), len(matched & true))


def _described(row: dict[str, str]) -> Described:
    address = " ".join(row[part] for part in ("street_number", "address_1", "address_2"))
    return Described(
        given=normalise_name(row["given_name"]),
        family=normalise_name(row["surname"]),
        birth_date=_day(row["date_of_birth"]),
        homes=frozenset({(row["postcode"], normalise_name(address))}),
    )


def _day(figures: str) -> date | None:
    try:
        return date(int(figures[:4]), int(figures[4:6]), int(figures[6:]))
    except ValueError:
        return None
