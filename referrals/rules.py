"""Who may move a referral, and when. Raise a sentence; change nothing."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from families.models import Family
from families.rules import check_can_work_with, check_is_open
from leap.accounts.models import Team, User
from leap.errors import Conflict, NotAllowed
from leap.wording import short_day
from referrals.models import MOVES, UNANSWERED, Pathway, Referral, Status

# "This referral …"
STANDS: dict[str, str] = {
    Status.DRAFT: "has not been sent yet",
    Status.SENT: "has been sent and waits for an answer",
    Status.INFORMATION_ASKED: "waits for information from the sender",
    Status.ACKNOWLEDGED: "has been acknowledged",
    Status.ACCEPTED: "has been accepted",
    Status.IN_PROGRESS: "is in progress",
    Status.CLOSED: "has been closed",
    Status.DECLINED: "has been declined",
    Status.REDIRECTED: "has been redirected",
    Status.WITHDRAWN: "has been withdrawn",
    Status.EXPIRED: "has expired",
}
# "Someone else has just … this referral."
JUST: dict[str, str] = {
    Status.SENT: "sent",
    Status.INFORMATION_ASKED: "asked for information about",
    Status.ACKNOWLEDGED: "acknowledged",
    Status.ACCEPTED: "accepted",
    Status.IN_PROGRESS: "recorded the first contact for",
    Status.CLOSED: "closed",
    Status.DECLINED: "declined",
    Status.REDIRECTED: "redirected",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "ended",
}


def check_move(referral: Referral, to: str) -> None:
    """Whether the table of moves leads from where it stands to `to`. Conflict where it does not."""
    if to not in MOVES[referral.status]:
        raise Conflict(f"This referral {STANDS[referral.status]}, so this cannot be done with it.")


def what_happened(referral: Referral) -> str:
    """What somebody else did to it while you were looking."""
    return f"Someone else has just {JUST[referral.status]} this referral."


def check_is_sender(referral: Referral, user: User) -> None:
    if not user.works_in(referral.from_team_id):
        raise NotAllowed(f"Only {referral.from_team}, who made this referral, can do this.")


def check_is_receiver(referral: Referral, user: User) -> None:
    if not user.works_in(referral.to_team_id):
        raise NotAllowed(f"Only {referral.to_team}, who were sent this referral, can do this.")


def check_pathway(pathway: Pathway, from_team: Team, to_team: Team) -> None:
    """Whether the pathway leads from the one team to the other."""
    if from_team == to_team:
        raise NotAllowed("A referral goes to another team. Allocate the work within your own.")
    if from_team.discipline != pathway.from_discipline:
        wanted = pathway.get_from_discipline_display().lower()
        raise NotAllowed(f"“{pathway}” is sent by {wanted}, which {from_team} is not.")
    if to_team.discipline != pathway.to_discipline:
        wanted = pathway.get_to_discipline_display().lower()
        raise NotAllowed(f"“{pathway}” goes to {wanted}, which {to_team} is not.")


def check_takes_referrals(team: Team) -> None:
    """Whether the team's intake is open; if not, the sentence says what to do instead."""
    if team.intake_paused_at:
        since = short_day(team.intake_paused_at)
        raise NotAllowed(f"{team} has paused its intake since {since}. Instead: {team.instead}")


def check_can_draft(
    family: Family, pathway: Pathway, from_team: Team, to_team: Team, user: User
) -> None:
    check_is_open(family)
    check_can_work_with(family, from_team, user)
    check_pathway(pathway, from_team, to_team)


def check_can_send(referral: Referral, user: User) -> None:
    check_is_sender(referral, user)
    if referral.status == Status.INFORMATION_ASKED:
        raise Conflict("Information has been asked for. Answer, and it is with them again.")
    check_move(referral, Status.SENT)
    check_can_draft(referral.family, referral.pathway, referral.from_team, referral.to_team, user)
    check_takes_referrals(referral.to_team)
    _check_is_the_only_one(referral)


def _check_is_the_only_one(referral: Referral) -> None:
    same = Referral.objects.filter(
        family=referral.family_id,
        pathway=referral.pathway_id,
        to_team=referral.to_team_id,
        status__in=UNANSWERED,
    )
    if other := same.exclude(pk=referral.pk).select_related("from_team").first():
        raise NotAllowed(
            f"{other.from_team} has already sent this family to {referral.to_team} on this "
            f"pathway: {other.ref} waits for an answer. Withdraw that one first."
        )


def check_can_acknowledge(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.ACKNOWLEDGED)


def check_can_accept(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.ACCEPTED)
    check_is_open(referral.family)


def check_can_be_allocated(referral: Referral, practitioner: User | None) -> None:
    """Whether this practitioner works in the receiving team."""
    if practitioner and not (practitioner.is_active and practitioner.works_in(referral.to_team_id)):
        raise NotAllowed(f"{practitioner} does not work in {referral.to_team}.")


def check_can_allocate(referral: Referral, user: User) -> None:
    """Whether this is work that the user's team has taken on."""
    check_is_receiver(referral, user)
    if referral.status not in (Status.ACCEPTED, Status.IN_PROGRESS):
        raise Conflict(f"This referral {STANDS[referral.status]}, so nobody can be put on it.")


def check_can_decline(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.DECLINED)


def check_can_ask(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.INFORMATION_ASKED)


def check_can_answer(referral: Referral, user: User) -> None:
    check_is_sender(referral, user)
    if referral.status == Status.DRAFT:
        raise Conflict("This referral has not been sent yet, so nobody has asked anything.")
    check_move(referral, Status.SENT)


def check_can_withdraw(referral: Referral, user: User) -> None:
    check_is_sender(referral, user)
    check_move(referral, Status.WITHDRAWN)


def check_can_note_first_contact(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.IN_PROGRESS)


def check_can_close(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.CLOSED)


def check_is_said(**said: str) -> None:
    """Whether each of these fields says something. The error names those that do not."""
    if missing := [name for name, text in said.items() if not text.strip()]:
        raise ValidationError({name: WANTED[name] for name in missing})


WANTED = {
    "reason": "Say why you refer this family, and what you ask for.",
    "decline_reason": "Say why your team cannot take this on.",
    "alternative": "Say what the sender could do instead.",
    "outcome": "Say what came of it. The sender is told.",
    "question": "Say what you need to know.",
    "answer": "Write the answer. It goes back to the team that asked.",
}


def check_first_contact_time(referral: Referral, at: datetime) -> None:
    """A first contact lies between the sending and now."""
    if at > timezone.now():
        raise ValidationError({"first_contact_at": "This is in the future. Give the time it was."})
    if referral.sent_at and at < referral.sent_at:
        raise ValidationError(
            {"first_contact_at": "This is before the referral was sent. Check the date."}
        )
