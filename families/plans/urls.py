"""Addresses of a family's plan, under /families/."""

from django.urls import path

from families.plans import views

app_name = "plans"
urlpatterns = [
    path("<ref:ref>/plan/", views.plan, name="plan"),
    path("<ref:ref>/plan/begin/", views.begin, name="begin"),
    path("<ref:ref>/plan/print/", views.paper, name="paper"),
    path("<ref:ref>/plan/goals/new/", views.set_goal, name="set_goal"),
    path("<ref:ref>/plan/goals/<ref:goal>/score/", views.score, name="score"),
    path("<ref:ref>/plan/goals/<ref:goal>/steps/new/", views.agree_step, name="agree_step"),
    path("<ref:ref>/plan/steps/<ref:step>/done/", views.finish_step, name="finish_step"),
    path("<ref:ref>/plan/meetings/new/", views.hold_meeting, name="hold_meeting"),
    path("<ref:ref>/plan/close/", views.close, name="close"),
]
