"""The count beside the bell, on every page."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.notifications.models import Notification

MOST = 100  # more are not counted


def unread(request: HttpRequest) -> dict[str, Any]:
    """How many notices wait to be read: asked of the database once, by a page that shows it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"unread_notices": SimpleLazyObject(lambda: _counted(signed_in(request)))}


def _counted(user: User) -> str:
    count = Notification.objects.visible_to(user).unread()[:MOST].count()
    return f"{MOST - 1}+" if count == MOST else str(count or "")
