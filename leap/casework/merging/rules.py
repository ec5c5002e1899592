"""Who may merge what, and undo it, and what gives reason to doubt. Change nothing."""

from collections.abc import Iterable

from django.utils import timezone

from families.models import Family, Member, Person, Shield
from families.name_normalisation import normalise_name
from families.people.nicknames import are_alike
from leap.casework.merging.models import Merge
from leap.core.accounts.models import User
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.rls.session import bypass_rls
from sites.models import Attendance

NOT_ALL_YOURS = (
    "You cannot merge these two records, because not everything that hangs on them is shared with "
    "you. Ask the lead practitioner of each family."
)


def check_can_merge_people(kept: Person, gone: Person, user: User) -> None:
    """Two records of one human being, in families that `user` works with, all of them."""
    if kept.pk == gone.pk:
        raise NotAllowed("This is one record already.")
    if Merge.objects.standing().filter(gone_person__in=[kept, gone]).exists():
        raise Conflict("One of the two has just been merged. Look for the person again.")
    if kept.restriction or gone.restriction:
        raise NotAllowed(NOT_ALL_YOURS)
    _check_is_at_work(families_of([kept.pk, gone.pk]), user)
    if Shield.objects.filter(person__in=[kept, gone], hidden_from__in=[kept, gone]).exists():
        raise NotAllowed("One of the two is shielded from the other, so they are two people.")
    # A place given up could be taken by others, and would then be missing when this is undone.
    held = Attendance.objects.holding_a_place().filter(
        session__during__endswith__gt=timezone.now(), session__cancelled_at=None
    )
    theirs = held.filter(person=gone).values("session")
    if twice := held.filter(person=kept, session__in=theirs).select_related("session").first():
        raise NotAllowed(
            f"Both are booked into session {twice.session.ref}. Cancel one of the places first."
        )


def check_can_merge_families(kept: Family, gone: Family, user: User) -> None:
    """One household registered twice, both worked with by `user`."""
    if kept.pk == gone.pk:
        raise NotAllowed("This is one family already.")
    if Merge.objects.standing().filter(gone_family__in=[kept, gone]).exists():
        raise Conflict("One of the two has just been merged. Look for the family again.")
    _check_is_at_work([kept.pk, gone.pk], user)
    if kept.closed_at and not gone.closed_at:
        raise NotAllowed("The record to keep is closed and the other is open. Keep the open one.")


def check_can_undo(merge: Merge, user: User) -> None:
    """Whoever works with what is kept may take a merge back; nobody while it is restricted."""
    if merge.undone_at:
        raise Conflict("This merge has been undone already.")
    for person in filter(None, [merge.kept_person, merge.gone_person]):
        if person.restriction:
            raise NotAllowed(NOT_ALL_YOURS)
    # The families it touches that are there today.
    followed = {family: survivor(family) for family in merge.families}
    _check_is_at_work(set(followed.values()), user)


def survivor(family: int) -> int:
    """The key of the family that this one was merged into, or its own."""
    standing = Merge.objects.standing()
    while into := standing.filter(gone_family=family).values_list("kept_family_id", flat=True):
        family = into[0] or family
    return family


def surviving_person(person: int) -> int:
    """The key of the person whom this one was merged into, or their own."""
    standing = Merge.objects.standing()
    while into := standing.filter(gone_person=person).values_list("kept_person_id", flat=True):
        person = into[0] or person
    return person


def _check_is_at_work(families: Iterable[int], user: User) -> None:
    """In every one of them; a restricted family's records stay by themselves."""
    for family in Family.objects.filter(pk__in=families):
        at_work = family.involvements.live().filter(team__in=user.team_ids)
        if family.restriction or not at_work.exists():
            raise NotAllowed(NOT_ALL_YOURS)


def families_of(people: Iterable[int]) -> list[int]:
    """The keys of all families that these people belong or belonged to."""
    with bypass_rls("a merge touches families that its maker may not see, and is then refused"):
        keys = Member.objects.filter(person__in=people).values_list("family_id", flat=True)
        return sorted(set(keys))


def doubts(one: Person, other: Person) -> list[str]:
    """What speaks against their being one human being, in sentences."""
    sentences = []
    if _differ(one, other, "nhs_number"):
        sentences.append("Their NHS numbers differ.")
    if _differ(one, other, "birth_date"):
        sentences.append("Their dates of birth differ.")
    if {one.sex, other.sex} == {Person.Sex.FEMALE, Person.Sex.MALE}:
        sentences.append("One is recorded as female and the other as male.")
    if one.given_name and other.given_name and not same_given_name(one, other):
        sentences.append("Their first names differ. Twins share a birthday, a surname and a home.")
    if bool(one.died_on) != bool(other.died_on):
        sentences.append("One is recorded as having died.")
    return sentences


def _differ(one: Person, other: Person, field: str) -> bool:
    first, second = getattr(one, field), getattr(other, field)
    return bool(first and second and first != second)


def same_given_name(one: Person, other: Person) -> bool:
    """The same first name, another form of it, or nearly the same letters."""
    first, second = normalise_name(one.given_name), normalise_name(other.given_name)
    return are_alike(first, second) or _nearly(first, second)


def _nearly(first: str, second: str) -> bool:
    """One letter too many, too few, wrong or swapped; in short names, none."""
    if min(len(first), len(second)) < 5 or abs(len(first) - len(second)) > 1:
        return False
    start = next((n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), None)
    if start is None:
        return True
    one, other = first[start:], second[start:]
    swapped = one[:2] == other[:2][::-1] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
