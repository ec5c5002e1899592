"""The form fields of what PERSON_FIELDS declares, and what stands in them."""

from typing import Any

from django import forms

from families.models.person_fields import PERSON_FIELDS, Kind, PersonField

IN_ORDER = sorted(PERSON_FIELDS, key=lambda name: PERSON_FIELDS[name].kind)
CHOSEN = [name for name, declared in PERSON_FIELDS.items() if declared.kind != Kind.TEXT]
_YES_NO = {"yes": True, "no": False}


def form_field(declared: PersonField) -> forms.Field:
    if declared.kind == Kind.TEXT:
        return forms.CharField(
            label=declared.label,
            max_length=declared.max_length,
            required=False,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-20"}),
        )
    choices = [("", "Nobody has asked yet"), *declared.choices.items()]
    return forms.ChoiceField(label=declared.label, choices=choices, required=False)


def values_of(typed: dict[str, Any]) -> dict[str, Any]:
    """Each as it is kept, of what was typed."""
    return {
        name: _YES_NO.get(typed[name]) if declared.kind == Kind.YES_NO else typed[name]
        for name, declared in PERSON_FIELDS.items()
    }


def initial_of(known: object) -> dict[str, Any]:
    """Each as it stands in a form, of what is known."""
    words = {True: "yes", False: "no", None: ""}
    values = {name: getattr(known, name) for name in PERSON_FIELDS}
    return {
        name: words[value] if PERSON_FIELDS[name].kind == Kind.YES_NO else value
        for name, value in values.items()
    }
