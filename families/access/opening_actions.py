"""Opening a family's record for a page: it is noted, once for each sign-in."""

from django.http import HttpRequest

from families.access.access_log_actions import open_record
from families.access.loading import SEEN, family_for
from families.models import Family
from leap.core.http import signed_in


def open_family(request: HttpRequest, ref: str) -> Family:
    """As `family_for`, and noted in the log, once for each sign-in."""
    user = signed_in(request)
    seen = set(request.session.get(SEEN, []))
    family = family_for(user, ref, for_the_log=ref not in seen)
    if ref not in seen:
        open_record(family=family, by=user, seen=seen)
        request.session[SEEN] = sorted(seen)
    return family
