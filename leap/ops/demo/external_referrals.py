"""Three referrals to people without an account: accepted by link, declined, and on paper."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.utils import timezone

from families.models import Family
from leap.core.accounts.models import User
from leap.ops.demo.partnership import STOCKWELL_HV, sign_in
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World
from referrals.models import ExternalReferral, ExternalReferralStep, Status
from referrals.working_days import WorkingDays

Kind = ExternalReferralStep.Kind


@dataclass(frozen=True)
class Sent:
    """To whom, how long ago, and what they answered the day after."""

    days_ago: int
    organisation: str
    receiver_name: str
    way: str
    reason: str
    answered: Kind | None = None
    who: dict[str, str] = field(default_factory=dict)
    text: str = ""


SENT = (
    Sent(
        16, "Binfield Road Surgery", "Duty doctor", "link",
        "He has gained little since the last weight. Please see him this week.", Kind.ACCEPTED,
        {"name": "Dr Anjali Rao", "role": "GP", "organisation": "Binfield Road Surgery"},
    ),
    Sent(
        8, "Stockwell Law Centre", "Housing desk", "link",
        "Damp in the room that the children sleep in. The landlord does not answer letters.",
        Kind.DECLINED,
        {"name": "Peter Quinn", "role": "Caseworker", "organisation": "Stockwell Law Centre"},
        "We take no new housing work before next month.\n\nInstead: the council’s private renting "
        "team can inspect at once.",
    ),
    Sent(3, "Wheatsheaf Food Bank", "", "hand", "They need formula and nappies for a fortnight."),
)  # fmt: skip


def refer(world: World, stories: list[Story]) -> None:
    """Send them for families of the health visitor whom the tour shows."""
    hers = sign_in(world, "healthvisitor")
    led = sorted(
        (s for s in stories if s.is_led_by(STOCKWELL_HV) and not s.family.closed_at),
        key=lambda story: story.family.lead_practitioner is hers,
    )
    for sent, story in zip(SENT, reversed(led), strict=False):
        world.once_saved.append(partial(_send, world, sent, story, hers))


def _send(world: World, sent: Sent, story: Story, hers: User) -> None:
    sent_at = at(working_day(world.as_at - sent.days_ago * DAY, -1), 15, 10)
    team = story.family.lead_team
    assert team
    if not Family.objects.filter(pk=story.family.pk, restriction="").exists():
        return  # nothing of it leaves
    by_link = sent.way == ExternalReferral.Way.LINK
    outside = ExternalReferral.objects.create(
        ref=world.ref("RO", 10),
        family=story.family,
        kind="referral",
        from_team=team,
        way=sent.way,
        organisation=sent.organisation,
        receiver_name=sent.receiver_name,
        receiver_email="desk@practice.example" if by_link else "",
        reason=sent.reason,
        knows=ExternalReferral.Knows.AGREES,
        sent_at=sent_at,
        sent_by=hers,
        answer_by=WorkingDays().after(timezone.localdate(sent_at), 10),
    )
    _note(world, outside, Kind.SENT, sent_at, hers, {})
    if sent.answered:
        answered_at = sent_at + DAY + timedelta(minutes=-40)
        _note(world, outside, Kind.OPENED, answered_at - timedelta(minutes=6), None, sent.who)
        assert sent.answered
        _note(world, outside, sent.answered, answered_at, None, sent.who, sent.text)
        accepted = sent.answered == Kind.ACCEPTED
        outside.status = Status.ACCEPTED if accepted else Status.DECLINED
        outside.acknowledged_at = answered_at
        outside.accepted_at = answered_at if accepted else None
        outside.declined_at = None if accepted else answered_at
        outside.save()


def _note(
    world: World,
    outside: ExternalReferral,
    kind: Kind,
    when: datetime,
    by: User | None,
    who: dict[str, str],
    text: str = "",
) -> None:
    ExternalReferralStep.objects.create(
        outside=outside, kind=kind, at=when, by=by, text=text, **who
    )
    world.note(when, f"outside.{kind}", by=by, family=outside.family, subject=outside,
               team=outside.from_team, way=outside.way)  # fmt: skip
