"""A mother who asks to see her record, being read by the manager; and a record held for a court."""

from datetime import timedelta

from leap.core.accounts.models import User
from leap.governance.retention.models import LegalHold
from leap.governance.subject_access.collection import gather
from leap.governance.subject_access.dates import due_on
from leap.governance.subject_access.models import DisclosureItem, Exemption, SubjectAccessRequest
from leap.ops.demo.partnership import STOCKWELL_HV, sign_in
from leap.ops.demo.stories import Story
from leap.ops.demo.working_hours import DAY, at, working_day
from leap.ops.demo.world import World

ASKED_AGO, HELD_AGO = 9 * DAY, 40 * DAY
HELD_FOR = "The coroner has asked for the records of the street after the fire of last spring."


def ask(world: World, stories: list[Story]) -> None:
    """Choose whom, among the families of the health visitor that the tour shows."""
    hers = sign_in(world, "healthvisitor")
    led = sorted(
        (
            story
            for story in stories
            if story.is_led_by(STOCKWELL_HV) and not story.family.closed_at and story.mother
        ),
        key=lambda story: story.family.lead_practitioner is hers,
    )
    if len(led) > 2:  # the last ones: the first have stories of their own to show
        world.once_saved.append(lambda: _ask(world, led[-1], hers))
        world.once_saved.append(lambda: _hold(world, led[-2]))


def _ask(world: World, story: Story, hers: User) -> None:
    assert story.mother
    asked_on = working_day(world.as_at - ASKED_AGO, -1)
    recorded_at = at(asked_on, 11, 20)
    request = SubjectAccessRequest.objects.create(
        ref=world.ref("SA", 8),
        family=story.family,
        person=story.mother,
        asked_by=story.mother,
        asker=SubjectAccessRequest.Asker.SELF,
        asked_on=asked_on,
        identity=SubjectAccessRequest.Identity.PASSPORT,
        proved_on=asked_on,
        due_on=due_on(asked_on, asked_on),
        status=SubjectAccessRequest.Status.REVIEWING,
        recorded_at=recorded_at,
        recorded_by=hers,
        gathered_at=recorded_at + timedelta(minutes=1),
    )
    pieces = gather(request)
    manager = sign_in(world, "manager")
    for piece in pieces:
        if piece.section == "People" and piece.proposal == DisclosureItem.Proposal.LEAVE_OUT:
            piece.decision, piece.exemption = (
                DisclosureItem.Decision.LEAVE_OUT,
                Exemption.THIRD_PARTY,
            )
            piece.decided_at, piece.decided_by = recorded_at + 3 * DAY, manager
    DisclosureItem.objects.bulk_create(pieces)
    about = {"family": story.family, "subject": request}
    world.note(recorded_at, "subject_access.asked", by=hers, **about)
    gathered = {"pieces": len(pieces), **about}
    world.note(recorded_at + timedelta(minutes=1), "subject_access.gathered", by=None, **gathered)
    done = {"section": "People", "pieces": sum(bool(piece.decision) for piece in pieces), **about}
    world.note(recorded_at + 3 * DAY, "subject_access.proposals_accepted", by=manager, **done)


def _hold(world: World, story: Story) -> None:
    placed_at, manager = at(working_day(world.as_at - HELD_AGO), 14, 5), sign_in(world, "manager")
    held = LegalHold.objects.create(
        ref=world.ref("LH", 8),
        family=story.family,
        reason=HELD_FOR,
        placed_at=placed_at,
        placed_by=manager,
    )
    world.note(placed_at, "retention.held", by=manager, family=story.family, subject=held)
