"""What the two pages about adoption ask for."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.postgres.aggregates import StringAgg
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from families.access import restriction_rules
from families.access.restriction_forms import offer
from families.form_fields import KeptForm, NhsNumberField, PostcodeField
from families.inputs import NewPerson
from families.models import Family, Member, Person
from families.people import age_rules
from leap.casework.life_events.forms import SMALL, ReceivingTeamForm, choose_person
from leap.core.accounts.models import Membership, Team, User
from leap.core.ui.fields import DateField, DateField3, DateInput


def _named(hint: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label="Who else may see this?",
        help_text=hint,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )


class AdoptionForm(KeptForm):
    """Which child is adopted, from when, and who may still read what is known here."""

    person = forms.ChoiceField(
        label="Which child has been adopted?", widget=forms.RadioSelect(attrs=SMALL)
    )
    on = DateField(label="From which day?", widget=DateInput)
    named = _named("You are named yourself. Name as few as you can, with one who can stand in.")

    def __init__(
        self, *args: Any, people: list[Person], family: Family, by: User, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.known = {person.ref: person for person in people}
        choose_person(self, people)
        offer(self, "named", restriction_rules.practitioners_working_with(family), besides=[by.pk])

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError("This is in the future. Record it on the day, not before.")
        return on

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        named = list(User.objects.filter(ref__in=cleaned["named"]))
        return {"child": self.known[cleaned["person"]], "on": cleaned["on"], "named": named}


class AdoptedForm(ReceivingTeamForm):
    """A family that has adopted a child. Nothing is taken over from any other record."""

    name = forms.CharField(label="Family name", max_length=200)
    child_given = forms.CharField(label="The child’s first names", max_length=100)
    child_family = forms.CharField(label="The child’s surname", max_length=100)
    born = DateField3(label="The child’s date of birth")
    sex = forms.ChoiceField(
        label="Sex",
        choices=[("unknown", "Not known"), ("female", "Female"), ("male", "Male")],
        required=False,
    )
    nhs_number = NhsNumberField(
        label="The child’s new NHS number",
        required=False,
        max_length=14,
        help_text="The new one only. The old one is not valid any more and must not be written "
        "here.",
    )
    parent_given = forms.CharField(label="A parent’s first names", max_length=100)
    parent_family = forms.CharField(label="Their surname", max_length=100)
    parent_role = forms.ChoiceField(
        label="They are the child’s", choices=[("mother", "Mother"), ("father", "Father")]
    )
    postcode = PostcodeField(label="Home postcode", required=False, max_length=20)
    named = _named("You are named yourself. Name as few as you can, with one who can stand in.")

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {team.code: team for team in kwargs["teams"]}
        offer(self, "named", colleagues(kwargs["teams"]), besides=[by.pk])

    def clean_born(self) -> date:
        born: date = self.cleaned_data["born"]
        if problem := age_rules.why_not_that_day(Member.Role.CHILD, born):
            raise ValidationError(problem)
        return born

    def chosen(self) -> dict[str, Any]:
        """What the action takes."""
        cleaned = self.cleaned_data
        home = cleaned["postcode"]
        child = NewPerson(
            Member.Role.CHILD,
            cleaned["child_given"],
            cleaned["child_family"],
            cleaned["born"],
            sex=cleaned["sex"] or Person.Sex.UNKNOWN,
            nhs_number=cleaned["nhs_number"],
            postcode=home,
        )
        parent = NewPerson(
            cleaned["parent_role"], cleaned["parent_given"], cleaned["parent_family"], postcode=home
        )
        return {
            "name": cleaned["name"],
            "people": [child, parent],
            "lead_team": self.known[cleaned["team"]],
            "named": list(User.objects.filter(ref__in=cleaned["named"])),
        }


def colleagues(teams: list[Team]) -> QuerySet[User]:
    """Those of these teams, with the teams they are in."""
    members = Membership.objects.live().filter(team__in=teams)
    people = User.objects.filter(pk__in=members.values("user"), is_active=True)
    in_teams = StringAgg("memberships__team__name", ", ", distinct=True)
    return people.annotate(in_teams=in_teams).order_by("name")
