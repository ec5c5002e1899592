"""Referrals for other systems: sending them, and every move by its verb."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request

from families.api import AboutFamilies, Practitioner, ToFamily, ToTeam
from families.models import Family
from leap.accounts.models import User
from leap.api.references import Given, Named
from leap.api.sending import Made
from referrals import actions
from referrals.models import Holder, Note, Pathway, Referral, Status

LONGEST = 10_000


class ShownNote(serializers.Serializer[Note]):
    """Something one side wrote to the other."""

    kind = serializers.ChoiceField(choices=Note.Kind.choices)
    team = serializers.CharField(source="team.code")
    by = Practitioner()
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
    notes = ShownNote(many=True)


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


class GivenNothing(Given):
    """No more needs saying: send {}."""


class GivenSend(Given):
    """A reason, where the draft had none or another is better."""

    reason = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True)


class GivenAccept(Given):
    """Who in the receiving team will work with the family, by their reference."""

    allocated_to = Named("practitioner", practitioners, required=False, allow_null=True)


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
    }

    def get_queryset(self) -> QuerySet[Referral]:
        notes = Note.objects.select_related("team", "by").order_by("at", "pk")
        seen = Referral.objects.visible_to(self.user)
        beside = ("family", "pathway", "from_team", "to_team")
        people = ("sent_by", "decided_by", "allocated_to")
        return seen.select_related(*beside, *people).prefetch_related(Prefetch("notes", notes))

    def families_of(self, row: Referral) -> Iterable[Family]:
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
        act = actions.draft if given.pop("draft") else actions.refer
        referral = act(**given, by=self.user)
        address = reverse("api:referrals-detail", args=[referral.ref])
        return Made(self.shown(referral), address=address)

    def _move(self, act: Callable[..., None]) -> HttpResponse:
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
