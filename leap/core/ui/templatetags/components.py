"""The vocabulary of our templates: pieces of page, form parts, charts, and how things are written.

All of it is built in, so templates need no {% load %}. The markup is in templates/components/.
"""

import uuid
from collections.abc import Iterable, Iterator
from typing import Any

from django import template
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BaseFormSet, BoundField
from django.forms.utils import flatatt
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from leap.core.ui import charts, formatting
from leap.core.ui.statuses import status_of

register = template.Library()

for written in (
    formatting.day,
    formatting.short_day,
    formatting.clock,
    formatting.when,
    formatting.until,
    formatting.age,
    formatting.due,
    formatting.number,
    formatting.percent,
    formatting.tel,
    formatting.nhs_number,
    formatting.paragraphs,
    formatting.humanise,
):
    register.filter(written.__name__, written)


@register.filter
def can(user: User, capability: str) -> bool:
    """Whether this practitioner may: `{% if signed_in|can:"issue_reports" %}`."""
    return user.can(Capability(capability))


def _piece(component: str, /, **context: Any) -> SafeString:
    # Not by render_to_string, which spends as long again on preparing a page's context.
    piece = get_template(f"components/{component}.html").template  # type: ignore[attr-defined]
    drawn: str = piece.render(template.Context(context))
    return mark_safe(drawn.strip())  # noqa: S308 drawn by a template that escapes


# Pieces of a page


@register.simple_tag
def status(value: Any, word: str = "") -> SafeString:
    """The coloured tag for a status. `word` replaces the usual word and keeps the colour."""
    if value in (None, ""):
        return SafeString("")
    usual, colour = status_of(getattr(value, "value", value))
    return _piece("status", word=word or usual, colour=colour)


@register.simple_tag
def tag(word: str, colour: str = "grey") -> SafeString:
    return _piece("status", word=word, colour=colour)


@register.simple_tag
def button(label: str, kind: str = "", name: str = "", value: str = "") -> SafeString:
    """A submit button. `kind`: secondary or warning."""
    return _piece("button", label=label, kind=kind, name=name, value=value)


@register.simple_tag
def link_button(label: str, url: str, kind: str = "") -> SafeString:
    """A link that leads to the next step, looking like a button."""
    return _piece("link_button", label=label, url=url, kind=kind)


@register.inclusion_tag("components/post_button.html", takes_context=True)
def post_button(context: template.Context, label: str, url: str, kind: str = "") -> dict[str, Any]:
    """A form of one button. Its submission is always new: nothing typed could come back."""
    made_for = _whose(context)
    return {
        "label": label,
        "url": url,
        "kind": kind,
        "submission": uuid.uuid4(),
        "made_for": made_for,
    }


@register.simple_tag
def back(url: str, label: str = "Back") -> SafeString:
    return _piece("back", url=url, label=label)


@register.simple_block_tag
def details(content: str, summary: str, is_open: bool = False) -> SafeString:
    return _piece("details", content=content, summary=summary, is_open=is_open)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    return _piece("inset", content=content)


@register.simple_block_tag
def warning(content: str) -> SafeString:
    return _piece("warning", content=content)


@register.simple_block_tag
def alert(content: str, kind: str = "information") -> SafeString:
    """A message in the page. `kind`: information, success, warning or error."""
    return _piece("alert", content=content, kind=kind)


@register.simple_block_tag
def card(content: str, title: str, url: str = "", level: int = 2, tone: str = "") -> SafeString:
    """A boxed section. `tone`: red, amber or green."""
    return _piece("card", content=content, title=title, url=url, level=level, tone=tone)


@register.simple_block_tag
def nothing(content: str, sentence: str) -> SafeString:
    """What stands where a list would be: what there is none of, and inside, what to do."""
    return _piece("nothing", content=content, sentence=sentence)


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    return _piece("panel", content=content, title=title)


@register.simple_block_tag
def summary(content: str) -> SafeString:
    return _piece("summary", content=content)


@register.simple_block_tag
def row(content: str, key: str, url: str = "", action: str = "Change") -> SafeString:
    """One line of a summary; with `url`, a link to change it."""
    return _piece("row", content=content, key=key, url=url, action=action)


