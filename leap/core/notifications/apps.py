"""The app, under the label that its tables have."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "leap.core.notifications"
    label = "notifications"
