"""The same thing done by many at one moment, each on a connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connection


def at_once(*works: Callable[[], Any]) -> list[Any]:
    """What each of these came to, all let go together: its answer, or what it raised."""
    go, results = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int, work: Callable[[], Any]) -> None:
        try:
            connection.ensure_connection()
            go.wait(timeout=240)
            results[number] = work()
        except Exception as refused:
            results[number] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=numbered) for numbered in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def successes(results: list[Any]) -> list[Any]:
    """The answers of those that were not refused."""
    return [result for result in results if not isinstance(result, Exception)]
