"""What booking and marking ask for."""

from typing import Any

from django import forms
from django.db.models import Q

from families.models import Member, Person
from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability, disciplines_that_add
from sites.models import Attendance, Correction, Session

YES, NO = "yes", "no"


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


class StaffForm(forms.Form):
    """Which team runs a session, and who else; for admins, whether all at the site is theirs."""

    team = forms.ModelChoiceField(
        Team.objects.order_by("name"),
        to_field_name="code",
        required=False,
        label="Which team runs it?",
        empty_label="The team of the site; where it has none, those at work in its ward",
    )
    staff = forms.ModelMultipleChoiceField(
        User.objects.none(),
        to_field_name="ref",
        required=False,
        label="Who else runs it?",
        help_text="Champions, and people of the team that runs it now.",
        widget=forms.CheckboxSelectMultiple,
    )
    all_at_site = forms.BooleanField(
        required=False, label="This team runs whatever else is on at this site, too"
    )

    def __init__(self, session: Session, *args: Any, for_site: bool, **kwargs: Any) -> None:
        named = [row.practitioner for row in session.staff.select_related("practitioner")]
        super().__init__(*args, **kwargs)
        self.initial = {"team": session.team and session.team.code, "staff": named}
        teams = [team for team in (session.team_id, session.site.team_id) if team]
        helps = Q(team__discipline__in=disciplines_that_add(Capability.HELP_AT_SESSIONS))
        there = Membership.objects.live().filter(Q(team__in=teams) | helps)
        people = Q(pk__in=there.values("user")) | Q(pk__in=[user.pk for user in named])
        could_run = User.objects.filter(people, is_active=True).order_by("name", "pk")
        self.fields["staff"].queryset = could_run  # type: ignore[attr-defined]
        if not for_site:
            del self.fields["all_at_site"]


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
