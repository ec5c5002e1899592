"""What booking and marking ask for."""

from typing import Any

from django import forms

from families.models import Member, Person
from leap.wording import age, due
from sites.models import Attendance

YES, NO = "yes", "no"


def _as_known(person: Person) -> str:
    """The name with the age, or when a baby is due: two cousins may be called the same."""
    known = due(person.due_date) if person.is_unborn else age(person.birth_date)
    return f"{person.name}, {known}" if known else person.name


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
        self.fields["people"].choices = [  # type: ignore[attr-defined]
            (ref, _as_known(person)) for ref, person in self.by_ref.items()
        ]

    def clean_people(self) -> list[Person]:
        return [self.by_ref[ref] for ref in self.cleaned_data["people"]]


class BookForm(PeopleForm):
    access_needs = forms.CharField(
        label="Anything they need?",
        help_text="An interpreter, step-free access, an allergy.",
        max_length=300,
        required=False,
    )


class WalkInForm(PeopleForm):
    people = forms.MultipleChoiceField(
        label="Who came?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick everyone who came."},
    )


class RegisterForm(forms.Form):
    """One tap a person. Somebody nobody has marked stays unmarked."""

    quiet = True

    def __init__(self, attendances: list[Attendance], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for attendance in attendances:
            self.fields[attendance.person.ref] = _tap(attendance)

    @property
    def came(self) -> dict[str, bool]:
        """By reference of the person, whether they came; without those not marked."""
        return {ref: said == YES for ref, said in self.cleaned_data.items() if said}


def _tap(attendance: Attendance) -> forms.ChoiceField:
    walked_in = attendance.status == Attendance.Status.WALKED_IN
    words = ("Walked in", "Was not here") if walked_in else ("Attended", "Did not attend")
    marked = {
        Attendance.Status.ATTENDED: YES,
        Attendance.Status.WALKED_IN: YES,
        Attendance.Status.DID_NOT_ATTEND: NO,
    }
    return forms.ChoiceField(
        label=attendance.person.name,
        choices=list(zip((YES, NO), words, strict=True)),
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        initial=marked.get(Attendance.Status(attendance.status)),
        required=False,
    )
