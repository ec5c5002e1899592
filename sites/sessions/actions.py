"""Saying who runs a session."""

from collections.abc import Iterable

from django.db import transaction

from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.reference_data.models import Site
from sites.models import Session, SessionStaff
from sites.sessions import rules
from sites.sessions.locking import hold_session


@transaction.atomic
def name_staff(
    *,
    session: Session,
    team: Team | None,
    staff: Iterable[User],
    by: User,
    all_at_site: bool = False,
) -> None:
    """Say which team runs a session and who else does, and so who opens its register."""
    rules.check_can_name_staff(session, by)
    if all_at_site:
        rules.check_can_name_site_team(by)
    hold_session(session)
    people = {user.pk: user for user in staff}
    there = set(session.staff.values_list("practitioner", flat=True))
    session.staff.exclude(practitioner__in=people).delete()
    SessionStaff.objects.bulk_create(
        SessionStaff(session=session, practitioner=people[pk]) for pk in people.keys() - there
    )
    # The team last: whoever gives it to another may be saying so for the last time.
    Session.objects.filter(pk=session.pk).update(team=team)
    if all_at_site:
        Site.objects.filter(pk=session.site_id).update(team=team)
    record(
        "session.staff_named",
        by=by,
        subject=session,
        team_code=team.code if team else "",
        staff=sorted(str(user.ref) for user in people.values()),
        all_at_site=all_at_site,
    )
