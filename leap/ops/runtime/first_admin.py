"""The first admin of an empty LEAP, made at the terminal."""

import sys

from leap.ops.runtime.console import TroubleError, say

_LATER = "there is no admin yet. To make one: python3 manage.py first_admin EMAIL"
_PASSWORD_LENGTH = 20


def make_sure() -> None:
    """Ask for the first admin's e-mail when there is no admin, and print a password for them."""
    from leap.core.accounts.recipients import admins

    if admins().exists():
        return
    if not sys.stdin.isatty():
        say(_LATER)
        return
    while True:
        try:
            print(make(input("E-mail address of the first admin: ").strip()))
            return
        except TroubleError as trouble:
            print(trouble)


def make(email: str) -> str:
    """Make the admin. Answers what to tell them; raises TroubleError when it cannot be."""
    from django.core.exceptions import ValidationError
    from django.utils.crypto import get_random_string

    from leap.core.accounts import actions
    from leap.core.exceptions import NotAllowed

    password = get_random_string(_PASSWORD_LENGTH)
    name = email.partition("@")[0]
    try:
        actions.create_first_admin(email=email, name=name, password=password)
    except ValidationError as error:
        raise TroubleError(f"{email or 'Nothing'} is not an e-mail address.") from error
    except NotAllowed as error:
        raise TroubleError(str(error)) from error
    return f"{email} is the first admin. Password, shown this once: {password}"
