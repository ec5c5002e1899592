"""What each move asks for. Names of fields are the names of the actions' arguments."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone

from families.form_fields import KeptForm
from leap.core.accounts.models import Membership, Team, User
from leap.core.exceptions import why_not
from leap.core.ui.fields import DateField, DateInput, DateTimeField, DateTimeInput
from referrals import rules
from referrals.models import Challenge, Pathway, Referral
from referrals.models.pathways import OUTSIDE
from referrals.pathways.forms import SafetyField, TickedField, ask_for_the_rest
from referrals.pathways.minimum_dataset import Found, looked_up
from referrals.pathways.turnaround import PERIODS
from referrals.queue.queue import SHOWS, Filters

LONGEST = 10_000
USUAL_PERIOD = 91  # days


def _long(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    text = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, widget=text, max_length=LONGEST, **options)


class QueueForm(forms.Form):
    """The filters of the queue. Anything unreadable in the URL falls back to the usual."""

    quiet = True
    show = forms.ChoiceField(choices=SHOWS.items(), widget=forms.HiddenInput, required=False)
    team = forms.ChoiceField(required=False)
    who = forms.ChoiceField(
        label="Allocated to",
        choices=[("", "Anybody or nobody"), ("me", "Me"), ("nobody", "Nobody yet")],
        required=False,
    )
    pathway = forms.ModelChoiceField(
        queryset=Pathway.objects.order_by("name"),
        to_field_name="code",
        empty_label="All pathways",
        required=False,
    )
    late = forms.BooleanField(label="Only what is late", required=False)
    field_order = ["show", "team", "who", "pathway", "late"]

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {team.code: team for team in user.teams}
        self.manages = bool(user.managed_team_ids)
        named = [(team.code, team.name) for team in user.teams]
        self.fields["team"] = forms.ChoiceField(
            label="Team",
            choices=[("", "All my teams"), *named],
            required=False,
            widget=forms.Select if len(named) > 1 else forms.HiddenInput,
        )
        self.order_fields(self.field_order)

    @property
    def chosen(self) -> tuple[str, list[int]]:
        """Which list, and of which teams."""
        self.is_valid()
        show = self.cleaned_data.get("show") or "waiting"
        team = self.teams.get(self.cleaned_data.get("team", ""))
        return show, [team.pk] if team else [each.pk for each in self.teams.values()]

    @property
    def filters(self) -> Filters:
        """What narrows the list. Anything unreadable narrows nothing."""
        self.is_valid()
        given = self.cleaned_data
        return Filters(given.get("who", ""), given.get("pathway"), bool(given.get("late")))

    @property
    def kept(self) -> dict[str, str]:
        """The filters in use besides which list: what every link of the page carries on."""
        self.is_valid()
        wanted = {name: self.data.get(name, "") for name in ("team", "who", "pathway", "late")}
        return {name: text for name, text in wanted.items() if text and name in self.cleaned_data}


class PaceForm(forms.Form):
    """Over which time. Anything unreadable falls back to three months."""

    quiet = True
    days = forms.TypedChoiceField(
        label="Sent in", choices=[(days, name) for days, name in PERIODS.items()], coerce=int
    )

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        self.chosen = int(self.cleaned_data["days"]) if self.is_valid() else USUAL_PERIOD
        super().__init__(initial={"days": self.chosen})  # shown as chosen, never as an error


class PathwayForm(forms.Form):
    """Which pathway? The first of two short screens."""

    family = forms.CharField(widget=forms.HiddenInput)
    pathway = forms.ModelChoiceField(
        label="Which pathway?",
        queryset=Pathway.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, pathways: list[Pathway], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = Pathway.objects.filter(pk__in=[pathway.pk for pathway in pathways])
        self.fields["pathway"].queryset = chosen.order_by("name")  # type: ignore[attr-defined]


class TeamField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A team, with a word where its intake is paused."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} (intake paused)" if obj.intake_paused_at else str(obj)


class NewForm(KeptForm):
    """To whom, and why."""

    from_team = forms.ModelChoiceField(
        label="From",
        queryset=Team.objects.none(),
        to_field_name="code",
        empty_label=None,
    )
    to_team = TeamField(
        label="To",
        queryset=Team.objects.none(),
        to_field_name="code",
        empty_label="Choose a team",
    )
    reason = _long(
        "Why, and what do you ask for?",
        rows=8,
        help_text="They see this, the children’s names and ages and the ward, before they accept.",
    )

    ticked = TickedField()
    for_safety = SafetyField()

    def __init__(
        self,
        pathway: Pathway,
        senders: list[Team],
        found: list[Found],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ask_for_the_rest(self, found)
        mine = Team.objects.filter(pk__in=[team.pk for team in senders])
        theirs = Team.objects.filter(discipline=pathway.to_discipline).exclude(
            pk__in=[team.pk for team in senders]
        )
        self.fields["from_team"].queryset = mine.order_by("name")  # type: ignore[attr-defined]
        self.receivers = theirs
        self.fields["to_team"].queryset = theirs.order_by("name")  # type: ignore[attr-defined]
        if len(senders) == 1:
            self.fields["from_team"].widget = forms.HiddenInput()
            self.initial["from_team"] = senders[0].code

    def suggest(self, team: Team | None) -> None:
        """Choose `team`, where nothing was typed before."""
        if team and not self.initial.get("to_team"):
            self.initial["to_team"] = team.code
            self.fields["to_team"].help_text = "Chosen by where the children live. Change it here."

    def clean_to_team(self) -> Team:
        team: Team = self.cleaned_data["to_team"]
        if paused := why_not(rules.check_takes_referrals, team):
            raise forms.ValidationError(paused)
        return team


class MoveForm(forms.Form):
    """A move that asks for nothing more."""

    def __init__(self, referral: Referral, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.by = referral, by


class SendForm(MoveForm):
    reason = _long("Why, and what do you ask for?", rows=8)
    ticked = TickedField()
    for_safety = SafetyField()

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        self.initial["reason"] = referral.reason
        ask_for_the_rest(self, looked_up(referral.pathway, referral.family, self.by))


class EditForm(MoveForm):
    """A draft: to whom, and why."""

    reason = _long("Why, and what do you ask for?", rows=8, required=False)
    to_team = TeamField(label="To", queryset=Team.objects.none(), to_field_name="code")
    field_order = ["to_team", "reason"]

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        self.initial["reason"] = referral.reason
        self.fields["to_team"].queryset = _receivers(  # type: ignore[attr-defined]
            [referral.pathway.to_discipline], referral
        )
        self.initial["to_team"] = referral.to_team.code


def _receivers(disciplines: list[str], referral: Referral) -> QuerySet[Team]:
    """The teams of these disciplines that a referral of this sender can go to."""
    teams = Team.objects.filter(discipline__in=disciplines).exclude(pk=referral.from_team_id)
    return teams.order_by("name")


class RedirectForm(MoveForm):
    """To which team it goes on, and why."""

    to_team = TeamField(
        label="Which team is it for?",
        queryset=Team.objects.none(),
        to_field_name="code",
        empty_label="Choose a team",
    )
    pathway = forms.ModelChoiceField(
        label="On which pathway?",
        queryset=Pathway.objects.none(),
        to_field_name="code",
        empty_label=None,
    )
    why = _long("Why?", help_text="The sender and the other team see this.")

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        senders = [referral.from_team.discipline, *([OUTSIDE] if referral.from_outside else [])]
        ways = Pathway.objects.filter(from_discipline__in=senders)
        ways = ways.exclude(kind=Pathway.Kind.REQUEST).order_by("name")
        teams = _receivers([way.to_discipline for way in ways], referral)
        self.fields["pathway"].queryset = ways  # type: ignore[attr-defined]
        self.fields["to_team"].queryset = teams.exclude(  # type: ignore[attr-defined]
            pk=referral.to_team_id
        )
        self.initial["pathway"] = referral.pathway.code


class WhyForm(MoveForm):
    """A move that asks for its reason."""

    why = _long("Why?", help_text="Both sides see this.")


class ProposeForm(MoveForm):
    """How one side would settle a disagreement."""

    settled_as = forms.ChoiceField(
        label="How would you settle it?",
        choices=Challenge.Outcome.choices,
        widget=forms.RadioSelect,
    )
    why = _long("Why?", help_text="Both sides see this.")


class DoneForm(forms.Form):
    what_was_done = _long("What did you do about it?")


class InsteadForm(forms.Form):
    instead = _long(
        "What should senders do instead?",
        help_text="They read this before they write, and when they try to send.",
    )


class DayForm(forms.Form):
    """A day that is not what the calendar of England and Wales says."""

    day = DateField(label="Which day?", widget=DateInput)
    name = forms.CharField(
        label="What day is it?", max_length=100, help_text="Such as “Coronation of the King”."
    )
    is_worked = forms.TypedChoiceField(
        label="Is it worked?",
        choices=[("no", "No: a holiday, for once"), ("yes", "Yes: its holiday was moved")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )


class PractitionerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AcceptForm(MoveForm):
    allocated_to = PractitionerField(
        label="Who will work with this family?",
        queryset=User.objects.none(),
        to_field_name="ref",
        empty_label="Decide later",
        required=False,
    )

    joint_until = DateField(
        label="Until when will both teams visit?",
        widget=DateInput,
        required=False,
        help_text="You lead from now on. Leave this blank if there is no joint period.",
    )

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        if not referral.pathway.moves_lead:
            del self.fields["joint_until"]
        team = referral.taking_team
        in_team = Q(pk__in=Membership.objects.live().filter(team=team).values("user"))
        people = User.objects.filter(in_team, is_active=True).order_by("name")
        self.fields["allocated_to"].queryset = people  # type: ignore[attr-defined]


class AllocateForm(AcceptForm):
    # Who worked on it when the form was shown.
    instead_of = PractitionerField(
        queryset=User.objects.all(),
        to_field_name="ref",
        required=False,
        widget=forms.HiddenInput,
    )

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        self.fields.pop("joint_until", None)
        self.fields["allocated_to"].required = True
        self.fields["allocated_to"].empty_label = "Choose somebody"  # type: ignore[attr-defined]
        if referral.allocated_to:
            self.initial["allocated_to"] = referral.allocated_to.ref
            self.initial["instead_of"] = referral.allocated_to.ref


class DeclineForm(MoveForm):
    decline_reason = _long("Why can your team not take this on?", help_text="The sender sees this.")
    alternative = _long(
        "What could the sender do instead?",
        help_text="Another team, another service, or what you would need to say yes.",
    )


class AskForm(MoveForm):
    question = _long("What do you need to know?", help_text="The sender sees this.")


class AnswerForm(MoveForm):
    answer = _long("Your answer")


class WithdrawForm(MoveForm):
    why = _long("Why?", required=False, help_text="The team it was sent to sees this.")


class FirstContactForm(MoveForm):
    first_contact_at = DateTimeField(
        label="When was the first contact?",
        widget=DateTimeInput,
        help_text="This records that it happened. Log the contact itself on the family’s page.",
    )

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        self.initial["first_contact_at"] = timezone.localtime().replace(second=0, microsecond=0)


class CloseForm(MoveForm):
    outcome = forms.CharField(
        label="What came of it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences. The sender is told.",
    )
