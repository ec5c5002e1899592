"""What of a family leaves the partnership with a referral: enough to decide, and no more.

Names and ages of the children, their ward, and what the sender wrote. Nobody who is kept for named
people, nothing from contacts or observations, and no address: where somebody is shielded, their
address and number are cut out of what was typed, too, even if the shield came later.
"""

import re
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from families.models import Family, Person, Residence, SafeContact, Shield
from families.models.shielded_addresses import in_family
from referrals.models import ExternalReferral, ExternalReferralStep, Status

CUT = "[not given]"
MESSAGE_KINDS = (ExternalReferralStep.Kind.ASKED, ExternalReferralStep.Kind.TOLD)


@dataclass(frozen=True)
class SeenByRecipient:
    """What of the record itself is seen outside."""

    children: list[Person]
    ward: str


@dataclass(frozen=True)
class Disclosure(SeenByRecipient):
    """All that somebody outside reads of one referral."""

    reason: str
    messages: list[ExternalReferralStep]  # what they asked, and what they were told
    reach: str  # only once they have accepted
    safe_contact: list[str]  # the only ways of reaching each carer who named some


def disclosure_of(outside: ExternalReferral) -> Disclosure:
    """What leaves as things are now."""
    family, never = outside.family, undisclosable_texts(outside.family)
    seen = seen_by_recipient(family)
    accepted = outside.status == Status.ACCEPTED
    steps = list(outside.steps.filter(kind__in=MESSAGE_KINDS).order_by("at"))
    for step in steps:
        step.text = cut_out(never, step.text)
    safe_contact = []
    for safe in safe_ways(family) if accepted else []:
        ways = safe.in_words or "nothing but meeting them"
        times = f", {safe.times}" if safe.times else ""
        safe_contact.append(f"{safe.person.given_name}: only by {ways}{times}")
    return Disclosure(
        children=seen.children,
        ward=seen.ward,
        reason=cut_out(never, outside.reason),
        messages=steps,
        reach=cut_out(never, outside.reach) if accepted else "",
        safe_contact=safe_contact,
    )


def seen_by_recipient(family: Family) -> SeenByRecipient:
    """What of the record is seen of any referral outside."""
    members = family.members.current().children().filter(person__restriction="")
    living = [member.person for member in members.select_related("person")]
    children = sorted(
        (person for person in living if not person.died_on),
        key=lambda person: (person.is_unborn, str(person.birth_date or person.due_date or "")),
    )
    homes = Residence.objects.filter(person__in=children).select_related("postcode")
    latest = homes.order_by(F("moved_in_on").desc(nulls_last=True), "listed").first()
    if latest is None or _shielded_homes(family).filter(postcode=latest.postcode_id).exists():
        return SeenByRecipient(children, "not given")
    return SeenByRecipient(children, latest.postcode.ward_name)


def safe_ways(family: Family) -> list[SafeContact]:
    """Of the carers who have said how they may be reached."""
    carers = family.members.current().filter(person__restriction="", person__died_on=None)
    contacts = SafeContact.objects.filter(person__in=carers.values("person"))
    return list(contacts.select_related("person").order_by("person__given_name"))


def _shielded_homes(family: Family) -> QuerySet[Residence]:
    shielded = Shield.objects.live().filter(person__members__family=family).values("person")
    restricted_homes = in_family(family.pk)
    return Residence.objects.filter(
        Q(postcode__in=Residence.objects.filter(person__in=shielded).values("postcode"))
        | Q(postcode__in=restricted_homes.postcodes)
    )


def undisclosable_texts(family: Family) -> list[str]:
    """Addresses, postcodes and numbers of whoever is shielded from anybody, the longest first."""
    texts: set[str] = set()
    for home in _shielded_homes(family).select_related("postcode", "person"):
        postcode = home.postcode.postcode
        texts |= {home.address, postcode, postcode.replace(" ", ""), home.person.telephone}
    return sorted(filter(None, texts), key=len, reverse=True)


def contains_any(never: list[str], text: str) -> bool:
    """Whether a text says any of these words."""
    return cut_out(never, text) != text


def cut_out(never: list[str], text: str) -> str:
    """`text` with these words cut out, in either case and however they are spaced."""
    if not never:
        return text
    spaced = [r"\s*".join(map(re.escape, words.replace(" ", ""))) for words in never]
    return re.sub("|".join(spaced), CUT, text, flags=re.IGNORECASE)
