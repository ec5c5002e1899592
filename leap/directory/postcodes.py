"""Postcodes as somebody types them, whether or not the directory lists them.

A home outside the directory, or none, is still where somebody lives: it is kept, and its ward is
"not known" until an extract of the ONS Postcode Directory brings it.
"""

import re

from django.core.exceptions import ValidationError

from leap.directory.models import Postcode, tidy_postcode

NO_FIXED_ABODE = "ZZ99 3VZ"  # NHS Data Dictionary: the pseudo postcode of no fixed abode
SHAPE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}", re.ASCII)
WORDS_FOR_NONE = {"NFA", "NOFIXEDABODE", "NOFIXEDADDRESS"}


def read_postcode(text: str) -> Postcode:
    """The postcode somebody means: as the directory lists it, or new and unsaved without a ward.

    Raises ValidationError for what is no postcode.
    """
    tidy = tidy_postcode(text)
    if re.sub(r"[^A-Z]", "", tidy) in WORDS_FOR_NONE:
        tidy = NO_FIXED_ABODE
    if not SHAPE.fullmatch(tidy):
        raise ValidationError(
            f"“{text}” is not a postcode. One looks like SW9 8HE. For no fixed abode give "
            f"{NO_FIXED_ABODE}, or leave it blank for now."
        )
    listed = Postcode.objects.filter(postcode=tidy).first()
    return listed or Postcode(postcode=tidy, ward_2011="")


def keep_postcode(postcode: Postcode) -> Postcode:
    """The same with a row of its own, made now where there was none. For actions."""
    if postcode.pk is None:
        postcode, _ = Postcode.objects.get_or_create(postcode=postcode.postcode)
    return postcode
