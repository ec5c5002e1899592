"""/retention/ and what hangs off it."""

from django.urls import path

from leap.governance.retention import views

app_name = "retention"
urlpatterns = [
    path("", views.retention, name="retention"),
    path("holds/<ref:ref>/", views.holds, name="holds"),
]
