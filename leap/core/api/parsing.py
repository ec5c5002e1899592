"""Reading a request's body."""

from math import isfinite
from typing import IO, Any, cast

from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from leap.core import parse

DEEPEST = 20


class BoundedJSON(JSONParser):
    """JSON, no larger than Django reads forms and no deeper than anything we ask for."""

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> dict[str, Any]:
        request: HttpRequest = parser_context["request"]._request
        request.body  # noqa: B018  # raises RequestDataTooBig; the stream alone would read anything
        try:
            read = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError("This JSON is nested too deeply.") from None
        _check_depth(read)
        return cast(dict[str, Any], _readable(read))


def _check_depth(read: Any) -> None:
    level = [read]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise ParseError("This JSON is nested too deeply.")


def _readable(value: Any) -> Any:
    """With every text in it cleaned. A number that is none, and a text that is none, are refused:
    a program sent them, and can send them right."""
    if isinstance(value, dict):
        return {_readable(name): _readable(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_readable(inner) for inner in value]
    if isinstance(value, float) and not isfinite(value):
        raise ParseError("A number in this JSON is larger than any number here can be.")
    if not isinstance(value, str):
        return value
    if not parse.is_storable(value):
        raise ParseError("A text in this JSON holds a NUL or half of a character. Leave it out.")
    return parse.clean_text(value)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
