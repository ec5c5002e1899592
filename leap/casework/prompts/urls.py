"""Addresses of prompts, under /families/."""

from django.urls import path

from leap.casework.prompts import views

app_name = "prompts"
urlpatterns = [
    path("<ref:ref>/prompts/<slug:rule>/<ref:basis>/", views.decide, name="decide"),
]
