"""A table: its caption, its columns, and rows of cells. Built in, like the other components.

On a narrow screen each row is a card, and each cell says there which column it is of. A table that
is `wide` stays a table, and its page lets it be scrolled sideways. The markup is here and not in
templates/components/ because a page may have thousands of cells.
"""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def table(content: str, wide: bool = False, css: str = "", printed: bool = True) -> SafeString:
    """Around a caption, the columns and the rows, in this order."""
    classes = _classes("govuk-table", "" if wide else "leap-table", css, _no_print_class(printed))
    return format_html('<table class="{}">{}</table>', classes, content)


@register.simple_block_tag
def caption(content: str, size: str = "", name: str = "") -> SafeString:
    """What the table is of: `size` m or s, otherwise for screen readers alone. `name`: its id."""
    look = f"govuk-table__caption--{size}" if size else "govuk-visually-hidden"
    anchor = format_html(' id="{}"', name) if name else ""
    return format_html(
        '<caption class="govuk-table__caption {}"{}>{}</caption>', look, anchor, _trimmed(content)
    )


@register.simple_block_tag
def columns(content: str) -> SafeString:
    return format_html(
        '<thead class="govuk-table__head"><tr class="govuk-table__row">{}</tr></thead>', content
    )


@register.simple_tag
def column(label: object, kind: str = "", css: str = "") -> SafeString:
    """The head of a column. `kind`: number, or hidden where what it says is for screen readers."""
    words = label
    if kind == "hidden":
        words = format_html('<span class="govuk-visually-hidden">{}</span>', label)
    classes = _classes("govuk-table__header", _number(kind), css)
    return format_html('<th scope="col" class="{}">{}</th>', classes, words)


@register.simple_block_tag
def rows(content: str) -> SafeString:
    return format_html('<tbody class="govuk-table__body">{}</tbody>', content)


@register.simple_block_tag
def table_row(content: str, printed: bool = True) -> SafeString:
    classes = _classes("govuk-table__row", _no_print_class(printed))
    return format_html('<tr class="{}">{}</tr>', classes, content)


@register.simple_block_tag
def row_heading(content: str, css: str = "") -> SafeString:
    """The cell that says what the row is of."""
    classes = _classes("govuk-table__header", css)
    return format_html('<th scope="row" class="{}">{}</th>', classes, _trimmed(content))


@register.simple_block_tag
def cell(
    content: str, label: str | None = None, kind: str = "", css: str = "", colspan: int = 1
) -> SafeString:
    """One cell; `label` is the column it is of, said on narrow screens. `kind`: number."""
    classes = _classes("govuk-table__cell", _number(kind), css)
    span = "" if colspan == 1 else format_html(' colspan="{}"', colspan)
    named = "" if label is None else format_html(' data-label="{}"', label)
    return format_html('<td class="{}"{}{}>{}</td>', classes, span, named, _trimmed(content))


def _classes(*names: str) -> str:
    return " ".join(filter(None, names))


def _number(kind: str) -> str:
    return "leap-number" if kind == "number" else ""


def _no_print_class(printed: bool) -> str:
    return "" if printed else "leap-no-print"


def _trimmed(content: str) -> SafeString:
    """A cell with nothing in it is truly empty: narrow screens leave it out."""
    return mark_safe(content.strip())  # noqa: S308 rendered by a template that escapes
