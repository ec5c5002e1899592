"""What other systems send to make and move a referral, and to look for some."""

from django.db.models import QuerySet
from rest_framework import serializers

from families.api import ToFamily, ToTeam
from leap.core.accounts.models import User
from leap.core.api.fields import ApiDateField, ApiDateTimeField
from leap.core.api.references import NamedReference, RequestSerializer
from referrals.models import Challenge, Pathway, Status

LONGEST = 10_000


def pathways(user: User) -> QuerySet[Pathway]:
    return Pathway.objects.all()


def practitioners(user: User) -> QuerySet[User]:
    """Whether they work in the right team is the action's to say."""
    return User.objects.filter(is_active=True)


class ReferralRequest(RequestSerializer):
    """A family, the way it goes, and why. It is sent at once unless it is to stay a draft."""

    family = ToFamily()
    pathway = NamedReference("pathway", pathways, by="code")
    from_team = ToTeam()
    to_team = ToTeam()
    reason = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")
    draft = serializers.BooleanField(required=False, default=False)
    ticked = serializers.ListField(
        child=serializers.CharField(max_length=300),
        required=False,
        default=list,
        max_length=50,
        help_text="What of the pathway's minimum information it says, beyond the record.",
    )
    for_safety = serializers.CharField(
        max_length=2_000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Why it cannot wait for what is missing: somebody's safety.",
    )


class NothingRequest(RequestSerializer):
    """No more needs saying: send {}."""


class SendRequest(RequestSerializer):
    """A reason, where the draft had none or another is better; and what it says of the minimum."""

    reason = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)
    ticked = serializers.ListField(
        child=serializers.CharField(max_length=300),
        required=False,
        default=list,
        max_length=50,
        help_text="What of the pathway's minimum information it says, beyond the record.",
    )
    for_safety = serializers.CharField(
        max_length=2_000,
        required=False,
        allow_blank=True,
        default="",
        help_text="Why it cannot wait for what is missing: somebody's safety.",
    )


class AcceptRequest(RequestSerializer):
    """Who in the receiving team will work with the family, by their reference."""

    allocated_to = NamedReference("practitioner", practitioners, required=False, allow_null=True)
    joint_until = ApiDateField(
        required=False, allow_null=True, help_text="A handover's last day of joint visits."
    )


class AllocateReferralRequest(RequestSerializer):
    """Who in the team that took it on works with the family, and who did when you read it."""

    allocated_to = NamedReference("practitioner", practitioners)
    instead_of = NamedReference(
        "practitioner",
        lambda user: User.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="Who worked on it as you read it, by reference; leave it out where nobody did.",
    )


class RedirectRequest(RequestSerializer):
    """The team it goes on to, why, and the pathway where it is another."""

    to_team = ToTeam()
    pathway = NamedReference("pathway", pathways, by="code", required=False)
    why = serializers.CharField(max_length=LONGEST)


class EditRequest(RequestSerializer):
    """A draft's receiver and reason."""

    to_team = ToTeam()
    reason = serializers.CharField(max_length=LONGEST, allow_blank=True)


class WhyRequest(RequestSerializer):
    """The reason, which both sides read."""

    why = serializers.CharField(max_length=LONGEST)


class ProposeRequest(RequestSerializer):
    """How your side would settle the disagreement, and why."""

    settled_as = serializers.ChoiceField(choices=Challenge.Outcome.choices)
    why = serializers.CharField(max_length=LONGEST)


class DeclineRequest(RequestSerializer):
    """Why not, and what could be done instead."""

    decline_reason = serializers.CharField(max_length=LONGEST)
    alternative = serializers.CharField(max_length=LONGEST)


class AskRequest(RequestSerializer):
    """What the receiving team needs to know."""

    question = serializers.CharField(max_length=LONGEST)


class AnswerRequest(RequestSerializer):
    """The information that was asked for."""

    answer = serializers.CharField(max_length=LONGEST)


class WithdrawRequest(RequestSerializer):
    """Why it is taken back."""

    why = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)


class FirstContactRequest(RequestSerializer):
    """When the receiving team met or spoke with the family."""

    first_contact_at = ApiDateTimeField()


class CloseRequest(RequestSerializer):
    """What came of it."""

    outcome = serializers.CharField(max_length=300)


class ReferralFilters(RequestSerializer):
    """Referrals of a family, in a status, by their way or their teams, or made lately."""

    family = ToFamily(required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    pathway = NamedReference("pathway", pathways, by="code", required=False)
    from_team = ToTeam(required=False)
    to_team = ToTeam(required=False)
    team = ToTeam(required=False, help_text="On either side.")
    since = ApiDateTimeField(required=False, help_text="Made at this time or later.")
