"""Prove on live data that the promises are kept: manage.py check_promises."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leap.governance.integrity import LISTED, PROMISES, Promise


class Command(BaseCommand):
    help = (
        "Count what must never be, and list up to ten of each by public reference. "
        "Exits with 1 if there is any."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        """Look for each, say what was found, and what to do about it."""
        broken = [promise for promise in PROMISES if self._is_broken(promise)]
        if broken:
            raise CommandError(f"{len(broken)} of {len(PROMISES)} promises broken.")
        self.stdout.write(f"All {len(PROMISES)} promises are kept.")

    def _is_broken(self, promise: Promise) -> bool:
        broken = promise.look()
        self.stdout.write(f"{broken.count:>6}  {promise.none_of}")
        for wrong in broken.first:
            self.stdout.write(f"        {wrong}")
        if broken.count > LISTED:
            self.stdout.write(f"        and {broken.count - LISTED} more")
        if broken.count:
            self.stdout.write(f"        {promise.cure}")
        return bool(broken.count)
