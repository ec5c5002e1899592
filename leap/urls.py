"""Every address of the product."""

from django.urls import include, path

from leap.pages import design

urlpatterns = [
    path("", include("leap.accounts.urls")),
    path("referrals/", include("referrals.urls")),
    path("api/v1/", include("leap.api.urls")),
    path("design/", design.gallery, name="design"),
]

handler400 = "leap.pages.errors.bad_request"
handler403 = "leap.pages.errors.not_allowed"
handler404 = "leap.pages.errors.not_found"
handler500 = "leap.pages.errors.server_error"
