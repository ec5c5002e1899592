"""What is being made: every row of the demonstration, before any of it is saved."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import Model

from families.access.involvement_actions import view_permission
from families.models import BreakGlass, Family, FamilyGroupObjectPermission, Involvement
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Postcode, Service, Site
from leap.ops.demo.seeded_random import Chance, chance_for
from leap.ops.demo.working_hours import at
from referrals.models import Pathway

M = TypeVar("M", bound=Model)
DAY = timedelta(days=1)
YEAR = timedelta(days=365)

if TYPE_CHECKING:
    from leap.ops.demo.programme import Series


@dataclass
class World:
    """An invented Lambeth on one day: its directory, its people, and the rows they come to."""

    seed: int
    as_at: date  # nothing has happened on or after this day, except what is booked
    children: int
    rows: dict[type[Model], list[Any]] = field(default_factory=lambda: defaultdict(list))
    postcodes: dict[str, list[Postcode]] = field(default_factory=dict)  # by 2011 ward
    sites: dict[str, list[Site]] = field(default_factory=dict)  # by 2011 ward
    services: dict[str, Service] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, list[User]] = field(default_factory=dict)  # by team
    pathways: dict[str, Pathway] = field(default_factory=dict)
    series: list["Series"] = field(default_factory=list)
    registers: dict[str, dict[str, str]] = field(default_factory=dict)  # marks, by session
    events: list[tuple[datetime, str, dict[str, Any]]] = field(default_factory=list)
    # Openings in an emergency, each with the spell that it points to.
    emergencies: list[tuple[Involvement, BreakGlass]] = field(default_factory=list)
    # What needs the keys of rows that are saved.
    once_saved: list[Callable[[], None]] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.view_permission = view_permission()
        self.refs = self.chance("references")
        self.until = at(self.as_at, 0, 0)
        # The shared record began two years ago; what is older was brought across.
        self.began_on = self.as_at - 2 * YEAR

    def chance(self, *what: object) -> Chance:
        """A stream of chance for one purpose."""
        return chance_for(self.seed, *what)

    def add(self, row: M) -> M:
        """Keep a row to be saved; rows are saved in the order they were added."""
        self.rows[type(row)].append(row)
        return row

    def leaf(self, model: type[Model], **values: Any) -> None:
        """Keep a row that nothing points to, as bare values: most rows are such, and this is quick.

        Fields that are not given take their defaults.
        """
        self.rows[model].append(values)

    def ref(self, prefix: str, length: int) -> str:
        """A reference nobody has yet."""
        return self._free(lambda: f"{prefix}-{self.refs.letters(length)}")

    def nhs_number(self) -> str:
        """A number nobody has yet, from the range kept for tests, with its check digit."""
        return self._free(self._nhs_number)

    def _nhs_number(self) -> str:
        while True:
            digits = f"999{self.refs.randrange(1_000_000):06}"
            check = -sum(
                int(d) * weight for d, weight in zip(digits, range(10, 1, -1), strict=True)
            )
            if check % 11 != 10:
                return f"{digits}{check % 11}"

    def _free(self, draw: Callable[[], str]) -> str:
        while (drawn := draw()) in self._taken:
            pass
        self._taken.add(drawn)
        return drawn

    def grant(self, family: Family, team: Team) -> None:
        """guardian's word for a spell that is running."""
        self.leaf(
            FamilyGroupObjectPermission,
            content_object=family,
            group=team.group,
            permission=self.view_permission,
        )

    def morning_after(self, day: date) -> datetime:
        """When something of `day` that came in a file was taken in."""
        return min(at(day + DAY, 6, 30), self.until)

    def note(self, when: datetime, kind: str, **event: Any) -> dict[str, Any]:
        """Keep an event for the log, which is written in the order things happened."""
        self.events.append((when, kind, event))
        return event
