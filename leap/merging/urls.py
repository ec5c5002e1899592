"""Addresses under /merging/."""

from django.urls import path

from leap.merging import views

app_name = "merging"
urlpatterns = [
    path("", views.merging, name="merging"),
    path("people/<ref:kept>/<ref:gone>/", views.people, name="people"),
    path("families/<ref:kept>/<ref:gone>/", views.families, name="families"),
    path("<ref:ref>/", views.merge, name="merge"),
    path("<ref:ref>/undo/", views.undo, name="undo"),
]
