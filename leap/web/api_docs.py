"""The reference for people who write other systems: one page, made from the schema itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from leap.core.api.paging import AT_MOST, PAGE
from leap.core.api.problems import KINDS
from leap.core.api.sending import HEADER

_CHOICE = re.compile(r"^\* `(.*)` - (.*)$", re.MULTILINE)
WORDS = {"date": "a date, 2016-05-31", "date-time": "a time, 2016-05-31T14:30:00+01:00"}
KINDS_OF = {"integer": "a whole number", "number": "a number", "boolean": "true or false"}


@dataclass(frozen=True)
class DocumentedField:
    """One thing that is sent or answered; `name` holds its path where it lies inside another."""

    name: str
    kind: str
    meaning: str
    choices: list[tuple[str, str]]
    needed: bool


@dataclass(frozen=True)
class Operation:
    """What one method does at one address."""

    method: str
    address: str
    meaning: str
    filters: list[DocumentedField]
    sent: list[DocumentedField]
    answered: list[DocumentedField]


@require_safe
@login_not_required
def docs(request: HttpRequest) -> HttpResponse:
    """Every resource, what can be asked of it, and every problem."""
    context = {
        "resources": _resources(),
        "problems": [(status, *kind) for status, kind in KINDS.items()],
        "header": HEADER,
        "page": PAGE,
        "at_most": AT_MOST,
    }
    return render(request, "api/docs.html", context)


@cache
def _resources() -> list[tuple[str, list[Operation]]]:
    """The operations of each resource, in the order of the router."""
    generator: Any = SchemaGenerator  # it has no types
    schema = generator().get_schema(request=None, public=True)
    resources: dict[str, list[Operation]] = {}
    for address, methods in schema["paths"].items():
        for method, described in methods.items():
            operation = _operation(address, method, described, schema)
            resources.setdefault(described["tags"][0], []).append(operation)
    return list(resources.items())


def _operation(address: str, method: str, described: Any, schema: Any) -> Operation:
    answer = described["responses"].get("200") or described["responses"]["201"]
    taken = described.get("parameters", [])
    # Whether it is a filter of this list; what every list and every POST takes is said once.
    filters = [
        _field(parameter["name"], parameter, schema)
        for parameter in taken
        if parameter["in"] == "query" and parameter["name"] not in ("cursor", "page_size")
    ]
    return Operation(
        method=method.upper(),
        address=address,
        meaning=described.get("description", ""),
        filters=filters,
        sent=_fields(described.get("requestBody"), schema),
        answered=_fields(answer, schema),
    )


def _fields(body: Any, schema: Any) -> list[DocumentedField]:
    if not body:
        return []
    shape = _resolved(body["content"]["application/json"]["schema"], schema)
    rows = shape.get("properties", {}).get("results")
    return list(_inside(_resolved(rows["items"], schema) if rows else shape, schema))


def _inside(shape: Any, schema: Any, where: str = "") -> Iterator[DocumentedField]:
    needed = shape.get("required", [])
    for name, described in shape["properties"].items():
        yield _field(where + name, {"schema": described, "required": name in needed}, schema)
        inner = _resolved(described, schema)
        of_each = _resolved(inner.get("items", {}), schema)
        if "properties" in of_each:
            yield from _inside(of_each, schema, f"{where}{name}[].")
        elif "properties" in inner:
            yield from _inside(inner, schema, f"{where}{name}.")


def _resolved(shape: Any, schema: Any) -> Any:
    """What a reference in the schema stands for; one that may be null stands in a list of one."""
    if "allOf" in shape:
        shape = shape["allOf"][0]
    if "$ref" in shape:
        return schema["components"]["schemas"][shape["$ref"].rpartition("/")[2]]
    return shape


def _field(name: str, described: Any, schema: Any) -> DocumentedField:
    written = described["schema"].get("description") or described.get("description", "")
    return DocumentedField(
        name=name,
        kind=_kind(described["schema"], schema),
        meaning=_CHOICE.sub("", written).strip(),
        choices=[(code, word) for code, word in _CHOICE.findall(written) if code],
        needed=described.get("required", False),
    )


def _kind(shape: Any, schema: Any) -> str:
    resolved = _resolved(shape, schema)
    if resolved.get("type") == "array":
        return f"a list, each {_kind(resolved['items'], schema)}"
    if resolved.get("type") == "object":
        words = "an object"
    elif "format" in resolved and resolved["format"] in WORDS:
        words = WORDS[resolved["format"]]
    elif "enum" in resolved:
        words = "one of the words listed"
    else:
        words = KINDS_OF.get(resolved.get("type", ""), "text")
    return f"{words}, or null" if shape.get("nullable") else words
