"""What a session is, and who runs it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from leap.core.accounts.models import Membership, Team, User
from leap.core.accounts.permissions import Capability, disciplines_that_add
from leap.core.reference_data.models import Service, Site
from leap.core.ui.fields import DateField, DateInput, IntegerField, TimeInput
from sites.inputs import SessionDetails
from sites.models import Room, Session
from sites.sessions.times import span


class SessionForm(forms.Form):
    """What is on, when, in which room, for how many, and which team runs it."""

    service = forms.ModelChoiceField(
        Service.objects.order_by("name"),
        to_field_name="code",
        label="What is it?",
        empty_label="Choose a service",
        error_messages={"required": "Choose the service.", "invalid_choice": "Choose the service."},
    )
    on = DateField(
        label="On which day?",
        widget=DateInput,
        error_messages={"required": "Say on which day it is."},
    )
    starts = forms.TimeField(
        label="From",
        widget=TimeInput,
        error_messages={"required": "Say when it begins.", "invalid": "Write the time as 14:30."},
    )
    ends = forms.TimeField(
        label="Until",
        widget=TimeInput,
        error_messages={"required": "Say when it ends.", "invalid": "Write the time as 14:30."},
    )
    room = forms.ModelChoiceField(
        Room.objects.none(),
        required=False,
        label="In which room?",
        empty_label="No room of its own",
    )
    capacity = IntegerField(
        label="How many places?",
        min_value=1,
        max_value=500,
        help_text="Children and carers alike.",
        error_messages={"required": "Say how many places there are."},
    )
    team = forms.ModelChoiceField(
        Team.objects.none(),
        to_field_name="code",
        required=False,
        label="Which team runs it?",
        empty_label="The team of the site",
        error_messages={"required": "Say which team of yours runs it."},
    )
    as_shown = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, site: Site, user: User, *args: Any, session: Session | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["room"].queryset = site.rooms.order_by("name")  # type: ignore[attr-defined]
        mine = user.team_ids_with(Capability.PLAN_SESSIONS)
        everywhere = user.can_everywhere(Capability.PLAN_SESSIONS)
        there = [key for key in (site.team_id, session and session.team_id) if key]
        teams = Team.objects.all() if everywhere else Team.objects.filter(pk__in=[*mine, *there])
        self.fields["team"].queryset = teams.order_by("name")  # type: ignore[attr-defined]
        if site.team_id not in mine and not everywhere and not session:
            self.fields["team"].required = True
        if session:
            starts, ends = map(timezone.localtime, (session.starts_at, session.ends_at))
            self.initial = {
                "service": session.service.code,
                "on": starts.date(),
                "starts": starts.time(),
                "ends": ends.time(),
                "room": session.room_id,
                "capacity": session.capacity,
                "team": session.team and session.team.code,
                "as_shown": session.state,
                **self.initial,
            }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"on", "starts", "ends"} <= cleaned.keys():
            try:
                cleaned["during"] = span(cleaned["on"], cleaned["starts"], cleaned["ends"])
            except ValidationError as wrong:
                self.add_error("ends", wrong)
        return cleaned

    @property
    def details(self) -> SessionDetails:
        names = ("service", "during", "capacity", "room", "team")
        return SessionDetails(**{name: self.cleaned_data[name] for name in names})


class CancelSessionForm(forms.Form):
    why = forms.CharField(
        label="Why is it cancelled?",
        help_text="Colleagues read it on the session’s page. Name nobody.",
        max_length=200,
        error_messages={"required": "Say why it is cancelled."},
    )


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
