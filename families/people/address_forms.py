"""A new address of a family, for everybody who lives there from one day on."""

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.form_fields import AddressField, KeptForm, PostcodeField
from families.inputs import NewAddress
from families.models import Member, Person
from leap.core.ui.fields import DateField, DateInput

SMALL_BOXES = {"class": "govuk-checkboxes--small"}
SMALL_RADIOS = {"class": "govuk-radios--small"}


class NewAddressForm(KeptForm):
    """Who lives where, since when, and whether that is a move."""

    quiet = True  # the day is asked for unless an address is put right: it is not optional

    people = forms.MultipleChoiceField(
        label="Who lives there?",
        widget=forms.CheckboxSelectMultiple(attrs=SMALL_BOXES),
        error_messages={"required": "Choose who lives there."},
    )
    address = AddressField(label="House and street (optional)")
    postcode = PostcodeField(
        label="Postcode",
        max_length=20,
        help_text="For no fixed abode give ZZ99 3VZ, for the forces a number such as BFPO 801",
        error_messages={"required": "Enter the postcode. For no fixed abode give ZZ99 3VZ."},
    )
    change = forms.ChoiceField(
        label="What is this?",
        choices=NewAddress.Change.choices,
        initial=NewAddress.Change.MOVED,
        widget=forms.RadioSelect(attrs=SMALL_RADIOS),
    )
    moved_in_on = DateField(
        label="From which day?",
        required=False,
        widget=DateInput,
        help_text="Not needed where an address is put right",
    )

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = [member.person for member in members if not member.person.died_on]
        self.known = {person.ref: person for person in living}
        field = cast(forms.MultipleChoiceField, self.fields["people"])
        field.choices = [(ref, person.name) for ref, person in self.known.items()]
        field.initial = list(self.known)

    def clean_moved_in_on(self) -> date | None:
        day: date | None = self.cleaned_data["moved_in_on"]
        if day and day > timezone.localdate():
            raise ValidationError("This is in the future. Record the move once it has happened.")
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        needs_day = cleaned.get("change") != NewAddress.Change.PUT_RIGHT
        if needs_day and "moved_in_on" not in self.errors and not cleaned.get("moved_in_on"):
            self.add_error("moved_in_on", "Enter the day from which they live there.")
        return cleaned

    def chosen(self) -> tuple[list[Person], NewAddress]:
        """What the action takes."""
        typed = self.cleaned_data
        change = NewAddress.Change(typed["change"])
        day = None if change == NewAddress.Change.PUT_RIGHT else typed["moved_in_on"]
        new = NewAddress(change, typed["postcode"], typed["address"], day)
        return [self.known[ref] for ref in typed["people"]], new