@register.simple_block_tag
def timeline(content: str) -> SafeString:
    return _piece("timeline", content=content)


@register.simple_block_tag
def entry(
    content: str,
    title: str,
    at: Any = None,
    by: Any = "",
    url: str = "",
    tone: str = "",
    level: int = 3,
) -> SafeString:
    """One thing that happened. `at` is a date, or a datetime to show the time as well."""
    written = formatting.when(at) if hasattr(at, "hour") else formatting.day(at)
    return _piece(
        "entry",
        content=content,
        title=title,
        at=at,
        written=written,
        by=by,
        url=url,
        tone=tone,
        level=level,
    )


@register.simple_block_tag
def tabs(content: str, label: str) -> SafeString:
    """Links between the pages of one thing. `label` names the thing for screen readers."""
    return _piece("tabs", content=content, label=label)


@register.simple_tag(takes_context=True)
def tab(
    context: template.Context,
    label: str,
    url: str,
    count: int | str | None = None,
    active: bool | None = None,
) -> SafeString:
    request = context.get("request")
    if active is None:
        active = bool(request and request.path == str(url).partition("?")[0])
    return _piece("tab", label=label, url=url, count=count, active=active)


@register.simple_block_tag
def tiles(content: str) -> SafeString:
    return _piece("tiles", content=content)


@register.simple_tag
def tile(value: Any, label: str, url: str = "", tone: str = "", note: str = "") -> SafeString:
    """One number with what it counts. `tone` (red, amber, green) shows only when there are any."""
    tone = tone if value not in (0, "0") else ""
    return _piece("tile", value=value, label=label, url=url, tone=tone, note=note)


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Any, label: str = "Pages") -> dict[str, Any]:
    """Links to more pages: of a Django `Page`, or anything with `next` and `previous` cursors."""
    shared = {"request": context.get("request"), "page": page, "label": label}
    paginator = getattr(page, "paginator", None)
    if paginator is None:
        return shared
    pages = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        **shared,
        "paginator": paginator,
        "pages": list(pages) if paginator.num_pages > 1 else [],
    }


@register.simple_tag
def filters(form: BaseForm, clear_url: str = "", label: str = "Filter") -> SafeString:
    """A panel that narrows a list by GET."""
    return _piece("filters", form=form, clear_url=clear_url, label=label)


@register.simple_tag
def interval_chart(
    rows: Iterable[Any], title: str, description: str = "", **options: Any
) -> SafeString:
    """A dot and its confidence interval for each row of `label, value, lower, upper, note`.

    Options: `kind` (percent, for values from 0 to 1, or number), `reference`, `reference_label`,
    `highest`.
    """
    named = options.pop("reference_label", "")
    drawn = charts.interval_chart(rows, **options)
    return _piece(
        "interval_chart", title=title, description=description, named=named, **_key(), **drawn
    )


@register.simple_tag
def trend_chart(
    points: Iterable[Any], title: str, description: str = "", **options: Any
) -> SafeString:
    """A line through periods, its interval as a band. Arguments as for `interval_chart`."""
    named = options.pop("reference_label", "")
    drawn = charts.trend_chart(points, **options)
    return _piece(
        "trend_chart", title=title, description=description, named=named, **_key(), **drawn
    )


def _key() -> dict[str, str]:
    return {"key": f"chart-{uuid.uuid4().hex[:8]}"}


# Forms


@register.inclusion_tag("components/submission.html", takes_context=True)
def submission(context: template.Context, form: BaseForm | None = None) -> dict[str, Any]:
    """The hidden field that makes a form safe to send twice.

    A form shown again keeps the key it was sent with, so that sending it again is the same sending.
    """
    request, form = context.get("request"), form or context.get("form")
    again = request and request.method == "POST" and (form is None or form.is_bound)
    sent = _key_sent(request.POST.get("submission")) if request and again else None
    return {"submission": sent or uuid.uuid4(), "made_for": _whose(context)}


def _whose(context: template.Context) -> str:
    """Whose page this is: a form is never sent as somebody who signed in over it."""
    user = context.get("signed_in")
    return str(user.ref) if user else ""


