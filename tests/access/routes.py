"""Every address of the product, found in its URL configuration, with what may be sent to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

API = "/api/v1/"
QUERY = "?"  # among the arguments, what follows the path
CONVERTED = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


@dataclass(frozen=True)
class Route:
    """One address by its name, as `reverse` and the table know it; `takes` are its arguments."""

    name: str
    address: str
    takes: tuple[str, ...]
    view: Any = field(default=None, compare=False, repr=False)

    @property
    def filters(self) -> list[str]:
        """By what an API list can be narrowed."""
        resource = getattr(self.view, "cls", None)
        listed = "list" in getattr(self.view, "actions", {}).values()
        return list(resource.filters().fields) if resource and listed else []

    def at(self, place: dict[str, str]) -> str:
        """The address with its arguments filled in, by `place`."""
        path = CONVERTED.sub(lambda match: place[match[1] or match[2]], self.address)
        return path + place.get(QUERY, "")


def every_route() -> list[Route]:
    """In the order in which they are resolved."""
    return list(_walk(get_resolver().url_patterns, "/", ""))


def _walk(patterns: list[Any], before: str, namespace: str) -> Iterator[Route]:
    for pattern in patterns:
        address = before + _plain(str(pattern.pattern))
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, address, inner)
        elif isinstance(pattern, URLPattern):
            yield _route(pattern, address, namespace)


def _plain(pattern: str) -> str:
    return pattern.removeprefix("^").removesuffix("$")


def _route(pattern: URLPattern, address: str, namespace: str) -> Route:
    takes = tuple(one or other for one, other in CONVERTED.findall(address))
    name = pattern.name or pattern.lookup_str.rpartition(".")[2]
    return Route(f"{namespace}{name}", address, takes, pattern.callback)
