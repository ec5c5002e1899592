"""Looking for one thing by its reference, at the same cost whether it is hidden or not there.

A row that its reader may not see is found in the index and judged by the policies; for one that
does not exist nothing was judged. The difference, a third of a millisecond, told the two apart. So
the statement is about a row in either case: the one meant, or the one whose reference comes next.
"""

from typing import Any, TypeVar, cast

from django.db.models import (
    BigIntegerField,
    CharField,
    Func,
    Model,
    QuerySet,
    Value,
    prefetch_related_objects,
)
from django.http import Http404

Row = TypeVar("Row", bound=Model)


class NearestKey(Func):
    """The key of the row with this reference, else of the row that comes next."""

    function = "leap_nearest_key"
    output_field = BigIntegerField()

    def __init__(self, model: type[Model], ref: str) -> None:
        super().__init__(Value(model._meta.db_table), Value(ref))


def has_text_ref(model: type[Model]) -> bool:
    """Whether its rows have references such as LB-7K3M9. Practitioners, whom everybody may know of,
    are named by a UUID instead."""
    return isinstance(model._meta.get_field("ref"), CharField)


def find_by_ref(rows: QuerySet[Row], ref: str, *, through: str = "") -> Row | None:
    """The one of `rows` with this reference, or None.

    `through` names a relation, where the reference is that of what a row belongs to.
    """
    model: Any = rows.model
    if through:
        model = model._meta.get_field(through).related_model
    near = rows.filter(**{through or "pk": NearestKey(model, ref)})
    row = next(iter(near.prefetch_related(None)[:1]), None)
    named = getattr(row, through) if row is not None and through else row
    if row is None or cast(Any, named).ref != ref:
        return None
    # Only now: what belongs to the next row would be read with statements that tell it from none.
    prefetch_related_objects([row], *cast(Any, rows)._prefetch_related_lookups)
    return row


def get_by_ref_or_404(rows: QuerySet[Row], ref: str, *, through: str = "") -> Row:
    """The same; Http404 for what is not there and for what is not visible."""
    row = find_by_ref(rows, ref, through=through)
    if row is None:
        raise Http404
    return row
