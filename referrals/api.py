"""Referrals for other systems: sending them, and every move by its verb."""

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from families.api import AboutFamilies, Practitioner, ToFamily, ToTeam
from families.models import Family
from leap.accounts.models import User
from leap.api.references import Given, Named
from leap.api.sending import Made
from referrals import actions
from referrals.models import Challenge, Holder, Note, Pathway, Referral, Status
from referrals.story import Said, what_was_said, where_it_is

LONGEST = 10_000


class ShownNote(serializers.Serializer[Note]):
    """Something one side wrote to the other."""

    kind = serializers.ChoiceField(choices=Note.Kind.choices)
    team = serializers.CharField(source="team.code")
    by = Practitioner(allow_null=True, help_text="Null for what the clock did.")
    at = serializers.DateTimeField()
    text = serializers.CharField()


class ShownReferral(serializers.Serializer[Referral]):
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
    notes = ShownNote(many=True)

    def get_where(self, referral: Referral) -> str:
        return where_it_is(referral)


class ShownSaid(serializers.Serializer[Said]):
    """What a team wrote to ask for it, or to send it on."""

    team = serializers.CharField(help_text="The name of the team.")
    text = serializers.CharField()


class OpenedReferral(ShownReferral):
    """One alone: with all that was written to ask for it, the first sender's words first. Of one
    that was redirected here, `reason` holds only why it was sent on."""

    said = serializers.SerializerMethodField()

    @extend_schema_field(ShownSaid(many=True))
    def get_said(self, referral: Referral) -> Any:
        return [ShownSaid(each).data for each in what_was_said(referral.chain)]


def pathways(user: User) -> QuerySet[Pathway]:
    return Pathway.objects.all()


def practitioners(user: User) -> QuerySet[User]:
    """Whether they work in the right team is the action's to say."""
    return User.objects.filter(is_active=True)


class GivenReferral(Given):
    """A family, the way it goes, and why. It is sent at once unless it is to stay a draft."""

    family = ToFamily()
    pathway = Named("pathway", pathways, by="code")
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


class GivenNothing(Given):
    """No more needs saying: send {}."""


class GivenSend(Given):
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


class GivenAccept(Given):
    """Who in the receiving team will work with the family, by their reference."""

    allocated_to = Named("practitioner", practitioners, required=False, allow_null=True)
    joint_until = serializers.DateField(
        required=False, allow_null=True, help_text="A handover's last day of joint visits."
    )


class GivenAllocate(Given):
    """Who in the team that took it on works with the family."""

    allocated_to = Named("practitioner", practitioners)


class GivenRedirect(Given):
    """The team it goes on to, why, and the pathway where it is another."""

    to_team = ToTeam()
    pathway = Named("pathway", pathways, by="code", required=False)
    why = serializers.CharField(max_length=LONGEST)


class GivenEdit(Given):
    """A draft's receiver and reason."""

    to_team = ToTeam()
    reason = serializers.CharField(max_length=LONGEST, allow_blank=True)


class GivenWhy(Given):
    """The reason, which both sides read."""

    why = serializers.CharField(max_length=LONGEST)


class GivenPropose(Given):
    """How your side would settle the disagreement, and why."""

    settled_as = serializers.ChoiceField(choices=Challenge.Outcome.choices)
    why = serializers.CharField(max_length=LONGEST)


class GivenDecline(Given):
    """Why not, and what could be done instead."""

    decline_reason = serializers.CharField(max_length=LONGEST)
    alternative = serializers.CharField(max_length=LONGEST)


class GivenAsk(Given):
    """What the receiving team needs to know."""

    question = serializers.CharField(max_length=LONGEST)


class GivenAnswer(Given):
    """The information that was asked for."""

    answer = serializers.CharField(max_length=LONGEST)


class GivenWithdraw(Given):
    """Why it is taken back."""

    why = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)


class GivenFirstContact(Given):
    """When the receiving team met or spoke with the family."""

    first_contact_at = serializers.DateTimeField()


class GivenClose(Given):
    """What came of it."""

    outcome = serializers.CharField(max_length=300)


class ReferralFilters(Given):
    """Referrals of a family, in a status, by their way or their teams, or made lately."""

    family = ToFamily(required=False)
    status = serializers.ChoiceField(choices=Status.choices, required=False)
    pathway = Named("pathway", pathways, by="code", required=False)
    from_team = ToTeam(required=False)
    to_team = ToTeam(required=False)
    team = ToTeam(required=False, help_text="On either side.")
    since = serializers.DateTimeField(required=False, help_text="Made at this time or later.")


