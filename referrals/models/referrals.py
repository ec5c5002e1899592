"""Referrals: one team asks another to take something on. A handover is one that moves the lead."""

from typing import Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.urls import reverse
from django.utils import timezone

from families.models import Family, Involvement
from leap.core.accounts.models import Team, User
from leap.core.rls.session import bypass_rls
from referrals.models.incoming import InboundReferral
from referrals.models.pathways import Pathway
from referrals.models.statuses import (
    HELD_BY_RECEIVER,
    HELD_BY_SENDER,
    MAY_BE_UNSENT,
    OVER,
    STATUSES,
    TAKEN_ON,
    TO_ACKNOWLEDGE,
    TO_ANSWER,
    UNANSWERED,
    UNFINISHED,
    WITH_A_CLOCK,
    Holder,
    Status,
)


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User) -> Self:
        """Those my teams made or were sent, those of families I can see, and those I must see to.

        What was never sent, a draft or a draft withdrawn, is for the team that made it alone. A
        restricted family's are for whoever is named for the family, on both sides.
        """
        visible = Family.objects.visible_to(user)
        sent = Q(sent_at__isnull=False)
        received = sent & Q(to_team__in=user.team_ids)
        of_families = sent & Q(family__in=visible)
        mine_to_do = apps.get_model("referrals", "Task")._default_manager.filter(
            to=user, done_at=None
        )
        named = sent & Q(pk__in=mine_to_do.values("referral"))
        mine = Q(from_team__in=user.team_ids) | received | of_families | named
        return self.filter(mine).open_to(user)

    def open_to(self, user: User) -> Self:
        """Without those of restricted families that `user` is not named for."""
        restricted = Involvement.objects.filter(family=OuterRef("family"), names_only=True)
        return self.filter(~Exists(restricted) | Q(family__in=Family.objects.visible_to(user)))

    def unfinished(self) -> Self:
        return self.filter(status__in=UNFINISHED)

    def of_teams(self, team_ids: list[int]) -> Self:
        """Made by one of these teams, or sent to one of them: a part of what its people see."""
        received = Q(to_team__in=team_ids, sent_at__isnull=False)
        return self.filter(Q(from_team__in=team_ids) | received)

    def held_by(self, team_ids: list[int]) -> Self:
        """Waiting for one of these teams to act."""
        return self.filter(
            Q(from_team__in=team_ids, status__in=HELD_BY_SENDER)
            | Q(to_team__in=team_ids, status__in=HELD_BY_RECEIVER)
        )


