"""What each file holds: its columns, which must be filled in, and what must agree within a row."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import chain, combinations, product
from typing import Any

from django.core.exceptions import ValidationError

from families.models import Contact, Member, Person
from families.models.person_fields import PERSON_FIELDS, Kind, PersonField
from families.name_normalisation import search_text
from families.observations.codes import CODES
from families.people import age_rules
from leap.core.accounts.permissions import Discipline
from leap.core.reference_data.models import ServiceKind, Strand
from leap.data_import import cells
from leap.data_import.cells import (
    REFERENCE,
    ClockTime,
    Read,
    RefusedCell,
    nearest_word_hint,
    shown,
    text,
)
from sites.models import Attendance


@dataclass(frozen=True)
class FileColumn:
    """One column: how a cell of it is read, and how PostgreSQL keeps it."""

    name: str
    read: Read
    sql: str = "text"
    required: bool = False


WHOSE = ("family_ref", "person_ref", "contact_ref", "session_ref")  # what says whose a row is


@dataclass
class FileRow:
    """One row being read: what its cells say, what they come to, and what is wrong with them."""

    line: int
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def refuse(self, column: str, reason: str) -> None:
        self.problems.append((column, reason))

    def misshapen(self, reason: str) -> None:
        """Refuse the row as a whole. Only what says whose it is can be relied on."""
        self.problems = [("row", reason)]
        self.values = {
            column: value if column in WHOSE else None for column, value in self.values.items()
        }

    def blank(self, column: str) -> bool:
        """Whether nothing was given: not the same as something that cannot be read."""
        return not self.texts.get(column)


@dataclass(frozen=True)
class FileFormat:
    """One kind of file. `key` may come once in it; `derived` is staged beside its columns."""

    name: str
    columns: tuple[FileColumn, ...]
    key: tuple[str, ...] = ()
    derived: tuple[tuple[str, str], ...] = ()
    finish: Callable[[FileRow], None] = lambda row: None

    @property
    def file(self) -> str:
        return f"{self.name}.csv"

    @property
    def table(self) -> str:
        return f"in_{self.name}"

    @property
    def staged(self) -> list[tuple[str, str]]:
        """The columns of the staging table with their types, without the line."""
        return [(column.name, column.sql) for column in self.columns] + list(self.derived)

    def read(self, line: int, texts: dict[str, str], clock: ClockTime) -> FileRow:
        """One row, read. Whatever is wrong with it is in its `problems`."""
        row = FileRow(line, texts)
        for column in self.columns:
            _read_cell(row, column, clock)
        self.finish(row)
        return row


def _read_cell(row: FileRow, column: FileColumn, clock: ClockTime) -> None:
    cell = row.texts.get(column.name, "")
    row.values[column.name] = None
    if not cell:
        if column.required:
            row.refuse(column.name, "this is blank, and must be given.")
        return
    if "\0" in cell:
        row.refuse(column.name, "this holds a NUL character, which no text has.")
        return
    try:
        row.values[column.name] = column.read(cell, clock)
    except RefusedCell as refused:
        row.refuse(column.name, str(refused))


def must(name: str, read: Read, sql: str = "text") -> FileColumn:
    return FileColumn(name, read, sql, required=True)


def may(name: str, read: Read, sql: str = "text") -> FileColumn:
    return FileColumn(name, read, sql)


def _reader(declared: PersonField) -> Read:
    if declared.kind == Kind.YES_NO:
        return cells.yes_or_no
    if declared.kind == Kind.CHOICE:
        return cells.word(*declared.choices)
    return text(declared.max_length)


def _finish_person(row: FileRow) -> None:
    values = row.values
    role = values["role"]
    if role == Member.Role.CHILD:
        _one_date(row, "birth_date", "due_date", "a child has")
    elif role == Member.Role.UNBORN:
        _one_date(row, "due_date", "birth_date", "an unborn baby has")
    elif role and not row.blank("due_date"):
        row.refuse("due_date", "give it on the baby's own row, with the role unborn.")
    _check_ages(row)
    if not row.blank("moved_in_on") and row.blank("postcode"):
        row.refuse("postcode", "this is blank, but moved_in_on is given. Give both, or neither.")
    if values["sex"] == Person.Sex.UNKNOWN:
        values["sex"] = None  # unknown is blank: it can be filled in later
    values["search_name"] = search_text(values["given_name"] or "", values["family_name"] or "")


def _check_ages(row: FileRow) -> None:
    """The same as in forms; but a due date may be long past, of a birth that nobody recorded."""
    role, born, due = (row.values[name] for name in ("role", "birth_date", "due_date"))
    if role and born:
        problem = age_rules.why_not_that_day(role, born, died_on=row.values["died_on"])
        if problem and role != Member.Role.UNBORN:
            row.refuse("birth_date", problem)
    if due and age_rules.is_too_far(due):
        row.refuse("due_date", f"{due} is more than 42 weeks ahead. Check the date.")


def _one_date(row: FileRow, wanted: str, other: str, who: str) -> None:
    if row.blank(wanted):
        row.refuse(wanted, f"this is blank: {who} a {wanted} (and no {other}).")
    elif not row.blank(other):
        row.refuse(other, f"{who} a {wanted} and no {other}. Leave one blank.")


def _finish_contact(row: FileRow) -> None:
    if row.blank("person_refs") and row.blank("present"):
        row.refuse("person_refs", "say whom the contact concerned, or who was present.")


def _code(cell: str, clock: ClockTime) -> str:
    if cell not in CODES:
        raise RefusedCell(
            f"{shown(cell)} is not an observation code.{nearest_word_hint(cell, CODES)}"
        )
    return cell


def _finish_observation(row: FileRow) -> None:
    values = row.values
    values["number"] = None
    if not values["code"] or not values["value"]:
        return
    try:
        values["value"], values["number"] = CODES[values["code"]].read(values["value"])
    except ValidationError as error:
        row.refuse("value", error.messages[0])


# Each step, and the times that belong to it: none may be before a time of an earlier step.
REFERRAL_STEPS = (
    ("sent_at",),
    ("acknowledged_at", "accepted_at", "declined_at"),
    ("first_contact_at",),
    ("closed_at",),
)
REFERRAL_TIMES = tuple(chain(*REFERRAL_STEPS))
REFERRAL_ORDER = tuple(
    (earlier, later)
    for before, after in combinations(REFERRAL_STEPS, 2)
    for earlier, later in product(before, after)
)


def _finish_referral(row: FileRow) -> None:
    if row.values["from_team"] and row.values["from_team"] == row.values["to_team"]:
        row.refuse("to_team", "a referral goes to another team than the one that sends it.")
    if not row.blank("accepted_at") and not row.blank("declined_at"):
        row.refuse("declined_at", "a referral is accepted or declined, not both.")
    times = [column for column in REFERRAL_TIMES if not row.blank(column)]
    if times and row.blank("sent_at"):
        row.refuse("sent_at", f"this is blank, but {times[0]} is given.")
    for earlier, later in REFERRAL_ORDER:
        if earlier in times and later in times:
            _in_order(row, earlier, later)


def _in_order(row: FileRow, earlier: str, later: str) -> None:
    before, after = row.values[earlier], row.values[later]
    if before is None or after is None or after >= before:
        return
    bare = cells.is_bare_day(row.texts[earlier]) or cells.is_bare_day(row.texts[later])
    if bare and after.astimezone(cells.LONDON).date() == before.astimezone(cells.LONDON).date():
        return  # a day alone does not say which came first
    row.refuse(later, f"{row.texts[later]} is before {earlier}, {row.texts[earlier]}.")


def _finish_session(row: FileRow) -> None:
    starts, ends = row.values["starts_at"], row.values["ends_at"]
    if starts and ends and ends <= starts:
        row.refuse("ends_at", f"{row.texts['ends_at']} is not after starts_at.")


FORMATS = (
    FileFormat(
        "postcodes",
        (
            must("postcode", cells.postcode),
            may("ward_2011", cells.area),
            may("ward_2022", cells.area),
            may("lsoa_2011", cells.area),
            may("imd_decile", cells.number(1, 10), "integer"),
        ),
        key=("postcode",),
    ),
    FileFormat(
        "teams",
        (
            must("team", cells.code),
            must("name", text(200)),
            must("agency", cells.code),
            may("agency_name", text(200)),
            must("discipline", cells.word(*Discipline.values)),
            may("wards", cells.wards),
        ),
        key=("team",),
    ),
    FileFormat(
        "sites",
        (
            must("site", cells.code),
            must("name", text(200)),
            may("postcode", cells.postcode),
        ),
        key=("site",),
    ),
    FileFormat(
        "services",
        (
            must("service", cells.code),
            must("name", text(200)),
            must("strand", cells.word(*Strand.values)),
            must("kind", cells.word(*ServiceKind.values)),
        ),
        key=("service",),
    ),
    FileFormat(
        "people",
        (
            must("person_ref", REFERENCE),
            must("family_ref", REFERENCE),
            must("role", cells.word(*Member.Role.values)),
            may("given_name", text(100)),
            may("family_name", text(100)),
            may("birth_date", cells.past_day, "date"),
            may("due_date", cells.any_day, "date"),
            may("died_on", cells.past_day, "date"),
            may("sex", cells.word(*Person.Sex.values)),
            may("nhs_number", cells.nhs),
            *(may(name, _reader(declared)) for name, declared in PERSON_FIELDS.items()),
            may("postcode", cells.postcode),
            may("moved_in_on", cells.past_day, "date"),
        ),
        derived=(("search_name", "text"),),
        finish=_finish_person,
    ),
    FileFormat(
        "families",
        (
            must("family_ref", REFERENCE),
            may("name", text(200)),
            may("lead_team", REFERENCE),
        ),
        key=("family_ref",),
    ),
    FileFormat(
        "contacts",
        (
            must("contact_ref", REFERENCE),
            must("family_ref", REFERENCE),
            may("person_refs", cells.references),
            must("team", REFERENCE),
            must("kind", cells.word(*Contact.Kind.values)),
            must("occurred_at", cells.past_moment, "timestamptz"),
            must("outcome", cells.word(*Contact.Outcome.values)),
            may("service", REFERENCE),
            may("site", REFERENCE),
            may("minutes", cells.number(0, 1440), "integer"),
            may("review", cells.word(*filter(None, Contact.Review.values))),
            may("present", cells.references),
            may("note", text()),
        ),
        key=("contact_ref",),
        finish=_finish_contact,
    ),
    FileFormat(
        "observations",
        (
            must("person_ref", REFERENCE),
            must("code", _code),
            must("recorded_on", cells.past_day, "date"),
            must("value", text(60)),
            may("contact_ref", REFERENCE),
        ),
        derived=(("number", "numeric"),),
        finish=_finish_observation,
    ),
    FileFormat(
        "referrals",
        (
            must("referral_ref", REFERENCE),
            must("family_ref", REFERENCE),
            must("pathway", cells.pathway),
            must("from_team", REFERENCE),
            must("to_team", REFERENCE),
            *(may(time, cells.past_moment, "timestamptz") for time in REFERRAL_TIMES),
            may("outcome", text(300)),
        ),
        key=("referral_ref",),
        finish=_finish_referral,
    ),
    FileFormat(
        "sessions",
        (
            must("session_ref", REFERENCE),
            must("site", REFERENCE),
            may("room", text(100)),
            must("service", REFERENCE),
            must("starts_at", cells.any_moment, "timestamptz"),
            must("ends_at", cells.any_moment, "timestamptz"),
            must("capacity", cells.number(0, 100_000), "integer"),
        ),
        key=("session_ref",),
        finish=_finish_session,
    ),
    FileFormat(
        "attendance",
        (
            must("session_ref", REFERENCE),
            must("person_ref", REFERENCE),
            must("status", cells.word(*Attendance.Status.values)),
        ),
        key=("session_ref", "person_ref"),
    ),
)
BY_FILE = {file_format.file: file_format for file_format in FORMATS}
