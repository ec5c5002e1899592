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


def page_of(found: QuerySet[Any] | Sequence[Any], size: int, number: str | None) -> Page[Any]:
    """One page of a list; the nearest where there is none of that number."""
    rows = in_total_order(found) if isinstance(found, QuerySet) else found
    return Paginator(rows, size).get_page(number)


def in_total_order(found: QuerySet[Any]) -> QuerySet[Any]:
    """The same, with the key as the last word where the order has none."""
    if is_in_total_order(found.query):
        return found
    order = ordering_of(found.query)
    last = "-pk" if order and _is_descending(order[-1]) else "pk"
    return found.order_by(*order, last)


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
    sure = {each.name: each for each in model._meta.concrete_fields if not each.null}
    alone = [{each.name} for each in sure.values() if each.unique]
    together = [
        set(each.fields)
        for each in model._meta.constraints
        if isinstance(each, UniqueConstraint) and each.condition is None
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
