"""What marking asks for."""

from typing import Any

from django import forms

from sites.bookings.forms import PeopleForm
from sites.models import Attendance, Correction

YES, NO = "yes", "no"


class WalkInForm(PeopleForm):
    people = forms.MultipleChoiceField(
        label="Who came?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick everyone who came."},
    )


def why_field() -> forms.ChoiceField:
    """Why a register is changed after it has closed."""
    return forms.ChoiceField(
        label="Why are you correcting this register?",
        choices=Correction.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Say why you are correcting this register.",
            "invalid_choice": "Say why you are correcting this register.",
        },
    )


class RegisterCorrectionForm(forms.Form):
    """Before a register that has closed names anybody."""

    why = why_field()


class LateWalkInForm(WalkInForm):
    """After the register has closed."""

    why = why_field()


class RegisterForm(forms.Form):
    """One tap a person. Somebody nobody has marked stays unmarked."""

    quiet = True

    def __init__(
        self, attendances: list[Attendance], *args: Any, corrects: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if corrects:
            self.fields["why"] = why_field()
        for attendance in attendances:
            walked_in = attendance.status == Attendance.Status.WALKED_IN
            words = ("Walked in", "Was not here") if walked_in else ("Attended", "Did not attend")
            marked = {
                Attendance.Status.ATTENDED: YES,
                Attendance.Status.WALKED_IN: YES,
                Attendance.Status.DID_NOT_ATTEND: NO,
            }
            self.fields[attendance.person.ref] = forms.ChoiceField(
                label=attendance.person.name,
                choices=list(zip((YES, NO), words, strict=True)),
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
                initial=marked.get(Attendance.Status(attendance.status)),
                required=False,
            )

    @property
    def came(self) -> dict[str, bool]:
        """By reference of the person, whether they came; without those not marked."""
        marks = {ref: answer for ref, answer in self.cleaned_data.items() if ref != "why"}
        return {ref: answer == YES for ref, answer in marks.items() if answer}

    @property
    def why(self) -> str:
        """Why a register that has closed is changed; nothing while it is open."""
        return str(self.cleaned_data.get("why", ""))
