"""How one child grows."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from families.access.loading import member_named
from families.access.opening_actions import open_family
from families.observations.growth.chart import TITLES, chart, in_centiles
from families.observations.growth.series import UNITS, Growth, growth_of_child
from leap.core.http import signed_in


@require_GET
def growth(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """The charts of a child's weight, height and BMI, with the values beside them."""
    family, user = open_family(request, ref), signed_in(request)
    child = member_named(family, user, person_ref)
    if not child.is_child:
        raise Http404
    grown = growth_of_child(child.person, by=user)
    charts = [drawn for method in TITLES if (drawn := chart(grown, method))]
    context = {
        "family": family,
        "person": child.person,
        "growth": grown,
        "charts": charts,
        "rows": [
            {
                "on": measurement.on,
                "what": TITLES[measurement.method],
                "value": f"{measurement.value:.2f}".rstrip("0").rstrip("."),
                "unit": UNITS[measurement.method],
                "age": _years(measurement.age),
                "corrected": "" if measurement.corrected is None else _years(measurement.corrected),
                "centile": in_centiles(measurement),
                "sds": ""
                if measurement.deviates is None
                else f"{measurement.deviates:.2f}".replace("-", "−"),
            }
            for measurement in reversed(grown.measurements)
        ],
        "unplaced": bool(grown.measurements) and not charts,
    }
    return render(request, "families/growth.html", context)


def _years(age: float) -> str:
    """An age in weeks, months or years, as short as clinics write it."""
    days = round(age * 365.25)
    if days < 0:
        weeks, left = divmod(280 + days, 7)
        return f"{weeks} weeks + {left} of pregnancy"
    if days < 182:
        return f"{days // 7} weeks" if days >= 14 else f"{days} days"
    months = int(age * 12 + 0.02)
    return f"{months} months" if months < 24 else f"{months // 12} years {months % 12} months"


__all__ = ["Growth", "growth", "member_named"]
