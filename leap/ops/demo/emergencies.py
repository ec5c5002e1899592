"""Records opened in an emergency and what was found, a question of the night, what was agreed."""

from dataclasses import dataclass
from datetime import date, timedelta

from families.models import (
    AccessAlert,
    BreakGlass,
    Family,
    Involvement,
    ServiceConsent,
    SharingDecision,
)
from leap.core.accounts.models import Membership
from leap.ops.demo.partnership import sign_in
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World

FOUR_HOURS = timedelta(hours=4)


@dataclass(frozen=True)
class Emergency:
    """Who opened whose record how long ago, why, and what a manager found."""

    by_team: str
    led_by: str  # a team, or "hers": a family of the health visitor's sign-in
    days_ago: int
    hour: int
    reason: str
    reviewer_team: str = ""
    justified: bool | None = None
    found: str = ""


EMERGENCIES = (
    Emergency(
        "vassall-health-visiting", "coldharbour-health-visiting", 1, 15,
        "A child came to our clinic with a burn and an aunt who did not know the family's address "
        "or health visitor. I need to know who to ring before they leave.",
    ),
    Emergency(
        "evelina-speech-and-language", "tulse-hill-health-visiting", 6, 11,
        "The nursery telephoned about bruises on a child who was due to see me, and nobody "
        "answered at the health visitors' office. I want to know whether a plan is in place.",
    ),
    Emergency(
        "lambeth-police", "hers", 9, 21,
        "Officers are at the address after a call about shouting. We need to know how many "
        "children live there and whether anybody has been hurt before.",
        "coldharbour-health-visiting", True,
        "The control room confirms the call and the time. The officer read the record once, for "
        "six minutes, and told the health visitor the next morning.",
    ),
    Emergency(
        "st-thomas-midwifery", "hers", 16, 13,
        "She rang the ward to ask for her notes and I wanted to see who her health visitor is now.",
        "leap-caseload-midwifery", False,
        "Nobody was at risk. The health visiting team answers the telephone and would have said. "
        "Spoken to, and shown how to find a team's number.",
    ),
)  # fmt: skip


def happen(world: World, stories: list[Story]) -> None:
    """Open records in emergencies, ask what the night would ask, decide and agree."""
    here = [story for story in stories if story.family.closed_at is None]
    hers = [s for s in here if s.family.lead_practitioner is sign_in(world, "healthvisitor")]
    taken: set[str] = set()
    for place, emergency in enumerate(EMERGENCIES):
        led = hers if emergency.led_by == "hers" else _led_by(here, emergency.led_by)
        free = [s for s in led if s.family.ref not in taken and emergency.by_team not in s.spells]
        if free:
            taken.add(free[0].family.ref)
            _open(world, free[0].family, emergency, place)
    _ask(world, here)
    for story in hers[:1]:
        _decide(world, story)
        # The mother agrees to one service, declines another, and no longer wants a third.
        agree, mother = sign_in(world, "healthvisitor"), story.mother or story.carers[0][0]
        judgements = (
            (60, "childrens-centres", "given", "Wants the stay and play near her."),
            (45, "community-nutrition", "declined", "Not now. Ask again in spring."),
            (58, "pairs", "given", ""),
            (20, "pairs", "withdrawn", "Found the journey too long."),
        )
        for days, team, answer, note in judgements:
            row = ServiceConsent(
                ref=world.ref("SC", 8),
                family=story.family,
                person=mother,
                team=world.teams[team],
                answer=answer,
                note=note,
                by=agree,
                said_at=at(working_day(world.as_at - days * DAY, -1), 11, 0),
            )
            world.add(row)
            world.note(row.said_at, "consent.recorded", by=agree, family=story.family, subject=row,
                       team=row.team, answer=answer, goes_on="")  # fmt: skip
        _bring_in(world, story)


def _led_by(stories: list[Story], code: str) -> list[Story]:
    return [
        s for s in stories
        if s.is_led_by(code)
        and not set(s.spells) & {"stockwell-health-visiting"}
    ]  # fmt: skip


def _open(world: World, family: Family, what: Emergency, place: int) -> None:
    opened_on = working_day(world.as_at - what.days_ago * DAY, -1)
    opened_at = at(opened_on, what.hour, 7 * place + 5)
    by = world.staff[what.by_team][0]
    spell = Involvement(
        family=family,
        practitioner=by,
        by=by,
        reason=Involvement.Reason.BREAK_GLASS,
        started_at=opened_at,
        ended_at=min(opened_at + FOUR_HOURS, world.until),
    )
    review_by = working_day(opened_on + DAY)
    broken = BreakGlass(
        ref=world.ref("BG", 8),
        family=family,
        practitioner=by,
        involvement=spell,
        reason=what.reason,
        at=opened_at,
        review_by=review_by,
    )
    world.emergencies.append((spell, broken))
    world.note(opened_at, "break_glass.opened", by=by, family=family, subject=broken)
    world.note(
        opened_at + timedelta(seconds=4), "family.opened", by=by, family=family, level="break_glass"
    )
    if what.justified is not None:
        _judge(world, broken, what, review_by)


