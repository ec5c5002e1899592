"""Names as people look for them: without accents, case or punctuation."""

import unicodedata

# Letters that are no plain letter with a mark, and so do not come apart.
WHOLE = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "ħ": "h", "ŧ": "t"})
WHOLE |= str.maketrans({"æ": "ae", "œ": "oe", "þ": "th"})


def plain(text: str) -> str:
    """`text` in lower case, accents and punctuation gone, single spaces: Zoë O'Hara → zoe ohara."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(WHOLE)
    kept = (c for c in decomposed if not unicodedata.combining(c))
    letters = "".join(c if c.isalnum() else "" if c in "'’`´" else " " for c in kept)
    return " ".join(letters.split())


def sought_as(given_name: str, family_name: str) -> str:
    """What a person is kept under for searching: both names, plainly."""
    return plain(f"{given_name} {family_name}")[:250]
