"""Addresses under /families/. Finding, and the family's own page, are added by leap.urls."""

from django.urls import path

from families.access import access_log_views, involvement_views, restriction_views, sharing_views
from families.contacts import alert_views, correction_views
from families.contacts import views as contact_views
from families.contacts.layer_views import change_layer
from families.observations.growth import views as growth_views
from families.people import address_views, registration_views
from families.people import views as people_views
from families.reviews import assessment_views

app_name = "families"
urlpatterns = [
    path("new/", registration_views.register, name="register"),
    path("new/known/", registration_views.known_already, name="known"),
    path("new/ask/", registration_views.ask_knowing_team, name="ask_known"),
    path("<ref:ref>/contacts/new/", contact_views.log_contact, name="log_contact"),
    path("<ref:ref>/contacts/<ref:contact_ref>/", contact_views.contact, name="contact"),
    path(
        "<ref:ref>/assessments/<ref:person_ref>/", assessment_views.assessments, name="assessments"
    ),
    path("<ref:ref>/growth/<ref:person_ref>/", growth_views.growth, name="growth"),
    path(
        "<ref:ref>/contacts/<ref:contact_ref>/correct/",
        correction_views.correct_contact,
        name="correct_contact",
    ),
    path("<ref:ref>/alerts/add/", alert_views.add_alert, name="add_alert"),
    path("<ref:ref>/alerts/<ref:alert>/end/", alert_views.end_alert, name="end_alert"),
    path(
        "<ref:ref>/follow-ups/<ref:follow_up>/finish/",
        alert_views.finish_follow_up,
        name="finish_follow_up",
    ),
    path("<ref:ref>/looked/", access_log_views.access_log_page, name="looked"),
    path("<ref:ref>/sharing/", sharing_views.sharing, name="sharing"),
    path("<ref:ref>/sharing/decide/", sharing_views.decide_sharing, name="decide_sharing"),
    path(
        "<ref:ref>/sharing/<ref:decision>/withdraw/",
        sharing_views.withdraw_sharing,
        name="withdraw_sharing",
    ),
    path("<ref:ref>/involvement/", involvement_views.involvement, name="involvement"),
    path("<ref:ref>/involvement/add/", involvement_views.add_team, name="add_team"),
    path(
        "<ref:ref>/involvement/<slug:team>/end/",
        involvement_views.end_involvement,
        name="end_involvement",
    ),
    path(
        "<ref:ref>/involvement/<slug:team>/change/", involvement_views.change_end, name="change_end"
    ),
    path(
        "<ref:ref>/contacts/<ref:contact_ref>/layer/",
        change_layer,
        name="change_layer",
    ),
    path("<ref:ref>/protection/", restriction_views.protection, name="protection"),
    path("<ref:ref>/restrict/", restriction_views.restrict, name="restrict"),
    path("<ref:ref>/lift/", restriction_views.lift, name="lift"),
    path("<ref:ref>/name/", restriction_views.name, name="name"),
    path("<ref:ref>/take-name-off/", restriction_views.take_name_off, name="take_name_off"),
    path("<ref:ref>/new-address/", address_views.new_address, name="new_address"),
    path("<ref:ref>/people/add/", people_views.add_person, name="add_person"),
    path(
        "<ref:ref>/people/<ref:person_ref>/change/",
        people_views.change_person,
        name="change_person",
    ),
    path(
        "<ref:ref>/people/<ref:person_ref>/restrict/",
        restriction_views.restrict,
        name="restrict_person",
    ),
    path("<ref:ref>/people/<ref:person_ref>/lift/", restriction_views.lift, name="lift_person"),
    path("<ref:ref>/people/<ref:person_ref>/name/", restriction_views.name, name="name_person"),
    path(
        "<ref:ref>/people/<ref:person_ref>/take-name-off/",
        restriction_views.take_name_off,
        name="take_name_off_person",
    ),
    path("<ref:ref>/people/<ref:person_ref>/shield/", restriction_views.shield, name="shield"),
    path(
        "<ref:ref>/people/<ref:person_ref>/shield/<ref:other_ref>/end/",
        restriction_views.end_shield,
        name="end_shield",
    ),
    path(
        "<ref:ref>/people/<ref:person_ref>/safe-contact/",
        restriction_views.safe_contact,
        name="safe_contact",
    ),
]
