"""Set everything up and run it until Ctrl-C: python3 manage.py up."""

import argparse
import sys
from typing import Any

from django.core.management.base import BaseCommand

from leap.ops.runtime import up


class Command(BaseCommand):
    """Listed in `manage.py help`; manage.py itself runs it, before Django starts."""

    help = "Set everything up, start web, worker, beat, database and broker, until Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        up.arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run until stopped."""
        chosen = ["--port", str(options["port"]), *(["--no-demo"] if options["no_demo"] else [])]
        sys.exit(up.run(chosen))
