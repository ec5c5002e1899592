"""Choosing, field by field, which of two values stays."""

from typing import Any

from django import forms

from families.models import Person
from families.models.person_fields import PERSON_FIELDS
from leap.casework.merging.display import FIELDS, LEAD, NAME, SAFE_CONTACT, display_value

KEPT, GONE = "kept", "gone"


class MergeForm(forms.Form):
    """One question for each value that differs; and, where something speaks against it, a tick."""

    def __init__(self, *args: Any, kept: Any, gone: Any, doubts: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, mine, theirs in differences(kept, gone):
            self.fields[name] = forms.ChoiceField(
                label=label,
                choices=[(KEPT, mine or "Nothing recorded"), (GONE, theirs or "Nothing recorded")],
                initial=KEPT if mine or not theirs else GONE,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
            )
        if doubts:
            self.fields["sure"] = forms.BooleanField(
                label="I have checked, and they are the same person all the same"
            )

    @property
    def taken(self) -> list[str]:
        """The fields that are taken over from the record that goes."""
        return [name for name, chosen in self.cleaned_data.items() if chosen == GONE]


def differences(kept: Any, gone: Any) -> list[tuple[str, str, str, str]]:
    """(name, label, what is kept, the other) of each value in which the two differ."""
    names = (*FIELDS, SAFE_CONTACT) if isinstance(kept, Person) else (NAME, LEAD)
    both = ((name, display_value(kept, name), display_value(gone, name)) for name in names)
    return [(name, label(name), mine, theirs) for name, mine, theirs in both if mine != theirs]


def label(name: str) -> str:
    return LABELS.get(name, name.replace("_", " ").capitalize())


LABELS = {
    "given_name": "First names",
    "family_name": "Surname",
    "birth_date": "Date of birth",
    "died_on": "Date of death",
    "nhs_number": "NHS number",
    **{name: field.label_of_record or field.label for name, field in PERSON_FIELDS.items()},
    SAFE_CONTACT: "How to reach them safely",
    NAME: "Name of the family",
    LEAD: "Who leads",
}
