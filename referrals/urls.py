"""/referrals/ and what hangs off it."""

from django.urls import path

from referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("tasks/", views.tasks, name="tasks"),
    path("tasks/<ref:ref>/", views.done, name="done"),
    path("from-outside/", views.send_in, name="send_in"),
    path("incoming/", views.incoming, name="incoming"),
    path("incoming/<ref:ref>/", views.incoming_item, name="incoming_item"),
    path("intake/", views.intake, name="intake"),
    path("intake/<slug:code>/pause/", views.pause_intake, name="pause_intake"),
    path("intake/<slug:code>/resume/", views.resume_intake, name="resume_intake"),
    path("days/", views.days, name="days"),
    path("days/<str:day>/forget/", views.forget_day, name="forget_day"),
    path("allocate/", views.allocate_many, name="allocate_many"),
    path("pathways/", views.pathways, name="pathways"),
    path("pathways/<slug:code>/", views.pathway, name="pathway"),
    path("pathways/<slug:code>/change/", views.change_pathway, name="change_pathway"),
    path("new/", views.new, name="new"),
    path("<ref:ref>/", views.referral, name="referral"),
    path("<ref:ref>/send/", views.send, name="send"),
    path("<ref:ref>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<ref:ref>/accept/", views.accept, name="accept"),
    path("<ref:ref>/allocate/", views.allocate, name="allocate"),
    path("<ref:ref>/decline/", views.decline, name="decline"),
    path("<ref:ref>/ask/", views.ask, name="ask"),
    path("<ref:ref>/answer/", views.answer, name="answer"),
    path("<ref:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<ref:ref>/first-contact/", views.first_contact, name="first_contact"),
    path("<ref:ref>/close/", views.close, name="close"),
    path("<ref:ref>/edit/", views.edit, name="edit"),
    path("<ref:ref>/redirect/", views.redirect, name="redirect"),
    path("<ref:ref>/pause/", views.pause, name="pause"),
    path("<ref:ref>/resume/", views.resume, name="resume"),
    path("<ref:ref>/challenge/", views.challenge, name="challenge"),
    path("<ref:ref>/take-further/", views.take_further, name="take_further"),
    path("<ref:ref>/propose/", views.propose, name="propose"),
    path("<ref:ref>/agree/", views.agree, name="agree"),
]
