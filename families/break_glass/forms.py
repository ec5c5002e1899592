"""Opening a record in an emergency, and judging that."""

from typing import Any

from django import forms

from families.break_glass.lookup import ExactIdentity
from families.break_glass.rules import why_not_reason
from families.people.search import read
from leap.core.ui.fields import DateField3

YES_NO = [("yes", "Yes"), ("no", "No")]


class BreakGlassForm(forms.Form):
    """Which family, named exactly, and why now."""

    number = forms.CharField(
        label="Our reference or an NHS number",
        max_length=20,
        required=False,
        help_text="For example LB-7K3M9 or 943 476 5919",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    name = forms.CharField(
        label="Full name",
        max_length=200,
        required=False,
        help_text="First names and surname of one person, as they are registered",
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    born_on = DateField3(label="Date of birth", required=False)
    reason = forms.CharField(
        label="What has happened, and why do you need the record now?",
        max_length=2000,
        help_text="At least a sentence. A manager who does not know the family will read it: "
        "leave out names.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    confirmed = forms.BooleanField(
        label="I need this record now, to keep somebody safe",
        error_messages={"required": "Confirm that you need this record now to keep somebody safe."},
    )
    quiet = True

    def clean_reason(self) -> str:
        reason = str(self.cleaned_data["reason"])
        if problem := why_not_reason(reason):
            raise forms.ValidationError(problem)
        return reason

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "born_on" in self.errors:
            return cleaned
        if cleaned.get("number"):
            sought = read(cleaned["number"])
            if not (sought.ref or sought.nhs_number):
                self.add_error(
                    "number",
                    "This is neither a reference, such as LB-7K3M9, nor an NHS number of ten"
                    " digits.",
                )
        elif not (cleaned.get("name") and cleaned.get("born_on")):
            self.add_error(
                "number",
                "Give our reference or an NHS number, or a full name with a date of birth.",
            )
        return cleaned

    def identified(self) -> ExactIdentity:
        """What was typed: a number before a name."""
        typed = self.cleaned_data
        sought = read(typed["number"])
        if sought.ref:
            return ExactIdentity(ref=sought.ref)
        if sought.nhs_number:
            return ExactIdentity(nhs_number=sought.nhs_number)
        return ExactIdentity(name=typed["name"], born_on=typed["born_on"])


class JudgeForm(forms.Form):
    """Whether it was right, and why."""

    justified = forms.ChoiceField(
        label="Was it justified?",
        choices=YES_NO,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    note = forms.CharField(
        label="What did you find?",
        max_length=2000,
        help_text="Whom you asked, and what they said. The family’s lead reads it.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ExplainForm(forms.Form):
    """Whether there is an explanation, and which."""

    explained = forms.ChoiceField(
        label="Is there an explanation?",
        choices=YES_NO,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    note = forms.CharField(
        label="What is it, or what happens next?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
