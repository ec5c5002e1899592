"""Holding the rows of a file against one another and against what LEAP has.

The rule everywhere: what is known and the same, or blank in the file, changes nothing; what is
blank in LEAP is filled in; what is different is refused, with both values named.
"""

from dataclasses import dataclass

from leap.data_import.formats import FileFormat
from leap.data_import.staging import Params, run

LONDON_TIME = """to_char({} AT TIME ZONE 'Europe/London', 'YYYY-MM-DD"T"HH24:MI:SS')"""


def refuse(select: str, params: Params | None = None) -> int:
    """Note a problem for each row of a query of file, line, place and reason."""
    return run(f"INSERT INTO problem (file, line, place, reason) {select}", params)


def remark(select: str) -> int:
    """Note something to say of each row of such a query, which comes in all the same."""
    return run(f"INSERT INTO remark (file, line, place, reason) {select}")


def good(file_format: FileFormat, alias: str = "d") -> str:
    """SQL: that nothing has been found wrong with a staged row."""
    file = file_format.file
    return f"NOT EXISTS (SELECT FROM problem p WHERE p.file = '{file}' AND p.line = {alias}.line)"


def refuse_repeats(file_format: FileFormat) -> None:
    """What comes once comes once. Rows that say the same twice count as one; others are refused."""
    key = ", ".join(file_format.key)
    whole = ", ".join(f"x.{name}" for name, _ in file_format.staged)
    called = f"concat_ws(' with ', {', '.join(f'x.{name}' for name in file_format.key)})"
    twice = f"""
        SELECT {key}, min(line) AS first, max(line) AS last FROM {file_format.table}
         WHERE ({key}) IS NOT NULL GROUP BY {key} HAVING count(*) > 1"""
    refuse(f"""
        WITH twice AS ({twice}),
        unlike AS (SELECT {key} FROM {file_format.table} x JOIN twice USING ({key})
                    GROUP BY {key} HAVING count(DISTINCT ({whole})) > 1)
        SELECT '{file_format.file}', x.line, '{file_format.key[-1]}',
               concat({called}, ' is also on line ',
                      CASE WHEN x.line = first THEN last ELSE first END, ', with other values.')
          FROM {file_format.table} x JOIN twice USING ({key}) JOIN unlike USING ({key})""")
    run(f"""
        DELETE FROM {file_format.table} d USING ({twice}) AS twice
         WHERE ({", ".join(f"d.{name}" for name in file_format.key)})
             = ({", ".join(f"twice.{name}" for name in file_format.key)})
           AND d.line > first AND {good(file_format)}""")


@dataclass(frozen=True)
class KnownRecord:
    """Where a reference is looked up. `brought_by` are the files that could bring what it names."""

    what: str
    table: str
    column: str
    brought_by: str
    file: FileFormat | None = None  # whose own rows may have been refused


def refuse_unknown(file_format: FileFormat, column: str, known: KnownRecord) -> None:
    """Refuse rows whose `column` names what is neither in LEAP nor brought by a good row."""
    otherwise = f"', nor is it in {known.brought_by}.'"
    if known.file:
        line = (
            f"SELECT min(line) FROM {known.file.table} o WHERE o.{known.file.key[0]} = d.{column}"
        )
        otherwise = f"coalesce('; {known.file.file}:' || ({line}) || ' is refused.', {otherwise})"
    refuse(f"""
        SELECT '{file_format.file}', d.line, '{column}',
               concat('“', d.{column}, '” is not a {known.what} that LEAP knows', {otherwise})
          FROM {file_format.table} d
         WHERE d.{column} IS NOT NULL
           AND NOT EXISTS (SELECT FROM {known.table} k WHERE k.{known.column} = d.{column})""")


