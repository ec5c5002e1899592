"""Referrals for other systems: sending them, and every move by its verb."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from rest_framework.decorators import action
from rest_framework.request import Request

from families.api import AboutFamilies
from families.models import Family
from leap.core.api.sending import Made
from referrals.api.requests import (
    AcceptRequest,
    AllocateReferralRequest,
    AnswerRequest,
    AskRequest,
    CloseRequest,
    DeclineRequest,
    EditRequest,
    FirstContactRequest,
    NothingRequest,
    ProposeRequest,
    RedirectRequest,
    ReferralFilters,
    ReferralRequest,
    SendRequest,
    WhyRequest,
    WithdrawRequest,
)
from referrals.api.responses import OpenedReferral, ReferralResponse
from referrals.models import Note, Referral
from referrals.subject import with_families, with_whole_families
from referrals.transitions import clock_actions, dispute_actions, receiver_actions, sender_actions


class Referrals(AboutFamilies):
    """Referrals your teams sent or were sent, and those of families you can see."""

    queryset = Referral.objects.all()
    serializer_class = ReferralResponse
    filters = ReferralFilters
    request_serializers = {
        "create": ReferralRequest,
        "send": SendRequest,
        "acknowledge": NothingRequest,
        "accept": AcceptRequest,
        "decline": DeclineRequest,
        "ask": AskRequest,
        "answer": AnswerRequest,
        "withdraw": WithdrawRequest,
        "first_contact": FirstContactRequest,
        "close": CloseRequest,
        "allocate": AllocateReferralRequest,
        "edit": EditRequest,
        "redirect": RedirectRequest,
        "pause": WhyRequest,
        "resume": NothingRequest,
        "challenge": WhyRequest,
        "take_further": WhyRequest,
        "propose": ProposeRequest,
        "agree": NothingRequest,
    }

    def get_queryset(self) -> QuerySet[Referral]:
        notes = Note.objects.select_related("team", "by").order_by("at", "pk")
        seen = Referral.objects.visible_to(self.user)
        beside = ["pathway", "from_team", "to_team", "follows"]
        people = ("sent_by", "decided_by", "allocated_to")
        beside += ["followed_by__to_team", "followed_by__from_team", "challenge"]
        return seen.select_related(*beside, *people).prefetch_related(Prefetch("notes", notes))

    def get_serializer_class(self) -> type[ReferralResponse]:
        return ReferralResponse if self.action == "list" else OpenedReferral

    def get_object(self) -> Referral:
        referral: Referral = super().get_object()
        return with_whole_families([referral])[0]

    def written(self, rows: Sequence[Referral]) -> Any:
        return super().written(with_families(rows))

    def families_of(self, row: Referral) -> list[Family]:
        """None: a referral shows what one team wrote to another, and opens no record."""
        return []

    def narrow(self, rows: QuerySet[Referral], data: dict[str, Any]) -> QuerySet[Referral]:
        if team := data.pop("team", None):
            rows = rows.filter(Q(from_team=team) | Q(to_team=team))
        if since := data.pop("since", None):
            rows = rows.filter(made_at__gte=since)
        return rows.filter(**data)

    def create(self, request: Request) -> HttpResponse:
        """Refer a family, or draft a referral."""
        return self.once(self._refer)

    def _refer(self, data: dict[str, Any]) -> Made:
        if data.pop("draft"):
            asked_on_sending = {"ticked", "for_safety"}
            fields = {name: value for name, value in data.items() if name not in asked_on_sending}
            referral = sender_actions.draft(**fields, by=self.user)
        else:
            referral = sender_actions.refer(**data, by=self.user)
        address = reverse("api:referrals-detail", args=[referral.ref])
        return Made(self.shown(referral), address=address)

    def _move(self, act: Callable[..., object]) -> HttpResponse:
        def work(data: dict[str, Any]) -> Made:
            act(referral=self.get_object(), by=self.user, **data)
            return Made(self.shown(self.get_object()), status=200)

        return self.once(work)

    @action(detail=True, methods=["post"])
    def send(self, request: Request, ref: str) -> HttpResponse:
        """Put a draft before the receiving team. The clocks start."""
        return self._move(sender_actions.send)

    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, ref: str) -> HttpResponse:
        """Tell the sender that it has arrived and is being read."""
        return self._move(receiver_actions.acknowledge)

    @action(detail=True, methods=["post"])
    def accept(self, request: Request, ref: str) -> HttpResponse:
        """Take the family on; by a handover, lead it from this moment."""
        return self._move(receiver_actions.accept)

    @action(detail=True, methods=["post"])
    def decline(self, request: Request, ref: str) -> HttpResponse:
        """Say no, why, and what could be done instead."""
        return self._move(receiver_actions.decline)

    @action(detail=True, methods=["post"])
    def ask(self, request: Request, ref: str) -> HttpResponse:
        """Give it back to the sender with a question."""
        return self._move(receiver_actions.ask)

    @action(detail=True, methods=["post"])
    def answer(self, request: Request, ref: str) -> HttpResponse:
        """Answer the receiver's question; it is with them again."""
        return self._move(sender_actions.answer)

    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, ref: str) -> HttpResponse:
        """Take it back."""
        return self._move(sender_actions.withdraw)

    @action(detail=True, methods=["post"], url_path="first-contact")
    def first_contact(self, request: Request, ref: str) -> HttpResponse:
        """Note that the receiving team has met or spoken with the family."""
        return self._move(receiver_actions.note_first_contact)

    @action(detail=True, methods=["post"])
    def close(self, request: Request, ref: str) -> HttpResponse:
        """End the work that was asked for, and say what came of it."""
        return self._move(receiver_actions.close)

    @action(detail=True, methods=["post"])
    def allocate(self, request: Request, ref: str) -> HttpResponse:
        """Say who in the receiving team works with the family."""
        return self._move(receiver_actions.allocate)

    @action(detail=True, methods=["post"])
    def edit(self, request: Request, ref: str) -> HttpResponse:
        """Change a draft."""
        return self._move(sender_actions.edit)

    @action(detail=True, methods=["post"])
    def redirect(self, request: Request, ref: str) -> HttpResponse:
        """Send it on to the team it is for; its sender stays the sender."""
        return self._move(receiver_actions.redirect)

    @action(detail=True, methods=["post"])
    def pause(self, request: Request, ref: str) -> HttpResponse:
        """Stop the clock, for a reason that both sides read."""
        return self._move(clock_actions.pause)

    @action(detail=True, methods=["post"])
    def resume(self, request: Request, ref: str) -> HttpResponse:
        """Let the clock go on; what was due falls due later by the days paused."""
        return self._move(clock_actions.resume)

    @action(detail=True, methods=["post"])
    def challenge(self, request: Request, ref: str) -> HttpResponse:
        """Disagree with a decline. The family stays with the sender meanwhile."""
        return self._move(dispute_actions.challenge)

    @action(detail=True, methods=["post"], url_path="take-further")
    def take_further(self, request: Request, ref: str) -> HttpResponse:
        """Take a disagreement to its next stage."""
        return self._move(dispute_actions.take_further)

    @action(detail=True, methods=["post"])
    def propose(self, request: Request, ref: str) -> HttpResponse:
        """Propose how to settle a disagreement."""
        return self._move(dispute_actions.propose)

    @action(detail=True, methods=["post"])
    def agree(self, request: Request, ref: str) -> HttpResponse:
        """Agree with what the other side proposed, which settles it."""
        return self._move(dispute_actions.agree)
