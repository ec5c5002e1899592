"""Adding somebody to a family, and putting right what is known of them."""

from typing import Any, cast

from django import forms
from django.http import QueryDict

from families.inputs import Details
from families.models import Member, Person
from families.people import age_rules
from families.people.person_field_forms import initial_of
from families.people.registration_forms import PersonForm
from families.people.rules import ask_about_parents
from families.reviews.birth_date_change import effect_of_birth_date_change
from leap.core.accounts.models import User
from leap.core.ui.formatting import short_day


class AddPersonForm(PersonForm):
    """Somebody who joins a family, or is expected in it."""

    with_children = forms.BooleanField(
        label="They live where the children of the family live",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
    )
    are_new = forms.BooleanField(label="This is somebody else", required=False)
    parents_are_right = forms.BooleanField(
        label="I have checked: the parents are right", required=False
    )

    asks_about_parents = False

    def __init__(self, *args: Any, members: list[Member], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = members
        self.fields["postcode"].label = "Postcode, if they live somewhere else"

    @property
    def is_blank(self) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        others = [(m.role, m.person.name) for m in self.members]
        _ask_about_parents(self, [*others, _typed(cleaned)], before=others)
        _check_parents(self, cleaned, self.members)
        return cleaned


class ChangePersonForm(PersonForm):
    """What is known of somebody, to be put right. `seen` is how it stood when this was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    checked = forms.BooleanField(label="I have checked: this is right", required=False)
    parents_are_right = forms.BooleanField(
        label="I have checked: the parents are right", required=False
    )

    asks_to_check = asks_about_parents = False

    def __init__(
        self,
        *args: Any,
        member: Member,
        others: list[Member],
        by: User,
        withholds_telephone: bool,
        **kwargs: Any,
    ) -> None:
        self.member, self.whom, self.others, self.by = member, member.person, others, by
        now = Details.of(member)
        sex = "" if now.sex == Person.Sex.UNKNOWN else now.sex
        day = now.birth_date or now.due_date
        plain = ("role", "given_name", "family_name", "nhs_number", "telephone")
        known = {name: getattr(now, name) for name in plain}
        kwargs["initial"] = {
            **known,
            **initial_of(now),
            "day": day,
            "sex": sex,
            "seen": now.mark,
        }
        super().__init__(*args, **kwargs)
        del self.fields["postcode"]
        if withholds_telephone:
            del self.fields["telephone"]
        unborn = self.whom.is_unborn
        role = cast(forms.ChoiceField, self.fields["role"])
        role.choices = [r for r in Member.Role.choices if (r[0] == Member.Role.UNBORN) == unborn]

    @property
    def is_blank(self) -> bool:
        return False

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self._ask_about_the_birth(cleaned)
        others = [(m.role, m.person.name) for m in self.others]
        before = [*others, (self.member.role, self.whom.name)]
        _ask_about_parents(self, [*others, _typed(cleaned)], before=before)
        _check_parents(self, cleaned, self.others)
        if cleaned.get("seen") != Details.of(self.member).mark:
            # Somebody else was here since: how it stands now, beside what was typed.
            now = Details.of(self.member)
            answers = [
                (label, answer)
                for name, label, answer in now.labelled_values()
                if name in self.fields
            ]
            stands = [f"{label}: {answer}" for label, answer in answers if answer]
            self.add_error(
                None,
                "Somebody else has changed this since you opened it. It stands now as: "
                + "; ".join(stands)
                + ". What you typed is below. Save again to put it in place of that.",
            )
            typed = cast(QueryDict, self.data).copy()
            typed["seen"] = now.mark
            self.data = typed
        return cleaned

    def _ask_about_the_birth(self, cleaned: dict[str, Any]) -> None:
        day = cleaned.get("day")
        if day is None or "day" in self.errors or self.whom.is_unborn:
            return
        if self.whom.died_on and day > self.whom.died_on:
            died = short_day(self.whom.died_on)
            self.add_error("day", f"This is after the day of death, {died}. Check both.")
            return
        changes = effect_of_birth_date_change(self.whom, day, by=self.by)
        if changes and not cleaned.get("checked"):
            self.asks_to_check = True
            effects = " ".join(changes)
            self.add_error("day", f"{effects} Correct the date, or say that it was checked.")

    def details(self) -> Details:
        """What was typed, as the action takes it. What is not asked for stays: a telephone that is
        withheld here, and the due date of somebody who was born."""
        self.cleaned_data["postcode"] = None
        self.cleaned_data.setdefault("telephone", self.whom.telephone)
        typed = vars(self.person(None))
        known = {name: typed[name] for name in Details.__dataclass_fields__}
        if not self.whom.is_unborn:
            known["due_date"] = self.whom.due_date
        return Details(**known)


def _check_parents(form: Any, cleaned: dict[str, Any], others: list[Member]) -> None:
    """A mother or father was grown when the youngest child was born."""
    role, day = cleaned.get("role") or "", cleaned.get("day")
    there = [(member.role, member.person.birth_date) for member in others]
    for _, problem in age_rules.why_not_parents([(role, day), *there]):
        if day and "day" not in form.errors:
            form.add_error("day", problem)


def _typed(cleaned: dict[str, Any]) -> tuple[str, str]:
    name = f"{cleaned.get('given_name', '')} {cleaned.get('family_name', '')}".strip()
    return cleaned.get("role") or "", name


def _ask_about_parents(
    form: Any, people: list[tuple[str, str]], *, before: list[tuple[str, str]]
) -> None:
    """Ask once, and only about what this form brings about."""
    question = ask_about_parents(people)
    if not question or question == ask_about_parents(before):
        return
    if not form.cleaned_data.get("parents_are_right"):
        form.asks_about_parents = True
        form.add_error("role", question)
