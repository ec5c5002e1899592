from django.apps import AppConfig


class SitesConfig(AppConfig):
    """Sites are places. The label keeps django.contrib.sites from ever colliding with us."""

    name = "sites"
    label = "leap_sites"
