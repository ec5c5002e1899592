"""Pages of a list. Whatever is in the list stands on one page, and on one page alone.

That needs an order in which no two rows are equal. Where the order that a list is shown in leaves
two rows equal, their keys decide; otherwise the database may put them in one order for the first
page and in another for the second.
"""

from collections.abc import Sequence
from typing import Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import F, Model, QuerySet, UniqueConstraint
from django.db.models.expressions import BaseExpression, OrderBy
from django.db.models.sql import Query


def page_of(items: QuerySet[Any] | Sequence[Any], size: int, number: str | None) -> Page[Any]:
    """One page of a list; the nearest where there is none of that number."""
    rows = in_total_order(items) if isinstance(items, QuerySet) else items
    return Paginator(rows, size).get_page(number)


def in_total_order(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same, with the key as the last word where the order has none."""
    if is_in_total_order(rows.query):
        return rows
    order = ordering_of(rows.query)
    last = "-pk" if order and _is_descending(order[-1]) else "pk"
    return rows.order_by(*order, last)


def is_in_total_order(query: Query) -> bool:
    """Whether no two rows of this query are equal in its order."""
    names = {name for term in ordering_of(query) if (name := _name_of(term))}
    if "?" in names or query.model is None:
        return False
    return any(unique <= names for unique in _unique_in(query.model))


def ordering_of(query: Query) -> list[Any]:
    """The terms that a query is ordered by."""
    if query.order_by:
        return list(query.order_by)
    usual = query.get_meta().ordering if query.default_ordering else []
    return list(usual or [])


def _unique_in(model: type[Model]) -> list[set[str]]:
    """The sets of columns of which no two rows have the same."""
    sure = {field.name: field for field in model._meta.concrete_fields if not field.null}
    alone = [{field.name} for field in sure.values() if field.unique]
    together = [
        set(constraint.fields)
        for constraint in model._meta.constraints
        if isinstance(constraint, UniqueConstraint) and constraint.condition is None
    ]
    return [{"pk"}, *alone, *(names for names in together if names and names <= sure.keys())]


def _name_of(term: str | BaseExpression | F) -> str:
    """The plain column of a term; nothing for a term that is worked out."""
    if isinstance(term, str):
        return term.lstrip("-")
    inner: Any = term.expression if isinstance(term, OrderBy) else term
    return str(cast(Any, inner).name) if isinstance(inner, F) else ""


def _is_descending(term: Any) -> bool:
    return term.startswith("-") if isinstance(term, str) else bool(getattr(term, "descending", 0))
