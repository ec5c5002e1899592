"""/sites/ and /sessions/: include it at the root."""

from django.urls import path

from sites import views

app_name = "sites"
urlpatterns = [
    path("sites/", views.sites, name="sites"),
    path("sites/<slug:code>/", views.site, name="site"),
    path("sessions/<ref:ref>/", views.session, name="session"),
    path("sessions/<ref:ref>/book/", views.book, name="book"),
    path("sessions/<ref:ref>/register/", views.register, name="register"),
    path("sessions/<ref:ref>/staff/", views.staff, name="staff"),
    path("sessions/<ref:ref>/walk-in/", views.walk_in, name="walk_in"),
    path("sessions/<ref:ref>/bookings/<ref:booking_ref>/cancel/", views.cancel, name="cancel"),
]
