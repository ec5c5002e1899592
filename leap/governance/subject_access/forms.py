"""What the pages about requests ask for."""

from typing import Any

from django import forms

from families.access.loading import in_order
from families.models import Family, Member, Person
from leap.core.ui.fields import DateField, DateInput
from leap.governance.subject_access.models import DisclosureItem, Exemption, SubjectAccessRequest


class RecordForm(forms.Form):
    """Somebody asks: about whom, who, when, and how it is known who they are."""

    person = forms.ChoiceField(label="Whose record is asked for?", widget=forms.RadioSelect)
    asker = forms.ChoiceField(
        label="Who asks?", choices=SubjectAccessRequest.Asker.choices, widget=forms.RadioSelect
    )
    parent = forms.ChoiceField(
        label="Which of the family asks?",
        help_text="Where somebody with parental responsibility asks.",
        required=False,
    )
    adviser = forms.CharField(
        label="Name of the adviser or attorney", max_length=200, required=False
    )
    asked_on = DateField(
        label="When did they ask?",
        help_text="In any words, to anybody: on paper, by e-mail, or in person.",
        widget=DateInput,
    )
    identity = forms.ChoiceField(
        label="How was it checked who they are?",
        choices=SubjectAccessRequest.Identity.choices,
        widget=forms.RadioSelect,
    )
    proved_on = DateField(
        label="When was that certain?",
        help_text="The month to answer begins no earlier.",
        widget=DateInput,
    )

    def __init__(self, family: Family, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = in_order(family.members.select_related("person"))
        self.people = {member.person.ref: member.person for member in members}
        named = [(member.person.ref, _named(member)) for member in members]
        self.fields["person"] = _choice(self.fields["person"], named)
        adults = [(member.person.ref, _named(member)) for member in members if not member.is_child]
        self.fields["parent"] = _choice(self.fields["parent"], [("", "Nobody of them"), *adults])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        asker = cleaned.get("asker")
        if asker == SubjectAccessRequest.Asker.PARENT and not cleaned.get("parent"):
            self.add_error("parent", "Choose who of the family asks.")
        if asker in (
            SubjectAccessRequest.Asker.SOLICITOR,
            SubjectAccessRequest.Asker.ATTORNEY,
        ) and not cleaned.get("adviser"):
            self.add_error("adviser", "Give the name of the adviser or attorney.")
        return cleaned

    @property
    def asked_by(self) -> Person | None:
        """Who of the family asks, if any."""
        asker = self.cleaned_data["asker"]
        named = {"self": self.cleaned_data["person"], "parent": self.cleaned_data["parent"]}
        return self.people.get(named.get(asker, ""))


def _named(member: Member) -> str:
    return f"{member.person.name}, {member.get_role_display().lower()}"


def _choice(field: forms.Field, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=field.label,
        help_text=field.help_text,
        required=field.required,
        choices=choices,
        widget=forms.RadioSelect,
    )


class ExtendForm(forms.Form):
    """Two months more."""

    why = forms.CharField(
        label="Why does the answer need more time?",
        help_text="Tell the person this within the first month. The law allows it where a request"
        " is complex, or where they have made several.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )


class RedactionForm(forms.Form):
    """What becomes of one piece."""

    decision = forms.ChoiceField(
        label="What leaves?", choices=DisclosureItem.Decision.choices, widget=forms.RadioSelect
    )
    hidden = forms.CharField(
        label="Words to hide",
        help_text="Each on a line of its own, as they stand in the text. Wherever they stand in it"
        " they are hidden.",
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=5000,
    )
    exemption = forms.ChoiceField(
        label="Why is it held back?",
        choices=[("", "Nothing is held back"), *Exemption.choices],
        required=False,
    )

    @property
    def words(self) -> list[str]:
        """The words to hide, one a line."""
        lines = (line.strip() for line in self.cleaned_data["hidden"].splitlines())
        return [line for line in lines if line]
