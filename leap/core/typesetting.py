"""The one way from text that people typed to a PDF: accessible (PDF/UA-1), set by Typst.

PDF/UA allows no character without a glyph, so Typst refuses the whole document for a single one.
Text is therefore cleaned of what nobody can print, and whatever character none of our fonts has is
replaced by an empty box, which the document then says. The fonts are Typst's own and Noto's, from
the lock file: the same content gives the same bytes on any machine.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, cast

import typst

FONT_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")
EMPTY_BOX = "\N{WHITE SQUARE}"

# Line ends of every kind become one; a tab is a space.
LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
# Control characters, halves of surrogate pairs, byte order marks, characters that are none, and the
# marks that would turn the direction of whatever stands after them.
NOT_TEXT = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff\ufdd0-\ufdef"
    "\u202a-\u202e\u2066-\u2069]"
)
# What Word writes for the bullets and arrows of its symbol fonts, in Unicode's private area.
SYMBOL_FONTS = str.maketrans(
    {
        "\uf02d": "-",
        "\uf06e": "■",
        "\uf076": "◆",
        "\uf0a7": "▪",
        "\uf0a8": "☐",
        "\uf0b0": "°",
        "\uf0b7": "•",
        "\uf0d8": "▸",
        "\uf0e0": "→",
        "\uf0fc": "✓",
        "\uf0fe": "☒",
        "\t": " ",
    }
)
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
# How Typst names what it has no glyph for, quoted and escaped as Rust does.
NO_GLYPH = re.compile(r'the text `"((?:[^"\\]|\\.)+)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)")
TRIES = 8  # one is enough for most: Typst names all that is missing at once


def typeset(template: Path, name: str, content: Mapping[str, Any], at: datetime) -> bytes:
    """`template` as a PDF dated `at`, with `content` as JSON in its input `name`.

    The template is also told in `unprintable` whether any character was replaced by an empty box.
    Raises TypstError only for a fault in the template itself.
    """
    text = cast(dict[str, Any], _each_text(content, clean))
    # What somebody's own font showed for a character of the private area is anybody's guess.
    unprintable = set(PRIVATE_USE.findall(json.dumps(text, ensure_ascii=False)))
    if unprintable:
        text = cast(dict[str, Any], _each_text(text, _replacing(unprintable)))
    for _ in range(TRIES):
        try:
            return _compile(template, name, {**text, "unprintable": bool(unprintable)}, at)
        except typst.TypstError as refusal:
            # The texts, mostly single characters, that Typst found in no font.
            missing = {
                ESCAPED.sub(_unescape, text) for text in NO_GLYPH.findall(refusal.diagnostic)
            }
            if not missing - unprintable:
                raise
            unprintable |= missing
            text = cast(dict[str, Any], _each_text(text, _replacing(missing)))
    ascii_only = cast(dict[str, Any], _each_text(text, _ascii))
    return _compile(template, name, {**ascii_only, "unprintable": True}, at)


def clean(text: str) -> str:
    """`text` in composed form, without what is no text; joiners inside words stay."""
    one_line_end = LINE_ENDS.sub("\n", text)
    return unicodedata.normalize("NFC", NOT_TEXT.sub("", one_line_end).translate(SYMBOL_FONTS))


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    """A copy of JSON-like `value` with every text in it changed; keys are ours and stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {key: _each_text(inner, change) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_each_text(inner, change) for inner in value]
    return value


def _compile(template: Path, name: str, content: dict[str, Any], at: datetime) -> bytes:
    return typst.compile(
        template.read_bytes(),
        font_paths=_fonts(),
        sys_inputs={name: json.dumps(content, sort_keys=True)},
        pdf_standards=["ua-1"],
        timestamp=at.astimezone(UTC).replace(microsecond=0),
    )


@cache
def _fonts() -> typst.Fonts:
    folders = [
        folder
        for package in FONT_PACKAGES
        if (spec := find_spec(package)) is not None
        for folder in spec.submodule_search_locations or []
    ]
    return typst.Fonts(include_system_fonts=False, font_paths=folders)


def _unescape(match: re.Match[str]) -> str:
    return chr(int(match[1], 16)) if match[1] else match[2]


def _replacing(missing: set[str]) -> Callable[[str], str]:
    longest_first = sorted(missing, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    return lambda text: pattern.sub(EMPTY_BOX, text)


def _ascii(text: str) -> str:
    return "".join(char if char.isascii() else EMPTY_BOX for char in text)
