"""What the administration screens ask for. Names of fields are the names of actions' arguments."""

from typing import Any

from django import forms

from families.observations.asq import HIGHEST, QUESTIONNAIRES, RESULTS, TITLES, cut_offs
from leap.administration.caseload import has_now
from leap.core.accounts.models import Agency, Membership, Team, User
from leap.core.accounts.permissions import Discipline
from leap.core.reference_data.models import LEAP_WARDS
from leap.core.ui.fields import DecimalField

NARROW = {"class": "govuk-input--width-20"}


def _name(label: str, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=200, **options)


def _telephone() -> forms.CharField:
    box = forms.TextInput(attrs={**NARROW, "type": "tel", "autocomplete": "off"})
    return forms.CharField(label="Telephone", max_length=30, required=False, widget=box)


def _email(label: str = "E-mail address", **options: Any) -> forms.EmailField:
    box = forms.EmailInput(attrs={"spellcheck": "false", "autocomplete": "off"})
    return forms.EmailField(label=label, widget=box, **options)


def _team(label: str, **options: Any) -> "forms.ModelChoiceField[Team]":
    teams = Team.objects.order_by("name")
    return forms.ModelChoiceField(label=label, queryset=teams, to_field_name="code", **options)


def _role() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role in the team",
        choices=Membership.Role.choices,
        initial=Membership.Role.PRACTITIONER,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
        help_text="Managers allocate work, and hand on the work of those who leave.",
    )


class FindPractitionersForm(forms.Form):
    """Whom to list. Anything unreadable in the URL falls back to everybody."""

    quiet = True
    q = forms.CharField(label="Name or e-mail", max_length=100, required=False)
    team = _team("Team", required=False, empty_label="All teams")
    state = forms.ChoiceField(
        label="Account",
        choices=[
            ("", "Working here"),
            ("invited", "Invited, not opened"),
            ("no_team", "In no team"),
            ("left", "Left"),
        ],
        required=False,
    )

    def __init__(self, teams: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams  # type: ignore[attr-defined]

    @property
    def chosen(self) -> dict[str, Any]:
        self.is_valid()
        return self.cleaned_data


class InviteForm(forms.Form):
    """A joiner: who they are, and where they begin."""

    name = _name("Full name")
    email = _email("Work e-mail address", help_text="The link that opens the account goes there.")
    telephone = _telephone()
    team = _team("Team", required=False, empty_label="No team")
    role = _role()
    programme_role = forms.ChoiceField(
        label="Role in the programme",
        choices=User.ProgrammeRole.choices,
        required=False,
        help_text="Admins run these pages. Analysts see figures. Neither sees families by it.",
    )


class PractitionerForm(forms.Form):
    """How somebody is called and reached."""

    name = _name("Full name")
    email = _email(help_text="They sign in with it. The old address is told of a new one.")
    telephone = _telephone()


class ProgrammeRoleForm(forms.Form):
    programme_role = forms.ChoiceField(
        label="Role in the programme",
        choices=User.ProgrammeRole.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text="Admins run these pages. Analysts see figures. Neither sees families by it.",
    )


class RoleForm(forms.Form):
    role = _role()


class JoinForm(forms.Form):
    """Into which team, as what."""

    team = _team("Team", empty_label="Choose a team")
    role = _role()


class MovePractitionerForm(forms.Form):
    """Out of one team and into which other."""

    to_team = _team("New team", empty_label="Choose a team")
    role = _role()


class AgencyForm(forms.Form):
    name = _name("Name of the agency")


class TeamDetailsForm(forms.Form):
    """A team of an agency: what it does, where, and how it is reached."""

    name = _name("Name of the team", help_text="As people say it: “Stockwell health visiting”.")
    agency = forms.ModelChoiceField(
        label="Agency",
        queryset=Agency.objects.order_by("name"),
        to_field_name="code",
        empty_label="Choose an agency",
    )
    discipline = forms.ChoiceField(
        label="Discipline", choices=[("", "Choose what the team does"), *Discipline.choices]
    )
    ward_codes = forms.MultipleChoiceField(
        label="Wards",
        choices=list(LEAP_WARDS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "govuk-checkboxes--small"}),
    )
    telephone = _telephone()
    email = _email(
        "Team’s e-mail address",
        required=False,
        help_text="Notices that something waits go there. They never say about whom.",
    )


class NothingForm(forms.Form):
    """A change that only asks: are you sure?"""


