"""What the other team is told by e-mail: that something waits, never about whom."""

from django.conf import settings

from leap.accounts.models import Team, User
from leap.safekeeping.actions import post
from referrals.models import Referral

BODY = """{said}

Sign in to see it: {url}

This message says nothing about the family, on purpose. Please do not write about them by e-mail.
"""


def tell(team: Team, said: str, referral: Referral) -> None:
    """Put a notice to the team in the outbox, in the caller's transaction. `said` is a sentence."""
    url = settings.BASE_URL + referral.get_absolute_url()
    post(to=team.email, subject=said.rstrip("."), body=BODY.format(said=said, url=url))


def tell_person(user: User, said: str, referral: Referral) -> None:
    """The same to one practitioner: what is for somebody by name."""
    url = settings.BASE_URL + referral.get_absolute_url()
    post(to=user.email, subject=said.rstrip("."), body=BODY.format(said=said, url=url))
