"""Addresses of the days that change a family, under /families/."""

from django.urls import path

from leap.casework.life_events import views

app_name = "life"
urlpatterns = [
    path("<ref:ref>/changes/", views.changes, name="changes"),
    path("<ref:ref>/birth/", views.birth, name="birth"),
    path("<ref:ref>/loss/", views.loss, name="loss"),
    path("<ref:ref>/loss/<ref:loss>/", views.loss_consequences, name="stopped"),
    path("<ref:ref>/loss/<ref:loss>/undo/", views.undo, name="undo"),
    path("<ref:ref>/leave/", views.leave, name="leave"),
    path("<ref:ref>/move-out/", views.move_out, name="move_out"),
    path("<ref:ref>/move-out/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<ref:ref>/move-out/call-off/", views.call_off, name="call_off"),
    path("<ref:ref>/close/", views.close, name="close"),
    path("<ref:ref>/reopen/", views.reopen, name="reopen"),
    path("<ref:ref>/adoption/", views.adoption, name="adoption"),
    path("new/after-adoption/", views.adopted, name="adopted"),
]
