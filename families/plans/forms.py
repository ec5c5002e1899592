"""What a plan asks for, in the family's words."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.form_fields import KeptForm, choose_team
from families.models import Person
from families.plans.models import Plan
from leap.core.accounts.models import Team, User
from leap.core.ui.fields import DateField, DateInput

SIX_WEEKS = timedelta(weeks=6)
SMALL = {"class": "govuk-radios--small"}


def _text(label: str, hint: str = "", rows: int = 4, **more: Any) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, help_text=hint, widget=area, **more)


def in_six_weeks() -> Any:
    return timezone.localdate() + SIX_WEEKS


class PlanForm(KeptForm):
    """The assessment, and when it is looked at again."""

    going_well = _text("What is going well?", "Begin here. The family’s own words are best.")
    worries = _text("What are the family and you worried about?")
    family_view = _text("What would the family like to be different?")
    kept = _text(
        "What colleagues must know that is never printed",
        "Domestic abuse, or anything that could put somebody in danger if it were read at home",
        required=False,
    )
    level = forms.ChoiceField(
        label="How much help is needed?",
        choices=Plan.Level.choices,
        widget=forms.RadioSelect(attrs=SMALL),
    )
    review_on = DateField(
        label="When is it looked at again?",
        widget=DateInput,
        initial=in_six_weeks,
        help_text="About six weeks from now",
    )
    team = forms.ChoiceField(
        label="Which of your teams are you writing for?", widget=forms.RadioSelect(attrs=SMALL)
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_team(self, teams)


class GoalForm(KeptForm):
    """One thing to change."""

    words = forms.CharField(
        label="What should be different?", max_length=300, help_text="As the family would say it"
    )
    whose = forms.ChoiceField(
        label="Whose goal is it?",
        required=False,
        help_text="One person’s own goal is left out of everybody else’s copy of the plan.",
        widget=forms.RadioSelect(attrs=SMALL),
    )
    off_paper = forms.BooleanField(
        label="Never print this goal",
        required=False,
        help_text="It could put somebody in danger if it were read at home",
    )

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.ref: person for person in people}
        field = cast(forms.ChoiceField, self.fields["whose"])
        named = [(ref, f"{person.name}’s own") for ref, person in self.known.items()]
        field.choices = [("", "The whole family’s"), *named]

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        return {**typed, "whose": self.known.get(typed["whose"])}


class ScoreForm(KeptForm):
    """How near the family finds a goal."""

    value = forms.TypedChoiceField(
        label="How near is it, from 0 (not at all) to 10 (there)?",
        choices=[(str(value), str(value)) for value in range(11)],
        coerce=int,
        help_text="Ask the family; do not answer for them.",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small leap-scores"}),
    )
    on = DateField(label="On which day?", widget=DateInput, initial=timezone.localdate)


class StepForm(KeptForm):
    """Who does what by when."""

    what = forms.CharField(label="What will be done?", max_length=300)
    practitioner = forms.ChoiceField(
        label="Which practitioner does it?",
        required=False,
        help_text="They find it in their work until it is done.",
    )
    who = forms.CharField(
        label="Or who else?",
        required=False,
        max_length=120,
        help_text="Somebody in the family, or outside these services",
    )
    by_when = DateField(label="By when?", widget=DateInput)

    def __init__(self, *args: Any, practitioners: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(user.ref): user for user in practitioners}
        field = cast(forms.ChoiceField, self.fields["practitioner"])
        field.choices = [("", "Nobody"), *((ref, user.name) for ref, user in self.known.items())]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("practitioner")) == bool(cleaned.get("who")):
            self.add_error("who", "Choose one practitioner, or write down who else does it.")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        typed = self.cleaned_data
        return {**typed, "practitioner": self.known.get(typed["practitioner"])}


class MeetingForm(KeptForm):
    """A meeting of the team around the family."""

    on = DateField(label="When did you meet?", widget=DateInput)
    came = _text("Who was there?", "One line each: name and role, the family first")
    missing = _text("Who was asked and did not come?", rows=2, required=False)
    said = _text("What was agreed?", "Each parent may be given this. Leave out what is not theirs.")
    next_on = DateField(label="When do you meet again?", widget=DateInput, initial=in_six_weeks)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        on, again = cleaned.get("on"), cleaned.get("next_on")
        if on and on > timezone.localdate():
            self.add_error("on", ValidationError("This is in the future. Record it afterwards."))
        if on and again and again <= on:
            self.add_error("next_on", "This is not after the meeting. Check both days.")
        return cleaned


class ClosePlanForm(KeptForm):
    """What came of the plan."""

    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Plan.Outcome.choices,
        widget=forms.RadioSelect(attrs=SMALL),
    )
    closing_words = _text("In a few words")
