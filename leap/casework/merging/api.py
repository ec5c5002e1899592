"""Families and persons for other systems, where the reference of one that was merged leads on."""

from django.http import Http404
from django.urls import reverse
from rest_framework.request import Request
from rest_framework.response import Response

from families import api
from leap.casework.merging.redirects import kept_family, kept_person

TEMPORARILY = 307  # a merge can be undone


class MergedFamilies(api.Families):
    __doc__ = api.Families.__doc__

    def retrieve(self, request: Request, **named: str) -> Response:
        try:
            return super().retrieve(request, **named)
        except Http404:
            return _lead_on("api:families-detail", kept_family(named["ref"], self.user))


class MergedPersons(api.Persons):
    __doc__ = api.Persons.__doc__

    def retrieve(self, request: Request, **named: str) -> Response:
        try:
            return super().retrieve(request, **named)
        except Http404:
            return _lead_on("api:persons-detail", kept_person(named["ref"], self.user))


def _lead_on(route: str, ref: str) -> Response:
    if not ref:
        raise Http404
    return Response(status=TEMPORARILY, headers={"Location": reverse(route, args=[ref])})
