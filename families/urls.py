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
    path("<ref:ref>/sharing/", views.sharing, name="sharing"),
    path("<ref:ref>/sharing/decide/", views.decide_sharing, name="decide_sharing"),
    path(
        "<ref:ref>/sharing/<ref:decision>/withdraw/",
        views.withdraw_sharing,
        name="withdraw_sharing",
    ),
    path("<ref:ref>/involvement/", views.involvement, name="involvement"),
    path("<ref:ref>/involvement/add/", views.add_team, name="add_team"),
    path("<ref:ref>/involvement/<slug:team>/end/", views.end_involvement, name="end_involvement"),
    path("<ref:ref>/involvement/<slug:team>/change/", views.change_end, name="change_end"),
]
