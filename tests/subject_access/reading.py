"""What somebody can find in the files of an answer: bytes, and the words a PDF draws."""

import re
import zlib
from io import BytesIO
from zipfile import ZipFile

OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
RANGE = re.compile(rb"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>")
SINGLE = re.compile(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>")
SHOWN = re.compile(rb"\(((?:\\.|[^\\)])*)\)|<([0-9a-fA-F]+)>")


def files(zipped: bytes) -> dict[str, bytes]:
    """The files of a zip, by their endings."""
    with ZipFile(BytesIO(zipped)) as opened:
        return {name.rsplit(".", 1)[1]: opened.read(name) for name in opened.namelist()}


def everything_in(zipped: bytes) -> str:
    """All words anybody could get out of it: the raw bytes, streams unpacked, and drawn text."""
    parts = files(zipped)
    unpacked = b"\n".join(streams(parts["pdf"])).decode("latin-1")
    return "\n".join([parts["json"].decode(), unpacked, drawn(parts["pdf"])])


def streams(pdf: bytes) -> list[bytes]:
    parts = [pdf]
    for body in STREAM.findall(pdf):
        try:
            parts.append(zlib.decompress(body))
        except zlib.error:
            parts.append(body)
    return parts


def drawn(pdf: bytes) -> str:
    """The text a PDF draws, read through its fonts' tables of characters.

    Fonts are tried together: every text is read through each, so that nothing in it is missed.
    """
    unpacked = streams(pdf)[1:]
    tables = [_table(stream) for stream in unpacked if b"begincmap" in stream]
    pages = [stream for stream in unpacked if b"BT" in stream and b"begincmap" not in stream]
    return "\n".join(_text(page, table) for page in pages for table in tables)


def _table(cmap: bytes) -> dict[int, str]:
    table: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.DOTALL):
        for code, word in SINGLE.findall(block):
            table[int(code, 16)] = bytes.fromhex(word.decode()).decode("utf-16-be")
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.DOTALL):
        for first, last, word in RANGE.findall(block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                table[int(first, 16) + step] = chr(int(word, 16) + step)
    return table


def _text(page: bytes, table: dict[int, str]) -> str:
    words = []
    for literal, hexed in SHOWN.findall(page):
        raw = bytes.fromhex(hexed.decode()) if hexed else _plain(literal)
        codes = (int.from_bytes(raw[at : at + 2], "big") for at in range(0, len(raw), 2))
        words.append("".join(table.get(code, "") for code in codes))
    return "".join(words)


def _plain(literal: bytes) -> bytes:
    """A literal string of a PDF without its escapes."""
    known = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}

    def unescape(match: re.Match[bytes]) -> bytes:
        escaped = match[1]
        if escaped[:1].isdigit():
            return bytes([int(escaped, 8) & 255])
        return known.get(escaped, escaped)

    return re.sub(rb"\\([0-7]{1,3}|.)", unescape, literal, flags=re.DOTALL)
