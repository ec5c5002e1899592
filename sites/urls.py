"""/sites/ and /sessions/: include it at the root."""

from django.urls import path

from sites import session_page
from sites.bookings import views as booking_views
from sites.places import views as place_views
from sites.registers import views as register_views
from sites.sessions import views as session_views

app_name = "sites"
urlpatterns = [
    path("sites/", place_views.sites, name="sites"),
    path("sites/<slug:code>/", place_views.site, name="site"),
    path("sites/<slug:code>/sessions/new/", session_views.create_session, name="create_session"),
    path("sessions/<ref:ref>/", session_page.session, name="session"),
    path("sessions/<ref:ref>/book/", booking_views.book, name="book"),
    path("sessions/<ref:ref>/register/", register_views.register, name="register"),
    path("sessions/<ref:ref>/change/", session_views.change_session, name="change_session"),
    path("sessions/<ref:ref>/cancel/", session_views.cancel_session, name="cancel_session"),
    path("sessions/<ref:ref>/staff/", session_views.staff, name="staff"),
    path("sessions/<ref:ref>/walk-in/", register_views.walk_in, name="walk_in"),
    path(
        "sessions/<ref:ref>/bookings/<ref:booking_ref>/cancel/", booking_views.cancel, name="cancel"
    ),
]
