"""Every address under /api/v1/."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from families import api as families
from leap.casework.allocation import api as allocation
from leap.casework.merging import api as merging
from leap.core.api.resources import nothing_here
from leap.web.api_docs import docs
from outcomes import api as outcomes
from referrals import api as referrals
from sites import api as sites

app_name = "api"
router = SimpleRouter()
router.register("families", allocation.AllocationFamilies, "families")
router.register("persons", merging.MergedPersons, "persons")
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