@dataclass(frozen=True)
class RecordPair:
    """One value as the file gives it (alias `d`) and as LEAP has it (alias `t`); NULL is blank.

    `column` is what is filled in with `value`; without one the value is never blank in LEAP.
    `quote` makes the text of either for a sentence, `here_quoted` that of the file's.
    """

    place: str
    here: str
    there: str
    column: str = ""
    value: str = ""
    quote: str = "({})::text"
    here_quoted: str = ""

    @property
    def unlike(self) -> str:
        return f"{self.here} <> {self.there}"

    @property
    def fills(self) -> str:
        return f"({self.there} IS NULL AND {self.here} IS NOT NULL)"

    @property
    def filled(self) -> str:
        """The assignment that fills in what is blank."""
        value = self.value or self.here
        return f"{self.column} = CASE WHEN {self.fills} THEN {value} ELSE t.{self.column} END"

    @property
    def quoted(self) -> str:
        """A row of (place, unlike, here, there)."""
        here = self.here_quoted or self.quote.format(self.here)
        return f"('{self.place}', {self.unlike}, {here}, {self.quote.format(self.there)})"


def words(name: str) -> RecordPair:
    """A pair of texts; LEAP's blank is the empty string."""
    return RecordPair(name, f"d.{name}", f"nullif(t.{name}, '')", name)


def plain(name: str) -> RecordPair:
    """A pair of values that LEAP keeps as NULL when blank."""
    return RecordPair(name, f"d.{name}", f"t.{name}", name)


def yes_or_no(name: str) -> RecordPair:
    """A pair of answers: words in the file, true and false in LEAP."""
    there = f"CASE WHEN t.{name} THEN 'yes' WHEN NOT t.{name} THEN 'no' END"
    return RecordPair(name, f"d.{name}", there, name, value=f"(d.{name} = 'yes')")


def moment(name: str) -> RecordPair:
    return RecordPair(name, f"d.{name}", f"t.{name}", name, quote=LONDON_TIME)


def linked(name: str, column: str, table: str, code: str = "code") -> RecordPair:
    """A pair of keys to another table, quoted by the code that files know its rows by."""
    quote = f"(SELECT {code} FROM {table} WHERE id = {{}})"
    return RecordPair(
        name, f"d.{column}", f"t.{column}", column, quote=quote, here_quoted=f"d.{name}"
    )


@dataclass(frozen=True)
class Entity:
    """Rows of a file beside rows of LEAP.

    `here` is a view of the staged rows with `id`, the key of LEAP's row in `table` (NULL, or not
    yet there, when it is new). `called` is SQL for what a sentence calls it.
    """

    format: FileFormat
    here: str
    table: str
    called: str
    pairs: tuple[RecordPair, ...]


def refuse_different(entity: Entity) -> None:
    """Refuse rows that contradict LEAP, naming both values."""
    refuse(f"""
        SELECT '{entity.format.file}', d.line, v.place,
               concat({entity.called}, ' has “', left(v.there, 60), '” in LEAP and “',
                      left(v.here, 60), '” here. Correct the file, or the record in LEAP.')
          FROM {entity.here} d JOIN {entity.table} t ON t.id = d.id
         CROSS JOIN LATERAL (VALUES {", ".join(pair.quoted for pair in entity.pairs)})
               AS v (place, unlike, here, there)
         WHERE ({" OR ".join(pair.unlike for pair in entity.pairs)}) AND v.unlike""")


def fill(entity: Entity, where: str, *more: str, here: str = "") -> int:
    """Fill in what LEAP has blank, noting in `filled` which rows that touched; how many.

    `more` are assignments that follow from it.
    """
    pairs = [pair for pair in entity.pairs if pair.column]
    return run(f"""
        WITH done AS (
            UPDATE {entity.table} AS t SET {", ".join([*(pair.filled for pair in pairs), *more])}
              FROM {here or entity.here} d
             WHERE t.id = d.id AND ({where}) AND ({" OR ".join(pair.fills for pair in pairs)})
            RETURNING t.id)
        INSERT INTO filled (name, id) SELECT '{entity.format.name}', id FROM done""")
