"""One import from beginning to end: everything in one transaction, or nothing."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import IntegrityError, OperationalError, transaction

from families.people.duplicate_actions import note_possible_duplicates
from families.people.duplicates import lock_all_identities
from leap.core.accounts.models import Agency
from leap.data_import import (
    closure,
    contacts,
    involvement,
    keys,
    log,
    people,
    reference_data,
    referrals,
    sessions,
)
from leap.data_import.cells import ClockTime, on_one_line
from leap.data_import.csv_reader import CsvSource, read
from leap.data_import.formats import FORMATS
from leap.data_import.matching import refuse_repeats
from leap.data_import.staging import (
    Params,
    ask,
    asking,
    count,
    index,
    make_tables,
    run,
    stage,
    temporary,
)

Say = Callable[[str], None]


class Abandoned(Exception):
    """The import as a whole cannot be done. The message says why; nothing was written."""


@dataclass
class Tally:
    """What became of the rows of one file."""

    file: str
    read: int
    new: int = 0
    filled: int = 0
    refused: int = 0
    waiting: int = 0

    @property
    def unchanged(self) -> int:
        return self.read - self.new - self.filled - self.refused - self.waiting


@dataclass
class Outcome:
    """What an import did, or would have done."""

    tallies: list[Tally] = field(default_factory=list)
    perhaps_known: int = 0  # pairs of people for the data quality officer
    remarks: int = 0  # of rows that came in all the same

    def total(self, what: str) -> int:
        return sum(getattr(tally, what) for tally in self.tallies)

    @property
    def changed(self) -> int:
        return self.total("new") + self.total("filled")

    @property
    def left_out(self) -> int:
        return self.total("refused") + self.total("waiting")


def carry_out(
    sources: list[CsvSource], *, agency: str, dry_run: bool, report: Say, progress: Say
) -> Outcome:
    """Import surveyed files for `agency`, or only say what would happen.

    Each problem goes to `report` as file:line: column: reason, in the order of files and lines;
    then the families that wait. Raises Abandoned when the whole cannot be done.
    """
    try:
        with transaction.atomic():
            outcome = _import(sources, agency, report, progress)
            if dry_run:
                transaction.set_rollback(True)
    except IntegrityError as error:
        raise Abandoned("Somebody changed the same records just now. Try again.") from error
    except OperationalError as error:
        raise Abandoned(f"The database stopped: {str(error).splitlines()[0]}.") from error
    return outcome


def _import(sources: list[CsvSource], agency: str, report: Say, progress: Say) -> Outcome:
    with _alone():
        clock = ClockTime.read()
        params: Params = {"now": clock.now, "source": agency}
        make_tables()
        for source in sources:
            stage(source, read(source, clock), _counting(source, progress))
        progress("Checking …")
        for file_format in FORMATS:
            if file_format.key:
                refuse_repeats(file_format)
        new = reference_data.load()
        _check_agency(agency)
        new["sessions"] = sessions.load_sessions(agency, params)
        _check(agency)
        progress("Writing …")
        new |= {
            **people.load(params),
            **contacts.load(params),
            **referrals.load(params),
            **sessions.load_attendance(params),
            "spells": involvement.involve(params),
        }
        outcome = Outcome(
            _tallies(sources, new), remarks=count("SELECT DISTINCT file, line FROM remark")
        )
        _report(report)
        if outcome.changed:
            progress("Looking for people on record already …")
            outcome.perhaps_known = _look_for_known()
            progress("Logging …")
            log.record_families(params)
            log.record_import(agency, {t.file: t.new + t.filled for t in outcome.tallies})
        return outcome


def _look_for_known() -> int:
    """How many of the people who are new, or of whom something new is known, may be on record with
    another team. A file says nothing to anybody who could answer, so both stay, and the data
    quality officer decides. Until this is committed nobody registers one of them."""
    lock_all_identities()
    touched = {
        key
        for (key,) in ask(
            "SELECT id FROM person_key WHERE is_new"
            " UNION SELECT id FROM filled WHERE name = 'people'"
        )
    }
    return note_possible_duplicates(touched)


@contextmanager
def _alone() -> Iterator[None]:
    """One import at a time; and big sorts in memory, on the server alone, for its duration."""
    ((free,),) = ask("SELECT pg_try_advisory_xact_lock(hashtext('import_records'))")
    if not free:
        raise Abandoned("Another import is running. Try again when it has ended.")
    run("SET LOCAL work_mem = '64MB'")
    run("SET LOCAL jit = off")
    yield


def _counting(source: CsvSource, progress: Say) -> Callable[[int], None]:
    def count(done: int) -> None:
        progress(f"{source.format.file}: {done:,} of {source.length:,} rows read")

    return count


def _check_agency(agency: str) -> None:
    if agency and not Agency.objects.filter(code=agency).exists():
        known = ", ".join(Agency.objects.order_by("code").values_list("code", flat=True))
        raise Abandoned(
            f"“{agency}” is not an agency that LEAP knows, and no good row of teams.csv brings it. "
            f"LEAP knows: {known or 'none yet'}."
        )


def _check(agency: str) -> None:
    """Find what every reference stands for, refuse what cannot be, and let its family wait."""
    contacts.name_people()
    for key in (keys.FAMILY, keys.PERSON, keys.CONTACT, keys.REFERRAL):
        keys.resolve(key, agency)
    people.lay_out()
    contacts.lay_out()
    referrals.lay_out()
    sessions.lay_out()
    people.check()
    contacts.check()
    people.check_leads()
    referrals.check()
    sessions.check()
    index("problem", "file, line")
    closure.find_waiting()


def _tallies(sources: list[CsvSource], new: dict[str, int]) -> list[Tally]:
    refused = dict(ask("SELECT file, count(DISTINCT line) FROM problem GROUP BY file"))
    filled = dict(ask("SELECT name, count(DISTINCT id) FROM filled GROUP BY name"))
    filled["people"] = people.count_filled()
    waiting = closure.count_waiting()
    return [
        Tally(
            file=source.format.file,
            read=source.length,
            new=new[source.format.name],
            filled=filled.get(source.format.name, 0),
            refused=refused.get(source.format.file, 0),
            waiting=waiting.get(source.format.name, 0),
        )
        for source in sources
    ]


def _report(report: Say) -> None:
    """Say every problem and remark, then every family that waits, without ever holding them all."""
    temporary("file_order", "(file text, place integer)")
    for place, file_format in enumerate(FORMATS):
        run(f"INSERT INTO file_order VALUES ('{file_format.file}', {place})")
    with asking(PROBLEMS) as batches:
        for batch in batches:
            for _, line, file, place, reason in batch:
                report(on_one_line(f"{file}:{line}: {place}: {reason}"))
    with asking(WAITING) as batches:
        for batch in batches:
            for ref, because in batch:
                report(on_one_line(f"Family {ref} waits: {because}"))


PROBLEMS = """
    SELECT DISTINCT o.place, p.line, p.file, p.place, p.reason
      FROM (SELECT * FROM problem UNION ALL SELECT * FROM remark) AS p
      JOIN file_order o USING (file) ORDER BY 1, 2, 4, 5"""
WAITING = """
    SELECT k.ref, w.because FROM waiting w JOIN family_key k ON k.id = w.family_id ORDER BY k.ref"""
