"""Recording the results of an assessment."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from families.assessments import DEVELOPMENT, GROUPS, groups_for, why_not_development
from families.entries import Finding
from families.forms.fields import choose_team, measure_field
from families.forms.keeping import AudienceForm
from families.models import Member
from leap.accounts.models import Team
from leap.forms import DateInput


class AssessmentForm(AudienceForm):
    """What came of it, on which day. Blank is not recorded."""

    on = forms.DateField(label="Date", widget=DateInput)
    team = forms.ChoiceField(
        label="For which of your teams?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )

    def __init__(
        self, *args: Any, member: Member, gestation: int | None, teams: list[Team], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.member, self.gestation = member, gestation
        self.codes = [code for group in groups_for(member) for code in GROUPS[group]]
        for code in self.codes:
            self.fields[code] = measure_field(code)
        self.fields["on"].initial = timezone.localdate()
        choose_team(self, teams)
        self.fields["team"].initial = teams[0].code

    def measures(self) -> list[forms.BoundField]:
        return [self[code] for code in self.codes]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        born = self.member.person.birth_date
        if on > timezone.localdate():
            raise forms.ValidationError("This is in the future. Give the day of the assessment.")
        if born and on < born:
            raise forms.ValidationError("This is before the birth. Check the date.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [code for code in self.codes if cleaned.get(code)]
        if not given and not any(code in self.errors for code in self.codes):
            self.add_error(None, "Nothing is filled in. Give at least one result.")
        on, development = cleaned.get("on"), DEVELOPMENT & set(given)
        if on and development:
            problem = why_not_development(self.member.person, self.gestation, on)
            if problem:
                self.add_error("on", problem)
        return cleaned

    def findings(self) -> Iterator[Finding]:
        typed = self.cleaned_data
        for code in self.codes:
            if typed[code]:
                yield Finding(self.member.person, code, typed[code], typed["on"])
