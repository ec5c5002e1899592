"""Possible duplicates across agencies: found by the system, decided by the data quality officer."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from families.access.notifications import notify_about
from families.access.recipients import responsible_recipients
from families.models import Family, Member, Person, PossibleDuplicate, Shield
from families.models.shielded_addresses import Withheld
from families.people.duplicates import match_condition
from families.people.match_details import described
from families.people.pairing import Pair, pairs
from families.people.rules import check_decides_on_duplicates
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls

State = PossibleDuplicate.State


@transaction.atomic
def note_possible_duplicates(people: Collection[int] | None = None) -> int:
    """Compare these people, or everybody, with all there are; how many new pairs were found.

    Nobody who is kept for named people, or is in a family that is, takes part. Where somebody is
    shielded from somebody, their two families are never brought together.
    """
    with bypass_rls("whether two records are of one person is found across all agencies"):
        covered = Withheld(people=frozenset(Shield.objects.live().values_list("person", flat=True)))
        # Whoever may be compared, of those who are near one of `people` where these are given.
        theirs = Member.objects.current().filter(person=OuterRef("pk"))
        may_be = Person.objects.filter(
            Exists(theirs), ~Exists(theirs.exclude(family__restriction="")), restriction=""
        )
        if people is not None:
            near = match_condition(described(people, Withheld()).values())
            may_be = may_be.filter(Q(pk__in=people) | near)
        known = described(list(may_be.values_list("pk", flat=True)), covered)
        matches = sorted(pairs(known, people), key=lambda pair: (pair.one, pair.other))
        return _keep(matches)


def _keep(matches: list[Pair]) -> int:
    of_person = _families_of({key for pair in matches for key in (pair.one, pair.other)})
    families = set().union(*of_person.values())
    lead = dict(Family.objects.filter(pk__in=families).values_list("pk", "lead_team"))
    apart = _kept_apart()
    rows = []
    for pair in matches:
        ones, others = of_person[pair.one], of_person[pair.other]
        same_team = {lead[one] for one in ones} & {lead[other] for other in others}
        crossing = {(one, other) for one in ones for other in others}
        if not (ones & others or same_team or crossing & apart):
            rows.append(
                PossibleDuplicate(
                    ref=new_ref("PD", 10),
                    one_id=pair.one,
                    other_id=pair.other,
                    weight=pair.likeness.weight,
                    reasons=list(pair.likeness.reasons),
                )
            )
    before = PossibleDuplicate.objects.count()
    PossibleDuplicate.objects.bulk_create(rows, ignore_conflicts=True)
    return PossibleDuplicate.objects.count() - before


def _families_of(people: Iterable[int]) -> dict[int, set[int]]:
    families: dict[int, set[int]] = defaultdict(set)
    members = Member.objects.current().filter(person__in=list(people))
    for person, family in members.values_list("person", "family"):
        families[person].add(family)
    return families


def _kept_apart() -> set[tuple[int, int]]:
    """Pairs of families, in either order, of which somebody in one is shielded from somebody in
    the other: to bring their teams together would say where they are looked after."""
    shields = list(Shield.objects.live().values_list("person", "hidden_from"))
    families = _families_of({key for shield in shields for key in shield})
    apart = {
        (one, other)
        for person, hidden_from in shields
        for one in families[person]
        for other in families[hidden_from]
    }
    return apart | {(other, one) for one, other in apart}


@transaction.atomic
def ask_both_teams(*, pair: PossibleDuplicate, by: User) -> None:
    """Ask whoever leads each of the two families to get in touch with the other team. Each learns
    which team that is, and nothing of its family."""
    check_decides_on_duplicates(by)
    with bypass_rls("both families are asked about, and the officer sees neither"):
        _decide(pair, State.ASKED, by, was=[State.OPEN])
        ones, others = _led(pair.one), _led(pair.other)
        for family, theirs in [(ones, others), (others, ones)]:
            number = theirs.lead_team.telephone if theirs.lead_team else ""
            message = (
                f"Please get in touch with {theirs.lead_team}"
                f"{f' ({number})' if number else ''}: you may both be working with the same person."
            )
            notify_about(family, responsible_recipients(family), NotificationType.IN_TOUCH, message)
            record(
                "family.asked_about",
                by=by,
                family_ref=family.ref,
                team_code=theirs.lead_team.code if theirs.lead_team else "",
            )


def _led(person: Person) -> Family:
    """One open family of theirs, else any: the one with a team to ask."""
    families = Family.objects.filter(
        pk__in=Member.objects.current().filter(person=person).values("family")
    )
    candidates = families.select_related("lead_team", "lead_practitioner")
    first = candidates.order_by("-lead_team", "closed_at", "pk").exclude(lead_team=None).first()
    if first is None:
        raise Conflict("No team leads one of the two any more, so there is nobody to ask.")
    return first


@transaction.atomic
def decide_they_are_two(*, pair: PossibleDuplicate, by: User) -> None:
    """Remember that these are two people. They are not asked about again."""
    check_decides_on_duplicates(by)
    with bypass_rls("the officer sees neither family"):
        _decide(pair, State.TWO, by, was=[State.OPEN, State.ASKED])


def _decide(pair: PossibleDuplicate, state: str, by: User, *, was: list[str]) -> None:
    still = PossibleDuplicate.objects.to_decide().filter(pk=pair.pk, state__in=was)
    if still.select_for_update(of=("self",)).first() is None:
        raise Conflict("Somebody has just decided this one, or its records have changed.")
    PossibleDuplicate.objects.filter(pk=pair.pk).update(
        state=state, decided_at=timezone.now(), decided_by=by
    )
    record("possible_duplicate.decided", by=by, subject=pair, state=state)


def note_duplicates_listed(*, by: User, rows: int) -> None:
    """Note that the officer was shown a page of them: how many."""
    record("possible_duplicates.listed", by=by, rows=rows)
