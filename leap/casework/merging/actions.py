"""Merging two records into one, and undoing it at any later time.

Undoing takes back every later merge that has to do with the same families, the last first, then
this one, and then makes the later ones again. So what is left is always what it would have been
without the one undone, whatever the order; and what was written since stays where it was written.
"""

from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from families.access.involvement_actions import grant_again, involve
from families.models import Family, Involvement, Person, SafeContact
from families.name_normalisation import search_text
from leap.casework.merging import rules
from leap.casework.merging.display import FIELDS, LEAD, NAME, SAFE_CONTACT
from leap.casework.merging.links import links_to_move
from leap.casework.merging.models import Merge
from leap.casework.merging.row_mover import change, move, put_back, row, set_aside
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.exceptions import Conflict
from leap.core.ids import new_ref
from leap.core.notifications.actions import tell
from leap.core.notifications.types import NotificationType
from leap.core.rls.session import bypass_rls

WHY = "a merge carries what its maker does not see as well"


@transaction.atomic
def merge_people(*, kept: Person, gone: Person, taken: list[str], by: User) -> Merge:
    """Let two records of one person be one. `taken` names what is taken over from `gone`.

    Raises NotAllowed where not all of it is shared with `by`, or one is kept for named people.
    """
    with bypass_rls(WHY):
        _one_at_a_time()
        rules.check_can_merge_people(kept, gone, by)
        merge = Merge.objects.create(
            ref=new_ref("MG", 6),
            kept_person=kept,
            gone_person=gone,
            taken=[name for name in (*FIELDS, SAFE_CONTACT) if name in taken],
            families=rules.families_of([kept.pk, gone.pk]),
            by=by,
        )
        _carry(merge)
        _note("person.merged", merge, by)
    return merge


@transaction.atomic
def merge_families(*, kept: Family, gone: Family, taken: list[str], by: User) -> Merge:
    """Let one household that was registered twice be one family. All its teams stay involved.

    `taken` may hold "name" and "lead": whose name, and whose lead stays, else the kept one's.
    """
    with bypass_rls(WHY):
        _one_at_a_time()
        rules.check_can_merge_families(kept, gone, by)
        merge = Merge.objects.create(
            ref=new_ref("MG", 6),
            kept_family=kept,
            gone_family=gone,
            taken=[name for name in (NAME, LEAD) if name in taken],
            families=sorted([kept.pk, gone.pk]),
            by=by,
        )
        _carry(merge)
        _note("family.merged", merge, by)
    return merge


@transaction.atomic
def undo_merge(*, merge: Merge, by: User) -> None:
    """Make two of one again, each with what it had. What was written since stays with the one."""
    with bypass_rls(WHY):
        _one_at_a_time()
        merge.refresh_from_db()
        rules.check_can_undo(merge, by)
        try:
            with transaction.atomic():
                touched, overlapping = set(merge.families), []
                for touched_by in Merge.objects.standing().filter(pk__gt=merge.pk).order_by("pk"):
                    if touched & set(touched_by.families):
                        touched |= set(touched_by.families)
                        overlapping.append(touched_by)
                later = overlapping
                for one_merge in [*reversed(later), merge]:
                    put_back(one_merge)
                merge.undone_at, merge.undone_by = timezone.now(), by
                merge.save(update_fields=["undone_at", "undone_by"])
                for one_merge in later:
                    _carry(one_merge)
                _settle(merge, by)
        except IntegrityError:
            raise Conflict(
                "A place that was set free by this merge has been taken by somebody else. Make"
                " room in the session, then undo the merge."
            ) from None
        _note("person.unmerged" if merge.is_of_people else "family.unmerged", merge, by)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('leap.casework.merging'))")


def _carry(merge: Merge) -> None:
    if merge.kept_person and merge.gone_person:
        gone = merge.gone_person.pk
        kept = merge.kept_person.pk
        theirs = SafeContact.objects.filter(person=kept).first()
        if (
            SAFE_CONTACT in merge.taken
            and theirs
            and SafeContact.objects.filter(person=gone).exists()
        ):
            set_aside(merge, "families_safecontact", theirs.pk)
        for link in links_to_move(Person):
            move(merge, link, gone=gone, kept=kept)
        other, mine = row("families_person", gone), row("families_person", kept)
        values = {name: other[name] for name in merge.taken if name in FIELDS}
        named = {**mine, **values}
        values["search_name"] = search_text(named["given_name"], named["family_name"])
        change(merge, "families_person", kept, values)
    elif merge.kept_family and merge.gone_family:
        _carry_family(merge, gone=merge.gone_family.pk, kept=merge.kept_family.pk)


def _carry_family(merge: Merge, *, gone: int, kept: int) -> None:
    for link in links_to_move(Family):
        move(merge, link, gone=gone, kept=kept)
    other, mine = row("families_family", gone), row("families_family", kept)
    # The first opening and the last contact of the two.
    values: dict[str, Any] = {
        name: PERIOD[name]([when for when in (mine[name], other[name]) if when], default=None)
        for name in PERIOD
    }
    if NAME in merge.taken:
        values |= {name: other[name] for name in ("name", "search_name")}
    if LEAD in merge.taken:
        values |= {name: other[name] for name in ("lead_team_id", "lead_practitioner_id")}
    change(merge, "families_family", kept, values)
    if other["closed_at"] is None:
        closed = {"closed_at": merge.merged_at.isoformat(), "closed_reason": "Merged"}
        change(merge, "families_family", gone, closed)


PERIOD = {"opened_at": min, "last_contact_at": max}


def _settle(merge: Merge, by: User) -> None:
    """What has to hold of two that were one: names are found, and an open family is led."""
    for person in filter(None, [merge.kept_person, merge.gone_person]):
        person.refresh_from_db()
        wanted = search_text(person.given_name, person.family_name)
        Person.objects.filter(pk=person.pk).exclude(search_name=wanted).update(search_name=wanted)
    for family in Family.objects.open().filter(
        pk__in=[merge.kept_family_id or 0, merge.gone_family_id or 0]
    ):
        team, practitioner = family.lead_team, family.lead_practitioner
        if team and not family.involvements.live().filter(team=team).exists():
            involve(family=family, team=team, reason=Involvement.Reason.REGISTERED, by=by)
        if practitioner and not practitioner.is_active:
            Family.objects.filter(pk=family.pk).update(lead_practitioner=None)
        grant_again(family)


def _note(kind: str, merge: Merge, by: User) -> None:
    """In the log of each family that it touches; and whoever leads one of them is told."""
    leads: set[User] = set()
    for family in Family.objects.filter(pk__in=merge.families).order_by("pk"):
        record(
            kind,
            by=by,
            family_ref=family.ref,
            subject=merge,
            team_code=by.teams[0].code if by.teams else "",
            kept=(merge.kept_person or merge.kept_family or family).ref,
            gone=(merge.gone_person or merge.gone_family or family).ref,
        )
        lead = family.lead_practitioner
        if lead and lead.pk != by.pk and lead.is_active:
            leads.add(lead)
    sentence = "Two records that you work with were made one."
    if kind.endswith("unmerged"):
        sentence = "A record that you work with was made two again."
    tell(leads, NotificationType.MERGED, sentence, f"/merging/{merge.ref}/")
