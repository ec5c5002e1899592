"""Addresses of saying who leads, under /families/."""

from django.urls import path

from leap.casework.allocation import views

urlpatterns = [
    path("allocate/", views.allocate_many, name="allocate_many"),
    path("<ref:ref>/allocate/", views.allocate, name="allocate"),
]
