"""Form fields of observation codes."""

from typing import Any

from django import forms

from families.observations.codes import CODES


class MeasureField(forms.CharField):
    """A number or a word that an observation code allows, checked by the code itself."""

    def __init__(self, code: str, *, whose: str = "", **kwargs: Any) -> None:
        self.code = code
        self.whose = whose  # named in the summary of what is wrong: twins have the same measures
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> str:
        typed = super().clean(value)
        return CODES[self.code].read(typed)[0] if typed else ""


def measure_field(code: str, whose: str = "") -> MeasureField:
    kind = CODES[code]
    if kind.words:
        chosen = [("", "Not recorded"), *kind.values.items()]
        widget: forms.Widget = forms.Select(choices=chosen)
        return MeasureField(code, whose=whose, label=kind.title, widget=widget)
    decimal = {"class": "govuk-input--width-5", "inputmode": "numeric" if kind.whole else "decimal"}
    label = f"{kind.title} ({kind.unit})" if kind.unit else kind.title
    widget = forms.TextInput(attrs=decimal)
    return MeasureField(code, whose=whose, label=label, max_length=20, widget=widget)
