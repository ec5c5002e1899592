"""Reading a request's body."""

from typing import IO, Any

from django.http import HttpRequest
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

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
        return read


def _check_depth(read: Any) -> None:
    level = [read]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise ParseError("This JSON is nested too deeply.")


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []
