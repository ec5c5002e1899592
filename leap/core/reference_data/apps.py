"""The app, under the label that its tables have."""

from django.apps import AppConfig


class ReferenceDataConfig(AppConfig):
    name = "leap.core.reference_data"
    label = "reference_data"
