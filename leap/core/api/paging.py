"""Pages of a list, newest first, that stay right while rows are added.

The cursor is the public reference of the last row given, so nothing about our keys is in it.
"""

from typing import TYPE_CHECKING, Any

from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from leap.core import parse
from leap.core.api.references import is_plain

if TYPE_CHECKING:
    from rest_framework.views import APIView

PAGE, AT_MOST = 50, 200
CURSOR, SIZE = "cursor", "page_size"


class Pages(BasePagination):
    """`results`, and `next`: the address of the next page, or null on the last."""

    next_page: str | None = None

    def paginate_queryset(
        self, queryset: Any, request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        """The rows of the page asked for. One more is read, to know whether that is all."""
        size = _size(request)
        rows = queryset.order_by("-pk")
        if cursor := request.query_params.get(CURSOR):
            # Where the named row stands. It is sought among the visible ones: others do not
            # exist.
            named_by = self.named_by(view)
            parts = cursor.split("~")
            named = dict(zip(named_by, parts, strict=False))
            place = None
            if len(parts) == len(named_by) and is_plain(cursor):
                place = queryset.filter(**named).values_list("pk", flat=True).first()
            if place is None:
                raise exceptions.ValidationError(
                    {CURSOR: "This page is no longer there. Start again."}
                )
            rows = rows.filter(pk__lt=int(place))
        page = list(rows[: size + 1])
        if len(page) > size:
            row = page[size - 1]
            last = "~".join(str(getattr(row, field)) for field in self.named_by(view))
            self.next_page = replace_query_param(request.build_absolute_uri(), CURSOR, last)
        return page[:size]

    def named_by(self, view: "APIView | None") -> tuple[str, ...]:
        """The fields that together name a row in public."""
        return getattr(view, "named_by", ("ref",))

    def get_paginated_response(self, data: Any) -> Response:
        return Response({"next": self.next_page, "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        where = "Where the next page is; null on the last."
        return {
            "type": "object",
            "required": ["next", "results"],
            "properties": {
                "next": {"type": "string", "format": "uri", "nullable": True, "description": where},
                "results": schema,
            },
        }

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        return [
            _parameter(CURSOR, "From `next` of the page before.", {"type": "string"}),
            _parameter(
                SIZE,
                f"Rows on a page; {PAGE} when not given.",
                {"type": "integer", "minimum": 1, "maximum": AT_MOST},
            ),
        ]


class AllAtOnce(Pages):
    """A list that is never long: the same envelope, always one page."""

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        return []


def _parameter(name: str, description: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": description,
        "schema": schema,
    }


def _size(request: Request) -> int:
    text = request.query_params.get(SIZE)
    if text is None:
        return PAGE
    try:
        size = parse.whole(text)
    except parse.Unreadable:
        size = 0
    if not 1 <= size <= AT_MOST:
        raise exceptions.ValidationError({SIZE: f"Give a whole number from 1 to {AT_MOST}."})
    return size
