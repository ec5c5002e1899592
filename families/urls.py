"""Addresses under /families/. Finding, and the family's own page, are added by leap.urls."""

from django.urls import path

from families import views

app_name = "families"
urlpatterns = [
    path("new/", views.register, name="register"),
    path("new/known/", views.known, name="known"),
    path("new/ask/", views.ask_known, name="ask_known"),
    path("<ref:ref>/contacts/new/", views.log_contact, name="log_contact"),
    path("<ref:ref>/contacts/<ref:contact_ref>/", views.contact, name="contact"),
    path("<ref:ref>/assessments/<ref:person_ref>/", views.assessments, name="assessments"),
    path("<ref:ref>/growth/<ref:person_ref>/", views.growth, name="growth"),
    path(
        "<ref:ref>/contacts/<ref:contact_ref>/correct/",
        views.correct_contact,
        name="correct_contact",
    ),
    path("<ref:ref>/alerts/add/", views.add_alert, name="add_alert"),
    path("<ref:ref>/alerts/<ref:alert>/end/", views.end_alert, name="end_alert"),
    path(
        "<ref:ref>/follow-ups/<ref:follow_up>/finish/",
        views.finish_follow_up,
        name="finish_follow_up",
    ),
    path("<ref:ref>/looked/", views.looked, name="looked"),
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
    path("<ref:ref>/contacts/<ref:contact_ref>/layer/", views.change_layer, name="change_layer"),
    path("<ref:ref>/protection/", views.protection, name="protection"),
    path("<ref:ref>/restrict/", views.restrict, name="restrict"),
    path("<ref:ref>/lift/", views.lift, name="lift"),
    path("<ref:ref>/name/", views.name, name="name"),
    path("<ref:ref>/take-name-off/", views.take_name_off, name="take_name_off"),
    path("<ref:ref>/new-address/", views.new_address, name="new_address"),
    path("<ref:ref>/people/add/", views.add_person, name="add_person"),
    path("<ref:ref>/people/<ref:person_ref>/change/", views.change_person, name="change_person"),
    path("<ref:ref>/people/<ref:person_ref>/restrict/", views.restrict, name="restrict_person"),
    path("<ref:ref>/people/<ref:person_ref>/lift/", views.lift, name="lift_person"),
    path("<ref:ref>/people/<ref:person_ref>/name/", views.name, name="name_person"),
    path(
        "<ref:ref>/people/<ref:person_ref>/take-name-off/",
        views.take_name_off,
        name="take_name_off_person",
    ),
    path("<ref:ref>/people/<ref:person_ref>/shield/", views.shield, name="shield"),
    path(
        "<ref:ref>/people/<ref:person_ref>/shield/<ref:other_ref>/end/",
        views.end_shield,
        name="end_shield",
    ),
    path(
        "<ref:ref>/people/<ref:person_ref>/safe-contact/", views.safe_contact, name="safe_contact"
    ),
]
