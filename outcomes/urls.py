"""/outcomes/ and what hangs off it."""

from django.urls import path

from outcomes.figures import views

app_name = "outcomes"
urlpatterns = [
    path("", views.outcomes, name="outcomes"),
    path("last-night/", views.last_night, name="last_night"),
    path("export/", views.export, name="export"),
    path("export/exact/", views.export_exact, name="export_exact"),
    path("<slug:indicator>/", views.indicator, name="indicator"),
]
