"""Who asks where, since everybody everywhere would take half an hour.

EVERY_COMBINATION=1 lets each ask for each.
"""

import os
import re
import zlib

EVERY_COMBINATION = bool(os.environ.get("EVERY_COMBINATION"))
REF = re.compile(r"\b([A-Z]{1,2})-([A-Z2-9]{5,12})\b")


def is_turn_of(number: int, request: str, among: int) -> bool:
    """Whether this one, of `among` in turn, makes this request; which is so on every run."""
    return EVERY_COMBINATION or (number - offset(request)) % among == 0


def offset(*parts: str) -> int:
    """With whom the turns begin: by what is asked, without references, which are drawn anew."""
    return zlib.crc32(REF.sub("", " ".join(parts)).encode())
