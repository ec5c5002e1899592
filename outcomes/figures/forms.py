"""Choosing a period, and giving a reason."""

from collections.abc import Sequence
from typing import Any

from django import forms

from outcomes import periods
from outcomes.periods import Period

KINDS = {
    periods.QUARTER: "Financial quarters",
    periods.YEAR: "Financial years",
    periods.MONTH: "Months",
}

# A choice and not a text: the log holds no free text.
REASONS = {
    "checking": "To check a figure against our own records",
    "correcting": "To put right what is on record",
    "planning": "To plan services",
    "evaluating": "To evaluate the programme, inside the partnership",
}


class PeriodForm(forms.Form):
    """Which of the periods that have figures to look at."""

    quiet = True
    period = forms.ChoiceField(label="Period", required=False)

    def __init__(self, choices: Sequence[Period], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["period"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (title, [(p.code, p.title) for p in choices if p.kind == kind])
            for kind, title in KINDS.items()
            if any(p.kind == kind for p in choices)
        ]


class ExactForm(forms.Form):
    """Why exact figures are taken out."""

    period = forms.CharField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="What are the exact figures for?",
        help_text="Your name, the time and this reason are kept.",
        choices=list(REASONS.items()),
        widget=forms.RadioSelect,
    )
