"""Finding the one family that somebody needs in an emergency and cannot see.

Only by what names it exactly, so that nobody can browse. What is restricted is not there at all: no
emergency opens it, and nothing tells it from a family that does not exist.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from families.models import Family, Involvement, Member
from families.name_normalisation import normalise_name
from leap.core.accounts.models import User
from leap.core.rls.session import bypass_rls


@dataclass(frozen=True)
class ExactIdentity:
    """What names a family exactly: our reference, an NHS number, or a name with a birth date."""

    ref: str = ""
    nhs_number: str = ""
    name: str = ""
    born_on: date | None = None


def find(wanted: ExactIdentity, user: User) -> Family | None:
    """The family so named, one that `user` cannot see before one that they can.

    Of a child's two families it is the open one with the latest contact. It is `seen` where they
    can see it already. None for restricted ones and for none at all.
    """
    members = Member.objects.current().filter(family=OuterRef("pk"), person__restriction="")
    if wanted.ref:
        is_it = Q(ref=wanted.ref)
    elif wanted.nhs_number:
        is_it = Q(Exists(members.filter(person__nhs_number=wanted.nhs_number)))
    else:
        named = members.filter(
            person__search_name=normalise_name(wanted.name), person__birth_date=wanted.born_on
        )
        is_it = Q(Exists(named))
    live = Involvement.objects.live().filter(family=OuterRef("pk"), who__in=user.access_keys)
    families = (
        Family.objects.filter(is_it, restriction="")
        .annotate(seen=Exists(live))
        .order_by(
            "seen",
            F("closed_at").desc(nulls_first=True),
            F("last_contact_at").desc(nulls_last=True),
            "pk",
        )
    )
    with bypass_rls("a family is found by what names it exactly, before its reader can see it"):
        return families.first()
