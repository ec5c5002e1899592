"""Going through a file: what cannot be read at all, and the rows of what can.

Files are read line by line and never held, so that their size does not matter.
"""

import codecs
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TextIO

from leap.core import parse
from leap.data_import.cells import ClockTime, comma_separated, nearest_word_hint, shown
from leap.data_import.formats import BY_FILE, FORMATS, FileFormat, FileRow

SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
# What a file begins with that is no CSV at all, whatever its name says.
KINDS = (
    (
        b"PK\x03\x04",
        "an Excel workbook (.xlsx), or another zipped file, under the name of a CSV file",
    ),
    (b"\xd0\xcf\x11\xe0", "an older Excel workbook (.xls) under the name of a CSV file"),
    (b"%PDF", "a PDF under the name of a CSV file"),
    (b"\x1f\x8b", "a compressed file (gzip) under the name of a CSV file"),
    (b"{\\rtf", "a Word document (.rtf) under the name of a CSV file"),
    (b"\xff\xfe", "“Unicode text” (UTF-16)"),
    (b"\xfe\xff", "“Unicode text” (UTF-16)"),
)
LONGEST = 1_000_000  # characters in one row: more is a quotation mark that was never closed
csv.field_size_limit(LONGEST)


class UnreadableFile(Exception):
    """A file that cannot be read as a whole. The message names the file and the line."""


@dataclass(frozen=True)
class CsvSource:
    """One file of the directory, found readable, with how many rows it has."""

    format: FileFormat
    path: Path
    length: int


class Lines:
    """The lines of a file for csv.reader, which keeps those of the row it is in."""

    def __init__(self, file: TextIO) -> None:
        self.file = file
        self.row: list[str] = []
        self.length = 0

    def start_row(self) -> None:
        self.row.clear()
        self.length = 0

    def __iter__(self) -> "Lines":
        return self

    def __next__(self) -> str:
        line = self.file.readline(LONGEST + 1)
        self.length += len(line)
        if self.length > LONGEST:
            raise UnreadableFile(
                "this row is longer than a megabyte. Is a quotation mark never closed?"
            )
        if not line:
            raise StopIteration
        self.row.append(line)
        return line


def rows(path: Path) -> Iterator[tuple[int, list[str], str]]:
    """Every row that is not blank: its first line, its cells, and what is wrong with its quoting.

    Raises Unreadable where nothing sensible can follow.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        lines = Lines(file)
        reader = csv.reader(lines, strict=True)
        while True:
            first = reader.line_num + 1
            lines.start_row()
            try:
                cells = next(reader, None)
            except csv.Error as error:
                # The cells of a badly quoted row as well as they can be told: enough to know its
                # family.
                if "unexpected end" in str(error):
                    raise UnreadableFile(
                        f"{path.name}:{first}: a quotation mark in this row is never closed."
                    ) from None
                yield first, next(csv.reader(lines.row), []), str(error)
                continue
            except UnicodeDecodeError:
                raise UnreadableFile(_not_utf8(path)) from None
            except UnreadableFile as error:
                raise UnreadableFile(f"{path.name}:{first}: {error}") from None
            if cells is None:
                return
            if any(map(str.strip, cells)):
                yield first, cells, ""


def _not_utf8(path: Path) -> str:
    """Which line holds the first byte that is not UTF-8, in a sentence."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, byte = 1, b""
    with path.open("rb") as file:
        while chunk := file.read(1 << 16):
            try:
                line += decoder.decode(chunk).count("\n")
            except UnicodeDecodeError as error:
                line += error.object[: error.start].count(b"\n")
                byte = error.object[error.start : error.start + 1]
                break
    what = f" (byte {byte.hex().upper()}; {byte.decode('cp1252', 'replace')} in Windows-1252?)"
    return (
        f"{path.name}:{line}: this is not UTF-8{what if byte else ''}. "
        "Save the file as “CSV UTF-8” and import it again."
    )


def survey(directory: Path) -> tuple[list[CsvSource], list[str]]:
    """The files to import, in the order they build on one another, and what bars them.

    Every file is read to its end here, so that nothing is begun that cannot be finished.
    """
    if not directory.is_dir():
        return [], [f"{directory} is not a directory."]
    names = {path.name for path in directory.iterdir() if not path.name.startswith(".")}
    bars = [
        _stranger(name)
        for name in sorted(names)
        if name.lower().endswith(".csv") and name not in BY_FILE
    ]
    formats = [file_format for file_format in FORMATS if file_format.file in names]
    if not formats and not bars:
        bars.append(f"{directory} holds none of {comma_separated(BY_FILE)}.")
    sources = []
    for file_format in formats:
        path = directory / file_format.file
        try:
            sources.append(CsvSource(file_format, path, _survey_file(file_format, path)))
        except UnreadableFile as error:
            bars += str(error).splitlines()
        except OSError as error:
            bars.append(f"{file_format.file}: this cannot be opened: {error.strerror}.")
    return sources, bars


