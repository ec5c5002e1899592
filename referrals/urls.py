"""/referrals/ and what hangs off it."""

from django.urls import path

from referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("new/", views.new, name="new"),
    path("<str:ref>/", views.referral, name="referral"),
    path("<str:ref>/send/", views.send, name="send"),
    path("<str:ref>/acknowledge/", views.acknowledge, name="acknowledge"),
    path("<str:ref>/accept/", views.accept, name="accept"),
    path("<str:ref>/decline/", views.decline, name="decline"),
    path("<str:ref>/ask/", views.ask, name="ask"),
    path("<str:ref>/answer/", views.answer, name="answer"),
    path("<str:ref>/withdraw/", views.withdraw, name="withdraw"),
    path("<str:ref>/first-contact/", views.first_contact, name="first_contact"),
    path("<str:ref>/close/", views.close, name="close"),
]
