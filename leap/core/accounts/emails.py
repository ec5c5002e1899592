"""How the e-mail addresses of accounts are written, stored and compared.

Only A to Z have a small letter here. Python's `lower` makes a k of the Kelvin sign and PostgreSQL's
`upper` an S of the long s, so that an address which somebody else can own would find an account.
What a look-up finds is an account: whatever is sent then goes to the account's address, never to
what was typed.
"""

import string

SMALL = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


def canonical(typed: str) -> str:
    """The one way in which an address is stored and looked for."""
    return typed.strip().translate(SMALL)


def why_not(typed: str) -> str | None:
    """Why an account cannot have this address, if it cannot: it must be typed on any keyboard."""
    odd = [letter for letter in typed.strip() if not "!" <= letter <= "~"]
    if not odd:
        return None
    return (
        f"“{odd[0]}” is not on an English keyboard, or only looks like a letter that is. "
        "Type the address again, letter by letter."
    )