def _stranger(name: str) -> str:
    close = get_close_matches(name.lower(), BY_FILE, n=1)
    hint = f"Is {close[0]} meant?" if close else f"The files are {comma_separated(BY_FILE)}."
    return f"{name}: this is not a file of the exchange formats. {hint} Rename it or take it out."


def _survey_file(file_format: FileFormat, path: Path) -> int:
    """How many rows follow the header. Raises Unreadable with everything that bars the file."""
    if kind := _other_kind(path):
        raise UnreadableFile(
            f"{path.name}:1: this is {kind}. Open it, save it as “CSV UTF-8” and import it again."
        )
    reading = rows(path)
    line, header, _ = next(reading, (1, [], ""))
    if not header:
        raise UnreadableFile(f"{path.name}:1: this file is empty: it has no header row.")
    bars = [f"{path.name}:{line}: {reason}" for reason in _header_bars(file_format, header)]
    try:
        length = sum(1 for _ in reading)
    except UnreadableFile as error:
        bars.append(str(error))
    if bars:
        raise UnreadableFile("\n".join(bars))
    return length


def _other_kind(path: Path) -> str:
    """What the file is, where its first bytes say that it is no CSV in UTF-8."""
    with path.open("rb") as file:
        start = file.read(400)
    named = next((kind for mark, kind in KINDS if start.startswith(mark)), "")
    if not named and (start[1:40:2].count(0) > 10 or start[0:40:2].count(0) > 10):
        return "“Unicode text” (UTF-16)"
    if not named and re.match(rb"\s*<(!doctype|html|table|\?xml)", start, re.IGNORECASE):
        return "a web page or XML under the name of a CSV file"
    return named


def _header_bars(file_format: FileFormat, header: list[str]) -> Iterator[str]:
    names = _names(header)
    known = [column.name for column in file_format.columns]
    if hint := _instead_of_header(names, known):
        yield hint
        return
    for name in filter(None, dict.fromkeys(names)):
        if name not in known:
            hint = nearest_word_hint(name, known)
            yield f"{shown(name)} is not a column of {file_format.file}.{hint}"
        elif names.count(name) > 1:
            yield f"{name}: this column is there {names.count(name)} times."
    for column in file_format.columns:
        if column.required and column.name not in names:
            yield f"{column.name}: this column is missing, and every row needs it."


def _names(header: list[str]) -> list[str]:
    return [parse.clean_text(name).strip() for name in header]


def _instead_of_header(names: list[str], known: list[str]) -> str:
    """What the first row is, where it is none of ours at all."""
    if set(names) & set(known):
        return ""
    line = ",".join(names)
    if line.lower().startswith("sep="):
        return "this line is for a spreadsheet. Take it out: the first line is the header row."
    for mark, word in SEPARATORS.items():
        if set(map(str.strip, line.split(mark))) & set(known):
            return f"the columns are separated by {word}. Save the file as CSV with commas."
    if len(list(filter(None, names))) == 1 and (len(names) > 1 or " " in line):
        return (
            f"the first row is {shown(line.strip(','))}. Take out what stands above the header row."
        )
    return ""


def read(source: CsvSource, clock: ClockTime) -> Iterator[FileRow]:
    """The rows of a file that has been surveyed, each with what is wrong with it."""
    reading = rows(source.path)
    _, header, _ = next(reading)
    names = _names(header)
    for line, cells, misquoted in reading:
        texts = dict(zip(names, map(_text, cells), strict=False))
        row = source.format.read(line, texts, clock)
        if misquoted:
            row.misshapen(f"its quotation marks do not add up ({misquoted}).")
        elif shape := _misshapen(names, cells):
            row.misshapen(shape)
        yield row


def _text(cell: str) -> str:
    """As leap.core.parse reads it. What no keyboard writes is left for its column: a reference with
    it is unknown, and is quoted so that it shows."""
    return cell.strip() if parse.has_controls(cell) else parse.clean_text(cell).strip()


def _misshapen(names: list[str], cells: list[str]) -> str:
    """What is wrong with how many cells a row has. Blank ones at its end are a spreadsheet's."""
    filled = _without_blank_end(cells)
    if not _columns(names) <= len(cells) or len(filled) > len(names):
        what = f"this has {len(cells)} cells where the header has {_columns(names)}."
        return f"{what} Put cells that hold commas in quotation marks."
    unnamed = [
        place
        for place, (name, cell) in enumerate(zip(names, filled, strict=False), start=1)
        if cell.strip() and not name
    ]
    if unnamed:
        return f"this has something in column {unnamed[0]}, which has no name in the header."
    return ""


def _columns(names: list[str]) -> int:
    """How many columns there are, up to the last that has a name."""
    return len(_without_blank_end(names))


def _without_blank_end(cells: list[str]) -> list[str]:
    filled = list(cells)
    while filled and not filled[-1].strip():
        filled.pop()
    return filled
