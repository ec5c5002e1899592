"""Addresses under /families/. The family's own page is added by leap.urls, last."""

from django.urls import path

from families import views

app_name = "families"
urlpatterns = [
    path("", views.search, name="search"),
    path("new/", views.register, name="register"),
    path("due/", views.due, name="due"),
    path("<ref:ref>/contacts/new/", views.log_contact, name="log_contact"),
    path("<ref:ref>/contacts/<ref:contact_ref>/", views.contact, name="contact"),
]
