"""What an admin says of a pathway, and what a sender ticks of its minimum information."""

from typing import Any

from django import forms

from leap.core.ui.fields import DateField, DateInput, IntegerField
from referrals.form_fields import long_text
from referrals.pathways.minimum_dataset import RECORD_LOOKUPS, LookedUpItem, read

LONGEST = 2_000


class TickedField(forms.MultipleChoiceField):
    """What the record cannot tell, or does not: the sender says that it is there."""

    def __init__(self) -> None:
        super().__init__(
            label="What does your referral say?",
            help_text="Tick what you have written above, or made sure of.",
            required=False,
            widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        )


class SafetyField(forms.CharField):
    """Why it goes although something is missing."""

    def __init__(self) -> None:
        super().__init__(
            label="Is somebody in danger? Say why this cannot wait for what is missing",
            help_text="It is then sent as it is, and both sides read this.",
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 2}),
        )


class MinimumField(forms.CharField):
    """One line for each thing, as `referrals.pathways.minimum_dataset` reads it."""

    def __init__(self) -> None:
        super().__init__(
            label="What is checked before it is sent",
            required=False,
            max_length=10_000,
            widget=forms.Textarea(attrs={"rows": 8}),
            help_text="One line for each: what | why it matters | how the record tells, which is "
            f"one of {', '.join(RECORD_LOOKUPS)}."
            " Leave the last out where only the sender can say.",
        )

    def clean(self, value: Any) -> str:
        text: str = super().clean(value)
        try:
            read(text)
        except ValueError as wrong:
            raise forms.ValidationError(str(wrong)) from wrong
        return text


class ChangePathwayForm(forms.Form):
    """What an admin changes of a pathway: the names of Pathway.CHANGEABLE."""

    narrow = {"class": "govuk-input--width-3"}
    name = forms.CharField(label="Name", max_length=200)
    acknowledge_within = IntegerField(
        label="Working days to acknowledge",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs=narrow),
    )
    first_contact_within = IntegerField(
        label="Working days to the first contact",
        min_value=0,
        max_value=250,
        widget=forms.NumberInput(attrs=narrow),
    )
    expires_after = IntegerField(
        label="Working days after which it goes back unanswered",
        min_value=1,
        max_value=250,
        required=False,
        help_text="Leave it blank if it never does.",
        widget=forms.NumberInput(attrs=narrow),
    )
    escalates_after = IntegerField(
        label="Working days late after which the sender’s manager is told too",
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs=narrow),
    )
    what_to_send = forms.CharField(
        label="What to send",
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="One line for each thing.",
    )
    minimum = MinimumField()


def ask_for_the_rest(form: forms.Form, items: list[LookedUpItem]) -> None:
    """Ask of the sender what the record does not tell; nothing where it tells everything."""
    rest = [item.item for item in items if not item.recorded]
    form.fields["ticked"].choices = [(one.what, one.what) for one in rest]  # type: ignore[attr-defined]
    if not rest:
        del form.fields["ticked"], form.fields["for_safety"]


class InsteadForm(forms.Form):
    instead = long_text(
        "What should senders do instead?",
        help_text="They read this before they write, and when they try to send.",
    )


class DayForm(forms.Form):
    """A day that is not what the calendar of England and Wales says."""

    day = DateField(label="Which day?", widget=DateInput)
    name = forms.CharField(
        label="What day is it?", max_length=100, help_text="Such as “Coronation of the King”."
    )
    is_worked = forms.TypedChoiceField(
        label="Is it worked?",
        choices=[("no", "No: a holiday, for once"), ("yes", "Yes: its holiday was moved")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
