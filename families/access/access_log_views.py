"""Who has looked at a family's record."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families.access import access_log as looked_at
from families.access import rules
from families.access.opening_actions import open_family
from leap.core.http import signed_in


@require_GET
def access_log_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Every opening of the record, for those who work with the family."""
    family = open_family(request, ref)
    rules.check_is_at_work(family, signed_in(request))
    page = looked_at.read_page(family, request.GET.get("page"))
    context = {"family": family, "page": page, "looks": looked_at.entries_of(page.object_list)}
    return render(request, "families/looked.html", context)
