"""Who may record what on such a day, and which days can be. Change nothing."""

from datetime import date, timedelta

from django.utils import timezone

from families.access.rules import check_can_lead, check_is_at_work, check_is_open, leads
from families.models import Family, Member, Person
from leap.casework.life_events.models import Loss, MoveOut
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed

PREGNANCY = timedelta(weeks=44)
LATEST = timedelta(weeks=6)  # after the due date; a longer pregnancy is a wrong date


def check_can_record(family: Family, user: User) -> None:
    """Whoever works with the family records what happened in it."""
    check_is_open(family)
    check_is_at_work(family, user)


def check_can_end(family: Family, user: User) -> None:
    """The lead closes a record, hands it out of the area, and says who leaves the family."""
    check_can_lead(family, user)


def check_is_of(family: Family, person: Person, user: User) -> Member:
    """Their place in the family today. NotAllowed for somebody who has left, or is not seen."""
    member = family.members.current().open_to(user).filter(person=person).first()
    if member is None:
        raise NotAllowed("This person does not belong to this family now.")
    return member


def check_children_have_somebody(family: Family, member: Member) -> None:
    """Whoever goes leaves somebody with the children who stay."""
    others = family.members.current().filter(person__died_on=None).exclude(pk=member.pk)
    children = others.filter(role__in=Member.CHILD_ROLES).exists()
    carers = others.exclude(role__in=Member.CHILD_ROLES).exists()
    if not member.is_child and children and not carers:
        raise NotAllowed(
            "Nobody else in this record brings up the children who stay. Record first who looks "
            "after them now."
        )


def check_can_die(person: Person, on: date) -> None:
    if person.died_on:
        raise Conflict("This death has been recorded already.")
    if problem := why_not_died(person, on):
        raise NotAllowed(problem)


def why_not_died(person: Person, on: date) -> str | None:
    """Why this cannot have been the day."""
    if on > timezone.localdate():
        return "This day is in the future. Check the date."
    if person.birth_date and on < person.birth_date:
        return "This is before the day of birth. Check the date."
    if person.is_unborn and person.due_date and not _was_expected(person.due_date, on):
        return "The baby was not expected then: this does not fit the due date. Check the date."
    return None


def _was_expected(due: date, on: date) -> bool:
    return due - PREGNANCY < on <= due + LATEST


def why_not_born(person: Person | None, on: date) -> str | None:
    """Why this baby cannot have been born on that day."""
    if on > timezone.localdate():
        return "This day is in the future. Record the birth once the baby is born."
    due = person.due_date if person else None
    if due and not due - timedelta(weeks=20) <= on <= due + LATEST:
        return "This does not fit the due date: it is before 20 weeks, or long after. Check both."
    return None


def check_can_undo(loss: Loss, user: User) -> None:
    """Whoever recorded it, or who leads the family."""
    if loss.undone_at:
        raise Conflict("This has been taken back already.")
    if loss.by_id != user.pk and not leads(loss.family, user):
        raise NotAllowed("Only whoever recorded this, or the family’s lead, takes it back.")


def check_can_close(family: Family, user: User) -> None:
    """No family is closed while something about it waits for somebody."""
    check_can_end(family, user)
    if family.moves_out.waiting().exists():
        raise NotAllowed("A move out of the area waits to be acknowledged. Settle that first.")
    if family.referrals.unfinished().exists():
        raise NotAllowed(
            "A referral of this family is still open. Close or withdraw it first, so that nobody "
            "waits for an answer."
        )
    if family.outside.unanswered().exists():
        raise NotAllowed(
            "A referral of this family to somebody outside still waits for an answer. Withdraw it, "
            "or write their answer down, first."
        )


def check_can_reopen(family: Family, user: User) -> None:
    """Whoever's team still sees the closed record."""
    if not family.closed_at:
        raise Conflict("This record is open already.")
    check_is_at_work(family, user)


def check_waits(move: MoveOut) -> None:
    if move.ended_at:
        raise Conflict("This move has been settled already.")
