"""What somebody outside types, and what a person of the team makes of it."""

from typing import Any

from django import forms

from families.models import Family
from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Discipline
from leap.core.exceptions import why_not
from leap.core.lookup import find_by_ref
from referrals.form_fields import LONGEST, long_text
from referrals.rules import check_takes_referrals

TAKEN = [Discipline.HEALTH_VISITING, Discipline.MIDWIFERY, Discipline.FAMILY_SUPPORT]
WIDE = forms.TextInput(attrs={"class": "govuk-input--width-20"})


class SendInForm(forms.Form):
    """Who writes, to which team, and about whom."""

    sender_name = forms.CharField(label="Your name", max_length=200, widget=WIDE)
    sender_role = forms.CharField(
        label="Your role, and where you work",
        max_length=200,
        help_text="Such as GP at Clapham Family Practice",
    )
    sender_email = forms.EmailField(label="Your work e-mail", widget=WIDE)
    sender_telephone = forms.CharField(
        label="A telephone on which they can ask you", max_length=30, widget=WIDE
    )
    to_team = forms.ModelChoiceField(
        label="Which team is it for?",
        queryset=Team.objects.none(),
        to_field_name="code",
        empty_label="Choose a team",
    )
    people = long_text(
        "Who is it about?",
        help_text="Names and dates of birth of the child and the parents, or when a baby is due.",
    )
    reach = long_text(
        "Where do they live, and how are they reached?",
        rows=3,
        help_text="Say if a call or a letter could put somebody in danger.",
    )
    reason = long_text("Why do you refer them, and what do you ask for?", rows=6)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Teams that take such referrals, and have somebody who signs in to read them.
        live = Membership.objects.live().filter(user__is_active=True).values("team")
        teams = Team.objects.filter(discipline__in=TAKEN, pk__in=live).order_by("name")
        self.fields["to_team"].queryset = teams  # type: ignore[attr-defined]

    def clean_to_team(self) -> Team:
        team: Team = self.cleaned_data["to_team"]
        if paused := why_not(check_takes_referrals, team):
            raise forms.ValidationError(paused)
        return team


class SettleForm(forms.Form):
    """Whose it is, or what was done with it."""

    family = forms.CharField(
        label="Family reference",
        required=False,
        help_text="Such as LB-7K3M9. Search for the family first; register them if they are new.",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    sender_checked = forms.BooleanField(
        label="I rang where they say they work, on a number I found myself, and they sent it",
        required=False,
        help_text="They are then told by e-mail what becomes of it, without a word about the "
        "family. Otherwise somebody rings them.",
    )
    what_was_done = forms.CharField(
        label="Or what you did with it, where it is about no family of yours",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_family(self) -> Family | None:
        ref = self.cleaned_data["family"].strip().upper()
        if not ref:
            return None
        family = find_by_ref(Family.objects.visible_to(self.user), ref)
        if family is None:
            raise forms.ValidationError("You see no family with this reference. Check it.")
        return family
