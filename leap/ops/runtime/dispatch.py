"""Which way a command goes: into the environment, to the servers, to Django."""

import os
from contextlib import ExitStack

from leap.ops.runtime import check_all, environment, local, paths, schema, test, up
from leap.ops.runtime.console import TroubleError, begin, explain_error, say, sentences

# They read no records, so no server is started for them.
_WITHOUT_SERVERS = {
    "",
    "check",
    "collectstatic",
    "compilemessages",
    "diffsettings",
    "findstatic",
    "help",
    "makemessages",
    "spectacular",
    "startapp",
    "version",
}
# They look after the tables themselves.
_WITHOUT_TABLES = {
    "dbshell",
    "makemigrations",
    "migrate",
    "optimizemigration",
    "showmigrations",
    "sqlflush",
    "sqlmigrate",
    "sqlsequencereset",
    "squashmigrations",
}
_OURS = {"up": up.run, "test": test.run, "check_all": check_all.run}
_NOWHERE = {"DATABASE_URL": "postgres://leap@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1"}
_LOOPBACK = {"LEAP_LOCAL": "1", "SECRET_KEY": "nothing is signed with this"}


def enter(argv: list[str]) -> int:
    """Run one command. Answers its exit code; what goes wrong on the way is a sentence."""
    begin()
    try:
        command = argv[1] if len(argv) > 1 else ""
        ours = command in _OURS and not {"-h", "--help"} & set(argv)
        wanted = environment.DEV if command in {"test", "check_all"} else environment.APP
        with sentences():
            if not environment.is_inside(wanted):
                environment.enter(argv, wanted)
        if ours:
            with sentences():
                return _OURS[command](argv[2:])
        if command in _WITHOUT_SERVERS | set(_OURS) or {"-h", "--help"} & set(argv):
            # Run a command that needs Django and its settings, but no record.
            if not os.environ.get("DATABASE_URL"):
                for name, value in {**_NOWHERE, **_LOOPBACK}.items():
                    os.environ.setdefault(name, value)
            return _django(argv)
        return _with_servers(argv, tables=command not in _WITHOUT_TABLES)
    except KeyboardInterrupt:
        say("stopped")
        return 130
    except TroubleError as trouble:
        say(explain_error(trouble))
        return 1


def _with_servers(argv: list[str], *, tables: bool) -> int:
    """Run a command that needs the database, on servers of our own where none is given."""
    with ExitStack() as stack:
        with sentences():
            stack.enter_context(local.local_environment(paths.var()))
        if tables and os.environ.get("LEAP_LOCAL"):
            schema.bring_up_to_date()
        return _django(argv)


def _django(argv: list[str]) -> int:
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(argv)
    except ImproperlyConfigured as error:
        raise TroubleError(str(error)) from error
    except OperationalError as error:
        raise TroubleError(f"the database does not go along. {error}") from error
    return 0
