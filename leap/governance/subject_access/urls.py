"""/subject-access/ and what hangs off it."""

from django.urls import path

from leap.governance.subject_access import views

app_name = "subject_access"
urlpatterns = [
    path("", views.requests, name="requests"),
    path("of/<ref:ref>/", views.of_family, name="of_family"),
    path("of/<ref:ref>/new/", views.new, name="new"),
    path("<ref:ref>/", views.request_page, name="request"),
    path("<ref:ref>/extend/", views.extend, name="extend"),
    path("<ref:ref>/read/", views.read, name="read"),
    path("<ref:ref>/accept-proposals/", views.accept_proposals, name="accept_proposals"),
    path("<ref:ref>/read/<int:place>/", views.piece, name="piece"),
    path("<ref:ref>/finish/", views.finish, name="finish"),
    path("<ref:ref>/download/", views.download, name="download"),
]
