"""What every resource does: reads through `visible_to`, and changes through one action, once."""

from collections.abc import Callable, Sequence
from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from leap.core.accounts.models import User
from leap.core.api.paging import CURSOR, SIZE
from leap.core.api.problems import NOT_HERE, problem
from leap.core.api.references import RequestSerializer, is_plain
from leap.core.api.sending import Made, send_once
from leap.core.lookup import get_by_ref_or_404
from leap.core.rls import session as rls


class Resource(GenericViewSet[Any]):
    """One kind of thing under /api/v1/. `request_serializers` says what each POST takes, by the
    method's name."""

    lookup_field = "ref"
    lookup_value_regex = "[^/]+"
    named_by: tuple[str, ...] = ("ref",)
    request_serializers: dict[str, type[RequestSerializer]] = {}
    filters: type[RequestSerializer] = RequestSerializer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A token says who is asking only now, when the request is already under way."""
        super().initial(request, *args, **kwargs)
        if request.auth:
            rls.set_reader(self.user)

    def get_object(self) -> Any:
        if self.lookup_field != "ref":
            return super().get_object()
        named = self.kwargs[self.lookup_field]
        rows = self.filter_queryset(self.get_queryset())
        record = get_by_ref_or_404(rows, named) if is_plain(named) else None
        if record is None:
            raise Http404
        self.check_object_permissions(self.request, record)
        return record

    @property
    def user(self) -> User:
        """Whoever is behind the request. Permissions have let nobody else through."""
        return cast(User, self.request.user)

    def read(self, kind: type[RequestSerializer], sent: Any) -> dict[str, Any]:
        """What was sent, checked and with its references resolved; ValidationError by field."""
        serializer = kind(data=sent, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return cast(dict[str, Any], serializer.validated_data)

    def once(self, work: Callable[[dict[str, Any]], Made]) -> HttpResponse:
        """Do `work` with what was sent, under the request's Idempotency-Key."""
        kind = self.request_serializers[self.action]
        return send_once(self.request, lambda: work(self.read(kind, self.request.data)))

    def shown(self, row: Any) -> Any:
        """How a row is written in an answer."""
        return self.get_serializer(row).data


class Listed(Resource):
    """GET of the whole list, page by page."""

    def list(self, request: Request) -> Response:
        filters = {
            name: value
            for name, value in request.query_params.dict().items()
            if name not in (CURSOR, SIZE)
        }
        data = self.read(self.filters, filters)
        rows = self.paginate_queryset(self.narrow(self.get_queryset(), data)) or []
        self.note_listed(rows, data)
        return self.get_paginated_response(self.written(rows))

    def written(self, rows: Sequence[Any]) -> Any:
        """How the rows of a page are written in the answer."""
        return self.get_serializer(rows, many=True).data

    def narrow(self, rows: QuerySet[Any], data: dict[str, Any]) -> QuerySet[Any]:
        """`rows` by the filters given: by their names, unless a resource says otherwise."""
        return rows.filter(**data)

    def note_listed(self, rows: Sequence[Any], data: dict[str, Any]) -> None:
        """For the log, where a list shows what is private."""


class Opened(Resource):
    """GET of one, by its reference."""

    def retrieve(self, request: Request, **named: str) -> Response:
        row = self.get_object()
        self.note_opened(row)
        return Response(self.shown(row))

    def note_opened(self, row: Any) -> None:
        """For the log, where it shows what is private."""


@csrf_exempt
@login_not_required
def nothing_here(request: HttpRequest, anything: str = "") -> HttpResponse:
    """Any other address. It is matched so that a POST without its last slash is not redirected
    into a GET, and looks sent."""
    if not request.path.endswith("/"):
        return problem(request, 404, "Every address ends with a slash.")
    return problem(request, 404, NOT_HERE)
