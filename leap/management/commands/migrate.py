"""Django's own command, after which the database knows who reads what, and the declared kinds."""

from typing import Any

from django.core.management.commands import migrate

from leap.core.audit.declaring import write_declared_kinds
from leap.core.rls.schema import apply_rls, is_migrated


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if options["plan"] or options["check_unapplied"]:
            return
        write_declared_kinds(options["database"])
        if is_migrated(options["database"]):
            apply_rls(options["database"])
        else:
            self.stderr.write(
                "Some tables are missing, so who reads what was not laid down: migrate the rest."
            )
