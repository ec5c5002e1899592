"""What people are told by e-mail: that something has happened, never about whom."""

from django.conf import settings
from django.urls import reverse

from families.models import Family
from leap.accounts.models import Team
from leap.safekeeping.actions import post

BODY = """{said}

Sign in to see it: {url}

This message says nothing about any family, on purpose. Please do not write about them by e-mail.
"""


def tell(addresses: list[str], said: str, path: str) -> None:
    """Put a notice, a sentence, to each address in the outbox, in the caller's transaction."""
    body = BODY.format(said=said, url=settings.BASE_URL + path)
    for address in addresses:
        post(to=address, subject=said.rstrip("."), body=body)


def tell_team(team: Team, said: str, family: Family | None) -> None:
    """Tell a team, and where to look: the family's page where it can still see that."""
    path = reverse("families:family", args=[family.ref]) if family else reverse("my_work")
    tell([team.email], said, path)
