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
from referrals.form_fields import PractitionerField, TeamField, long_text
from referrals.models import Challenge, Pathway, Referral
from referrals.models.pathways import OUTSIDE
from referrals.pathways.forms import SafetyField, TickedField, ask_for_the_rest
from referrals.pathways.minimum_dataset import LookedUpItem, look_up_items
from referrals.pathways.turnaround import PERIODS

USUAL_PERIOD = 91  # days


class PaceForm(forms.Form):
    """Over which time. Anything unreadable falls back to three months."""

    quiet = True
    days = forms.TypedChoiceField(
        label="Sent in", choices=[(days, name) for days, name in PERIODS.items()], coerce=int
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
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
    reason = long_text(
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
        items: list[LookedUpItem],
        *args: Any,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        ask_for_the_rest(self, items)
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


class TransitionForm(forms.Form):
    """A move that asks for nothing more."""

    def __init__(self, referral: Referral, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.by = referral, by


class SendForm(TransitionForm):
    reason = long_text("Why, and what do you ask for?", rows=8)
    ticked = TickedField()
    for_safety = SafetyField()

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        self.initial["reason"] = referral.reason
        ask_for_the_rest(self, look_up_items(referral.pathway, referral.family, self.by))


class EditForm(TransitionForm):
    """A draft: to whom, and why."""

    reason = long_text("Why, and what do you ask for?", rows=8, required=False)
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


class RedirectForm(TransitionForm):
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
    why = long_text("Why?", help_text="The sender and the other team see this.")

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


class TransitionReasonForm(TransitionForm):
    """A move that asks for its reason."""

    why = long_text("Why?", help_text="Both sides see this.")


class ProposeForm(TransitionForm):
    """How one side would settle a disagreement."""

    settled_as = forms.ChoiceField(
        label="How would you settle it?",
        choices=Challenge.Outcome.choices,
        widget=forms.RadioSelect,
    )
    why = long_text("Why?", help_text="Both sides see this.")


class DoneForm(forms.Form):
    what_was_done = long_text("What did you do about it?")


class AcceptForm(TransitionForm):
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


class AllocateReferralForm(AcceptForm):
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


class DeclineForm(TransitionForm):
    decline_reason = long_text(
        "Why can your team not take this on?", help_text="The sender sees this."
    )
    alternative = long_text(
        "What could the sender do instead?",
        help_text="Another team, another service, or what you would need to say yes.",
    )


class AskForm(TransitionForm):
    question = long_text("What do you need to know?", help_text="The sender sees this.")


class AnswerForm(TransitionForm):
    answer = long_text("Your answer")


class WithdrawForm(TransitionForm):
    why = long_text("Why?", required=False, help_text="The team it was sent to sees this.")


class FirstContactForm(TransitionForm):
    first_contact_at = DateTimeField(
        label="When was the first contact?",
        widget=DateTimeInput,
        help_text="This records that it happened. Log the contact itself on the family’s page.",
    )

    def __init__(self, referral: Referral, *args: Any, **kwargs: Any) -> None:
        super().__init__(referral, *args, **kwargs)
        self.initial["first_contact_at"] = timezone.localtime().replace(second=0, microsecond=0)


class CloseReferralForm(TransitionForm):
    outcome = forms.CharField(
        label="What came of it?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences. The sender is told.",
    )
