"""Who may see an entry, and who is named for a record."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import QuerySet

from families.access import restriction_rules
from families.form_fields import KeptForm
from families.inputs import Audience
from families.models import Family, Layer, Restriction
from leap.core.accounts.models import User

# Why an entry is opened to more people or kept for fewer. The log keeps the code.
WHY_CHANGED = {
    "needed": "Others need to know it to do their work",
    "asked": "The family asked for it",
    "advised": "The safeguarding lead advised it",
    "too_open": "It was open to people who need not know",
    "mistake": "It was set by mistake",
}


def _people() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Who is named?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )


def offer(form: forms.Form, name: str, people: QuerySet[User], *, besides: Iterable[int]) -> None:
    """Offer these practitioners, read when the field is shown or has an answer to check."""
    left_out = set(besides)
    field = cast(forms.MultipleChoiceField, form.fields[name])
    field.choices = lambda: [
        (str(user.ref), _described(user)) for user in people if user.pk not in left_out
    ]


def _described(user: User) -> str:
    in_teams: str | None = user.in_teams  # type: ignore[attr-defined]  # annotated by keeping
    return f"{user.name}, {in_teams}" if in_teams else user.name


class AudienceForm(KeptForm):
    """For whom an entry is: everyone at work with the family, one agency, or named people."""

    layer = forms.ChoiceField(
        label="Who may see this?",
        choices=Layer.choices,
        initial=Layer.SHARED,
        required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    named = _people()

    quiet = True

    def __init__(self, *args: Any, family: Family, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["named"].help_text = "Only if it is for named people. You are always one."
        offer(self, "named", restriction_rules.who_see(family), besides=[by.pk])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        nobody = not cleaned.get("named") and "named" not in self.errors
        if cleaned.get("layer") == Layer.RESTRICTED and nobody:
            self.add_error("named", "Tick who else may see it, besides you.")
        return cleaned

    def audience(self) -> Audience:
        """What was chosen; the names of people ticked for another choice are left aside."""
        layer = self.cleaned_data["layer"] or Layer.SHARED
        if layer != Layer.RESTRICTED:
            return Audience(layer)
        return Audience(layer, list(User.objects.filter(ref__in=self.cleaned_data["named"])))

    @property
    def is_kept(self) -> bool:
        """Whether something else than the usual is chosen, or wrong."""
        chosen = self["layer"].value() or Layer.SHARED
        return chosen != Layer.SHARED or bool(self["layer"].errors or self["named"].errors)


class LayerForm(AudienceForm):
    """Another audience for an entry that is there already, and why."""

    why = forms.ChoiceField(
        label="Why?",
        choices=list(WHY_CHANGED.items()),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    field_order = ("layer", "named", "why")


class RestrictForm(KeptForm):
    """Why a record is to be for named people, and who they are."""

    kind = forms.ChoiceField(
        label="Why is this for named people only?",
        choices=[choice for choice in Restriction.choices if choice[0]],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    named = _people()

    def __init__(self, *args: Any, family: Family, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["named"]
        field.required = True
        field.error_messages["required"] = "Tick at least one other person."
        field.help_text = (
            "You are named, too. One of you must be the lead practitioner, or a manager of the lead"
            " team."
        )
        offer(self, "named", restriction_rules.practitioners_working_with(family), besides=[by.pk])

    def chosen(self) -> list[User]:
        return list(User.objects.filter(ref__in=self.cleaned_data["named"]))


class NameForm(KeptForm):
    """Somebody more to be named."""

    named = _people()

    quiet = True

    def __init__(self, *args: Any, family: Family, already: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["named"]
        field.label = "Who else?"
        field.required = True
        field.error_messages["required"] = "Tick at least one other person."
        offer(self, "named", restriction_rules.practitioners_working_with(family), besides=already)

    def chosen(self) -> list[User]:
        return list(User.objects.filter(ref__in=self.cleaned_data["named"]))
