"""Fields and forms that the others are made of."""

import re
from typing import Any, Self, cast

import nhs_number
from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import ErrorDict

from leap.core.accounts.models import Team
from leap.core.reference_data.models import Postcode
from leap.core.reference_data.postcodes import read_postcode


class PostcodeField(forms.CharField):
    """A postcode, in the directory or not. Cleans to the `Postcode`, unsaved if new, or to None."""

    widget = forms.TextInput(
        attrs={"class": "govuk-input--width-10", "autocomplete": "off", "spellcheck": "false"}
    )

    def clean(self, value: Any) -> Postcode | None:
        typed = super().clean(value)
        return read_postcode(typed) if typed else None


class AddressField(forms.CharField):
    """House and street, without the postcode, on one line."""

    widget = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})

    def __init__(self, *, label: str, **options: Any) -> None:
        super().__init__(label=label, required=False, max_length=300, **options)


class NhsNumberField(forms.CharField):
    """An NHS number with a check digit that adds up. Cleans to ten digits, or a blank."""

    widget = forms.TextInput(
        attrs={"class": "govuk-input--width-10", "inputmode": "numeric", "autocomplete": "off"}
    )

    def clean(self, value: Any) -> str:
        digits = re.sub(r"[\s-]", "", super().clean(value))
        if digits and not (re.fullmatch(r"\d{10}", digits) and nhs_number.is_valid(digits)):
            raise ValidationError(
                "This is not an NHS number: it has ten digits, and the last one checks the others."
                " Read it again, or leave it blank for now."
            )
        return digits


class KeptForm(forms.Form):
    """A form that can show what was typed before without saying yet what is wrong with it."""

    def without_complaints(self) -> Self:
        self._errors = ErrorDict()
        return self


def choose_team(form: forms.Form, teams: list[Team]) -> None:
    """Ask which team only of those who are in several."""
    field = cast(forms.ChoiceField, form.fields["team"])
    field.choices = [(team.code, team.name) for team in teams]
    if len(teams) == 1:
        field.widget = forms.HiddenInput()
        field.initial = teams[0].code
