"""One small partnership with everybody in it, and a family of every kind: built once for all.

Stockwell health visiting leads most families; family support works with some of them, and early
help is asked by referral about each. Social workers lead the families that none of these work with.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from time import time
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone
from rest_framework.authtoken.models import Token

from families.access import involvement_actions, restriction_actions
from families.break_glass import actions as break_glass_actions
from families.inputs import NewContact, NewPerson
from families.models import AccessAlert, Family, Involvement
from families.people import actions as people_actions
from leap.core.accounts import actions as accounts
from leap.core.accounts.models import Agency, Membership, Team, User
from leap.core.accounts.permissions import Discipline
from leap.core.outbox.drafts import keep_draft
from leap.core.reference_data.models import Postcode, Service, Site
from leap.core.table_statistics import analyze_tables
from outcomes import periods
from outcomes.reports import actions as reports
from referrals.models import InboundReferral
from sites.models import Session
from tests.access.family_things import fill, visit_to
from tests.reports.conftest import PLENTY, publish

TEAMS = {
    "stockwell": (Discipline.HEALTH_VISITING, "gstt"),
    "family-support": (Discipline.FAMILY_SUPPORT, "lambeth"),
    "midwives": (Discipline.MIDWIFERY, "kch"),
    "social-work": (Discipline.SOCIAL_WORK, "lambeth"),
    "early-help": (Discipline.FAMILY_SUPPORT, "charity"),
    "champions": (Discipline.CHAMPIONS, "charity"),
    "quiet": (Discipline.FAMILY_SUPPORT, "lambeth"),  # asked about the family of the leak sweep
}
MANAGER = Membership.Role.MANAGER
# Who plays each role: their name, their team, and what they are there.
CAST = {
    "leads": ("Grace Mensah", "stockwell", ""),
    "manages": ("Miriam Levy", "stockwell", MANAGER),
    "works": ("Sam Ortiz", "family-support", ""),
    "asked": ("Ola Berg", "early-help", ""),
    "elsewhere": ("Ruth Bailey", "midwives", ""),
    "manages-elsewhere": ("Hana Sato", "midwives", MANAGER),
    "admin": ("Asha Rao", "", "admin"),
    "analyst": ("Noor Aziz", "", "analyst"),
    "data-quality": ("Dara Lyons", "", "quality"),
    "champion": ("Chi Obi", "champions", ""),
    "leaver": ("Lena Holt", "stockwell", ""),
    # They make the families, and play no part otherwise.
    "named": ("Nia Price", "stockwell", ""),
    "social-worker": ("Dele Akande", "social-work", ""),
    "their-manager": ("Tom Reid", "social-work", MANAGER),
    "quiet": ("Quinn Ash", "quiet", ""),
}
EMERGENCY = "The mother rang from the ward and nobody of her team can be reached."


@dataclass
class Kind:
    """One family, and everything that an address can name of it."""

    family: Family
    things: dict[str, Any] = field(default_factory=dict)


@dataclass
class World:
    teams: dict[str, Team] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return timezone.localdate()

    def a_visit_to(self, child: Any) -> NewContact:
        """Yesterday, with a weight and a next step."""
        return visit_to(child)

    def add_family(self, name: str, lead: str, team: str) -> Family:
        """A mother and her child at home in Stockwell, led by that team."""
        home = self.things["home"]
        return people_actions.register_family(
            name=name,
            lead_team=self.teams[team],
            by=self.users[lead],
            people=[
                NewPerson("mother", "Ada", name, date(1992, 3, 14), sex="female", postcode=home),
                NewPerson("child", "Chidi", name, date(2026, 1, 20), sex="male", postcode=home),
            ],
        )


@contextmanager
def built_for_a_while() -> Iterator[World]:
    """The world, in a transaction that is rolled back, with the statistics that plans need."""
    with transaction.atomic():
        world = build()
        analyze_tables()
        yield world
        transaction.set_rollback(True)


def build() -> World:
    world = World()
    _people(world)
    _places(world)
    for name, make in KINDS.items():
        family = make(world)
        world.kinds[name] = Kind(family)
        fill(world, world.kinds[name])
        AFTERWARDS.get(name, _leave)(world, family)
    _browsers(world)
    _programme(world)
    return world


def _people(world: World) -> None:
    for code, (discipline, agency) in TEAMS.items():
        world.teams[code] = accounts.create_team(
            code=code,
            name=code.replace("-", " ").capitalize(),
            agency=Agency.objects.get_or_create(code=agency, defaults={"name": agency})[0],
            discipline=discipline,
            email=f"{code}@leap.example",
            telephone="020 7946 0001",
        )
    for role, (name, team, position) in CAST.items():
        programme = position if position in User.ProgrammeRole.values else ""
        user = User(email=f"{name.split()[0].lower()}@leap.example", name=name)
        user.programme_role = programme
        user.set_password("correct horse battery")
        user.save()
        if team:
            own_team = world.teams[team]
            accounts.join_team(
                user=user, team=own_team, role=position or Membership.Role.PRACTITIONER
            )
        world.users[role] = user


def _places(world: World) -> None:
    home = Postcode.objects.create(postcode="SW9 9TX", ward_2011="E05000429", imd_decile=2)
    site = Site.objects.create(code="larkhall", name="Larkhall children's centre", postcode=home)
    service = Service.objects.create(
        code="baby-massage", name="Baby massage", strand="social_and_emotional", kind="course"
    )
    starts = timezone.now() + timedelta(minutes=30)
    session = Session.objects.create(
        ref="S-7K3M9",
        site=site,
        service=service,
        team=world.teams["stockwell"],
        during=DateTimeTZRange(starts, starts + timedelta(hours=1)),
        capacity=40,
    )
    world.things |= {"home": home, "site": site, "service": service, "session": session}


def _led(code: str, *, also: str = "") -> Callable[[World], Family]:
    lead = {"stockwell": "leads", "social-work": "social-worker"}[code]

    def make(world: World) -> Family:
        family = world.add_family("Okafor", lead, code)
        if also:
            _involve(world, family, also)
        return family

    return make


def _involve(world: World, family: Family, code: str) -> None:
    involvement_actions.involve(
        family=family,
        team=world.teams[code],
        reason=Involvement.Reason.TEAM_AROUND_FAMILY,
        by=family.lead_practitioner,
    )


KINDS: dict[str, Callable[[World], Family]] = {
    "own": _led("stockwell"),
    "involved": _led("stockwell", also="family-support"),
    "not-involved": _led("social-work"),
    "restricted": _led("stockwell", also="family-support"),
    "named": _led("stockwell", also="family-support"),
    "ended": _led("stockwell", also="family-support"),
    "broken-into": _led("social-work"),
    "lapsed": _led("social-work"),
    "closed": _led("stockwell", also="family-support"),
}


def _leave(world: World, family: Family) -> None:
    """As it is."""


def _restrict(*named: str) -> Callable[[World, Family], None]:
    def restrict(world: World, family: Family) -> None:
        Family.objects.filter(pk=family.pk).update(lead_practitioner=world.users["named"])
        family.refresh_from_db()
        restriction_actions.restrict_family(
            family=family,
            kind="refuge",
            named=[world.users[role] for role in ("leaver", *named)],
            by=world.users["named"],
        )

    return restrict


def _end(world: World, family: Family) -> None:
    team = world.teams["family-support"]
    involvement_actions.end_involvement(
        family=family, team=team, by=world.users["works"], why="Moved on"
    )


def _break_in(world: World, family: Family) -> None:
    broken = break_glass_actions.break_glass(
        family=family,
        reason=EMERGENCY,
        by=world.users["elsewhere"],
        review_by=timezone.localdate() + timedelta(days=1),
    )
    kind = next(kind for kind in world.kinds.values() if kind.family == family)
    kind.things["break_glass"] = broken
    kind.things["odd_look"] = AccessAlert.objects.create(
        family=family,
        practitioner=world.users["elsewhere"],
        on=timezone.localdate() - timedelta(days=1),
        why=AccessAlert.Why.NO_LINK,
    )


def _break_in_and_lapse(world: World, family: Family) -> None:
    _break_in(world, family)
    a_day_ago = timezone.now() - timedelta(days=1)
    family.involvements.filter(practitioner=world.users["elsewhere"]).update(
        started_at=a_day_ago, ended_at=a_day_ago + timedelta(hours=4)
    )


def _close(world: World, family: Family) -> None:
    Family.objects.filter(pk=family.pk).update(closed_at=timezone.now(), closed_reason="Moved away")


AFTERWARDS = {
    "restricted": _restrict(),
    "named": _restrict("leads", "works"),
    "ended": _end,
    "broken-into": _break_in,
    "lapsed": _break_in_and_lapse,
    "closed": _close,
}


def _browsers(world: World) -> None:
    """A browser for each role. The leaver was signed in until they left."""
    for role in ("leads", "manages", "works", "asked", "elsewhere", "manages-elsewhere"):
        world.browsers[role] = browser_of(world.users[role])
    for role in ("admin", "analyst", "data-quality", "champion", "leaver"):
        world.browsers[role] = browser_of(world.users[role])
    User.objects.filter(pk=world.users["leaver"].pk).update(is_active=False)
    token = Token.objects.create(user=world.users["leads"])
    world.browsers["token"] = Client(headers={"authorization": f"Token {token.key}"})
    world.browsers["signed-out"] = Client()


def browser_of(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    session = browser.session
    session["here_at"] = int(time())  # noted, so that pages cost what they always cost
    session.save()
    return browser


def _programme(world: World) -> None:
    """What belongs to no family: figures and their report, a draft, an agency."""
    publish(PLENTY)
    world.things |= {
        "report": reports.issue(period=periods.parse("2016-Q1"), by=world.users["admin"]),
        "practitioner": world.users["elsewhere"],
        "team": world.teams["midwives"],
        "agency": world.teams["midwives"].agency,
        "day": timezone.localdate() - timedelta(days=1),
    }
    world.things["incoming"] = InboundReferral.objects.create(
        ref="IN-7K3M9QRS",
        key=uuid4(),
        to_team=world.teams["stockwell"],
        sender_name="Rosa Bell",
        reason="She would like help with feeding.",
    )
    for role in ("leads", "works"):
        keep_draft(form="register", fields={"name": ["Okafor"]}, by=world.users[role])
