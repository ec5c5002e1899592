"""The app, under the label that its tables have."""

from django.apps import AppConfig


class LifeEventsConfig(AppConfig):
    name = "leap.casework.life_events"
    label = "life_events"
