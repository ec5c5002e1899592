"""From whom an address is kept, and how somebody is safely reached."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from families.form_fields import KeptForm
from families.models import Person, SafeContact


class ShieldForm(KeptForm):
    """Whose address is kept, from whom, and why."""

    people = forms.MultipleChoiceField(
        label="Whose address?",
        help_text="Tick everyone who lives there, so that it cannot be read from one of them.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    hidden_from = forms.ChoiceField(
        label="Who must not find it?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    reason = forms.CharField(
        label="Why?",
        max_length=300,
        help_text="For colleagues who work with this person. It is never printed.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(
        self, *args: Any, members: Iterable[Person], others: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.ref: person for person in (*members, *others)}
        people = cast(forms.MultipleChoiceField, self.fields["people"])
        people.choices = [(person.ref, person.name) for person in members]
        hidden_from = cast(forms.ChoiceField, self.fields["hidden_from"])
        hidden_from.choices = [(ref, person.name) for ref, person in self.known.items()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("hidden_from") in cleaned.get("people", []):
            self.add_error("hidden_from", "Choose somebody whose own address you are not keeping.")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        return {
            "people": [self.known[ref] for ref in self.cleaned_data["people"]],
            "hidden_from": self.known[self.cleaned_data["hidden_from"]],
            "reason": self.cleaned_data["reason"],
        }


class SafeContactForm(KeptForm):
    """How a person may be reached without putting them at risk."""

    channels = forms.MultipleChoiceField(
        label="What is safe?",
        choices=SafeContact.Channel.choices,
        required=False,
        help_text="Tick nothing if nothing is safe and they will get in touch.",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    telephone = forms.CharField(
        label="Safe number, if it is another",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "tel"}),
    )
    times = forms.CharField(
        label="When?",
        max_length=200,
        required=False,
        help_text="For example, weekdays between 10am and 2pm",
    )
    code_word = forms.CharField(
        label="Code word",
        max_length=60,
        required=False,
        help_text="What you say first, so that they know it is you and can say whether they are"
        " alone",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"}),
    )
    note = forms.CharField(
        label="Anything else",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