class Referral(models.Model):
    """One request from one team to another, with its moves and its clock.

    The sender stays responsible for the family until somebody accepts.
    """

    ref = models.CharField(max_length=20, unique=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="referrals")
    pathway = models.ForeignKey(Pathway, on_delete=models.PROTECT, related_name="referrals")
    from_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals_sent")
    to_team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="referrals_received")
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.DRAFT)
    reason = models.TextField(blank=True)  # why, and what is asked
    made_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What of the pathway's minimum information was not there, and why it could not wait for it.
    sent_without = models.TextField(blank=True, db_default="")
    for_safety = models.TextField(blank=True, db_default="")
    pathway_version = models.PositiveSmallIntegerField(null=True, blank=True)  # as it was sent
    # The last working days on which an answer is in time; set from the pathway when it is sent.
    acknowledge_by = models.DateField(null=True, blank=True)
    first_contact_by = models.DateField(null=True, blank=True)
    # The last day in time of the clock that runs, as clocks.lateness picks it: what lists go by.
    due_on = models.GeneratedField(
        expression=Case(
            When(
                status__in=TO_ACKNOWLEDGE,
                acknowledged_at=None,
                then=F("acknowledge_by"),
            ),
            When(
                status__in=WITH_A_CLOCK,
                first_contact_at=None,
                then=F("first_contact_by"),
            ),
            default=None,
        ),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    expires_on = models.DateField(null=True, blank=True)  # the last day before it goes back
    clock_paused_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decline_reason = models.TextField(blank=True)
    alternative = models.TextField(blank=True)  # what the sender could do instead
    allocated_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="allocated_referrals",
    )
    first_contact_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=300, blank=True)
    joint_until = models.DateField(null=True, blank=True)  # both teams visit until then
    ended_at = models.DateTimeField(null=True, blank=True)  # withdrawn, redirected or expired
    # The one this takes the place of: redirected here, or sent again once a decline was settled.
    follows = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    # What somebody without an account sent in. The team it was for took it in, and is then both who
    # answers it and who is responsible until it is answered.
    incoming = models.OneToOneField(
        InboundReferral, on_delete=models.PROTECT, null=True, blank=True, related_name="referral"
    )
    source = models.CharField(max_length=60, blank=True)
    source_ref = models.CharField(max_length=60, blank=True)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="referral_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(status__in=MAY_BE_UNSENT)
                | Q(
                    sent_at__isnull=False,
                    acknowledge_by__isnull=False,
                    first_contact_by__isnull=False,
                ),
                name="referral_sent_has_a_clock",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=TAKEN_ON) | Q(accepted_at__isnull=False),
                name="referral_accepted_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DECLINED)
                | (Q(declined_at__isnull=False) & ~Q(decline_reason="")),
                name="referral_declined_says_why",
            ),
            models.CheckConstraint(
                condition=Q(clock_paused_at=None) | Q(status__in=WITH_A_CLOCK),
                name="referral_paused_clock_is_one_that_runs",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | Q(closed_at__isnull=False),
                name="referral_closed_says_when",
            ),
            models.CheckConstraint(
                condition=~Q(from_team=F("to_team")) | Q(incoming__isnull=False),
                name="referral_goes_to_another_team",
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(declined_at=None),
                name="referral_accepted_or_declined",
            ),
            models.UniqueConstraint(
                fields=["source", "source_ref"],
                condition=~Q(source_ref=""),
                name="referral_once_per_source_reference",
            ),
        ]
        indexes = [
            # The lists of the queue, each part in its order: referrals.queue.pagination reads them.
            models.Index(
                fields=["to_team", "due_on", "sent_at", "id"],
                condition=Q(status__in=TO_ANSWER),
                name="referral_to_be_answered",
            ),
            models.Index(
                fields=["to_team", "due_on", "sent_at", "id"],
                condition=Q(status=Status.INFORMATION_ASKED),
                name="referral_asked",
            ),
            models.Index(
                fields=["to_team", "due_on", "sent_at", "id"],
                condition=Q(status__in=TAKEN_ON),
                name="referral_taken_on",
            ),
            models.Index(
                fields=["to_team", "allocated_to", "due_on", "sent_at", "id"],
                condition=Q(status__in=TAKEN_ON),
                name="referral_allocated",
            ),
            models.Index(
                fields=["from_team", "due_on", "sent_at", "id"],
                condition=Q(status__in=HELD_BY_SENDER),
                name="referral_with_sender",
            ),
            models.Index(
                fields=["from_team", "due_on", "sent_at", "id"],
                condition=Q(status__in=HELD_BY_RECEIVER),
                name="referral_with_others",
            ),
            models.Index(
                "to_team",
                F("sent_at").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(status__in=OVER),
                name="referral_received_over",
            ),
            models.Index(
                "from_team",
                F("sent_at").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(status__in=OVER),
                name="referral_sent_over",
            ),
            models.Index(fields=["acknowledge_by"], name="referral_by_clock"),
            models.Index(
                fields=["expires_on"],
                condition=Q(status__in=UNANSWERED),
                name="referral_expiring",
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    def get_absolute_url(self) -> str:
        return reverse("referrals:referral", args=[self.ref])

    @property
    def is_unanswered(self) -> bool:
        return self.status in UNANSWERED

    @property
    def holder(self) -> Holder:
        return STATUSES[self.status].holder

    @property
    def held_by_team(self) -> Team | None:
        if self.holder == Holder.NOBODY:
            return None
        return self.from_team if self.holder == Holder.SENDER else self.to_team

    @property
    def taking_team(self) -> Team:
        """The team that takes the family on when it is accepted."""
        return self.from_team if self.pathway.asks_for_lead else self.to_team

    @property
    def chain(self) -> list["Referral"]:
        """This one and those it takes the place of, the first of all first."""
        chain = [self]
        with bypass_rls(
            "who is sent it on reads what its sender wrote, though they were not sent that"
        ):
            while before := chain[0].follows_id:
                chain.insert(
                    0, Referral.objects.select_related("from_team", "to_team").get(pk=before)
                )
        return chain

    @property
    def is_internal(self) -> bool:
        """Whether the team that answers it took it in itself."""
        return self.from_team_id == self.to_team_id

    @property
    def from_outside(self) -> InboundReferral | None:
        """What somebody without an account sent in, where it began with that."""
        if not (self.incoming_id or self.follows_id):
            return None
        first = self.chain[0]
        with bypass_rls("who sent it in is told what comes of it, by whichever team it came to"):
            return first.incoming
