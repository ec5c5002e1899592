"""Reading a session."""

from django.shortcuts import get_object_or_404

from sites.models import Session


def get_session(ref: str) -> Session:
    """A session: everybody who signs in can see that it is on."""
    return get_object_or_404(
        Session.objects.select_related("site__postcode", "site__team", "room", "service", "team"),
        ref=ref,
    )
