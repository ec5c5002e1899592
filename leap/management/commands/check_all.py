"""Run what a developer runs before committing: python3 manage.py check_all."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from leap.ops.runtime import check_all


class Command(BaseCommand):
    """Listed in `manage.py help`; manage.py itself runs it, before Django starts."""

    help = "Check format, lint, types, imports, migrations, deployment, and run the tests."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("arguments", nargs=argparse.REMAINDER, help="for pytest")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run every gate and the tests."""
        sys.exit(check_all.run(options["arguments"]))
