"""The OpenAPI schema says what the code does: what a POST takes, its key, and every problem."""

from typing import Any

from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from leap.core.api.problems import KINDS, MEDIA_TYPE
from leap.core.api.resources import Resource
from leap.core.api.sending import A_KEY, HEADER, KEY_WANTED

READING = (400, 401, 403, 406, 429)
SENDING = (400, 401, 403, 406, 409, 413, 415, 429)


class ProblemField(serializers.Serializer[Any]):
    """One field that needs putting right."""

    field = serializers.CharField(help_text="Its name; nested ones by path: people.0.birth_date.")
    detail = serializers.CharField(help_text="What is wrong with it and what to do.")


class Problem(serializers.Serializer[Any]):
    """What went wrong (RFC 9457)."""

    type = serializers.URLField(help_text="Where this kind of problem is explained.")
    title = serializers.CharField(help_text="The kind of problem, the same every time.")
    status = serializers.IntegerField(help_text="The HTTP status.")
    instance = serializers.CharField(help_text="The address that was asked.")
    detail = serializers.CharField(required=False, help_text="What is wrong here and what to do.")
    errors = ProblemField(many=True, required=False)  # type: ignore[assignment]  # its name


KEY = OpenApiParameter(
    HEADER,
    {"type": "string", "pattern": f"^{A_KEY.pattern}$"},
    OpenApiParameter.HEADER,
    required=True,
    description=KEY_WANTED,
)


class Schema(AutoSchema):
    """What drf-spectacular cannot see by itself."""

    view: Resource  # type: ignore[override]  # every view of ours is one

    def get_override_parameters(self) -> list[Any]:
        if self.method == "POST":
            return [KEY]
        filters = self.view.filters
        return [filters] if self._is_list_view() and filters().fields else []

    def get_request_serializer(self) -> Any:
        return self.view.request_serializers[self.view.action]

    def get_response_serializers(self) -> Any:
        made = 201 if self.view.action == "create" else 200
        serializer = super().get_response_serializers()
        problems: tuple[int, ...] = SENDING if self.method == "POST" else READING
        if f"{{{self.view.lookup_field}}}" in self.path:
            problems = (*problems, 404)
        return {made: serializer} | {
            (status, MEDIA_TYPE): OpenApiResponse(Problem, KINDS[status][1]) for status in problems
        }

    def get_serializer_name(self, serializer: serializers.Serializer[Any], direction: Any) -> str:
        """A response is called by its name; a request too, to which Request is added again."""
        name = super().get_serializer_name(serializer, direction)
        return str(name).removesuffix("Response").removesuffix("Request")
