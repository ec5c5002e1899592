"""Who runs a session."""

from typing import Any

from django import forms
from django.db.models import Q

from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability, disciplines_that_add
from sites.models import Session


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