class HandOnForm(forms.Form):
    """What one person holds in one team: to whom, all together or family by family, and a note.

    A family with nobody chosen goes with all the others; where nobody is chosen for those, it
    stays. The same goes for its note. `is_stale` once what was on the screen no longer is so.
    """

    LONGEST = 4000
    quiet = True  # the page says what may be left out
    is_stale = False
    shown = forms.CharField(required=False)  # the families that were on the screen

    def __init__(self, refs: list[str], colleagues: list[User], *args: Any, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.refs = refs
        self.people = {str(user.ref): user for user in colleagues}
        named = [(ref, _with_load(user)) for ref, user in self.people.items()]
        first = "Nobody: I choose family by family"
        self.fields["to"] = self._to("Hand everything to", first, named)
        self.fields["note"] = self._note("Handover note", 4)
        self.fields[
            "note"
        ].help_text = "What the next person needs to know. Their team can read it."
        for ref in refs:
            self.fields[f"to_{ref}"] = self._to(f"Hand {ref} to", "As above", named)
            self.fields[f"note_{ref}"] = self._note(f"Note about {ref}", 2)

    def _to(self, label: str, first: str, named: list[tuple[str, str]]) -> forms.ChoiceField:
        return forms.ChoiceField(label=label, choices=[("", first), *named], required=False)

    def _note(self, label: str, rows: int) -> forms.CharField:
        box = forms.Textarea(attrs={"rows": rows})
        return forms.CharField(label=label, max_length=self.LONGEST, required=False, widget=box)

    def clean(self) -> dict[str, Any]:
        listed, now = set(self.cleaned_data.get("shown", "").split()), set(self.refs)
        holders = has_now(listed - now)
        moved = [
            f"{ref} is no longer theirs: {holders.get(ref, 'somebody else')} has it"
            for ref in sorted(listed - now)
        ]
        moved += [f"{ref} has come to them" for ref in sorted(now - listed)]
        if moved:
            self.is_stale = True
            raise forms.ValidationError(
                f"Somebody has changed this while you were looking: {'; '.join(moved)}. "
                "Nothing was handed on. Check the list, and send it again."
            )
        asked = ["to", *(f"to_{ref}" for ref in self.refs)]
        if not any(self.cleaned_data.get(name) for name in asked):
            raise forms.ValidationError("Choose who takes the work over.")
        return self.cleaned_data

    def chosen(self) -> dict[str, tuple[User, str]]:
        """To whom each family goes, and with which note; those that stay are left out."""
        cleaned = self.cleaned_data
        choices = {}
        for ref in self.refs:
            to = cleaned[f"to_{ref}"] or cleaned["to"]
            if to:
                choices[ref] = self.people[to], cleaned[f"note_{ref}"] or cleaned["note"]
        return choices


def _with_load(user: User) -> str:
    """Who it is, and how much they have: a choice made with sight of the load."""
    many: int = user.leading  # type: ignore[attr-defined]  # annotated by holding.colleagues
    return f"{user.name} (leads {many} famil{'y' if many == 1 else 'ies'})"


# For each instrument, what the two numbers of a domain are called, the concern first.
CALLED = {
    "asq3": ("Below the cut-off: up to", "Monitor: up to"),
    "asqse2": ("Above the cut-off: from", "Monitor: from"),
}
PARTS = ("concern", "monitoring")
QUESTIONNAIRE = [
    (f"{instrument}-{months}", f"{TITLES[instrument]}, {months} months")
    for instrument, spans in QUESTIONNAIRES.items()
    for months in spans
]


def _score(label: str, highest: int) -> DecimalField:
    return DecimalField(
        label=label,
        required=False,
        min_value=0,
        max_value=highest,
        max_digits=6,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
        error_messages={
            "min_value": f"A score is between 0 and {highest}. Check the score sheet.",
            "max_value": f"A score is between 0 and {highest}. Check the score sheet.",
        },
    )


class ChooseForm(forms.Form):
    """Which questionnaire to look at."""

    quiet = True
    questionnaire = forms.ChoiceField(label="Questionnaire", choices=QUESTIONNAIRE)


class CutOffsForm(forms.Form):
    """Two numbers for each domain, as they stand on the score sheet. Both blank: none."""

    quiet = True

    def __init__(self, *args: Any, questionnaire: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instrument, _, months = questionnaire.partition("-")
        self.months = int(months)
        self.domains = list(RESULTS[self.instrument].values())
        known = cut_offs()
        for domain in self.domains:
            cut_off = known.get((self.instrument, self.months, domain))
            for part, called in zip(PARTS, CALLED[self.instrument], strict=True):
                field = _score(called, HIGHEST[self.instrument])
                field.initial = f"{getattr(cut_off, part).normalize():f}" if cut_off else None
                self.fields[_bound(domain, part)] = field

    def by_domain(self) -> list[tuple[str, list[forms.BoundField]]]:
        """For the page: each domain in words, with its two fields."""
        return [
            (
                domain.replace("_", " ").capitalize() or "Total",
                [self[_bound(domain, part)] for part in PARTS],
            )
            for domain in self.domains
        ]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        bounds = {}
        for domain in self.domains:
            names = [_bound(domain, part) for part in PARTS]
            concern, monitoring = (cleaned.get(name) for name in names)
            if any(name in self.errors for name in names) or concern is monitoring is None:
                continue
            if concern is None or monitoring is None:
                self.add_error(names[concern is not None], "Give both numbers, or neither.")
            elif (concern < monitoring) != (self.instrument == "asq3") or concern == monitoring:
                self.add_error(names[1], self._wrong_way_round())
            bounds[domain] = (concern, monitoring)
        return {"instrument": self.instrument, "months": self.months, "bounds": bounds}

    def _wrong_way_round(self) -> str:
        if self.instrument == "asq3":
            return "Monitoring ends above the cut-off. Check that the two are not exchanged."
        return "Monitoring begins below the cut-off. Check that the two are not exchanged."


def _bound(domain: str, part: str) -> str:
    return f"{domain or 'total'}-{part}"