class Referrals(AboutFamilies):
    """Referrals your teams sent or were sent, and those of families you can see."""

    queryset = Referral.objects.all()
    serializer_class = ShownReferral
    filters = ReferralFilters
    given = {
        "create": GivenReferral,
        "send": GivenSend,
        "acknowledge": GivenNothing,
        "accept": GivenAccept,
        "decline": GivenDecline,
        "ask": GivenAsk,
        "answer": GivenAnswer,
        "withdraw": GivenWithdraw,
        "first_contact": GivenFirstContact,
        "close": GivenClose,
        "allocate": GivenAllocate,
        "edit": GivenEdit,
        "redirect": GivenRedirect,
        "pause": GivenWhy,
        "resume": GivenNothing,
        "challenge": GivenWhy,
        "take_further": GivenWhy,
        "propose": GivenPropose,
        "agree": GivenNothing,
    }

    def get_queryset(self) -> QuerySet[Referral]:
        notes = Note.objects.select_related("team", "by").order_by("at", "pk")
        seen = Referral.objects.visible_to(self.user)
        beside = ["family", "pathway", "from_team", "to_team", "follows"]
        people = ("sent_by", "decided_by", "allocated_to")
        beside += ["followed_by__to_team", "followed_by__from_team", "challenge"]
        return seen.select_related(*beside, *people).prefetch_related(Prefetch("notes", notes))

    def get_serializer_class(self) -> type[ShownReferral]:
        return ShownReferral if self.action == "list" else OpenedReferral

    def families_of(self, row: Referral) -> list[Family]:
        """None: a referral shows what one team wrote to another, and opens no record."""
        return []

    def narrow(self, rows: QuerySet[Referral], given: dict[str, Any]) -> QuerySet[Referral]:
        if team := given.pop("team", None):
            rows = rows.filter(Q(from_team=team) | Q(to_team=team))
        if since := given.pop("since", None):
            rows = rows.filter(made_at__gte=since)
        return rows.filter(**given)

    def create(self, request: Request) -> HttpResponse:
        """Refer a family, or draft a referral."""
        return self.once(self._refer)

    def _refer(self, given: dict[str, Any]) -> Made:
        if given.pop("draft"):
            asked_on_sending = {"ticked", "for_safety"}
            said = {name: each for name, each in given.items() if name not in asked_on_sending}
            referral = actions.draft(**said, by=self.user)
        else:
            referral = actions.refer(**given, by=self.user)
        address = reverse("api:referrals-detail", args=[referral.ref])
        return Made(self.shown(referral), address=address)

    def _move(self, act: Callable[..., object]) -> HttpResponse:
        def work(given: dict[str, Any]) -> Made:
            act(referral=self.get_object(), by=self.user, **given)
            return Made(self.shown(self.get_object()), status=200)

        return self.once(work)

    @action(detail=True, methods=["post"])
    def send(self, request: Request, ref: str) -> HttpResponse:
        """Put a draft before the receiving team. The clocks start."""
        return self._move(actions.send)

    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, ref: str) -> HttpResponse:
        """Tell the sender that it has arrived and is being read."""
        return self._move(actions.acknowledge)

    @action(detail=True, methods=["post"])
    def accept(self, request: Request, ref: str) -> HttpResponse:
        """Take the family on; by a handover, lead it from this moment."""
        return self._move(actions.accept)

    @action(detail=True, methods=["post"])
    def decline(self, request: Request, ref: str) -> HttpResponse:
        """Say no, why, and what could be done instead."""
        return self._move(actions.decline)

    @action(detail=True, methods=["post"])
    def ask(self, request: Request, ref: str) -> HttpResponse:
        """Give it back to the sender with a question."""
        return self._move(actions.ask)

    @action(detail=True, methods=["post"])
    def answer(self, request: Request, ref: str) -> HttpResponse:
        """Answer the receiver's question; it is with them again."""
        return self._move(actions.answer)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, ref: str) -> HttpResponse:
        """Take it back."""
        return self._move(actions.withdraw)

    @action(detail=True, methods=["post"], url_path="first-contact")
    def first_contact(self, request: Request, ref: str) -> HttpResponse:
        """Note that the receiving team has met or spoken with the family."""
        return self._move(actions.note_first_contact)

    @action(detail=True, methods=["post"])
    def close(self, request: Request, ref: str) -> HttpResponse:
        """End the work that was asked for, and say what came of it."""
        return self._move(actions.close)

    @action(detail=True, methods=["post"])
    def allocate(self, request: Request, ref: str) -> HttpResponse:
        """Say who in the receiving team works with the family."""
        return self._move(actions.allocate)

    @action(detail=True, methods=["post"])
    def edit(self, request: Request, ref: str) -> HttpResponse:
        """Change a draft."""
        return self._move(actions.edit)

    @action(detail=True, methods=["post"])
    def redirect(self, request: Request, ref: str) -> HttpResponse:
        """Send it on to the team it is for; its sender stays the sender."""
        return self._move(actions.redirect)

    @action(detail=True, methods=["post"])
    def pause(self, request: Request, ref: str) -> HttpResponse:
        """Stop the clock, for a reason that both sides read."""
        return self._move(actions.pause)

    @action(detail=True, methods=["post"])
    def resume(self, request: Request, ref: str) -> HttpResponse:
        """Let the clock go on; what was due falls due later by the days paused."""
        return self._move(actions.resume)

    @action(detail=True, methods=["post"])
    def challenge(self, request: Request, ref: str) -> HttpResponse:
        """Disagree with a decline. The family stays with the sender meanwhile."""
        return self._move(actions.challenge)

    @action(detail=True, methods=["post"], url_path="take-further")
    def take_further(self, request: Request, ref: str) -> HttpResponse:
        """Take a disagreement to its next stage."""
        return self._move(actions.take_further)

    @action(detail=True, methods=["post"])
    def propose(self, request: Request, ref: str) -> HttpResponse:
        """Propose how to settle a disagreement."""
        return self._move(actions.propose)

    @action(detail=True, methods=["post"])
    def agree(self, request: Request, ref: str) -> HttpResponse:
        """Agree with what the other side proposed, which settles it."""
        return self._move(actions.agree)
