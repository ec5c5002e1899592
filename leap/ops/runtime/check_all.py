"""`manage.py check_all`: what a developer runs before committing."""

import time
from collections.abc import Callable
from functools import partial

from leap.ops.runtime import checks, local, paths, test
from leap.ops.runtime.console import say


def run(argv: list[str]) -> int:
    """Run every gate, then the tests. Prints a table; answers 1 if anything failed."""
    with local.local_environment(paths.var() / "test", scratch=True):
        rows = [_row(gate, partial(checks.judge, gate)) for gate in checks.GATES]
    rows.append(_row("tests", partial(_tests, argv)))
    width = max(len(name) for name, _, _ in rows)
    print()
    for name, passed, seconds in rows:
        print(f"  {name:<{width}}  {'passed' if passed else 'FAILED'}  {seconds:6.1f} s")
    return 0 if all(passed for _, passed, _ in rows) else 1


def _tests(argv: list[str]) -> str:
    code = test.run(["--ignore=tests/test_house.py", *argv])
    return f"pytest ended with {code}" if code else ""


def _row(name: str, judge: Callable[[], str]) -> tuple[str, bool, float]:
    say(f"checking {name}")
    began = time.monotonic()
    words = judge()
    if words:
        print(words, flush=True)
    return name, not words, time.monotonic() - began
