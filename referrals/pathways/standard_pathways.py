"""The pathways that a new installation begins with, read from standard_pathways.toml."""

import tomllib
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_suffix(".toml")


def standard_pathways() -> list[dict[str, Any]]:
    """The fields of each, as its model has them."""
    pathways: list[dict[str, Any]] = tomllib.loads(FILE.read_text())["pathway"]
    return [
        fields | {"expires_after": None} if fields.pop("never_expires", False) else fields
        for fields in pathways
    ]


def write_standard_pathways(pathways: Any) -> None:
    """Add those that are missing to `pathways`, the manager of the model or of a migration's."""
    standard = [pathways.model(**fields) for fields in standard_pathways()]
    pathways.bulk_create(standard, ignore_conflicts=True)
