"""Registering a family and its people."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import get_default_renderer
from django.forms.utils import ErrorDict

from families.form_fields import AddressField, KeptForm, NhsNumberField, PostcodeField, choose_team
from families.inputs import NewPerson
from families.models import Member, Person
from families.models.person_fields import PERSON_FIELDS
from families.people import age_rules
from families.people.person_field_forms import CHOSEN, IN_ORDER, form_field, values_of
from families.people.rules import POSTCODE_TOO, ask_about_parents
from leap.core.accounts.models import Team
from leap.core.reference_data.models import Postcode
from leap.core.ui.fields import DateField3


class FamilyForm(KeptForm):
    """The family as a whole; its people are rows of `PersonForm`."""

    name = forms.CharField(
        label="Family name",
        max_length=200,
        help_text="What colleagues will know the family by, usually a surname",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    address = AddressField(label="House and street")
    postcode = PostcodeField(
        label="Home postcode",
        required=False,
        max_length=20,
        help_text="For no fixed abode give ZZ99 3VZ, for the forces a number such as BFPO 801",
    )
    team = forms.ChoiceField(
        label="Which of your teams leads?",
        help_text="Every family has one lead team. You will be the lead practitioner.",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    are_new = forms.BooleanField(label="These are different people", required=False)
    parents_are_right = forms.BooleanField(
        label="I have checked: the parents are right", required=False
    )

    def __init__(self, *args: Any, teams: list[Team], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_team(self, teams)

    def clean(self) -> dict[str, Any]:
        check_postcode_is_given(self)
        return self.cleaned_data


def check_postcode_is_given(form: forms.Form) -> None:
    """A street alone places nobody."""
    typed = form.cleaned_data
    if typed.get("address") and not typed.get("postcode") and "postcode" not in form.errors:
        form.add_error("postcode", POSTCODE_TOO)


class PersonForm(KeptForm):
    """One person of a new family. A row in which nothing was typed is left out."""

    role = forms.ChoiceField(
        label="Who is this?", choices=[("", "Choose"), *Member.Role.choices], required=False
    )
    given_name = forms.CharField(label="First names", max_length=100, required=False)
    family_name = forms.CharField(label="Surname", max_length=100, required=False)
    day = DateField3(label="Date of birth, or due date", required=False)
    sex = forms.ChoiceField(
        label="Sex",
        choices=[("", "Not known"), ("female", "Female"), ("male", "Male")],
        required=False,
    )
    nhs_number = NhsNumberField(label="NHS number", required=False, max_length=14)
    telephone = forms.CharField(
        label="Telephone",
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-20", "inputmode": "tel"}),
    )
    address = AddressField(label="House and street, if they live somewhere else")
    postcode = PostcodeField(
        label="Postcode, if they live somewhere else", required=False, max_length=20
    )
    quiet = True  # nearly everything here is optional; saying so each time is noise

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = list(self.fields)
        before = names[: names.index("telephone") + 1]
        self.fields |= {name: form_field(PERSON_FIELDS[name]) for name in IN_ORDER}
        self.order_fields([*before, *IN_ORDER])

    @property
    def person_fields(self) -> list[forms.BoundField]:
        """What PERSON_FIELDS declares, for a template to go through."""
        return [self[name] for name in IN_ORDER]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.is_blank:
            return cleaned
        if not cleaned.get("role"):
            self.add_error("role", "Choose who this is in the family.")
        elif cleaned["role"] != Member.Role.UNBORN and not (
            cleaned.get("given_name") or cleaned.get("family_name")
        ):
            self.add_error("given_name", "Enter a name, as far as it is known.")
        if "day" not in self.errors:
            problem = age_rules.why_not_that_day(cleaned.get("role", ""), cleaned.get("day"))
            if problem:
                self.add_error("day", problem)
        check_postcode_is_given(self)
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Nothing was typed, whatever was chosen."""
        chosen = ("role", "sex", *CHOSEN)
        return not self.errors and not any(
            value for name, value in self.cleaned_data.items() if name not in chosen
        )

    @property
    def who(self) -> str:
        """What to call this row: the name typed so far, or the role."""
        typed = str(self["given_name"].value() or "").strip()
        role = str(self["role"].value() or "")
        return typed or (str(Member.Role(role).label) if role in Member.Role.values else "")

    @property
    def has_more(self) -> bool:
        """Whether something stands in the part of the row that starts folded."""
        more = ("nhs_number", "telephone", *IN_ORDER, "address", "postcode")
        return any(self[name].value() or self[name].errors for name in more)

    def so_far(self) -> NewPerson:
        """What of this row is right already."""
        typed = getattr(self, "cleaned_data", {})
        role = typed.get("role") or ""
        return NewPerson(
            role=role,
            given_name=typed.get("given_name", ""),
            family_name=typed.get("family_name", ""),
            birth_date=None if role == Member.Role.UNBORN else typed.get("day"),
            nhs_number=typed.get("nhs_number", ""),
            telephone=typed.get("telephone", ""),
            postcode=typed.get("postcode"),
            address=typed.get("address", "") if typed.get("postcode") else "",
        )

    def person(self, home: Postcode | None, address: str = "") -> NewPerson:
        """Who was typed, living at `home` unless another postcode was given."""
        typed = self.cleaned_data
        unborn = typed["role"] == Member.Role.UNBORN
        return NewPerson(
            role=typed["role"],
            given_name=typed["given_name"],
            family_name=typed["family_name"],
            birth_date=None if unborn else typed["day"],
            due_date=typed["day"] if unborn else None,
            sex=typed["sex"] or Person.Sex.UNKNOWN,
            nhs_number=typed["nhs_number"],
            telephone=typed["telephone"],
            postcode=typed["postcode"] or home,
            address=typed["address"] if typed["postcode"] else address,
            **values_of(typed),
        )


