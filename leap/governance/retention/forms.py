"""What the pages about retention ask for."""

from typing import Any

from django import forms

from leap.core.ui.fields import DateField, DateInput


class OnForm(forms.Form):
    """The day of the review."""

    quiet = True
    on = DateField(label="As if it were", widget=DateInput, required=False)


class ReasonForm(forms.Form):
    """Why a record is held, or no longer."""

    reason = forms.CharField(
        label="Why?", widget=forms.Textarea(attrs={"rows": 3}), max_length=2000
    )

    def __init__(self, label: str, hint: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint
