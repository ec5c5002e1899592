"""Addresses under /merging/."""

from django.urls import path

from leap.casework.merging import views, worklist

app_name = "merging"
urlpatterns = [
    path("", views.merging, name="merging"),
    path("duplicates/", worklist.duplicates, name="duplicates"),
    path("duplicates/<ref:pair>/ask/", worklist.ask_both, name="ask_both"),
    path("duplicates/<ref:pair>/two/", worklist.are_two, name="are_two"),
    path("people/<ref:kept>/<ref:gone>/", views.people, name="people"),
    path("families/<ref:kept>/<ref:gone>/", views.families, name="families"),
    path("<ref:ref>/", views.merge, name="merge"),
    path("<ref:ref>/undo/", views.undo, name="undo"),
]
