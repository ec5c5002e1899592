"""Keeps the tables of our own database at the state the migrations describe."""

import hashlib
from pathlib import Path

from leap.ops.runtime.console import TroubleError, say
from leap.ops.runtime.paths import REQUIREMENTS, ROOT

_COMMENT = """
SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = current_database()
"""
APPS = ("leap", "families", "referrals", "sites", "outcomes")
_LOCK = 718_254  # an advisory lock: two commands at once migrate one after the other


def bring_up_to_date() -> None:
    """Migrate if the migrations changed since this database was last migrated.

    The database itself remembers what it was migrated with, in its comment. Raises TroubleError
    when it refuses.
    """
    import django

    django.setup()
    from django.core.management.base import SystemCheckError
    from django.db import Error

    try:
        wanted = state()
        from django.core.management import call_command
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
            try:
                cursor.execute(_COMMENT)
                if cursor.fetchone() != (wanted,):
                    say("bringing the tables up to date")
                    call_command("migrate", verbosity=0, interactive=False, skip_checks=False)
                    name = connection.ops.quote_name(str(connection.settings_dict["NAME"]))
                    cursor.execute(f"COMMENT ON DATABASE {name} IS %s", [wanted])
                    say("tables are up to date")
            finally:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])
    except (Error, SystemCheckError) as error:
        raise TroubleError(f"the tables could not be brought up to date. {error}") from error


def state() -> str:
    """A digest of every migration, ours and the packages', and of what is written into the database
    after migrating: row-level security, and the kinds of events."""
    content = hashlib.sha256((REQUIREMENTS / "app.lock").read_bytes())
    core = ROOT / "leap" / "core"
    row_level_security = sorted(
        path for path in core.joinpath("rls").rglob("*") if path.suffix in (".py", ".sql")
    )
    for file in [*migrations(), *row_level_security, core / "audit" / "kinds.py"]:
        content.update(str(file.relative_to(ROOT)).encode())
        content.update(file.read_bytes())
    return content.hexdigest()


def migrations() -> list[Path]:
    """The files of our migrations."""
    return sorted(path for app in APPS for path in (ROOT / app).rglob("migrations/*.py"))
