"""Who may move a referral, and when. Raise a sentence; change nothing."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from families.access.rules import check_can_work_with, check_is_open
from families.models import Family
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.rls.session import bypass_rls
from leap.core.ui.formatting import short_day
from referrals.clocks import has_clock
from referrals.models import (
    TAKEN_ON,
    UNANSWERED,
    CalendarException,
    Challenge,
    ChallengeStage,
    Pathway,
    Referral,
    Status,
    Task,
    moves_of,
)
from referrals.wording import status_details_in_words, status_in_words
from referrals.working_days import WorkingDays


def check_move(referral: Referral, to: str) -> None:
    """Whether the table of moves leads from where it stands to `to`. Conflict where it does not."""
    if to not in moves_of(referral.pathway.kind, referral.status):
        raise Conflict(
            f"This referral {status_details_in_words(referral)}, so this cannot be done with it."
        )


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
    _check_leads_to(pathway, to_team)


def _check_leads_to(pathway: Pathway, to_team: Team) -> None:
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
    if pathway.asks_for_lead and family.lead_team_id != to_team.pk:
        raise NotAllowed(f"{to_team} does not lead this family. Ask the team that does.")


def check_can_send(referral: Referral, user: User) -> None:
    check_is_sender(referral, user)
    if referral.status == Status.INFORMATION_ASKED:
        raise Conflict("Information has been asked for. Answer, and it is with them again.")
    check_move(referral, Status.SENT)
    check_can_draft(referral.family, referral.pathway, referral.from_team, referral.to_team, user)
    check_takes_referrals(referral.to_team)
    check_is_the_only_one(referral)


def check_is_the_only_one(referral: Referral) -> None:
    same = Referral.objects.filter(
        family=referral.family_id,
        pathway=referral.pathway_id,
        to_team=referral.to_team_id,
        status__in=UNANSWERED,
    )
    with bypass_rls("another sender's referral is in the way whether or not one may read it"):
        other = same.exclude(pk=referral.pk).select_related("from_team").first()
    if other:
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
    """Whether this practitioner works in the team that takes the family on."""
    team = referral.taking_team
    if practitioner and not (practitioner.is_active and practitioner.works_in(team)):
        raise NotAllowed(f"{practitioner} does not work in {team}.")


def check_can_allocate(referral: Referral, user: User) -> None:
    """Whether this is work that the user's team has taken on."""
    check_is_receiver(referral, user)
    if referral.status not in TAKEN_ON:
        raise Conflict(
            f"This referral {status_details_in_words(referral)}, so nobody can be put on it."
        )


