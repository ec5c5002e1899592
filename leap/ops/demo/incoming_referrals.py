"""What comes in from outside and waits, who takes nothing in for now, and what did not go out."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from leap.core.accounts.models import Team, User
from leap.core.outbox.models import Message
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World
from referrals.models import InboundReferral

CAME_IN = (
    (1, "Dr Anita Rao", "General practitioner, Clapham surgery", "anita.rao@surgery.example",
     "A mother of three weeks, first baby, and her partner. She thinks her health visitor was "
     "called Comfort.", "Near Stockwell Park, she did not want to give the number of the flat. "
     "07700 900321, mornings.", "Cried throughout the appointment and has lost weight. I would "
     "like her seen this week."),
    (4, "Martin Bell", "Manager of a food bank", "martin@foodbank.example",
     "A father with two small girls, about two and four.", "Comes on Thursdays at eleven.",
     "He asks where he can find other fathers, and help with the older one’s speech."),
)  # fmt: skip
INSTEAD = (
    "We take no new referrals until two posts are filled. Talk with the nursery’s speech link, and "
    "send us children who stop talking by telephone at once."
)
REFUSED = "451 4.7.1 The receiving server is busy. It asks to try again later."


def knock(world: World, team: Team, by: User) -> None:
    """Two that wait for somebody to know whose they are, and one that was settled."""
    chance = world.chance("knocking")
    for days, name, role, email, people, reach, reason in CAME_IN:
        InboundReferral.objects.create(
            ref=world.ref("IN", 8),
            key=UUID(int=chance.getrandbits(128)),
            to_team=team,
            sender_name=name,
            sender_role=role,
            sender_email=email,
            sender_telephone="020 7946 0321",
            people=people,
            reach=reach,
            reason=reason,
            made_at=at(working_day(world.as_at - days * DAY, -1), 12, 30),
        )
    last = InboundReferral.objects.order_by("pk").last()
    assert last
    InboundReferral.objects.create(
        ref=world.ref("IN", 8),
        key=UUID(int=chance.getrandbits(128)),
        to_team=team,
        sender_name="A neighbour",
        sender_role="Neighbour",
        sender_email="neighbour@leap.example",
        sender_telephone="020 7946 0322",
        people="A family on the second floor.",
        reach="Not known.",
        reason="The baby cries at night.",
        made_at=last.made_at - 20 * DAY,
        settled_at=last.made_at - 19 * DAY,
        settled_by=by,
        what_was_done="Rang back. The neighbour does not know their name, and is not worried.",
    )


def pause_intake(world: World) -> None:
    """Speech and language take nobody in for now."""
    team = world.teams["evelina-speech-and-language"]
    team.intake_paused_at = at(working_day(world.as_at - 6 * DAY, -1), 9, 0)
    team.instead = INSTEAD
    world.note(team.intake_paused_at, "team.intake_paused", by=None, team=team)


def fail_to_send() -> None:
    """Two e-mails that have been tried: of this hour, because what is older breaks a promise."""
    now = timezone.now()
    for address, attempts in (("reception@surgery.example", 3), ("office@nursery.example", 2)):
        Message.objects.create(
            to=address,
            subject="A referral was answered",
            body="Somebody has answered a referral. Sign in to read it.",
            made_at=now - timedelta(minutes=9),
            attempts=attempts,
            next_try_at=now + timedelta(minutes=45),
            last_error=REFUSED,
        )
