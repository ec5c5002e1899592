"""The app, under the label that its tables have."""

from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "leap.core.outbox"
    label = "outbox"
