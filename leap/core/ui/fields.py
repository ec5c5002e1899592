"""Fields and widgets that Django's own do not have. Their looks are in templates/django/forms/."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError

from leap.core import parse

Read = TypeVar("Read")


class DateInput(forms.DateInput):
    """The browser's own date picker: quickest on a phone, for days near today."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """The browser's own time picker, to the minute."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker for a day and a time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class DateField(forms.DateField):
    """A day, as leap.core.parse reads it."""

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value.date()
        return value if isinstance(value, date) else _readable(parse.typed_day, str(value))


class DateTimeField(forms.DateTimeField):
    """A day and a time, in a year that somebody here can mean."""

    def to_python(self, value: Any) -> datetime | None:
        if isinstance(value, str):
            value = parse.clean_text(value)
            if value[:10].strip():
                _readable(parse.typed_day, value[:10])
        return super().to_python(value)


class IntegerField(forms.IntegerField):
    """A whole number, as leap.core.parse reads it."""

    def to_python(self, value: Any) -> int | None:
        return None if value in self.empty_values else _readable(parse.whole, str(value))


class DecimalField(forms.DecimalField):
    """A number, as leap.core.parse reads it."""

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        return None if value in self.empty_values else _readable(parse.number, str(value))


def _readable(read: Callable[[Any], Read], typed: Any) -> Read:
    try:
        return read(typed)
    except parse.Unreadable as problem:
        raise ValidationError(str(problem), code="invalid") from None


class DateInput3(forms.MultiWidget):
    """Three boxes, for dates people know by heart: a birth date, a due date."""

    template_name = "django/forms/widgets/date_parts.html"
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            part: forms.TextInput() for part in ("day", "month", "year")
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[str]:
        return [str(value.day), str(value.month), str(value.year)] if value else ["", "", ""]

    def value_from_datadict(
        self, data: Mapping[str, Any], files: Any, name: str
    ) -> list[str | None]:
        return [data.get(f"{name}_{part}") for part in ("day", "month", "year")]


class DateField3(forms.Field):
    """A date typed into three boxes. The month may be a number or a name. Cleans to a `date`."""

    widget = DateInput3

    def to_python(self, value: Any) -> date | None:
        if value is None or isinstance(value, date):
            return value
        parts = [parse.clean_text(str(part or "")).strip() for part in value]
        if not any(parts):
            return None
        missing = [
            word for word, part in zip(("day", "month", "year"), parts, strict=True) if not part
        ]
        if missing:
            raise ValidationError(f"The date needs a {' and a '.join(missing)}.", code="incomplete")
        if len(parts[2]) != 4:
            raise ValidationError("Write the year with four figures, such as 2016.", code="invalid")
        try:
            read = date(parse.whole(parts[2]), _month(parts[1]), parse.whole(parts[0]))
        except (ValueError, OverflowError):
            raise ValidationError("Enter a real date, such as 31 3 2016.", code="invalid") from None
        return read


def _month(text: str) -> int:
    if text.isdigit():
        return parse.whole(text)
    return datetime.strptime(text[:3], "%b").month  # noqa: DTZ007 only the month is taken
