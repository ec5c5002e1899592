"""Run the whole suite with pytest: python3 manage.py test."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from leap.ops.runtime import test


class Command(BaseCommand):
    """Listed in `manage.py help`; manage.py itself runs it, before Django starts."""

    help = "Run the tests, on a database and a broker of their own. Takes pytest's arguments."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("arguments", nargs=argparse.REMAINDER, help="for pytest")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run pytest."""
        sys.exit(test.run(options["arguments"]))
