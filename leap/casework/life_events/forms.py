"""What births, deaths, leavings and moves ask for. Short, for hard days."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from families.form_fields import KeptForm, PostcodeField, choose_team
from families.models import Member, Person
from families.observations.codes import CODES
from leap.casework.life_events import rules
from leap.casework.life_events.inputs import NewBaby
from leap.core.accounts.models import Team
from leap.core.ui.fields import DateField, DateInput

SMALL = {"class": "govuk-radios--small"}
SHORT = {"class": "govuk-input--width-5"}


def choose_person(form: forms.Form, people: Iterable[Person], name: str = "person") -> None:
    """Offer these people by name, with what tells two of one name apart."""
    field = cast(forms.ChoiceField, form.fields[name])
    field.choices = [(person.ref, person.name_and_age) for person in people]


class ReceivingTeamForm(KeptForm):
    """Who records it: asked only of those who are in several teams."""

    team = forms.ChoiceField(
        label="Which of your teams are you writing for?", widget=forms.RadioSelect(attrs=SMALL)
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_team(self, teams)


class BirthForm(ReceivingTeamForm):
    """What all babies of one birth share."""

    on = DateField(label="Date of birth", widget=DateInput)
    gestation = forms.CharField(
        label="Weeks of pregnancy at birth",
        required=False,
        max_length=5,
        help_text="Completed weeks, such as 39",
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
    )
    field_order = ("on", "gestation", "team")

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if problem := rules.why_not_born(None, on):
            raise ValidationError(problem)
        return on

    def clean_gestation(self) -> str:
        return _read("gestation_weeks", self.cleaned_data["gestation"])


def _read(code: str, typed: str) -> str:
    """A finding as it is kept; a blank stays one. ValidationError where it cannot be."""
    return CODES[code].read(typed.strip())[0] if typed.strip() else ""


LIVE, STILL = "live", "still"


class BabyForm(KeptForm):
    """One baby. A row without an answer to how the baby was born is left out."""

    came = forms.ChoiceField(
        label="How was the baby born?",
        choices=[(LIVE, "Alive"), (STILL, "Stillborn")],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small govuk-radios--inline"}),
    )
    given_name = forms.CharField(label="First names", max_length=100, required=False)
    family_name = forms.CharField(label="Surname", max_length=100, required=False)
    sex = forms.ChoiceField(
        label="Sex",
        choices=[("unknown", "Not known"), ("female", "Female"), ("male", "Male")],
        required=False,
    )
    weight = forms.CharField(
        label="Birth weight in grams",
        required=False,
        max_length=10,
        widget=forms.TextInput(attrs={**SHORT, "inputmode": "numeric"}),
    )
    first_feed = forms.ChoiceField(
        label="First feed",
        choices=[("", "Not known"), ("breast_milk", "Breast milk"), ("other", "Formula or other")],
        required=False,
    )
    on = DateField(
        label="Born on another day",
        required=False,
        widget=DateInput,
        help_text="Only where twins were born on either side of midnight",
    )
    quiet = True

    def __init__(self, *args: Any, expected: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = expected

    @property
    def is_blank(self) -> bool:
        return not self.cleaned_data.get("came")

    def clean_weight(self) -> str:
        return _read("birth_weight_g", self.cleaned_data["weight"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = ("given_name", "weight", "first_feed", "on")
        if not cleaned.get("came") and any(cleaned.get(name) for name in typed):
            self.add_error("came", "Say how this baby was born.")
        if cleaned.get("came") == STILL and cleaned.get("first_feed"):
            self.add_error("first_feed", "You say that this baby was stillborn. Check both.")
        return cleaned

    def baby(self, shared: dict[str, Any]) -> NewBaby:
        """Who was typed, of a birth on the day and at the gestation that all share."""
        typed = self.cleaned_data
        findings = {
            "gestation_weeks": shared["gestation"],
            "birth_weight_g": typed["weight"],
            "first_feed": typed["first_feed"],
        }
        return NewBaby(
            expected=self.expected,
            on=typed["on"] or shared["on"],
            is_live=typed["came"] == LIVE,
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            sex=typed["sex"] or Person.Sex.UNKNOWN,
            findings={code: value for code, value in findings.items() if value},
        )


class LossForm(ReceivingTeamForm):
    """Who has died, and when."""

    person = forms.ChoiceField(
        label="Who has died?",
        widget=forms.RadioSelect(attrs=SMALL),
        error_messages={"required": "Choose who has died."},
    )
    on = DateField(label="On which day?", widget=DateInput)
    note = forms.CharField(
        label="What should colleagues know before they get in touch?",
        required=False,
        help_text="Who speaks with the family, how they would like it spoken of, the baby’s name. "
        "Everybody who works with the family reads this.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("person", "on", "note", "team")

    def __init__(self, *args: Any, people: list[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.ref: person for person in people}
        choose_person(self, people)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        person, on = self.known.get(cleaned.get("person", "")), cleaned.get("on")
        if person and on and (problem := rules.why_not_died(person, on)):
            self.add_error("on", problem)
        return cleaned


class ClosingReasonForm(KeptForm):
    """Why something is done or undone."""

    why = forms.CharField(label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class ReopenForm(ReceivingTeamForm):
    """Why a record is opened again, and which team leads."""

    why = forms.CharField(
        label="Why is it opened again?", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = ("why", "team")


class CloseRecordForm(KeptForm):
    """What came of the work."""

    outcome = forms.CharField(
        label="What came of the work with the family?",
        max_length=200,
        help_text="It stands on the closed record.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class LeaveForm(KeptForm):
    """Who leaves, when, where to, and whether they still belong to the family."""

    STAYS, GOES = "stays", "goes"

    person = forms.ChoiceField(
        label="Who is leaving the home?", widget=forms.RadioSelect(attrs=SMALL)
    )
    on = DateField(label="From which day?", widget=DateInput)
    postcode = PostcodeField(
        label="Where do they live from then?",
        required=False,
        max_length=20,
        help_text="The postcode, if you may know it. If it must stay secret, shield it first.",
    )
    still = forms.ChoiceField(
        label="Do they still belong to this family?",
        choices=[
            (STAYS, "Yes, they go on bringing up the children, from another home"),
            (GOES, "No, they leave the family. They stay in its history"),
        ],
        widget=forms.RadioSelect(attrs=SMALL),
    )
    with_whom = forms.ChoiceField(
        label="If this is a child: who looks after them now?",
        required=False,
        help_text="Only where the child moves to somebody who is in this record.",
    )

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        living = [member for member in members if not member.person.died_on]
        self.known = {member.person.ref: member.person for member in living}
        choose_person(self, self.known.values())
        carers = [member.person for member in living if not member.is_child]
        choose_person(self, carers, "with_whom")
        field = cast(forms.ChoiceField, self.fields["with_whom"])
        field.choices = [("", "Nobody in this record"), *cast(Any, field.choices)]

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError("This is in the future. Record it once they have gone.")
        return on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("with_whom") and cleaned["with_whom"] == cleaned.get("person"):
            self.add_error("with_whom", "Choose somebody else than who is leaving.")
        return cleaned

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        return {
            "person": self.known[cleaned["person"]],
            "on": cleaned["on"],
            "postcode": cleaned["postcode"],
            "goes": cleaned["still"] == self.GOES,
            "carer": self.known.get(cleaned["with_whom"]),
        }


class MoveOutForm(ReceivingTeamForm):
    """Where the family goes, and who is asked to take them on there."""

    moving_on = DateField(label="When do they move?", widget=DateInput)
    organisation = forms.CharField(
        label="Which service there is asked to take the family on?", max_length=200
    )
    reach = forms.CharField(
        label="How is it reached?",
        max_length=200,
        help_text="A telephone number or a secure e-mail address, with the name of whom you asked",
    )
    handed_over = forms.CharField(
        label="What were they told and sent?", widget=forms.Textarea(attrs={"rows": 4})
    )
    field_order = ("moving_on", "organisation", "reach", "handed_over", "team")


class AcknowledgeForm(KeptForm):
    """Who outside the system has said that they lead from now on."""

    acknowledged_by = forms.CharField(
        label="Who said that they lead from now on?", max_length=200, help_text="Name and role"
    )
    acknowledged_on = DateField(label="On which day?", widget=DateInput)
    acknowledged_how = forms.CharField(
        label="How?", max_length=300, help_text="By telephone, by letter, where it is filed"
    )

    def clean_acknowledged_on(self) -> date:
        on: date = self.cleaned_data["acknowledged_on"]
        if on > timezone.localdate():
            raise ValidationError("This is in the future. Record it once they have said so.")
        return on
