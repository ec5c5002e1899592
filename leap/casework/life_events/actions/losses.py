"""A death: one event stops everything that concerned the person, and can be taken back."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from families.access.notifications import notify_team_of_family
from families.models import Family, Member, Person
from families.people import bereavement as wording
from leap.casework.life_events import rules
from leap.casework.life_events.models import Loss
from leap.core.accounts.models import Team, User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls
from referrals.transitions.bereavement_actions import notify_of_loss
from sites.bookings.actions import release_places, restore_places

NEW = timedelta(weeks=6)  # a baby this young is still what a referral in pregnancy was about


@transaction.atomic
def record_loss(
    *, family: Family, person: Person, on: date, team: Team, by: User, note: str = ""
) -> Loss:
    """Record that somebody has died, born or not. From here on nothing is due for them, nothing
    lists them, their places are free and nobody is reminded of them; the record stays.

    Whoever leads a family they belonged to is told to read it. Raises Conflict when recorded
    before, NotAllowed for a day that cannot be.
    """
    rules.check_can_record(family, by)
    member = rules.check_is_of(family, person, by)
    now = Person.objects.select_for_update().get(pk=person.pk)
    rules.check_can_die(now, on)
    kind = kind_of(member, now, on)
    Person.objects.filter(pk=person.pk).update(died_on=on)
    person.died_on = on
    loss = Loss.objects.create(
        ref=new_ref("LS", 8),
        person=person,
        family=family,
        kind=kind,
        on=on,
        note=note,
        team=team,
        by=by,
        stopped=_stop(person, by),
    )
    record("family.loss", by=by, family_ref=family.ref, subject=loss, team_code=team.code)
    return loss


def kind_of(member: Member, person: Person, on: date) -> str:
    """What a death on this day is called: by its gestation for a baby not yet born."""
    if person.birth_date is None and person.due_date is not None:
        early = wording.is_miscarriage(person, on)
        return Loss.Kind.MISCARRIAGE if early else Loss.Kind.STILLBIRTH
    return Loss.Kind.CHILD if member.is_child else Loss.Kind.ADULT


def _stop(person: Person, by: User) -> dict[str, object]:
    """Everything that would have gone on; what it was. Referrals of a person for named people only
    are left alone: a word on them would tell that there is somebody."""
    places = release_places(person=person, by=by)
    if person.restriction:
        return {"places": places, "told": [], "withdrawn": []}
    families = families_of(person)
    with bypass_rls("whether a baby is on the way still, whoever may see that"):
        born = timezone.localdate() - NEW
        alive = Member.objects.current().filter(family__in=families, person__died_on=None)
        expected = Q(role=Member.Role.UNBORN) | Q(person__birth_date__gte=born)
        is_expecting = alive.filter(expected).exists()
    referrals = notify_of_loss(
        families=families,
        text=wording.sentence(person),
        is_over=not is_expecting,
        by=by,
    )
    for family in families:
        if family.lead_team and not by.works_in(family.lead_team):
            sentence = "Please read a family’s record again today."
            notify_team_of_family(family.lead_team, NotificationType.LOSS, sentence, family, by=by)
    return {"places": places, **referrals}


def families_of(person: Person) -> list[Family]:
    """The open ones that somebody belongs to now, seen or not."""
    with bypass_rls("a death stops everything in each family that the person belongs to"):
        belongs = Member.objects.current().filter(person=person).values("family")
        return list(Family.objects.open().filter(pk__in=belongs).select_related("lead_team"))


@transaction.atomic
def undo_loss(*, loss: Loss, why: str, by: User) -> list[str]:
    """Take back what was recorded for the wrong person, and put everything back that was stopped.

    What could not be put back, in sentences: a place that others have, a referral withdrawn.
    """
    rules.check_can_undo(loss, by)
    standing = Loss.objects.standing().filter(pk=loss.pk)
    if not standing.update(undone_at=timezone.now(), undone_by=by, undone_why=why):
        raise Conflict("This has been taken back already.")
    Person.objects.filter(pk=loss.person_id).update(died_on=None)
    left = restore_places(given_back=loss.stopped["places"], by=by)
    if not loss.person.restriction:
        families = families_of(loss.person)
        sentence = "What was written here about a death was a mistake. Nobody has died."
        notify_of_loss(families=families, text=sentence, is_over=False, by=by)
    left += [
        f"Referral {ref} was withdrawn and stays so. Send it again."
        for ref in loss.stopped["withdrawn"]
    ]
    record("family.loss_undone", by=by, family_ref=loss.family.ref, subject=loss, left=len(left))
    return left
