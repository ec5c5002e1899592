"""The measures of the code, as docs/house.md gives them: `python -m tests.measures [CHECKOUT]`.

Of the product without migrations: sizes in lines, imports as modules of ours that one names,
private helpers that one place calls, class names that stand for more than one thing, and lines of
templates that nobody reads without scrolling sideways.
"""

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

APPS = ("leap", "families", "referrals", "sites", "outcomes")
WIDE = 160
Function = ast.FunctionDef | ast.AsyncFunctionDef


def modules(root: Path) -> Iterator[tuple[Path, ast.Module]]:
    for app in APPS:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts and path.read_text().strip():
                yield path, ast.parse(path.read_text())


def spread(sizes: list[int]) -> str:
    """Median, ninth decile and largest."""
    return f"{median(sizes):.0f} / {quantiles(sizes, n=10)[-1]:.0f} / {max(sizes)}"


def functions(tree: ast.Module) -> list[Function]:
    return [node for node in ast.walk(tree) if isinstance(node, Function)]


def length(node: Function) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def named(tree: ast.AST) -> Counter[str]:
    """How often each name is used."""
    names = Counter(node.id for node in ast.walk(tree) if isinstance(node, ast.Name))
    return names + Counter(node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute))


def imported(tree: ast.Module) -> set[str]:
    imports = (node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module)
    return {node.module for node in imports if node.module and node.module.split(".")[0] in APPS}


def measured(root: Path) -> Iterator[tuple[str, str]]:
    """Each measure with its value, in words."""
    trees = dict(modules(root))
    every = [function for tree in trees.values() for function in functions(tree)]
    lines = [len(path.read_text().splitlines()) for path in trees]
    used_once = sum(
        named(tree)[function.name] == 1
        for tree in trees.values()
        for function in functions(tree)
        if function.name.startswith("_") and not function.name.startswith("__")
    )
    classes = Counter(
        node.name for tree in trees.values() for node in tree.body if isinstance(node, ast.ClassDef)
    )
    twice = sorted(name for name, count in classes.items() if count > 1)
    templates = [
        line
        for path in (root / "templates").rglob("*.html")
        for line in path.read_text().splitlines()
    ]
    wide = sum(len(line) > WIDE for line in templates)
    yield "lines of code", f"{sum(lines):,} in {len(trees)} modules"
    yield "lines of a module: median / 90% / most", spread(lines)
    yield "lines of a function: median / 90% / most", spread([length(node) for node in every])
    yield "functions over 50 lines", str(sum(length(node) > 50 for node in every))
    yield "private helpers used once", f"{used_once} ({used_once / len(every):.0%} of {len(every)})"
    sizes = [len(imported(tree)) for tree in trees.values()]
    yield "our modules that one imports: median / 90% / most", spread(sizes)
    yield "class names used more than once", f"{len(twice)}: {', '.join(twice)}"
    yield f"template lines over {WIDE}", f"{wide} of {len(templates):,}"


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    for measure, value in measured(root):
        sys.stdout.write(f"| {measure} | {value} |\n")


if __name__ == "__main__":
    main()
