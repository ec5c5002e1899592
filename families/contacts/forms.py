"""Logging a contact."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils import timezone

from families.access import rules
from families.access.loading import members_of, working_teams
from families.contacts.defaults import contact_defaults
from families.contacts.rules import why_not_at, why_not_then
from families.form_fields import choose_team
from families.inputs import NewContact, NextStep
from families.models import Contact, Family, Member, Person
from families.reviews.forms import ReviewedForm, measure
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Service, Site
from leap.core.ui.fields import DateField, DateInput, IntegerField, TimeInput
from leap.core.ui.formatting import age, short_day

YEARS_BACK = 10
IN_TWO_WEEKS = timedelta(days=14)
FIELDS_OF_INPUT = {"occurred_at": "on", "concerned": "concerned", "session": "session"}
# What the key of a contact with a family is for, from wherever it is sent.
LOG_CONTACT_ROUTE = "families:log_contact {ref}"


def draft_key(ref: str) -> str:
    return f"contact-{ref}"


def member_label(member: Member) -> str:
    """Ada Okafor, mother · Chidi Okafor, 10 months."""
    person = member.person
    if member.is_child:
        how_old = f"died {short_day(person.died_on)}" if person.died_on else age(person.birth_date)
        return f"{person.name}, {how_old}" if how_old else person.name
    return f"{person.name}, {member.get_role_display().lower()}"


def there_field(father: Person) -> str:
    return f"there-{father.ref}"


class ContactForm(ReviewedForm):
    """One contact with members of one family: whom, how, when, what came of it, what was found."""

    concerned = forms.MultipleChoiceField(
        label="Who was it about?",
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
        error_messages={"required": "Tick whom the contact was about."},
    )
    kind = forms.ChoiceField(
        label="What kind of contact?",
        choices=Contact.Kind.choices,
        initial=Contact.Kind.HOME_VISIT,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small leap-choices"}),
    )
    on = DateField(label="Date", widget=DateInput)
    at = forms.TimeField(label="Time", widget=TimeInput)
    outcome = forms.ChoiceField(
        label="What came of it?",
        choices=Contact.Outcome.choices,
        initial=Contact.Outcome.ATTENDED,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small leap-choices"}),
    )
    present = forms.MultipleChoiceField(
        label="Who was there?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    alone = forms.MultipleChoiceField(
        label="Was anybody seen alone?",
        required=False,
        widget=forms.CheckboxSelectMultiple(
            attrs={"class": "govuk-checkboxes--small leap-choices"}
        ),
    )
    note = forms.CharField(
        label="What happened?",
        help_text="Begin a paragraph with “Opinion:” or “Told by …:” to keep it apart from fact.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    tried = forms.CharField(
        label="What did you try instead?",
        help_text="Where it did not take place: rang, left a card, asked the nursery.",
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    # Who was ticked as there before anybody ticked: for a contact that did not happen they are not.
    presumed = forms.CharField(required=False, widget=forms.HiddenInput)
    session = forms.RegexField(
        r"^[\w-]{1,20}$",
        label="Which session was it part of?",
        help_text="Its reference. Leave it blank if it was not part of one.",
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": "This is not the reference of a session. Leave it blank."},
    )
    next_step = forms.CharField(
        label="Next step",
        help_text="It goes on the list of what is due.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    next_on = DateField(label="By when?", required=False, widget=DateInput)
    next_by = forms.ChoiceField(
        label="Who does it?",
        required=False,
        choices=[("me", "Me"), ("team", "Anybody in my team")],
        initial="me",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small leap-choices"}),
    )
    minutes = IntegerField(
        label="How long did it take?",
        help_text="Minutes",
        required=False,
        min_value=0,
        max_value=1440,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"}),
        error_messages={
            "min_value": "Give the minutes as a number from 0 to 1440.",
            "max_value": "That is longer than a day. Give the minutes as a number up to 1440.",
        },
    )
    service = forms.ModelChoiceField(
        Service.objects.order_by("name"),
        to_field_name="code",
        label="As part of which service?",
        required=False,
        empty_label="None in particular",
    )
    site = forms.ModelChoiceField(
        Site.objects.order_by("name"),
        to_field_name="code",
        label="At which site?",
        required=False,
        empty_label="Not at a site",
    )
    team = forms.ChoiceField(
        label="For which of your teams?",
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    checked = forms.BooleanField(
        label="I have checked the unlikely measurements: they are right",
        required=False,
        widget=forms.CheckboxInput(attrs={"class": "govuk-checkboxes--small"}),
    )

    quiet = True

    def __init__(
        self,
        *args: Any,
        members: list[Member],
        teams: list[Team],
        on: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.family = kwargs["family"]
        self.members = members
        self.people = {member.person.ref: member.person for member in members}
        self.today = on or timezone.localdate()
        self._name_people()
        self.ask_about_reviews(self._living())
        self._ask_measures()
        now = timezone.localtime()
        self.fields["on"].initial = now.date()
        self.fields["at"].initial = now.replace(minute=now.minute // 5 * 5).time()
        self.fields["next_on"].initial = now.date() + IN_TWO_WEEKS
        # Who stands as there before anybody ticks.
        present = cast(Any, self.fields.get("present"))
        choices = [ref for ref, _ in present.choices] if present else []
        ticked = [ref for ref in self.initial.get("present", []) if ref in choices]
        named = [
            father.ref for father in self.fathers if self.initial.get(there_field(father)) == "yes"
        ]
        self.fields["presumed"].initial = " ".join([*ticked, *named])
        choose_team(self, teams)
        self.fields["team"].initial = teams[0].code
        self.teams = {team.code: team for team in teams}

    @property
    def chosen_team(self) -> Team:
        """For which it was logged."""
        return self.teams[self.cleaned_data["team"]]

    def _name_people(self) -> None:
        children = [member for member in self.members if member.is_child]
        carers = [member for member in self.members if not member.is_child]
        everybody = [(m.person.ref, member_label(m)) for m in (*children, *carers)]
        concerned = cast(forms.MultipleChoiceField, self.fields["concerned"])
        concerned.choices = everybody
        if len(children) == 1:
            concerned.initial = [children[0].person.ref]
        # Fathers by name, each in a question of his own, so that none is just not ticked.
        fathers = [m for m in carers if m.role == Member.Role.FATHER and not m.person.died_on]
        self.fathers = [member.person for member in fathers] if len(carers) > 1 else []
        for father in self.fathers:
            self.fields[there_field(father)] = forms.ChoiceField(
                label=f"Was {father.given_name or father.name} there?",
                required=False,
                choices=[("yes", "Yes"), ("no", "No")],
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--small leap-choices"}),
            )
        present = cast(forms.MultipleChoiceField, self.fields["present"])
        present.choices = [
            (m.person.ref, member_label(m)) for m in carers if m.person not in self.fathers
        ]
        if not present.choices:
            del self.fields["present"]
        alone = cast(forms.MultipleChoiceField, self.fields["alone"])
        alone.choices = [
            (member.person.ref, member.person.given_name or member.person.name)
            for member in (*children, *carers)
            if not member.person.is_unborn and not member.person.died_on
        ]

    def asked_by_name(self) -> list[BoundField]:
        """For the page: the question about each father."""
        return [self[there_field(father)] for father in self.fathers]

    @property
    def has_details(self) -> bool:
        """Whether something stands in the part of the page that starts folded."""
        return any(
            self[name].value() or self[name].errors for name in ("minutes", "service", "site")
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("on") and cleaned.get("at"):
            cleaned["occurred_at"] = timezone.make_aware(
                datetime.combine(cleaned["on"], cleaned["at"])
            )
            self._check_time(cleaned["occurred_at"], cleaned["on"], cleaned.get("concerned", []))
        self.check_reviews(cleaned)
        self._check_outcome(cleaned)
        self._check_next_step(cleaned)
        self._ask_about_measures(cleaned)
        return cleaned

    def _check_time(self, occurred_at: datetime, on: date, concerned: list[str]) -> None:
        born = {self.people[ref].name: self.people[ref].birth_date for ref in concerned}
        later = [(name, day) for name, day in born.items() if day and day > on]
        if problem := why_not_then(occurred_at):
            self.add_error("on", problem)
        elif on.year < self.today.year - YEARS_BACK:
            self.add_error("on", "This is more than ten years ago. Check the year.")
        elif later:
            too_young = f"{later[0][0]} was born on {short_day(later[0][1])}."
            self.add_error("on", f"{too_young} Check the date, or tick the mother instead.")

    def _check_next_step(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("next_step") or "next_on" in self.errors:
            return
        day = cleaned.get("next_on")
        if day is None:
            self.add_error("next_on", "Say by when, so that it can be seen when it is late.")
        elif day < timezone.localdate():
            self.add_error("next_on", "This day has passed. Give today or a day to come.")

    def _check_outcome(self, cleaned: dict[str, Any]) -> None:
        """Where it did not happen, nobody was there, and nothing was found."""
        missed = cleaned.get("outcome") not in ("", None, Contact.Outcome.ATTENDED)
        there = {person.ref for person in self._present()}
        if missed and there == set(cleaned.get("presumed", "").split()):
            cleaned |= {"present": [], **{there_field(father): "" for father in self.fathers}}
        wrong = why_not_at(
            cleaned.get("outcome") or Contact.Outcome.ATTENDED,
            present=self._present(),
            alone=[self.people[ref] for ref in cleaned.get("alone", [])],
            findings=list(self._findings()),
        )
        for name, sentence in wrong.items():
            for place in self._fields_of(name):
                self.add_error(place, sentence)

    def _fields_of(self, name: str) -> list[str]:
        """Where that is asked: whoever was there by a tick or by name, and each measure given."""
        if name == "findings":
            return [measure(finding.person, finding.code) for finding in self._findings()]
        if name == "present":
            named = [there_field(father) for father in self.fathers if self._was_there(father)]
            return [*named, *(["present"] if self.cleaned_data.get("present") else [])]
        return [name]

    def _was_there(self, father: Person) -> bool:
        return self.cleaned_data.get(there_field(father)) == "yes"

    def contact(self) -> NewContact:
        """What was typed, as the action takes it."""
        typed = self.cleaned_data
        return NewContact(
            kind=typed["kind"],
            occurred_at=typed["occurred_at"],
            outcome=typed["outcome"],
            concerned=[self.people[ref] for ref in typed["concerned"]],
            present=self._present(),
            alone=[self.people[ref] for ref in typed["alone"]],
            review=self.review_of_all(),
            reviews=self.reviews(),
            service=typed["service"],
            site=typed["site"],
            session=typed.get("session", ""),
            minutes=typed["minutes"],
            note=typed["note"],
            tried=typed["tried"],
            findings=list(self._with_questionnaires()),
            audience=self.audience(),
            next_step=NextStep(
                typed["next_step"], typed["next_on"], mine=typed["next_by"] != "team"
            )
            if typed.get("next_step")
            else None,
        )

    def _present(self) -> list[Person]:
        there = [self.people[ref] for ref in self.cleaned_data.get("present", [])]
        return there + [father for father in self.fathers if self._was_there(father)]

    def add_error(self, field: str | None, error: Any) -> None:
        """A session that is refused can be taken out: it is asked for, where it came unasked."""
        super().add_error(field, error)
        if field == "session":
            self.fields["session"].widget = forms.TextInput(attrs={"autocomplete": "off"})

    def say(self, problem: ValidationError) -> None:
        """Show what the action refused, beside the field it is about."""
        if not hasattr(problem, "error_dict"):
            self.add_error(None, problem.messages)
            return
        for name, errors in problem.message_dict.items():
            self.add_error(FIELDS_OF_INPUT.get(name), errors)


def form_for(
    family: Family, user: User, typed: object = None, begun: Mapping[str, str] | None = None
) -> ContactForm:
    """The form as `user` fills it in: as `typed`; or as it begins, from what `begun` says."""
    teams, members = working_teams(family, user), members_of(family, user)
    if not teams:
        rules.check_is_at_work(family, user)
    initial = {} if typed or begun is None else contact_defaults(family, members, begun, by=user)
    return ContactForm(typed, members=members, teams=teams, family=family, by=user, initial=initial)
