#!/usr/bin/env python3
"""The one door to LEAP: `python3 manage.py up` to see it, `python3 manage.py test` to check it."""

import os
import sys

OLDEST = (3, 11)


def main() -> None:
    """Hand the command to leap.ops.runtime, which needs nothing but Python."""
    if sys.version_info < OLDEST:
        sys.exit("LEAP needs Python 3.11 or newer, and this is {}.{}.".format(*sys.version_info))
    if os.name != "posix":
        sys.exit("LEAP runs on Linux and macOS. On Windows, use the Windows Subsystem for Linux.")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leap.settings")
    from leap.ops.runtime.dispatch import enter

    sys.exit(enter(sys.argv))


if __name__ == "__main__":
    main()
