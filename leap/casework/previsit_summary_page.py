"""The page to read before a visit."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families.access.opening_actions import open_family
from leap.casework.previsit_summary import previsit_summary
from leap.core.http import signed_in


@require_GET
def previsit_summary_page(request: HttpRequest, ref: str) -> HttpResponse:
    """One screen. The statements it takes do not grow with what is in the record."""
    family = open_family(request, ref)
    return render(request, "families/before.html", previsit_summary(family, signed_in(request)))
