"""Fields and widgets that Django's own do not have. Their looks are in templates/django/forms/."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


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
        parts = [str(part or "").strip() for part in value]
        if not any(parts):
            return None
        self._complete(parts)
        try:
            return date(int(parts[2]), _month(parts[1]), int(parts[0]))
        except ValueError:
            raise ValidationError("Enter a real date, such as 31 3 2016.", code="invalid") from None

    def _complete(self, parts: list[str]) -> None:
        missing = [
            word for word, part in zip(("day", "month", "year"), parts, strict=True) if not part
        ]
        if missing:
            raise ValidationError(f"The date needs a {' and a '.join(missing)}.", code="incomplete")
        if len(parts[2]) != 4:
            raise ValidationError("Write the year with four figures, such as 2016.", code="invalid")


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    return datetime.strptime(text[:3], "%b").month  # noqa: DTZ007 only the month is taken
