"""A decision about sharing, and an answer about a service: two different things."""

from typing import Any

from django import forms

from families.form_fields import KeptForm, choose_team
from families.models import Member, ServiceConsent, SharingDecision
from leap.core.accounts.models import Team
from leap.core.reference_data.models import Service

YES_NO = [("yes", "Yes"), ("no", "No")]


class SharingForm(KeptForm):
    """What is shared or kept, with whom, by what right, and whether the family knows."""

    decision = forms.ChoiceField(
        label="What did you decide?",
        choices=[("shared", "To share"), ("not_shared", "Not to share")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    what = forms.CharField(
        label="What is it about?",
        max_length=300,
        help_text="No more than they need. For example: attendance and feeding plan",
    )
    with_whom = forms.CharField(
        label="With whom?", max_length=200, help_text="A person, a team or an organisation"
    )
    basis = forms.ChoiceField(
        label="By what right?",
        choices=SharingDecision.Basis.choices,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
        help_text="Consent is seldom it: work of health and care has its own right to share. "
        "When you decided not to share, give the right you looked at.",
    )
    reason = forms.CharField(
        label="Why?",
        max_length=4000,
        help_text="What you weighed: who could be harmed by sharing, and who by not sharing",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    told = forms.ChoiceField(
        label="Does the family know?",
        choices=YES_NO,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    why_not_told = forms.CharField(
        label="If not, why not?",
        max_length=300,
        required=False,
        help_text="For example: telling them could put a child at risk",
    )
    team = forms.ChoiceField(
        label="Which of your teams decided?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_team(self, teams)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("told") == "no" and not cleaned.get("why_not_told"):
            self.add_error("why_not_told", "Say why the family does not know.")
        return cleaned

    def fields_of_decision(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        family_told = typed["told"] == "yes"
        names = ("decision", "what", "with_whom", "basis", "reason")
        return {
            **{name: typed[name] for name in names},
            "family_told": family_told,
            "why_not_told": "" if family_told else typed["why_not_told"],
        }


class DecisionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A decision about sharing, by whose it is and what about."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.ref}: {obj.team}, {obj.what}"


class ConsentForm(KeptForm):
    """Who said what to which team's service; and, where they withdraw, what follows."""

    person = forms.ChoiceField(label="Who?", widget=forms.RadioSelect)
    team = forms.ModelChoiceField(
        label="To which team?",
        queryset=Team.objects.none(),
        to_field_name="code",
        empty_label="Choose a team",
    )
    service = forms.ModelChoiceField(
        label="For which service?",
        queryset=Service.objects.order_by("name"),
        to_field_name="code",
        required=False,
        empty_label="Their work as a whole",
    )
    answer = forms.ChoiceField(
        label="What did they say?",
        choices=ServiceConsent.Answer.choices,
        widget=forms.RadioSelect,
        help_text="When agreement is withdrawn, the team’s work with the family ends at once.",
    )
    note = forms.CharField(
        label="Anything to add", max_length=300, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    cancel = forms.MultipleChoiceField(
        label="If they withdraw: places to give back",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    goes_on = DecisionField(
        label="If they withdraw: does the team go on for safeguarding?",
        queryset=SharingDecision.objects.none(),
        to_field_name="ref",
        required=False,
        empty_label="No, its work ends",
        help_text="Only by a decision of that team’s, recorded here, to share for safeguarding.",
    )

    def __init__(
        self,
        *args: Any,
        members: list[Member],
        teams: Any,
        decisions: Any,
        places: list[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {member.person.ref: member.person for member in members}
        people = [(ref, person.name) for ref, person in self.people.items()]
        self.fields["person"].choices = people  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]
        self._offer("goes_on", "queryset", decisions)
        self._offer("cancel", "choices", places)

    def _offer(self, name: str, kind: str, offered: Any) -> None:
        """Ask only where there is something to choose."""
        if offered:
            setattr(self.fields[name], kind, offered)
        else:
            del self.fields[name]

    @property
    def is_withdrawal(self) -> bool:
        return bool(self.cleaned_data["answer"] == ServiceConsent.Answer.WITHDRAWN)

    def answered(self) -> dict[str, Any]:
        """What was said, as the action takes it."""
        typed = self.cleaned_data
        return {
            "person": self.people[typed["person"]],
            "goes_on": typed.get("goes_on") if self.is_withdrawal else None,
            **{name: typed[name] for name in ("team", "service", "answer", "note")},
        }