def _judge(world: World, broken: BreakGlass, what: Emergency, day: date) -> None:
    code = what.reviewer_team
    works: list[Membership] = world.rows[Membership]
    broken.reviewed_by = next(
        m.user for m in works if m.team.code == code and m.role == Membership.Role.MANAGER
    )
    broken.reviewed_at = at(day, 10, 20)
    broken.justified, broken.review_note = what.justified, what.found
    world.note(
        broken.reviewed_at,
        "break_glass.judged",
        by=broken.reviewed_by,
        family=broken.family,
        subject=broken,
        justified=what.justified,
    )


def _ask(world: World, stories: list[Story]) -> None:
    """A health visitor of Vassall lives round the corner from a family of her own team's."""
    yesterday = world.as_at - DAY
    led = _led_by(stories, "vassall-health-visiting")
    for story in led[:1]:
        reader = world.staff["vassall-health-visiting"][-1]
        reader.home_postcode = story.homes[-1].postcode.postcode
        world.note(at(yesterday, 16, 12), "family.opened", by=reader, family=story.family,
                   level="shared")  # fmt: skip
        world.leaf(
            AccessAlert,
            family=story.family,
            practitioner=reader,
            on=yesterday,
            why=AccessAlert.Why.SAME_POSTCODE,
        )
    world.note(
        world.until, "openings.looked_through", by=None, day=str(yesterday), asked=len(led[:1])
    )


def _decide(world: World, story: Story) -> None:
    """One to share although the family does not know, one not to, and one that no longer holds."""
    hers, on = sign_in(world, "healthvisitor"), world.as_at
    decided: list[tuple[int, str, str, str, str, str, str]] = [
        (40, "shared", "What the mother has said about a relative who threatens her",
         "Lambeth police, child abuse team", "safeguarding",
         "He has come to the flat twice at night. The children were there. "
         "She asked for help and is afraid of what he does if he hears of it.",
         "She knows. The others at home do not: what they hear may reach him"),
        (25, "not_shared", "The mother's visits to the breastfeeding group", "The housing office",
         "public_task", "They asked for proof of where she is during the day. They do not need it "
         "to house her.", ""),
        (12, "shared", "Feeding and weight", "The nursery", "public_task",
         "They cook for the child.", ""),
    ]  # fmt: skip
    for days, decision, what, with_whom, basis, reason, why_not in decided:
        made = SharingDecision(
            ref=world.ref("SD", 8),
            family=story.family,
            decision=decision,
            what=what,
            with_whom=with_whom,
            basis=basis,
            reason=reason,
            family_told=not why_not,
            why_not_told=why_not,
            team=story.family.lead_team,
            by=hers,
            decided_at=at(working_day(on - days * DAY, -1), 14, 30),
        )
        world.add(made)
        world.note(made.decided_at, "sharing.decided", by=hers, family=story.family, subject=made,
                   team=made.team, decision=decision, basis=basis,
                   family_told=made.family_told)  # fmt: skip
    made.withdrawn_at = at(working_day(on - 3 * DAY, -1), 9, 30)
    made.withdrawn_by, made.withdrawn_why = hers, "The child has left the nursery."
    world.note(made.withdrawn_at, "sharing.withdrawn", by=hers, family=story.family, subject=made,
               team=made.team)  # fmt: skip


def _bring_in(world: World, story: Story) -> None:
    """A team that stays for six weeks."""
    hers, team = sign_in(world, "healthvisitor"), world.teams["childrens-centres"]
    if team.code in story.spells:
        return
    since = at(working_day(world.as_at - 14 * DAY, -1), 9, 45)
    world.leaf(
        Involvement,
        family=story.family,
        team=team,
        by=hers,
        reason=Involvement.Reason.TEAM_AROUND_FAMILY,
        note="Stay and play, and help with the nursery application",
        started_at=since,
        ended_at=at(world.as_at + 28 * DAY, 0, 0),
    )
    world.note(since, "family.team_involved", by=hers, family=story.family, team=team,
               reason="team_around_family")  # fmt: skip
    world.grant(story.family, team)


def save(world: World) -> None:
    """The openings, each after the spell that it points to."""
    spells = Involvement.objects.bulk_create([spell for spell, _ in world.emergencies])
    for spell, (_, broken) in zip(spells, world.emergencies, strict=True):
        broken.involvement = spell
    BreakGlass.objects.bulk_create([broken for _, broken in world.emergencies])
