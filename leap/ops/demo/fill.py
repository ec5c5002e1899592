"""All of it into an empty database, at once."""

import gc
from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import Group
from django.db import connection, transaction

from families.models import (
    AccessAlert,
    Contact,
    ContactPerson,
    Family,
    FamilyGroupObjectPermission,
    Involvement,
    Member,
    Observation,
    Person,
    Residence,
    ServiceConsent,
    SharingDecision,
)
from leap.core.accounts.models import Agency, Credential, Membership, Team, User
from leap.core.exceptions import Conflict
from leap.core.notifications.models import Notification
from leap.core.reference_data.models import Postcode, Service, Site
from leap.core.table_statistics import analyze_tables
from leap.ops.demo import (
    audit_trail,
    caseloads,
    emergencies,
    external_referrals,
    groups,
    households,
    notifications,
    offers,
    partnership,
    places,
    referral_incidents,
    safety,
    subject_access,
    timelines,
    tour,
)
from leap.ops.demo.bulk_copy import copy_rows
from leap.ops.demo.programme import put_on
from leap.ops.demo.world import World
from referrals.models import Challenge, ChallengeStage, Note, Pathway, Referral, Task
from sites.models import Attendance, Booking, Room, Session, SessionStaff

# Each after what it points to.
TABLES = (
    Agency, Group, Team, User, Credential, User.groups.through, Membership, Postcode, Site, Room,
    Service, Family, Person, Member, Residence, Involvement, FamilyGroupObjectPermission, Contact,
    ContactPerson, Observation, Referral, Note, Task, Challenge, ChallengeStage, Session,
    SessionStaff, Booking, Attendance, SharingDecision, ServiceConsent, AccessAlert, Notification,
)  # fmt: skip
# Nothing points to these, so nobody needs their keys.
LEAVES = {
    Member, Residence, Involvement, FamilyGroupObjectPermission, ContactPerson, Observation,
    Attendance, AccessAlert, Notification, SessionStaff,
}  # fmt: skip
GAPS = 6
BATCH = 4000

Say = Callable[[str], None]


@transaction.atomic
def fill(*, children: int, seed: int, as_at: date, say: Say) -> dict[str, int]:
    """Make the demonstration and save it; how many rows there are of each kind.

    Raises Conflict when the database is not empty.
    """
    check_is_empty()
    gc.disable()  # a hundred thousand rows, all of them wanted to the end
    try:
        return save(make(children=children, seed=seed, as_at=as_at, say=say), say)
    finally:
        gc.enable()


def check_is_empty() -> None:
    """Nobody's records are ever mixed with invented ones."""
    with connection.cursor() as cursor:
        # Of two demonstrations at once the second waits here, and then finds the first's families.
        cursor.execute("LOCK TABLE families_family IN SHARE ROW EXCLUSIVE MODE")
    if Family.objects.exists():
        raise Conflict(
            "This database has families in it already. The demonstration fills only an empty one: "
            "give another DATABASE_URL, or another LEAP_VAR."
        )
    for model, what in (
        (Team, "teams"),
        (Site, "sites"),
        (Service, "services"),
        (Postcode, "postcodes"),
    ):
        if model._default_manager.exists():
            raise Conflict(
                f"This database has {what} in it already. The demonstration brings its own, so it "
                "fills only an empty one: give another DATABASE_URL, or another LEAP_VAR."
            )


def make(*, children: int, seed: int, as_at: date, say: Say) -> World:
    """Everything that is going to be saved."""
    world = World(seed, as_at, children, pathways=Pathway.objects.in_bulk(field_name="code"))
    say("laying out four wards and their partnership")
    places.lay_out(world)
    partnership.found(world)
    partnership.come_and_go(world)
    offers.offer(world)
    say(f"settling families with {children:,} children")
    stories = households.settle(world)
    caseloads.share_out(world, stories)
    say(f"telling the stories of {len(stories):,} families")
    for story in stories:
        timelines.live(story)
        timelines.end(story)
    caseloads.leave_gaps(world, stories, GAPS)
    referral_incidents.happen(world)
    emergencies.happen(world, stories)
    safety.protect(world, stories)
    subject_access.ask(world, stories)
    tour.prepare(world, stories)
    tour.show(world, stories)
    external_referrals.refer(world, stories)
    say("putting on two years of groups")
    programme = put_on(world)
    groups.go(world, stories, programme)
    audit_trail.note_registers(world, programme)
    notifications.tell(world)
    tour.register_elsewhere(world, stories)
    return world


def save(world: World, say: Say) -> dict[str, int]:
    """Insert every row, table by table, and let PostgreSQL look at them: planned for the empty
    tables of a moment ago, a statement of the night can take minutes."""
    counts: dict[str, int] = {}
    for model in TABLES:
        rows = world.rows[model]
        name = str(model._meta.verbose_name_plural)
        if len(rows) > BATCH:
            say(f"saving {len(rows):,} {name}")
        if model in LEAVES:
            copy_rows(model, rows)
        else:
            model._default_manager.bulk_create(rows, batch_size=BATCH)
        counts[model.__name__] = len(rows)
    emergencies.save(world)
    for do in world.once_saved:
        do()
    for model in (Contact, Observation):  # the tour has added some
        counts[model.__name__] = model.objects.count()
    say(f"writing {len(world.events):,} events into the log")
    counts["Event"] = audit_trail.leave(world)
    analyze_tables()
    return counts
