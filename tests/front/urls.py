"""Pages that say nothing, to look at what stands around them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path

from leap.urls import families_and_their_pages


def say(request: HttpRequest) -> HttpResponse:
    return render(request, "error.html", {"heading": "A page", "sentence": "Here."})


PAGES = ("families/", "referrals/", "referrals/RF-2/", "sites/", "outcomes/", "reports/")
urlpatterns = [
    path("", include("leap.core.auth.urls")),
    path("", say, name="my_work"),
    *(path(one, say) for one in PAGES),
    path("notices/", say, name="notices"),  # the bell in the header
    path("families/", include((families_and_their_pages, "families"))),  # the search in the header
    path("", include("leap.casework.offline.urls")),  # what makes an app of it
]
