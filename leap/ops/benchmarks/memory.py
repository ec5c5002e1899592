"""Memory that processes hold for themselves, in KB, as Linux counts it; 0 where it does not say."""

import re
from pathlib import Path

from django.db import connection


def of_process(process: int | str) -> int:
    found = re.search(
        rb"^RssAnon:\s+(\d+) kB", _read(Path("/proc", str(process), "status")), re.MULTILINE
    )
    return int(found[1]) if found else 0


def of_sessions(application_name: str) -> int:
    """Of the database's sessions of that name together, without what all of them share."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = %s", [application_name]
        )
        return sum(of_process(process) for (process,) in cursor.fetchall())


def of_command(argument: str) -> int:
    """Of all processes that were started with this argument together."""
    commands = Path("/proc").glob("[0-9]*/cmdline")
    started = (c for c in commands if argument.encode() in _read(c).split(b"\0"))
    return sum(of_process(command.parent.name) for command in started)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile
        return b""
