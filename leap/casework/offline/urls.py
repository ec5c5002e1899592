"""Addresses of what works without a signal. The worker stands at the root: it answers for all."""

from django.urls import path

from leap.casework.offline import views

app_name = "offline"
urlpatterns = [
    path("offline/", views.today, name="today"),
    path("offline/take/", views.take, name="take"),
    path("offline/visits/<ref:ref>/", views.visit, name="visit"),
    path("offline/send/", views.send, name="send"),
    path("offline/still/", views.lease_state, name="still"),
    path("worker.js", views.worker, name="worker"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
]
