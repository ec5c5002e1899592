"""What services did, strand by strand: contacts and attendances. `reach` counts the people."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from leap.core.reference_data.models import Strand
from leap.core.ui.formatting import short_day
from outcomes import disclosure
from outcomes.calculation import counting
from outcomes.disclosure import Cell, Numbers, SumOfCells, prior_reports
from outcomes.indicators.populations import IS_AN_ATTENDANCE, OCCASION
from outcomes.periods import Period, parse
from outcomes.reports.schema import Delivered, Number, StrandRow, Term

ALL, NONE = "all", "none"
CONTACTS, ATTENDANCES = "contacts", "attendances"
STRANDS = {**dict(Strand.choices), NONE: "No service named", ALL: "All"}

WARNING = (
    "Families who use a service differ from families who do not: some are referred because things"
    " are hard, others come because things go well. Numbers of services beside outcomes do not show"
    " what the services achieved, and must not be used to rank them."
)
TERMS = (
    Term(term="Services", meaning="Different services with an attended contact or a session."),
    Term(term="Sessions", meaning="Sessions held, at any site. Cancelled ones are left out."),
    Term(
        term="Contacts",
        meaning="Attended contacts, with families living anywhere. Those logged from a session, or"
        " of the same person, service, site and day as an attendance, are among the attendances.",
    ),
    Term(
        term="Attendances",
        meaning="People attending or walking into a session, once for each session they came to.",
    ),
)

ACTIVITY = f"""
WITH contact AS (
    SELECT contact.service_id, count(DISTINCT {OCCASION}) AS contacts
      FROM families_contact AS contact
     WHERE contact.outcome = 'attended' AND contact.occurred_on BETWEEN %(first)s AND %(last)s
       AND NOT EXISTS (SELECT FROM families_contactperson AS named
                        WHERE named.contact_id = contact.id AND {IS_AN_ATTENDANCE})
     GROUP BY contact.service_id
), session AS (
    SELECT session.service_id, count(DISTINCT session.id) AS sessions,
           count(came.id) AS attendances
      FROM leap_sites_session AS session
      LEFT JOIN leap_sites_attendance AS came
        ON came.session_id = session.id AND came.status IN ('attended', 'walked_in')
     WHERE session.cancelled_at IS NULL
       AND (lower(session.during) AT TIME ZONE 'Europe/London')::date
           BETWEEN %(first)s AND %(last)s
     GROUP BY session.service_id
)
SELECT coalesce(service.strand, 'none'), coalesce(service.name, ''),
       coalesce(contact.contacts, 0), coalesce(session.sessions, 0),
       coalesce(session.attendances, 0)
  FROM contact
  FULL JOIN session ON session.service_id = contact.service_id
  LEFT JOIN reference_data_service AS service
    ON service.id = coalesce(contact.service_id, session.service_id)
 ORDER BY service.name, service.code"""


@dataclass
class Activity:
    """The exact numbers of a strand."""

    names: list[str] = field(default_factory=list)
    contacts: int = 0
    sessions: int = 0
    attendances: int = 0

    def add(self, name: str, contacts: int, sessions: int, attendances: int) -> None:
        self.names += [name] if name else []
        self.contacts += contacts
        self.sessions += sessions
        self.attendances += attendances


def count(period: Period, as_at: date) -> dict[str, Activity]:
    """The exact numbers of every strand, and of all."""
    rows = counting.fetch(ACTIVITY, {"first": period.starts_on, "last": period.ends_by(as_at)})
    counted = {strand: Activity() for strand in STRANDS}
    for strand, *activity in rows:
        counted[strand].add(*activity)
        counted[ALL].add(*activity)
    return counted


def gather(period: Period, as_at: date, counted_on: date) -> Delivered:
    """Services by strand as they may leave the partnership."""
    counted = count(period, as_at)
    hidden = _hidden(period, as_at, counted)
    return Delivered(
        counted_on=short_day(counted_on),
        up_to=short_day(period.ends_by(as_at)),
        terms=list(TERMS),
        warning=WARNING,
        rows=[
            StrandRow(
                strand=strand,
                title=str(title),
                services=len(counted[strand].names),
                names=[] if strand == ALL else counted[strand].names,
                sessions=counted[strand].sessions,
                contacts=_number((CONTACTS, strand, period.code), counted[strand].contacts, hidden),
                attendances=_number(
                    (ATTENDANCES, strand, period.code), counted[strand].attendances, hidden
                ),
            )
            for strand, title in STRANDS.items()
        ],
    )


def _number(cell: Cell, number: int, hidden: set[Cell]) -> Number:
    """A count rounded, or hidden where it is small or would give a small one away."""
    if cell in hidden:
        return Number(count=None, note=disclosure.CONFIDENTIAL)
    return Number(count=disclosure.round_count(number), note="")


def _hidden(period: Period, as_at: date, counted: dict[str, Activity]) -> set[Cell]:
    """What to hide of these contacts and attendances: by what, strand and period.

    Strands add up to all of them, and months to quarters and years. Earlier reports of the same
    year have told theirs, so nothing of those can be hidden any more.
    """
    rows = prior_reports.activity_reported(period)
    counted_periods = {code: count(parse(code), as_at) for code, *_ in rows} | {
        period.code: counted
    }
    counts: dict[Cell, Numbers] = {
        (what, strand, code): (getattr(activity, what),)
        for code, strands in counted_periods.items()
        for strand, activity in strands.items()
        for what in (CONTACTS, ATTENDANCES)
    }
    published_cells = {
        (what, strand, code)
        for code, strand, *numbers in rows
        for what, number in zip((CONTACTS, ATTENDANCES), numbers, strict=True)
        if number is not None and number == disclosure.round_count(counts[what, strand, code][0])
    }
    lines = list(_lines(counts, as_at))
    return disclosure.protect(disclosure.CellTable(counts, lines, published_cells=published_cells))


def _lines(counts: Iterable[Cell], as_at: date) -> Iterator[SumOfCells]:
    """Every sum that a reader of these reports could do."""
    known = set(counts)
    for what, strand, code in known:
        if strand == ALL:
            yield SumOfCells(
                (what, ALL, code), tuple((what, other, code) for other in STRANDS if other != ALL)
            )
        parts = [part for part in parse(code).parts if part.starts_on <= as_at]
        pieces = tuple((what, strand, part.code) for part in parts)
        if pieces and known.issuperset(pieces):
            yield SumOfCells((what, strand, code), pieces)
