"""Names as people look for them: in plain Latin letters, whatever script they are written in.

The keys are ASCII, so that the database compares them alike on any server: trigrams, lower case
and patterns of other letters depend on the locale that a cluster was made with. Transliterated,
names of one script keep their likeness, and are found as another writes them: Наталья as Natalya.
"""

import unicodedata
from functools import cache

from anyascii import anyascii

from leap.core.parse import clean_text

LONGEST = 250
APOSTROPHES = "'’`´ʻʼ"
# Nearer to how it is written in Latin letters than what stands for it in general.
OWN = {
    **dict.fromkeys("اأإآٱعى", "a"),
    **dict.fromkeys("ंਂੰંংಂం", "n"),
    **dict.fromkeys("शषশষશષ", "sh"),
    "ئ": "y",
    "ؤ": "w",
}
MARKS = ("Mn", "Me", "Mc", "Cf", "Sk", "Lm")
# Vowel points, which most people leave out; marks of other scripts are vowels that nobody does.
POINTS = ("ARABIC", "HEBREW", "SYRIAC", "COMBINING")
# Of which every letter is a word: 王小明 is looked for as 小明 王, too.
SYLLABARIES = ("CJK UNIFIED", "CJK COMPATIBILITY", "HANGUL SYLLABLE")


def normalise_name(text: str) -> str:
    """`text` in lower case and Latin letters, accents and punctuation gone, single spaces:
    Zoë O'Hara → zoe ohara, সুনীতা → sunita, 王小明 → wang xiao ming."""
    composed = unicodedata.normalize("NFKC", clean_text(text).casefold())
    letters = "".join(_letter(c) for c in unicodedata.normalize("NFC", composed))
    return " ".join(letters.split())


@cache
def _letter(c: str) -> str:
    """One letter in Latin ones; nothing for a mark, a space for what stands between words."""
    name, kind = unicodedata.name(c, ""), unicodedata.category(c)
    if c in APOSTROPHES or (kind == "Mn" and name.startswith(POINTS)):
        return ""
    if not (c.isalnum() or kind in MARKS):
        return " "
    latin = OWN.get(c) or anyascii(c).lower()
    if not latin and kind not in MARKS:
        return f"u{ord(c):x}"  # a script that the library does not know: alike to itself
    plainly = "".join(letter for letter in latin if letter.isalnum())
    return f" {plainly} " if name.startswith(SYLLABARIES) else plainly


def search_text(*names: str) -> str:
    """What a record is kept under for searching: its names, plainly."""
    return normalise_name(" ".join(names))[:LONGEST].rstrip()
