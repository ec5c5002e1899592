"""Rules of what is kept: from whom, by whom, and who must always be able to open it."""

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import Q, QuerySet
from django.utils import timezone

from families.access.rules import leads
from families.inputs import Audience
from families.models import Contact, Family, Involvement, Layer, Person, Shield
from leap.core.accounts.models import Membership, User
from leap.core.accounts.permissions import Capability
from leap.core.accounts.recipients import managers_queryset
from leap.core.exceptions import NotAllowed


def who_see(family: Family) -> QuerySet[User]:
    """Those whom the family's record is open to today, by name."""
    return _people_of(Involvement.objects.live().filter(family=family, names_only=False))


def practitioners_working_with(family: Family) -> QuerySet[User]:
    """Those of the teams at work with the family, even while its record is for named people."""
    spells = Involvement.objects.live().filter(family=family)
    return _people_of(spells.exclude(reason=Involvement.Reason.BREAK_GLASS))


def _people_of(spells: QuerySet[Involvement]) -> QuerySet[User]:
    """The practitioners at work of these spells, with their teams, by name."""
    members = Membership.objects.live().filter(team__in=spells.values("team"))
    alone = spells.filter(practitioner__isnull=False).values("practitioner")
    people = User.objects.filter(Q(pk__in=members.values("user")) | Q(pk__in=alone))
    still_in = Q(memberships__ended_on=None) | Q(memberships__ended_on__gt=timezone.localdate())
    in_teams = StringAgg("memberships__team__name", ", ", filter=still_in, distinct=True)
    return people.filter(is_active=True).annotate(in_teams=in_teams).order_by("name", "pk")


def check_audience(family: Family, audience: Audience) -> None:
    """An entry is kept for people who can open the family's record; others could never read it."""
    if audience.layer == Layer.RESTRICTED and audience.named:
        wanted = {user.pk for user in audience.named}
        if set(who_see(family).filter(pk__in=wanted).values_list("pk", flat=True)) != wanted:
            raise NotAllowed(
                "Name people who work with this family. Others cannot open its record."
            )


def check_can_change_layer(contact: Contact, user: User) -> None:
    """Whoever wrote an entry says who may see it, or a manager of the team it was written for."""
    if contact.by_id != user.pk and not user.can_in(contact.team_id, Capability.CHANGE_LAYERS):
        raise NotAllowed(
            "Only whoever wrote this entry, or a manager of their team, changes who may see it."
        )


def check_can_keep(family: Family, user: User) -> None:
    """Who decides that a record is for named people: its lead, or a manager of the lead team."""
    if not leads(family, user):
        raise NotAllowed(
            "The lead practitioner, or a manager of the lead team, decides who is named. Ask them."
        )


def check_names(family: Family, named: set[int]) -> None:
    """Two people at least, one of them the lead practitioner or a manager of the lead team.

    A record that only one person can open is lost with that person.
    """
    if len(named) < AT_LEAST:
        raise NotAllowed("Name at least one other person, so that the record is never lost.")
    holders = set(managers_queryset([family.lead_team_id]).values_list("pk", flat=True))
    if family.lead_practitioner_id not in named and not holders & named:
        raise NotAllowed(
            "Name the lead practitioner, or a manager of the lead team: somebody has to answer for"
            " this family."
        )


AT_LEAST = 2


def check_may_be_named(family: Family, practitioner: User) -> None:
    """Only people of a team at work with the family are named for its record."""
    if not practitioners_working_with(family).filter(pk=practitioner.pk).exists():
        raise NotAllowed(f"None of {practitioner}’s teams works with this family.")


def check_not_lead(family: Family, practitioner: User) -> None:
    """The lead practitioner always stays named: they answer for the family."""
    if family.lead_practitioner_id == practitioner.pk:
        raise NotAllowed(
            f"{practitioner} is the lead practitioner. Give the family to somebody else first."
        )


def check_can_be_shielded(people: list[Person], hidden_from: Person) -> None:
    """Somebody's address is not kept from themselves."""
    if hidden_from.pk in {person.pk for person in people}:
        raise NotAllowed("Choose somebody else to keep the address from.")


def check_can_end_shield(shield: Shield, family: Family, user: User) -> None:
    """Ending it can put people at risk: whoever set it decides, or the family's lead."""
    if shield.by_id != user.pk and not leads(family, user):
        raise NotAllowed(
            "Only whoever shielded this address, the lead practitioner or a manager of the lead"
            " team can show it again. Ask them."
        )
