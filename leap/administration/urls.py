"""/admin/ and what hangs off it."""

from django.urls import path

from leap.administration import views

app_name = "administration"
urlpatterns = [
    path("", views.practitioners, name="practitioners"),
    path("practitioners/new/", views.invite, name="invite"),
    path("practitioners/<uuid:ref>/", views.practitioner, name="practitioner"),
    path("practitioners/<uuid:ref>/change/", views.change, name="change"),
    path("practitioners/<uuid:ref>/role/", views.role, name="role"),
    path("practitioners/<uuid:ref>/invite-again/", views.invite_again, name="invite_again"),
    path("practitioners/<uuid:ref>/leaving/", views.leaving, name="leaving"),
    path("practitioners/<uuid:ref>/deactivate/", views.deactivate, name="deactivate"),
    path("practitioners/<uuid:ref>/reactivate/", views.reactivate, name="reactivate"),
    path(
        "practitioners/<uuid:ref>/sign-out-everywhere/",
        views.sign_out_everywhere,
        name="sign_out_everywhere",
    ),
    path(
        "practitioners/<uuid:ref>/reset-second-step/",
        views.reset_second_step,
        name="reset_second_step",
    ),
    path("practitioners/<uuid:ref>/join/", views.join, name="join"),
    path("practitioners/<uuid:ref>/<slug:code>/role/", views.member_role, name="member_role"),
    path("practitioners/<uuid:ref>/<slug:code>/move/", views.move, name="move"),
    path("practitioners/<uuid:ref>/<slug:code>/end/", views.end, name="end"),
    path("undelivered/", views.undelivered, name="undelivered"),
    path("undelivered/<uuid:key>/try-again/", views.try_again, name="try_again"),
    path("undelivered/<uuid:key>/told/", views.note_told, name="note_told"),
    path("cut-offs/", views.cut_offs, name="cut_offs"),
    path("teams/", views.teams, name="teams"),
    path("teams/new/", views.found_team, name="found_team"),
    path("teams/<slug:code>/", views.team, name="team"),
    path("teams/<slug:code>/change/", views.change_team, name="change_team"),
    path("agencies/", views.agencies, name="agencies"),
    path("agencies/new/", views.found_agency, name="found_agency"),
    path("agencies/<slug:code>/change/", views.change_agency, name="change_agency"),
]
