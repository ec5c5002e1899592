"""Who asks where, since everybody everywhere would take half an hour.

EVERY_COMBINATION=1 lets each ask for each.
"""

import os
import zlib

EVERYBODY = bool(os.environ.get("EVERY_COMBINATION"))


def is_turn_of(number: int, address: str, among: int) -> bool:
    """Whether this one, of `among` in turn, asks at that address; which is so on every run."""
    return EVERYBODY or (number - zlib.crc32(address.encode())) % among == 0