if TYPE_CHECKING:
    FormSet = forms.BaseFormSet[PersonForm]
else:
    FormSet = forms.BaseFormSet

USUALLY = (Member.Role.CHILD, Member.Role.MOTHER, Member.Role.FATHER)  # who the first rows are for
MOST_PEOPLE = 60  # forty siblings, and those who bring them up


class People(FormSet):
    """The rows of a new family's people."""

    form = PersonForm
    extra = len(USUALLY)
    min_num, max_num, absolute_max = 0, MOST_PEOPLE, 2 * MOST_PEOPLE
    validate_min, validate_max = False, True
    can_order = can_delete = can_delete_extra = edit_only = False
    renderer = get_default_renderer()

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        role = USUALLY[index] if index is not None and index < len(USUALLY) else ""
        return {**super().get_form_kwargs(index), "initial": {"role": role}}

    asks_about_parents = False

    def clean(self) -> None:
        if any(self.errors):
            return
        people = self.people(None)
        if not people:
            raise ValidationError("Add at least one person.")
        filled = [form for form in self.forms if not form.is_blank]
        born = [(person.role, person.birth_date) for person in people]
        for place, problem in age_rules.why_not_parents(born):
            filled[place].add_error("day", problem)
        named = [
            (person.role, f"{person.given_name} {person.family_name}".strip()) for person in people
        ]
        question = ask_about_parents(named)
        if question and not self.data.get("parents_are_right"):
            self.asks_about_parents = True
            raise ValidationError(question)

    def without_complaints(self) -> None:
        """Show what was typed without saying yet what is wrong with it."""
        self._errors: list[ErrorDict] = [ErrorDict() for _ in self.forms]
        self._non_form_errors = self.error_class()
        for form in self.forms:
            form.without_complaints()

    def so_far(self) -> list[NewPerson]:
        """Whoever has been typed completely enough to be looked for, whatever else is missing."""
        people = (form.so_far() for form in self.forms)
        return [person for person in people if person.birth_date or person.nhs_number]

    def people(self, home: Postcode | None, address: str = "") -> list[NewPerson]:
        return [form.person(home, address) for form in self.forms if not form.is_blank]
