"""Make the admin who makes everybody else: python3 manage.py first_admin EMAIL."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leap.ops.runtime import first_admin
from leap.ops.runtime.console import TroubleError


class Command(BaseCommand):
    """For a LEAP that was started without a terminal, or without `up`."""

    help = "Make the first admin and print a password for them."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the admin, if there is none."""
        try:
            self.stdout.write(first_admin.make(options["email"]))
        except TroubleError as trouble:
            raise CommandError(str(trouble)) from trouble
