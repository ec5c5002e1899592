"""What hangs on a person, and on a family: each foreign key, and whether it moves in a merge.

A foreign key that nobody has declared here fails a test, and stops merging: nothing is forgotten.
"""

from dataclasses import dataclass

from django.db import models

from families.models import Family, Person

MOVES, STAYS = "moves", "stays"  # what stays says what was, and belongs to the reference it names
OF_PERSON = {
    "families.ContactPerson.person": MOVES,
    "families.FollowUp.person": MOVES,
    "families.Member.person": MOVES,
    "families.Observation.person": MOVES,
    "families.PersonReader.person": MOVES,
    "families.PossibleDuplicate.one": STAYS,
    "families.PossibleDuplicate.other": STAYS,
    "families.Residence.person": MOVES,
    "families.SafeContact.person": MOVES,
    "families.ServiceConsent.person": MOVES,
    "families.Shield.hidden_from": MOVES,
    "families.Shield.person": MOVES,
    "leap_sites.Attendance.person": MOVES,
    "life_events.Loss.person": MOVES,
    "plans.Goal.whose": MOVES,
    "merging.Merge.gone_person": STAYS,
    "merging.Merge.kept_person": STAYS,
    "subject_access.SubjectAccessRequest.asked_by": MOVES,
    "subject_access.SubjectAccessRequest.person": MOVES,
}
OF_FAMILY = {
    "families.SafetyAlert.family": MOVES,
    "families.BreakGlass.family": MOVES,
    "families.Contact.family": MOVES,
    "families.FamilyGroupObjectPermission.content_object": MOVES,
    "families.FamilyUserObjectPermission.content_object": MOVES,
    "families.FollowUp.family": MOVES,
    "families.HandoverNote.family": MOVES,
    "families.Involvement.family": MOVES,
    "families.Member.family": MOVES,
    "families.AccessAlert.family": MOVES,
    "families.ServiceConsent.family": MOVES,
    "families.SharingDecision.family": MOVES,
    "leap_sites.Booking.family": MOVES,
    "life_events.Loss.family": MOVES,
    "life_events.MoveOut.family": MOVES,
    "plans.Plan.family": MOVES,
    "prompts.Decision.family": MOVES,
    "referrals.InboundReferral.family": MOVES,
    "referrals.ExternalReferral.family": MOVES,
    "merging.Merge.gone_family": STAYS,
    "merging.Merge.kept_family": STAYS,
    "referrals.Referral.family": MOVES,
    "retention.LegalHold.family": MOVES,
    "subject_access.SubjectAccessRequest.family": MOVES,
}
DECLARED: dict[type[models.Model], dict[str, str]] = {Person: OF_PERSON, Family: OF_FAMILY}


@dataclass(frozen=True)
class Link:
    """A column of a table that points to a person or a family."""

    label: str
    table: str
    column: str
    may_collide: bool


def links_to(target: type[models.Model]) -> dict[str, Link]:
    """Every foreign key to `target` that there is, by label."""
    links = {}
    for relation in target._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ManyToOneRel):  # one-to-one is one of them
            continue
        model, field = relation.related_model, relation.field
        label = f"{model._meta.label}.{field.name}"
        links[label] = Link(
            label=label,
            table=model._meta.db_table,
            column=str(field.column),
            may_collide=_is_unique(model, field.name),
        )
    return links


def _is_unique(model: type[models.Model], name: str) -> bool:
    field = model._meta.get_field(name)
    together = any(name in names for names in model._meta.unique_together)
    constrained = any(
        name in constraint.fields
        for constraint in model._meta.constraints
        if isinstance(constraint, models.UniqueConstraint)
    )
    return bool(getattr(field, "unique", False)) or together or constrained


def links_to_move(target: type[models.Model]) -> list[Link]:
    """Those that move. Raises LookupError for one that nobody has declared."""
    links = links_to(target)
    if undeclared := sorted(set(links) - set(DECLARED[target])):
        raise LookupError(
            f"Say in leap/casework/merging/links.py what a merge does with: {undeclared}"
        )
    return [link for label, link in sorted(links.items()) if DECLARED[target][label] == MOVES]
