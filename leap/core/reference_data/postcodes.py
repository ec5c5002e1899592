"""Postcodes as somebody types them, whether or not the directory lists them.

A home outside the directory, abroad, in the forces or nowhere is still where somebody lives: it is
kept, and its ward is "not known" until an extract of the ONS Postcode Directory brings it.
"""

import re

from django.core.exceptions import ValidationError

from leap.core.reference_data.models import Postcode, tidy_postcode

NO_FIXED_ABODE = "ZZ99 3VZ"  # NHS Data Dictionary: the pseudo postcode of no fixed abode
ABROAD = "ABROAD"  # no postcode, or one that nobody knows
IN_WORDS = {
    **dict.fromkeys(("NFA", "NOFIXEDABODE", "NOFIXEDADDRESS", "HOMELESS"), NO_FIXED_ABODE),
    **dict.fromkeys(("ABROAD", "OVERSEAS", "OUTSIDETHEUK", "NOTINTHEUK"), ABROAD),
}
FORCES = re.compile(r"BFPO(?:C/?O)?0*([1-9][0-9]{0,3})", re.ASCII)
HOW = (
    f"One looks like SW9 8HE. For no fixed abode give {NO_FIXED_ABODE}, for the forces a number"
    " such as BFPO 801, and for a home abroad its own postcode, or the word abroad."
)
# Jersey, Guernsey, the Isle of Man and Gibraltar write theirs as the United Kingdom does.
SHAPE = re.compile(r"(?:[A-Z]{1,2}[0-9][A-Z0-9]?|GIR|[A-Z]{4}) [0-9][A-Z]{2}", re.ASCII)
# How other countries write theirs, without the spaces and hyphens in it. None is what is left of
# one of ours when a letter or a figure is missing.
ELSEWHERE = re.compile(
    r"[A-Z]{0,3}[0-9]{3,9}"  # most: 75008, F75008, 1000001, AD500, VG1110
    r"|[0-9]{4}[A-Z]{2}"  # the Netherlands
    r"|(?:[AC-FHKNPRTV-Y][0-9]{2}|D6W)[0-9AC-FHKNPRTV-Y]{4}"  # Ireland
    r"|[A-Z][0-9][A-Z][0-9][A-Z][0-9]"  # Canada
    r"|KY[0-9]{5}"  # Cayman Islands
    r"|[A-Z][0-9]{4}[A-Z]{3}",  # Argentina
    re.ASCII,
)
LONGEST_ELSEWHERE = 10


def written_one_way(text: str) -> str:
    """A postcode as we write it, upper case and spaced: SW9 8HE, BFPO 801, ZZ99 3VZ, ABROAD, 75008.
    Blank for what is none."""
    tidy = tidy_postcode(text)
    bare = tidy.replace(" ", "")
    words = re.sub(r"[^A-Z]", "", tidy)
    if words == bare.replace(".", "").replace("-", "") and words in IN_WORDS:
        return IN_WORDS[words]
    if forces := FORCES.fullmatch(bare):
        return f"BFPO {forces[1]}"
    if SHAPE.fullmatch(tidy):
        return tidy
    parts = [part for part in re.split(r"[\s-]+", text.upper()) if part]
    spaced = " ".join(parts)
    match = ELSEWHERE.fullmatch("".join(parts))
    return spaced if match and len(spaced) <= LONGEST_ELSEWHERE else ""


def postcode_in_words(postcode: str) -> str:
    """A postcode as people say it: two of them are no place to go to."""
    return {NO_FIXED_ABODE: "No fixed abode", ABROAD: "Abroad"}.get(postcode, postcode)


def read_postcode(text: str) -> Postcode:
    """The postcode somebody means: as the directory lists it, or new and unsaved without a ward.

    Raises ValidationError for what is no postcode.
    """
    written = written_one_way(text)
    if not written:
        raise ValidationError(f"“{text}” is not a postcode. {HOW}")
    listed = Postcode.objects.filter(postcode=written).first()
    return listed or Postcode(postcode=written, ward_2011="")


def keep_postcode(postcode: Postcode) -> Postcode:
    """The same with a row of its own, made now where there was none. For actions."""
    if postcode.pk is None:
        postcode, _ = Postcode.objects.get_or_create(postcode=postcode.postcode)
    return postcode
