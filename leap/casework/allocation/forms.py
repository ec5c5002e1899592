"""Whom to give a family to, and which families to list."""

from typing import Any
from uuid import UUID

from django import forms

from families.access.caseload import Caseload
from leap.casework.allocation.queries import ALL, NOBODY
from leap.core.accounts.models import Team, User

Choices = list[tuple[Team, list[Caseload]]]
CHOOSE = ("", "Choose somebody")


class FindFamiliesForm(forms.Form):
    """Which families to list. Anything unreadable in the address falls back to the usual."""

    quiet = True
    team = forms.ChoiceField(label="Team", required=False)
    whose = forms.ChoiceField(label="Who leads", required=False)

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.code: team for team, _ in choices}
        people = {
            str(load.practitioner.ref): load.practitioner for _, loads in choices for load in loads
        }
        named = sorted((person.name, ref) for ref, person in people.items())
        self.fields["team"] = forms.ChoiceField(
            label="Team",
            choices=[
                ("", "All of them"),
                *((code, team.name) for code, team in self.teams.items()),
            ],
            required=False,
            widget=forms.Select if len(self.teams) > 1 else forms.HiddenInput,
        )
        self.fields["whose"] = forms.ChoiceField(
            label="Who leads",
            choices=[
                (NOBODY, "Nobody yet"),
                (ALL, "Anybody or nobody"),
                *((ref, name) for name, ref in named),
            ],
            required=False,
        )

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        cleaned = self.cleaned_data
        return {
            "team": self.teams.get(cleaned.get("team", "")),
            "whose": cleaned.get("whose") or NOBODY,
        }


class AllocateFamilyForm(forms.Form):
    """Who is to lead, each with what they have on their hands; and who led when it was shown."""

    practitioner = forms.ChoiceField(label="Who is to lead?")
    led_by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, choices: Choices, *args: Any, lead: User | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        loads = [load for _, of_team in choices for load in of_team if load.practitioner != lead]
        self.people = {str(load.practitioner.ref): load.practitioner for load in loads}
        offered = [(str(load.practitioner.ref), str(load)) for load in loads]
        self.fields["practitioner"] = forms.ChoiceField(
            label="Who is to lead?",
            choices=[CHOOSE, *offered],
            help_text="The least loaded come first.",
            error_messages={"required": "Choose who is to lead."},
        )
        self.initial["led_by"] = str(lead.ref) if lead else ""

    @property
    def chosen(self) -> User:
        return self.people[self.cleaned_data["practitioner"]]

    @property
    def instead_of(self) -> User | None:
        """Who led the family when the form was shown."""
        return person(self.cleaned_data["led_by"])


def person(ref: str) -> User | None:
    """The practitioner with this reference, at work here or not; None where nobody has it."""
    try:
        return User.objects.filter(ref=UUID(ref)).first()
    except ValueError:
        return None
