"""Which figures may not leave the partnership as they are, and how the others are shown.

Counts of one to seven are hidden, and for sensitive indicators those whose complement is. So is
whatever would let a hidden one be worked out, or pinned down between bounds that are too narrow: a
ward from LEAP and the other wards, a month from its quarter, a denominator from another indicator
of the same children, or any of these together. Other counts are rounded to the nearest 5, and
everything else that is shown of a figure is computed from these.

Pure: counts in, decisions out. The night decides for everything published of related indicators at
once, and keeps the answer on each figure, so that no two pages or files can be played against each
other. `suppression` hides, `bounds` audits, `figures` says how figures hang together, and
`presentation` what a reader is shown.
"""

from outcomes.disclosure.figures import (
    DisclosureDecision,
    decide,
    groups,
    name_of,
    table_of,
    tabulate,
)
from outcomes.disclosure.presentation import (
    CONFIDENTIAL,
    FEWEST_FOR_A_PERCENTAGE,
    LOW,
    NOT_AVAILABLE,
    PROVISIONAL,
    AFigure,
    PublishedFigure,
    controlled,
    exact,
)
from outcomes.disclosure.suppression import protect, suppressed_cells, suppressed_cells_in
from outcomes.disclosure.tables import (
    FEWEST,
    AtLeast,
    Cell,
    CellTable,
    Counts,
    Numbers,
    SumOfCells,
    is_small,
    round_count,
    rounded_to_at_least,
)

__all__ = [
    "CONFIDENTIAL",
    "FEWEST",
    "FEWEST_FOR_A_PERCENTAGE",
    "LOW",
    "NOT_AVAILABLE",
    "PROVISIONAL",
    "AFigure",
    "AtLeast",
    "Cell",
    "CellTable",
    "Counts",
    "DisclosureDecision",
    "Numbers",
    "PublishedFigure",
    "SumOfCells",
    "controlled",
    "decide",
    "exact",
    "groups",
    "is_small",
    "name_of",
    "protect",
    "round_count",
    "rounded_to_at_least",
    "suppressed_cells",
    "suppressed_cells_in",
    "table_of",
    "tabulate",
]
