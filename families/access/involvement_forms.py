"""Bringing a team in, ending its work, and until when it stays."""

from typing import Any

from django import forms
from django.utils import timezone

from leap.core.accounts.models import Team
from leap.core.ui.fields import DateField, DateInput

LAST_DAY = "They see the family up to and with this day. Leave it blank for no end."


class LastDay(forms.Form):
    """Until when a team stays."""

    last_day = DateField(label="Last day", required=False, widget=DateInput, help_text=LAST_DAY)

    def clean_last_day(self) -> Any:
        day = self.cleaned_data["last_day"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day is over. Choose today or later, or none.")
        return day


class AddTeamForm(LastDay):
    """Which team, and what for."""

    team = forms.ModelChoiceField(
        label="Which team?", queryset=Team.objects.none(), to_field_name="code",
        empty_label="Choose a team",
    )  # fmt: skip
    note = forms.CharField(
        label="What are they asked to do?",
        max_length=300,
        help_text="It stands on the family’s record, for every team that works with them.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("team", "note", "last_day")

    def __init__(self, *args: Any, teams: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """Why a team’s work ends."""

    why = forms.CharField(
        label="Why does it end?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
