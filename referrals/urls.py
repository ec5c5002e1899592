"""/referrals/ and what hangs off it."""

from django.urls import path

from referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.queue, name="queue"),
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
]
