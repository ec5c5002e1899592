"""Public references: short, unambiguous to read aloud, and unguessable in order."""

import re
import secrets

from django.db import models
from django.urls import register_converter

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0/O, no 1/I


def new_ref(prefix: str, length: int) -> str:
    """One candidate reference such as LB-7K3M9. At 10 characters a clash is not to be expected."""
    return f"{prefix}-{''.join(secrets.choice(ALPHABET) for _ in range(length))}"


def free_refs(model: type[models.Model], prefix: str, length: int, count: int) -> list[str]:
    """`count` references that no row of `model` has yet: for short ones, which do clash."""
    free: set[str] = set()
    while len(free) < count:
        wanted = {new_ref(prefix, length) for _ in range(count - len(free))} - free
        taken = model._default_manager.filter(ref__in=wanted).values_list("ref", flat=True)
        free |= wanted - set(taken)
    return sorted(free, key=lambda _: secrets.randbelow(1 << 30))


class RefConverter:
    """A reference in an address, in either case: /families/lb-7k3m9/ is /families/LB-7K3M9/."""

    regex = "[A-Za-z]{1,3}-[0-9A-Za-z]{4,16}"

    def to_python(self, value: str) -> str:
        return value.upper()

    def to_url(self, value: str) -> str:
        return value


def is_ref(text: str) -> bool:
    """Whether `text` could be a reference of anything."""
    return re.fullmatch(RefConverter.regex, text) is not None


register_converter(RefConverter, "ref")  # here, once: every app's addresses use it
