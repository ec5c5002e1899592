"""Choosing the period to report on."""

from typing import Any

from django import forms

from outcomes.periods import Period
from outcomes.reports.queries import ReportChoice, grouped


class IssueForm(forms.Form):
    """One period. Where it is not over, saying so is part of issuing it."""

    period = forms.ChoiceField(label="Issue the report for")
    provisional = forms.BooleanField(
        label="Issue it as provisional", required=False, widget=forms.HiddenInput
    )

    def __init__(self, choices: list[ReportChoice], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found = {one.period.code: one for one in choices}
        self.fields["period"].choices = list(grouped(choices))  # type: ignore[attr-defined]
        self.fields["period"].initial = next(
            (one.period.code for one in choices if one.is_over), None
        )

    def clean(self) -> dict[str, Any]:
        fields = super().clean() or self.cleaned_data
        chosen = self.found.get(fields.get("period", ""))
        if chosen and not chosen.is_over:
            # Show the box to tick; it is asked for only here.
            self.fields["provisional"].widget = forms.CheckboxInput()
            if not self.cleaned_data.get("provisional"):
                self.add_error(
                    "provisional",
                    f"{chosen.warning} Tick the box to issue the report all the same.",
                )
        return fields

    @property
    def chosen(self) -> Period:
        """Once it is valid."""
        return self.found[self.cleaned_data["period"]].period
