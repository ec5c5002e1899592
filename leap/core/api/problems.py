"""Every error of the API is a problem document (RFC 9457): what is wrong, and where."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as Invalid
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions

from leap.core.exceptions import Conflict, NotAllowed, TooMany

MEDIA_TYPE = "application/problem+json"
NOT_HERE = "There is nothing at this address, or it is not shared with you."
# Each status a caller can meet: the anchor of its section in the reference, and its title.
KINDS = {
    400: ("not-understood", "Something in the request needs putting right"),
    401: ("sign-in", "Sign in first"),
    403: ("not-yours", "This is not yours to do"),
    404: ("not-here", "Not found"),
    405: ("not-possible", "This address does not do that"),
    406: ("only-json", "The answer can only be JSON"),
    409: ("somebody-was-first", "Somebody was first"),
    413: ("too-large", "The request is too large"),
    415: ("send-json", "The request can only be JSON"),
    429: ("slow-down", "Too many requests"),
    500: ("our-fault", "Something went wrong"),
}
# DRF keeps errors that belong to no field under one of these names.
NO_FIELD = {NON_FIELD_ERRORS, "non_field_errors", "detail"}


def problem(
    request: HttpRequest,
    status: int,
    detail: str = "",
    errors: list[dict[str, str]] | None = None,
) -> HttpResponse:
    """The answer that says what went wrong. Written in ASCII: what was sent may not be text."""
    slug, title = KINDS.get(status, ("other", HTTPStatus(status).phrase))
    body: dict[str, Any] = {
        "type": f"{settings.BASE_URL}/api/v1/docs/#{slug}",
        "title": title,
        "status": status,
        "instance": request.path,
    }
    if detail:
        body["detail"] = detail
    if errors is not None:
        body["errors"] = errors
    return HttpResponse(json.dumps(body), status=status, content_type=MEDIA_TYPE)


# What is refused, its status, and its sentence where the error does not bring one.
REFUSALS = (
    (TooMany, 429, ""),
    (NotAllowed, 403, ""),
    (Conflict, 409, ""),
    (Http404, 404, NOT_HERE),
    (exceptions.NotFound, 404, NOT_HERE),
    (PermissionDenied, 403, "You are signed in, but this is for other roles."),
    (RequestDataTooBig, 413, "Send less in one request."),
)

# Better ones than DRF's own: they say what to do.
SENTENCES: dict[type[Exception], str] = {
    exceptions.NotAuthenticated: "Send your system’s token: “Authorization: Token …”.",
    exceptions.AuthenticationFailed: "This token is not good, or no longer. Ask for a new one.",
    exceptions.NotAcceptable: "Accept application/json: there is nothing else to be had.",
}


def answer_problem(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """DRF's exception handler. None leaves the error to Django: it is ours, and is logged there."""
    request: HttpRequest = context["request"]._request
    if isinstance(error, exceptions.ValidationError):
        return _invalid(request, error.detail)
    if isinstance(error, Invalid):
        named = hasattr(error, "error_dict")
        return _invalid(request, error.message_dict if named else error.messages)
    for kind, status, sentence in REFUSALS:
        if isinstance(error, kind):
            return problem(request, status, sentence or str(error))
    if not isinstance(error, exceptions.APIException):
        return None
    # What DRF itself refused, with the headers that tell the caller what to do about it.
    answer = problem(request, error.status_code, SENTENCES.get(type(error), str(error.detail)))
    if challenge := getattr(error, "auth_header", None):
        answer["WWW-Authenticate"] = challenge
    if wait := getattr(error, "wait", None):
        answer["Retry-After"] = str(int(wait) + 1)
    return answer


def _invalid(request: HttpRequest, detail: Any) -> HttpResponse:
    by_field: dict[str, list[str]] = {}
    for field, sentence in _by_field(detail):
        by_field.setdefault(field, []).append(sentence)
    general = " ".join(by_field.pop("", []))
    errors = [
        {"field": field, "detail": " ".join(sentences)} for field, sentences in by_field.items()
    ]
    return problem(request, 400, general or "See errors: one entry for each field.", errors)


def _by_field(detail: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Each sentence with the field it is about, nested ones by path: people.0.birth_date."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from _by_field(inner, where if name in NO_FIELD else _join(where, str(name)))
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, dict | list)
            yield from _by_field(inner, _join(where, str(place)) if nested else where)
    else:
        yield where, str(detail)


def _join(where: str, name: str) -> str:
    return f"{where}.{name}" if where else name
