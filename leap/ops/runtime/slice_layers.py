"""A contract for import-linter: which layer a module is in is said by its name.

A module that is called after no layer reads: it may ask rules and models, and changes nothing. So
no module is outside the layers, and one that is added is inside them without being named anywhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import cast

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class CodeLayer(IntEnum):
    """The higher imports the lower, or its own."""

    MODELS = 1
    QUERIES = 2  # and rules: they ask one another
    ACTIONS = 3
    FORMS = 4
    VIEWS = 5
    URLS = 6


CALLED = {
    "models": CodeLayer.MODELS,
    "rules": CodeLayer.QUERIES,
    "queries": CodeLayer.QUERIES,
    "actions": CodeLayer.ACTIONS,
    "forms": CodeLayer.FORMS,
    "views": CodeLayer.VIEWS,
    "page": CodeLayer.VIEWS,
    "api": CodeLayer.VIEWS,
    "tasks": CodeLayer.VIEWS,
    "urls": CodeLayer.URLS,
}
PAGES = ("views", "page")


GROUND = "leap.core."  # what has no layer's name there is beneath everybody


def last_word(module: str) -> str:
    """What a module is called after: `forms` of families.people.address_forms."""
    words = [part.rpartition("_")[2] for part in module.split(".")]
    return next((word for word in reversed(words) if word in CALLED), "")


def layer_of(module: str, also: dict[str, CodeLayer]) -> CodeLayer:
    usual = CodeLayer.MODELS if module.startswith(GROUND) else CodeLayer.QUERIES
    return also.get(module) or CALLED.get(last_word(module), usual)


@dataclass(frozen=True)
class BrokenImport:
    importer: str
    imported: str
    why: str


def broken_by(importer: str, imported: str, also: dict[str, CodeLayer]) -> str:
    """Why one module may not import the other; empty where it may."""
    above, below = layer_of(importer, also), layer_of(imported, also)
    if above < below:
        # After the commit an action asks the worker to go on.
        hands_on = last_word(importer) == "actions" and last_word(imported) == "tasks"
        return "" if hands_on else f"{above.name.lower()} stand below {below.name.lower()}"
    if last_word(importer) == "forms" and below == CodeLayer.ACTIONS:
        return "forms know nothing of actions"
    beside = imported.startswith(f"{importer.rpartition('.')[0]}.")  # of one package, or its own
    if last_word(imported) in PAGES and above != CodeLayer.URLS and not beside:
        return "nobody imports a view"
    words = importer.replace("_", ".").split(".")
    if imported.partition(".")[0] == "rest_framework" and "api" not in words:
        return "REST framework stays in api modules"
    return ""


class SliceLayers(Contract):
    """Options: `packages`, in which it holds; `also`, as "module: layer", for the few whose name
    does not say it; `ignore_imports`, as "a -> b"."""

    type_name = "slice_layers"
    packages = fields.ListField(subfield=fields.StringField())
    also = fields.ListField(subfield=fields.StringField(), required=False)
    ignore_imports = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        ignored = set(cast(list[str], self.ignore_imports or []))
        broken = [
            one for one in self._broken(graph) if f"{one.importer} -> {one.imported}" not in ignored
        ]
        return ContractCheck(kept=not broken, metadata={"broken": broken})

    def _broken(self, graph: ImportGraph) -> Iterator[BrokenImport]:
        ours = tuple(f"{package}." for package in cast(list[str], self.packages))
        also = {}
        for line in cast(list[str], self.also or []):
            module, layer = line.split(": ")
            also[module] = CodeLayer[layer.upper()]
        for importer in sorted(graph.modules):
            if not f"{importer}.".startswith(ours) or ".migrations" in importer:
                continue
            for imported in sorted(graph.find_modules_directly_imported_by(importer)):
                concerns = f"{imported}.".startswith((*ours, "rest_framework."))
                if concerns and (why := broken_by(importer, imported, also)):
                    yield BrokenImport(importer, imported, why)

    def render_broken_contract(self, check: ContractCheck) -> None:
        for one in check.metadata["broken"]:
            output.print_error(f"{one.importer} imports {one.imported}: {one.why}")
