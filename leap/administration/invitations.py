"""The e-mail that opens an account: a link to choose a password by, once and within the hour."""

from django.conf import settings
from django.urls import reverse

from leap.core.accounts.models import User
from leap.core.auth.actions import new_password_address
from leap.core.outbox.actions import queue_email

BODY = """An admin of LEAP has opened an account for you, under this e-mail address.

Choose a password for it: {address}

This works once, within the hour. After that, ask for another here: {again}
LEAP never asks for your password by e-mail or telephone.
"""


def post_invitation(user: User) -> None:
    """Put the invitation in the outbox, in the caller's transaction."""
    again = settings.BASE_URL + reverse("accounts:forgotten")
    body = BODY.format(address=new_password_address(user), again=again)
    queue_email(to=user.email, subject="Your LEAP account", body=body)
