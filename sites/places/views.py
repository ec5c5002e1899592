"""Where things happen, and what is on there."""

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.text import capfirst

from leap.core.accounts.permissions import Capability
from leap.core.http import signed_in
from leap.core.reference_data.models import LEAP_WARDS, NOT_KNOWN, OUTSIDE, Site
from leap.core.ui.pagination import page_of
from sites.models import Session

A_PAGE = 20


PAST = 15


def sites(request: HttpRequest) -> HttpResponse:
    """Every site, by ward, each with what is on next."""
    coming = Session.objects.upcoming().select_related("service")
    first = coming.order_by("site", "during", "pk").distinct("site")
    following = {session.site_id: session for session in first}
    by_ward: dict[str, list[tuple[Site, Session | None]]] = {
        name: [] for name in [*LEAP_WARDS.values(), *map(capfirst, (OUTSIDE, NOT_KNOWN))]
    }
    for place in Site.objects.select_related("postcode").order_by("name"):
        by_ward[_ward(place)].append((place, following.get(place.pk)))
    wards = [(name, places) for name, places in by_ward.items() if places]
    return render(request, "sites/sites.html", {"wards": wards})


def _ward(place: Site) -> str:
    return capfirst(place.postcode.ward_name if place.postcode else NOT_KNOWN)


def site(request: HttpRequest, code: str) -> HttpResponse:
    """What is on at one site; and what is over, first what nobody has marked yet."""
    place = get_object_or_404(Site.objects.select_related("postcode"), code=code)
    sessions = Session.objects.filter(site=place).select_related("service", "room")
    coming = sessions.upcoming().order_by("during", "pk")
    over = sessions.past().filter(cancelled_at=None).with_register_open()
    over = over.with_tie_of(signed_in(request))
    context = {
        "site": place,
        "ward": _ward(place),
        "may_create": signed_in(request).can(Capability.PLAN_SESSIONS),
        "page": page_of(coming, A_PAGE, request.GET.get("page")),
        "past": over.order_by(F("is_unmarked").desc(), "-during", "-pk")[:PAST],
    }
    return render(request, "sites/site.html", context)
