"""manage.py audit_disclosure: tries to work back what is hidden of the published figures."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from outcomes.disclosure.attack import audit_all
from outcomes.disclosure.bounds import LEAST_ROOM


class Command(BaseCommand):
    help = (
        "Runs a mixed-integer programme over everything that is published, as a stranger could, and"
        " says whether a hidden count can be worked back. Exit 1 if one can, or nearly."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        audits = []
        for audit in audit_all():
            audits.append(audit)
            self.stdout.write(
                f"{', '.join(audit.indicators)}: {audit.cells} counts, {audit.hidden} hidden,"
                f" {audit.recovered} recovered, {audit.narrow} narrow, narrowest {audit.narrowest}"
            )
        rooms = [room for audit in audits for room in audit.rooms]
        self.stdout.write(
            f"{sum(audit.cells for audit in audits):,} counts are published or hidden,"
            f" {len(rooms):,} of them hidden. {rooms.count(0):,} hidden counts can be worked back"
            f" exactly. The narrowest can be any of {min(rooms, default=0) + 1:,} numbers or more."
        )
        narrow = sum(room < LEAST_ROOM for room in rooms)
        if narrow:
            raise CommandError(f"{narrow:,} hidden counts lie between bounds that are too narrow.")
