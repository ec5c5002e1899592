"""Something to know at the door."""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils import timezone

from families.form_fields import KeptForm, choose_team
from families.models import SafetyAlert
from leap.core.accounts.models import Team
from leap.core.ui.fields import DateField, DateInput

LONGEST = timedelta(days=366)
USUAL = timedelta(days=91)


class AlertForm(KeptForm):
    """What it is, in words, and when somebody looks again whether it still holds."""

    kind = forms.ChoiceField(
        label="What is it about?",
        choices=SafetyAlert.Kind.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    words = forms.CharField(
        label="What should a colleague know before knocking?",
        help_text="Everybody who works with this family reads it. Write nothing here about"
        " domestic abuse: that belongs in an entry for named people.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    review_on = DateField(
        label="When do we look at this again?",
        help_text="Within a year. It stays until somebody takes it off.",
        widget=DateInput,
    )
    team = forms.ChoiceField(
        label="For which of your teams?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = timezone.localdate()
        self.fields["review_on"].initial = self.today + USUAL
        choose_team(self, teams)

    def clean_review_on(self) -> date:
        day = cast(date, self.cleaned_data["review_on"])
        if day <= self.today:
            raise forms.ValidationError("This day has passed. Give a day to come.")
        if day > self.today + LONGEST:
            raise forms.ValidationError("This is more than a year away. Give an earlier day.")
        return day
