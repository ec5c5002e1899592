"""/reports/ and what hangs off it."""

from django.urls import path

from outcomes.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.reports, name="reports"),
    path("issue/", views.issue, name="issue"),
    path("<str:ref>/", views.report, name="report"),
    path("<str:ref>/download/<str:file_format>/", views.download, name="download"),
]
