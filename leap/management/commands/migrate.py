"""Django's own command, after which the database knows the declared kinds of events."""

from typing import Any

from django.core.management.commands import migrate

from leap.core.audit.declaring import write_declared_kinds


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if not (options["plan"] or options["check_unapplied"]):
            write_declared_kinds(options["database"])
