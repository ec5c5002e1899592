"""The first admin of an empty LEAP, made at the terminal."""

import sys

from leap.machine.say import say

_LATER = (
    "there is no admin yet. To make one: python3 manage.py up --no-demo at a terminal, "
    "or python3 manage.py first_admin EMAIL"
)


def make_sure() -> None:
    """Ask for the first admin's e-mail when there is no admin, and print a password for them."""
    if exists():
        return
    if not sys.stdin.isatty():
        say(_LATER)
        return
    email = input("E-mail address of the first admin: ").strip()
    print(make(email))


def exists() -> bool:
    """Whether anybody can administer."""
    from django.contrib.auth import get_user_model

    return get_user_model()._default_manager.filter(programme_role="admin", is_active=True).exists()


def make(email: str) -> str:
    """Make the admin. Answers what to tell them; raises ValidationError for a bad address."""
    from django.utils.crypto import get_random_string

    from leap.accounts import actions

    password = get_random_string(20)
    actions.create_first_admin(email=email, password=password)
    return f"{email} is the admin. Password, shown this once: {password}"
