"""What practitioners were told of these last weeks: the latest of it still unread."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from leap.core.accounts.models import Membership, User
from leap.core.notifications.models import Notification
from leap.core.notifications.types import NotificationType
from leap.ops.demo.world import DAY, World
from referrals.models import Referral, Status

KEPT = timedelta(days=90)
UNREAD = timedelta(days=3)
A_MORNING = timedelta(hours=14)
Told = tuple[datetime | None, NotificationType, User | None, str]


def tell(world: World) -> None:
    """Of each referral, what its sender heard and what waited for whoever manages the receiver."""
    managers = {
        row.team.code: row.user
        for row in world.rows[Membership]
        if row.role == Membership.Role.MANAGER and row.ended_on is None
    }
    for referral in world.rows[Referral]:
        for when, kind, to, sentence in _told(referral, managers.get(referral.to_team.code)):
            if when and to and to.is_active and world.until - KEPT < when < world.until:
                read_at = when + A_MORNING if when < world.until - UNREAD else None
                world.leaf(
                    Notification,
                    ref=world.ref("NT", 10),
                    to=to,
                    kind=kind.value,
                    said=sentence,
                    path=referral.get_absolute_url(),
                    family_ref=referral.family.ref,
                    about=referral.ref,
                    made_at=when,
                    read_at=min(read_at, world.until - DAY) if read_at else None,
                )


def _told(referral: Referral, manager: User | None) -> Iterator[Told]:
    sender, team = referral.sent_by, referral.to_team
    kind = NotificationType.HANDOVER if referral.pathway.moves_lead else NotificationType.RECEIVED
    yield referral.sent_at, kind, manager, f"A referral waits for {team}."
    acknowledged = f"{team} has acknowledged your referral."
    yield referral.acknowledged_at, NotificationType.ACKNOWLEDGED, sender, acknowledged
    yield (
        referral.accepted_at,
        NotificationType.ACCEPTED,
        sender,
        f"{team} has accepted your referral.",
    )
    yield (
        referral.declined_at,
        NotificationType.DECLINED,
        sender,
        f"{team} has declined your referral.",
    )
    yield (
        referral.first_contact_at,
        NotificationType.WORKED,
        sender,
        f"{team} has had first contact.",
    )
    yield referral.closed_at, NotificationType.WORKED, sender, f"{team} has closed your referral."
    if referral.status == Status.EXPIRED:
        yield referral.ended_at, NotificationType.RETURNED, sender, CAME_BACK


CAME_BACK = "A referral you sent has come back without an answer. The family is still with you."
