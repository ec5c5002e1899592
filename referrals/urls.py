"""/referrals/ and what hangs off it."""

from django.urls import path

from referrals.attachments import views as attachment_views
from referrals.external import incoming_views, letter_views, link_views
from referrals.external import views as external_views
from referrals.pathways import intake_views
from referrals.pathways import views as pathway_views
from referrals.queue import bulk_allocate_views
from referrals.queue import views as queue_views
from referrals.transitions import new_views, receipt_views, task_views
from referrals.transitions import views as transition_views

app_name = "referrals"
urlpatterns = [
    path("", queue_views.queue, name="queue"),
    path("tasks/", task_views.tasks, name="tasks"),
    path("tasks/<ref:ref>/", task_views.done, name="done"),
    path("from-outside/", incoming_views.send_in, name="send_in"),
    path("incoming/", incoming_views.incoming, name="incoming"),
    path("incoming/<ref:ref>/", incoming_views.incoming_item, name="incoming_item"),
    path("by-link/<str:token>/", link_views.by_link, name="by_link"),
    path("by-link/<str:token>/<slug:verb>/", link_views.answer_by_link, name="answer_by_link"),
    path("outside/", external_views.outside, name="outside"),
    path("outside/new/", external_views.refer_outside, name="refer_outside"),
    path("outside/<ref:ref>/", external_views.outside_item, name="outside_item"),
    path("outside/<ref:ref>/send-again/", external_views.send_again, name="send_again"),
    path("outside/<ref:ref>/revoke/", external_views.revoke, name="revoke"),
    path("outside/<ref:ref>/write-down/", external_views.write_down, name="write_down"),
    path("outside/<ref:ref>/inform/", external_views.inform_outside, name="inform_outside"),
    path("outside/<ref:ref>/take-back/", external_views.take_back, name="take_back"),
    path("outside/<ref:ref>/settle/", external_views.settle_outside, name="settle_outside"),
    path("outside/<ref:ref>/form/", letter_views.outside_form, name="outside_form"),
    path("outside/<ref:ref>/letters/", letter_views.outside_letters, name="outside_letters"),
    path(
        "outside/<ref:ref>/letters/<ref:person_ref>/",
        letter_views.outside_letter,
        name="outside_letter",
    ),
    path("intake/", intake_views.intake, name="intake"),
    path("intake/<slug:code>/pause/", intake_views.pause_intake, name="pause_intake"),
    path("intake/<slug:code>/resume/", intake_views.resume_intake, name="resume_intake"),
    path("days/", intake_views.days, name="days"),
    path("days/<str:day>/forget/", intake_views.forget_day, name="forget_day"),
    path("allocate/", bulk_allocate_views.allocate_many, name="allocate_many"),
    path("pathways/<slug:code>/change/", pathway_views.change_pathway, name="change_pathway"),
    path("new/", new_views.new, name="new"),
    path("<ref:ref>/", queue_views.referral, name="referral"),
    path("<ref:ref>/receipt/", receipt_views.receipt, name="receipt"),
    path("<ref:ref>/send/", transition_views.send, name="send"),
    path("<ref:ref>/acknowledge/", transition_views.acknowledge, name="acknowledge"),
    path("<ref:ref>/accept/", transition_views.accept, name="accept"),
    path("<ref:ref>/allocate/", transition_views.allocate, name="allocate"),
    path("<ref:ref>/decline/", transition_views.decline, name="decline"),
    path("<ref:ref>/ask/", transition_views.ask, name="ask"),
    path("<ref:ref>/answer/", transition_views.answer, name="answer"),
    path("<ref:ref>/withdraw/", transition_views.withdraw, name="withdraw"),
    path("<ref:ref>/first-contact/", transition_views.first_contact, name="first_contact"),
    path("<ref:ref>/close/", transition_views.close, name="close"),
    path("<ref:ref>/attach/", attachment_views.attach, name="attach"),
    path("<ref:ref>/attachments/<ref:file_ref>/", attachment_views.attachment, name="attachment"),
    path(
        "<ref:ref>/attachments/<ref:file_ref>/remove/",
        attachment_views.remove_attachment,
        name="remove_attachment",
    ),
    path("<ref:ref>/edit/", transition_views.edit, name="edit"),
    path("<ref:ref>/redirect/", transition_views.redirect, name="redirect"),
    path("<ref:ref>/pause/", transition_views.pause, name="pause"),
    path("<ref:ref>/resume/", transition_views.resume, name="resume"),
    path("<ref:ref>/challenge/", transition_views.challenge, name="challenge"),
    path("<ref:ref>/take-further/", transition_views.take_further, name="take_further"),
    path("<ref:ref>/propose/", transition_views.propose, name="propose"),
    path("<ref:ref>/agree/", transition_views.agree, name="agree"),
]