def _key_sent(key: str | None) -> uuid.UUID | None:
    try:
        return uuid.UUID(key or "")
    except ValueError:
        return None


@register.simple_tag
def error_summary(*forms: "BaseForm | BaseFormSet[Any]") -> SafeString:
    """Everything wrong in these forms, at the top of the page, each linked to its field."""
    errors = [line for form in forms if form for line in _wrong(form)]
    return _piece("error_summary", errors=errors) if errors else SafeString("")


def _wrong(form: "BaseForm | BaseFormSet[Any]") -> Iterator[tuple[str, str]]:
    if isinstance(form, BaseFormSet):
        yield from (("", str(message)) for message in form.non_form_errors())
        for member in form.forms:
            yield from _wrong(member)
        return
    vars(form)["summarised"] = True  # so that the form does not say it a second time
    yield from (("", str(message)) for message in form.non_field_errors())
    for field in form:
        yield from ((_anchor(field), message) for message in _summary_sentences(field))


def _anchor(field: BoundField) -> str:
    """The id to jump to: for a group of choices or boxes, that of the first one."""
    if field.is_hidden:
        return ""
    if field.use_fieldset:
        return f"{field.auto_id}_0"
    return field.id_for_label


@register.filter
def error_sentences(field: BoundField) -> list[str]:
    """What is wrong with a field. Django's "This field is required." becomes what to do."""
    return [
        sentence
        for error in field.errors.as_data()
        for sentence in (
            [_asked_for(field)] if _stock(field, error, "required") else error.messages
        )
    ]


def _summary_sentences(field: BoundField) -> list[str]:
    """The same, away from the field: where the words alone do not say which field, it is named."""
    bare = any(_stock(field, error, "invalid") for error in field.errors.as_data())
    sentences = error_sentences(field)
    if whose := getattr(field.field, "whose", ""):
        return [f"{whose}: {one}" for one in sentences]
    return (
        [f"{field.label}: {one[:1].lower()}{one[1:]}" for one in sentences] if bare else sentences
    )


def _stock(field: BoundField, error: ValidationError, code: str) -> bool:
    """Whether the words are still Django's own, which cannot know what they are about."""
    own = [kind.__dict__.get("default_error_messages", {}) for kind in type(field.field).__mro__]
    return error.code == code and error.messages[0] in [str(words.get(code)) for words in own]


def _asked_for(field: BoundField) -> str:
    label = str(field.label).strip()
    if field.widget_type == "checkbox":
        return f"Tick “{label}” to go on."
    if label.endswith("?"):
        return f"Answer “{label}”"
    chosen = field.widget_type in ("select", "radioselect", "checkboxselectmultiple")
    return f"Choose an answer for “{label}”." if chosen else f"Fill in “{label}”."


_LENGTHS = {"required", "maxlength", "minlength"}
_LIMITS = _LENGTHS | {"min", "max", "step"}  # of a number, which is typed as text


@register.simple_tag
def widget_attrs(widget: dict[str, Any], css: str, own: bool = True) -> SafeString:
    """A widget's attributes with the design system's class in front of its own.

    `required` and lengths are left to the server, which says what is wrong and shows what was
    typed; a browser would cut a long paste short without a word.
    """
    left_out = _LIMITS if widget.get("type") == "number" else _LENGTHS
    attrs = {name: value for name, value in widget["attrs"].items() if name not in left_out}
    classes = [css, attrs.pop("class", "") if own else ""]
    if not own:
        attrs.pop("class", None)
        attrs.pop("aria-invalid", None)  # the group is wrong, not one of its choices
    elif attrs.get("aria-invalid"):
        classes.append(f"{css.split()[0]}--error")
    attrs["class"] = " ".join(filter(None, classes))
    return flatatt(
        {k: v if isinstance(v, bool) else str(v) for k, v in attrs.items() if v is not None}
    )


# Files


@register.simple_tag
def has_design_system() -> bool:
    """Whether the design system's own files are here. Without them plain.css stands in."""
    return bool(finders.find("vendor/govuk-frontend.min.css"))
