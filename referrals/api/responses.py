"""Referrals as other systems read them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from families.api import Practitioner
from referrals.models import Holder, Note, Referral, Status
from referrals.transitions.history import HistoryNote, describe_position, notes_of


class NoteResponse(serializers.Serializer[Note]):
    """Something one side wrote to the other."""

    kind = serializers.ChoiceField(choices=Note.Kind.choices)
    team = serializers.CharField(source="team.code")
    by = Practitioner(allow_null=True, help_text="Null for what the clock did.")
    at = serializers.DateTimeField()
    text = serializers.CharField()


class ReferralResponse(serializers.Serializer[Referral]):
    """One team's request to another: where it is, whose turn it is, and its clock."""

    ref = serializers.CharField()
    family = serializers.CharField(source="family.ref")
    pathway = serializers.CharField(source="pathway.code")
    from_team = serializers.CharField(source="from_team.code")
    to_team = serializers.CharField(source="to_team.code")
    status = serializers.ChoiceField(choices=Status.choices)
    holder = serializers.ChoiceField(choices=Holder.choices)
    reason = serializers.CharField()
    made_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)
    sent_by = Practitioner(allow_null=True)
    acknowledge_by = serializers.DateField(allow_null=True)
    first_contact_by = serializers.DateField(allow_null=True)
    expires_on = serializers.DateField(allow_null=True)
    clock_paused_at = serializers.DateTimeField(allow_null=True)
    acknowledged_at = serializers.DateTimeField(allow_null=True)
    accepted_at = serializers.DateTimeField(allow_null=True)
    declined_at = serializers.DateTimeField(allow_null=True)
    decided_by = Practitioner(allow_null=True)
    decline_reason = serializers.CharField()
    alternative = serializers.CharField()
    allocated_to = Practitioner(allow_null=True)
    first_contact_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    outcome = serializers.CharField()
    joint_until = serializers.DateField(allow_null=True)
    ended_at = serializers.DateTimeField(allow_null=True)
    follows = serializers.CharField(source="follows.ref", allow_null=True, default=None)
    followed_by = serializers.CharField(source="followed_by.ref", allow_null=True, default=None)
    where = serializers.SerializerMethodField(help_text="Who has it and what is awaited: one line.")
    notes = NoteResponse(many=True)

    def get_where(self, referral: Referral) -> str:
        return describe_position(referral)


class SaidResponse(serializers.Serializer[HistoryNote]):
    """What a team wrote to ask for it, or to send it on."""

    team = serializers.CharField(help_text="The name of the team.")
    text = serializers.CharField()


class OpenedReferral(ReferralResponse):
    """One alone: with all that was written to ask for it, the first sender's words first. Of one
    that was redirected here, `reason` holds only why it was sent on."""

    said = serializers.SerializerMethodField()

    @extend_schema_field(SaidResponse(many=True))
    def get_said(self, referral: Referral) -> Any:
        return [SaidResponse(note).data for note in notes_of(referral.chain)]
