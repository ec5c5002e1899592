"""Deciding on a prompt."""

from typing import Any

from django import forms

from leap.casework.prompts import rules
from leap.casework.prompts.models import Decision
from leap.core.ui.fields import DateField, DateInput


class PromptDecisionForm(forms.Form):
    """What is done about a prompt, and why."""

    choice = forms.ChoiceField(
        label="What do you decide?", choices=Decision.Choice.choices, widget=forms.RadioSelect
    )
    until = DateField(
        label="Ask again on", required=False, widget=DateInput, help_text="Only for “Not now”."
    )
    note = forms.CharField(
        label="What you do, or how it is explained",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, rule: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rule = rule

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        choice, until = cleaned.get("choice", ""), cleaned.get("until")
        problem = rules.why_not_until(self.rule, choice, until)
        if problem and "until" not in self.errors:
            self.add_error("until", problem)
        if choice == Decision.Choice.EXPLAINED and not cleaned.get("note", "").strip():
            self.add_error("note", "Say how it is explained.")
        return cleaned
