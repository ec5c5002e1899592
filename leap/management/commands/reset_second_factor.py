"""Let somebody set up their second step anew: python3 manage.py reset_second_factor EMAIL."""

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from leap.core.accounts.models import User
from leap.core.auth import actions


class Command(BaseCommand):
    """For the admin who has lost telephone and recovery codes, when there is no other admin."""

    help = "Remove somebody's second step for signing in; they set it up anew."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("email")

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove it, sign them out everywhere, and tell them."""
        user = User.objects.with_email(options["email"])
        if user is None:
            raise CommandError("Nobody has this e-mail address.")
        actions.reset_second_factor(user=user, by=None)
        self.stdout.write(f"{user} signs in with the password alone, and sets it up anew then.")
