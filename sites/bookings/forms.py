"""What booking asks for."""

from typing import Any

from django import forms

from families.models import Member, Person


class PeopleForm(forms.Form):
    """Which members of one family."""

    people = forms.MultipleChoiceField(
        label="Who is coming?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick everyone who is coming."},
    )

    def __init__(self, members: list[Member], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_ref = {member.person.ref: member.person for member in members}
        choices = [(ref, person.name_and_age) for ref, person in self.by_ref.items()]
        self.fields["people"].choices = choices  # type: ignore[attr-defined]

    def clean_people(self) -> list[Person]:
        return [self.by_ref[ref] for ref in self.cleaned_data["people"]]


class BookForm(PeopleForm):
    access_needs = forms.CharField(
        label="Anything they need?",
        help_text="An interpreter, step-free access, an allergy.",
        max_length=300,
        required=False,
    )
