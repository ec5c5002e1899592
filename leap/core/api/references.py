"""How the API names things: by public reference or code, never by a database key."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from leap.core.accounts.models import User
from leap.core.lookup import NearestKey, find_by_ref, has_text_ref

LONGEST = 60
AT_MOST = 100  # references in one list
MISSING = "There is no {what} “{given}”, or it is not shared with you."
Visible = Callable[[User], QuerySet[Any]]


def is_plain(text: str) -> bool:
    """Whether `text` can be a reference or a code at all, and so be asked of the database."""
    return text.isascii() and text.isprintable()


def reference_help_text(what: str, by: str) -> str:
    """How `what` is named, in a sentence."""
    return f"The {'reference' if by == 'ref' else by} of a {what}."


class NamedReference(serializers.CharField):
    """One thing, named by its reference or code, among those the caller may see.

    What does not exist and what is not shared get the same sentence.
    """

    def __init__(self, what: str, among: Visible, *, by: str = "ref", **options: Any) -> None:
        self.what, self.among, self.by = what, among, by
        options.setdefault("help_text", reference_help_text(what, by))
        super().__init__(max_length=LONGEST, **options)

    def run_validation(self, data: Any = empty) -> Any:
        data = super().run_validation(data)  # as text: how long it may be, and of what
        if data is None:
            return None
        record = self.find(data) if is_plain(data) else None
        if record is None:
            raise serializers.ValidationError(MISSING.format(what=self.what, given=data))
        return record

    def find(self, data: str) -> Any:
        """The one thing named so, or None."""
        seen = self.among(self.context["request"].user)
        if self.by == "ref" and has_text_ref(seen.model):
            return find_by_ref(seen, data)
        return next(iter(seen.filter(**{self.by: data})[:1]), None)

    def to_representation(self, value: Any) -> str:
        return str(getattr(value, self.by))


@extend_schema_field(
    {"type": "array", "items": {"type": "string", "maxLength": LONGEST}, "maxItems": AT_MOST}
)
class NamedList(serializers.ListField):
    """Several things of one kind, in the order named, read in one query."""

    def __init__(self, what: str, among: Visible, *, by: str = "ref", **options: Any) -> None:
        self.what, self.among, self.by = what, among, by
        options.setdefault("help_text", f"Of each: {reference_help_text(what, by).lower()}")
        super().__init__(
            child=serializers.CharField(max_length=LONGEST), max_length=AT_MOST, **options
        )

    def to_internal_value(self, data: Any) -> list[Any]:
        data = super().to_internal_value(data)
        seen = self.among(self.context["request"].user)
        wanted = [name for name in data if is_plain(name)]
        if self.by == "ref" and has_text_ref(seen.model):
            rows = seen.filter(pk__in=[NearestKey(seen.model, name) for name in wanted])
        else:
            rows = seen.filter(**{f"{self.by}__in": wanted})
        records = {getattr(row, self.by): row for row in rows}
        if missing := [name for name in data if name not in records]:
            raise serializers.ValidationError(
                [MISSING.format(what=self.what, given=name) for name in dict.fromkeys(missing)]
            )
        return [records[name] for name in dict.fromkeys(data)]


class RequestSerializer(serializers.Serializer[Any]):
    """What a caller sends. A field or filter we do not know is refused by name, never dropped."""

    default_error_messages = {"invalid": "Send one JSON object, with its fields by name."}

    def to_internal_value(self, data: Any) -> Any:
        sent = data if isinstance(data, dict) else {}
        if unknown := [name for name in sent if name not in self.fields]:
            known = ", ".join(list(self.fields))
            sentence = f"There is no such field here. There are: {known}."
            raise serializers.ValidationError({str(name): [sentence] for name in unknown})
        return super().to_internal_value(data)
