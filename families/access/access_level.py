"""What a practitioner sees of a family, for the log: the innermost layer, and as which team."""

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from families.models import Contact, Family, Involvement, Layer, Observation
from leap.core.accounts.models import User


def annotate_access_level(families: QuerySet[Family], by: User) -> QuerySet[Family]:
    """The families with what `by` sees of each, and the team of theirs that works with it."""
    spells = Involvement.objects.live().filter(family=OuterRef("pk"))
    at_work = spells.filter(who__in=by.access_keys).exclude(reason=Involvement.Reason.BREAK_GLASS)
    team = spells.filter(team__in=by.team_ids).order_by("started_at").values("team__code")[:1]
    return families.annotate(
        working_team=Subquery(team),
        at_work=Exists(at_work),
        names_them=_has(Q(layer=Layer.RESTRICTED, named__contains=[by.pk])),
        of_agency=_has(Q(layer=Layer.AGENCY, agency__in=by.agency_ids)),
    )


def _has(layer: Q) -> Q:
    about = Observation.objects.filter(layer, person__members__family=OuterRef("pk"))
    return Q(Exists(Contact.objects.filter(layer, family=OuterRef("pk")))) | Q(Exists(about))
