"""Filtering the queue."""

from typing import Any

from django import forms

from leap.core.accounts.models import User
from leap.core.accounts.permissions import Capability
from referrals.models import Pathway
from referrals.queue.queue import SHOWS, Filters


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
        self.manages = user.can(Capability.LEAD_TEAM)
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
        return show, [team.pk] if team else [team.pk for team in self.teams.values()]

    @property
    def filters(self) -> Filters:
        """What narrows the list. Anything unreadable narrows nothing."""
        self.is_valid()
        fields = self.cleaned_data
        return Filters(fields.get("who", ""), fields.get("pathway"), bool(fields.get("late")))

    @property
    def kept(self) -> dict[str, str]:
        """The filters in use besides which list: what every link of the page carries on."""
        self.is_valid()
        wanted = {name: self.data.get(name, "") for name in ("team", "who", "pathway", "late")}
        return {name: text for name, text in wanted.items() if text and name in self.cleaned_data}
