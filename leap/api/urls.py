"""Every address under /api/v1/."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from families import api as families
from leap.allocation import api as allocation
from leap.api.docs import docs
from leap.api.resources import nothing_here
from leap.merging import api as merging
from outcomes import api as outcomes
from referrals import api as referrals
from sites import api as sites

app_name = "api"
router = SimpleRouter()
router.register("families", allocation.Families, "families")
router.register("persons", merging.Persons, "persons")
router.register("contacts", families.Contacts, "contacts")
router.register("observations", families.Observations, "observations")
router.register("referrals", referrals.Referrals, "referrals")
router.register("sites", sites.Sites, "sites")
router.register("sessions", sites.Sessions, "sessions")
router.register("bookings", sites.Bookings, "bookings")
router.register("indicators", outcomes.Indicators, "indicators")
router.register("figures", outcomes.Figures, "figures")
router.register("reports", outcomes.Reports, "reports")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("docs/", docs, name="docs"),
    *router.urls,
    re_path(r"^(?P<anything>.*)$", nothing_here),
]
