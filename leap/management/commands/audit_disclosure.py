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
        found = []
        for each in audit_all():
            found.append(each)
            self.stdout.write(
                f"{', '.join(each.indicators)}: {each.cells} counts, {each.hidden} hidden,"
                f" {each.recovered} recovered, {each.narrow} narrow, narrowest {each.narrowest}"
            )
        rooms = [room for each in found for room in each.rooms]
        self.stdout.write(
            f"{sum(each.cells for each in found):,} counts are published or hidden,"
            f" {len(rooms):,} of them hidden. {rooms.count(0):,} hidden counts can be worked back"
            f" exactly. The narrowest can be any of {min(rooms, default=0) + 1:,} numbers or more."
        )
        narrow = sum(room < LEAST_ROOM for room in rooms)
        if narrow:
            raise CommandError(f"{narrow:,} hidden counts lie between bounds that are too narrow.")
