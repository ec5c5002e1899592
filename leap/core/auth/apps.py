"""The app, under the label that its tables have."""

from django.apps import AppConfig


class AuthConfig(AppConfig):
    name = "leap.core.auth"
    label = "leap_auth"