def check_can_decline(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    if referral.pathway.kind == Pathway.Kind.NOTIFICATION:
        raise Conflict(
            "A notification asks for nothing, so it cannot be declined. "
            "Acknowledge it, or redirect it to the team it is for."
        )
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


def check_is_said(**texts: str) -> None:
    """Whether each of these fields says something. The error names those that do not."""
    if missing := [name for name, text in texts.items() if not text.strip()]:
        raise ValidationError({name: WANTED[name] for name in missing})


WANTED = {
    "reason": "Say why you refer this family, and what you ask for.",
    "decline_reason": "Say why your team cannot take this on.",
    "alternative": "Say what the sender could do instead.",
    "outcome": "Say what came of it. The sender is told.",
    "question": "Say what you need to know.",
    "answer": "Write the answer. It goes back to the team that asked.",
    "why": "Say why. Both sides read it.",
    "instead": "Say what senders should do instead.",
    "what_was_done": "Say what you did about it.",
    "name": "Say what day this is, such as “Coronation of the King”.",
}


def check_first_contact_time(referral: Referral, at: datetime) -> None:
    """A first contact lies between the sending and now."""
    if at > timezone.now():
        raise ValidationError({"first_contact_at": "This is in the future. Give the time it was."})
    # The form knows minutes: what happens in the minute of the sending is not before it.
    if referral.sent_at and at < referral.sent_at.replace(second=0, microsecond=0):
        raise ValidationError(
            {"first_contact_at": "This is before the referral was sent. Check the date."}
        )


def side_of(referral: Referral, user: User) -> Team:
    """The team for which `user` speaks; the sender where they work in both."""
    if user.works_in(referral.from_team_id):
        return referral.from_team
    if user.works_in(referral.to_team_id):
        return referral.to_team
    # A manager or an agency's lead who was named in a stage need be in neither team.
    stages = ChallengeStage.objects.filter(challenge__referral=referral)
    if stages.filter(for_sender=user).exists():
        return referral.from_team
    if stages.filter(for_receiver=user).exists():
        return referral.to_team
    raise NotAllowed(f"Only {referral.from_team} and {referral.to_team} can do this.")


def check_can_edit(referral: Referral, user: User) -> None:
    check_is_sender(referral, user)
    if referral.status != Status.DRAFT:
        raise Conflict(f"This referral {status_in_words(referral)}, so it cannot be changed now.")


def check_can_redirect(referral: Referral, user: User) -> None:
    check_is_receiver(referral, user)
    check_move(referral, Status.REDIRECTED)
    check_is_open(referral.family)


def check_can_be_redirected_to(referral: Referral, pathway: Pathway, team: Team) -> None:
    """Whether it can go on to `team`: not back to where it has been, not where intake is paused."""
    if team.pk in {handoff.to_team_id for handoff in referral.chain}:
        raise NotAllowed(f"This has been with {team} before. Decline it, and say why.")
    # What began outside goes on as from outside, or as from the team that took it in.
    if pathway.from_outside and referral.from_outside:
        _check_leads_to(pathway, team)
    else:
        check_pathway(pathway, referral.from_team, team)
    check_takes_referrals(team)
    check_is_the_only_one(Referral(family=referral.family, pathway=pathway, to_team=team))


def check_joint_period(referral: Referral, until: date | None) -> None:
    """A joint period belongs to a handover, and ends on a day to come."""
    if until is None:
        return
    if not referral.pathway.moves_lead:
        raise ValidationError({"joint_until": "Only a handover has a joint period."})
    if until < timezone.localdate():
        raise ValidationError({"joint_until": "This day is past. Give a day to come."})


def check_can_pause(referral: Referral, user: User) -> None:
    """Whoever's turn it is may stop the clock, while there is one that runs."""
    holder = referral.held_by_team
    if referral.status == Status.DRAFT or holder is None or not has_clock(referral):
        raise Conflict(f"This referral {status_in_words(referral)}, so no clock runs for it.")
    if not user.works_in(holder):
        raise NotAllowed(f"It is with {holder}, so only they can pause its clock.")
    if referral.clock_paused_at:
        raise Conflict("The clock of this referral is paused already.")


def check_can_resume(referral: Referral, user: User) -> None:
    side_of(referral, user)
    if not referral.clock_paused_at:
        raise Conflict("The clock of this referral is not paused.")


def check_has_run_out(referral: Referral, today: date) -> None:
    """Whether its time to be answered is over: past the day, not paused, and not answered."""
    check_move(referral, Status.EXPIRED)
    if not referral.expires_on or referral.expires_on >= today:
        raise Conflict("This referral still has time to be answered.")
    if referral.clock_paused_at:
        raise Conflict("The clock of this referral is paused, so its time is not over.")


def check_can_do_task(task: Task, user: User) -> None:
    if not Task.objects.visible_to(user).filter(pk=task.pk).exists():
        raise NotAllowed(f"This is for {task.to or task.team} to see to.")


def check_can_manage_intake(team: Team, user: User) -> None:
    if not user.can_in(team, Capability.MANAGE_INTAKE):
        raise NotAllowed(f"Only those who manage {team} can pause or resume its intake.")


def check_can_set_days_apart(user: User) -> None:
    if not user.can(Capability.SET_DAYS_APART):
        raise NotAllowed("Only an admin sets days apart.")


def check_can_proclaim(day: date, is_worked: bool, user: User, calendar: WorkingDays) -> None:
    """An admin sets apart a day to come, and only one that the calendar has otherwise."""
    check_can_set_days_apart(user)
    if day <= timezone.localdate():
        raise ValidationError({"day": "Give a day to come. What is past has fallen due."})
    if calendar.is_worked(day) == is_worked:
        word = "a working day" if is_worked else "a day nobody works"
        raise ValidationError({"day": f"This is {word} already."})


def check_can_forget_day(one_off: CalendarException, user: User) -> None:
    check_can_set_days_apart(user)
    if one_off.day <= timezone.localdate():
        raise Conflict("This day has come. What it moved stays moved.")


def check_can_change_pathways(user: User) -> None:
    if not user.can(Capability.CHANGE_PATHWAYS):
        raise NotAllowed("Only an admin changes what a pathway says.")


# Disagreement


def check_can_challenge(referral: Referral, user: User) -> None:
    check_is_sender(referral, user)
    if referral.status != Status.DECLINED:
        stood = status_in_words(referral)
        raise Conflict(f"This referral {stood}. Only a decline can be disagreed with.")
    if referral.is_internal:
        raise Conflict("Your own team decided this, so it has no other side to disagree with.")
    check_is_open(referral.family)
    if Challenge.objects.filter(referral=referral).exists():
        raise Conflict("Your team has already disagreed with this decision.")


def _open_challenge(referral: Referral) -> Challenge:
    challenge = Challenge.objects.open().filter(referral=referral).first()
    if challenge is None:
        raise Conflict("There is no disagreement about this referral, or it is settled.")
    return challenge


def check_can_take_further(referral: Referral, user: User) -> Challenge:
    side_of(referral, user)
    challenge = _open_challenge(referral)
    if challenge.stage == Challenge.Stage.LEADS:
        raise Conflict("This is with the agencies’ leads, who are the last to decide.")
    return challenge


def stage_after(challenge: Challenge) -> str:
    """The stage that comes next: managers after practitioners, the agencies' leads after them."""
    stages = list(Challenge.Stage.values)
    return stages[stages.index(challenge.stage) + 1]


def check_can_settle(referral: Referral, user: User) -> Challenge:
    side_of(referral, user)
    return _open_challenge(referral)


def check_can_agree(referral: Referral, user: User) -> Challenge:
    """Only with what the other side has proposed."""
    side, challenge = side_of(referral, user), _open_challenge(referral)
    if not challenge.proposed:
        raise Conflict("Nobody has proposed how to settle this yet.")
    if challenge.proposed_by_team_id == side.pk:
        raise NotAllowed("Your side proposed this. The other side must agree to it.")
    return challenge
