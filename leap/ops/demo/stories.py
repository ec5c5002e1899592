"""One family's story while it is being told: who, where, since when, and what is known of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from families.models import Family, Person
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Postcode, Service, Site
from leap.ops.demo.growth import Build
from leap.ops.demo.partnership import FAMILY_SUPPORT, HEALTH_VISITING, MIDWIFERY
from leap.ops.demo.seeded_random import Chance
from leap.ops.demo.world import World

DAY = timedelta(days=1)
WITHOUT_MOTHER = {"two fathers", "lone father", "kinship", "foster"}


@dataclass
class StoryHome:
    """Where the family lives from a day on (None: from the start)."""

    since: date | None
    postcode: Postcode
    address: str


@dataclass
class Pregnancy:
    """One pregnancy and the baby or babies of it."""

    due_on: date
    babies: list[Person]
    born_on: date | None = None
    lost: bool = False  # stillborn
    weeks: int = 40  # completed, at the birth
    fed: str = ""  # first feed, then feeding at six to eight weeks
    booked_on: date | None = None
    booked_at: datetime | None = None  # set where the booking registered the family
    with_midwives: bool = False  # they wrote in the shared record
    antenatal_at: datetime | None = None  # health visiting's visit before the birth
    visit_on: date | None = None  # the new birth visit, if there is one
    visit_at: datetime | None = None
    low: date | None = None  # when her mood was found to be low
    slow_to_speak: date | None = None  # when communication was found to be behind
    feeding_known: set[str] = field(default_factory=set)  # babies, by eight weeks

    @property
    def conceived_on(self) -> date:
        """The day from which weeks of pregnancy are counted."""
        return self.due_on - 280 * DAY

    @property
    def eight_weeks(self) -> date:
        return (self.born_on or self.due_on) + 56 * DAY

    def alive(self, day: date) -> list[Person]:
        """The babies who have not died by `day`."""
        return [b for b in self.babies if b.died_on is None or b.died_on > day]

    def week(self, weeks: float) -> date:
        """The day on which she is that many weeks pregnant."""
        return self.conceived_on + timedelta(days=round(weeks * 7))


@dataclass
class Spell:
    """A team's work with the family."""

    reason: str
    started_at: datetime
    ended_at: datetime | None = None
    by: User | None = None


@dataclass
class Story:
    """A family and everything that is being told about it."""

    world: World
    chance: Chance
    family: Family
    form: str
    homes: list[StoryHome]
    mother: Person | None = None
    partner: Person | None = None  # whoever else brings the children up, with her or apart
    carers: list[tuple[Person, str]] = field(default_factory=list)
    guests: list[Person] = field(default_factory=list)  # children who also live in another family
    pregnancies: list[Pregnancy] = field(default_factory=list)
    need: str = "universal"
    luck: float = 0.5  # how this family tends to fall in every draw of timeliness
    here_from: date | None = None  # moved in, or a child was placed here
    left_on: date | None = None
    left_why: str = ""
    visitor: User | None = None  # its health visitor
    known: dict[str, str] = field(default_factory=dict)  # what was found: EPDS, disclosure …
    spells: dict[str, list[Spell]] = field(default_factory=dict)
    waits: str = ""  # how its referral stands, which has not been accepted yet
    owed: bool = False  # whose latest reviews have not been done yet
    example: str = (
        ""  # what becomes of its referral to family support, so that each status is there
    )
    partner_home: StoryHome | None = None  # where he lives, when it is not with her
    seen_at: datetime | None = None  # since when health visiting works with the family
    leads: list[tuple[datetime, Team, User | None]] = field(default_factory=list)
    bmi: float = 0.0  # of the mother, when she last booked
    been: set[str] = field(default_factory=set)  # sessions, by reference
    findings: dict[str, dict[str, Any]] = field(default_factory=dict)  # the log's, by contact
    builds: dict[str, Build] = field(default_factory=dict)  # by child's reference

    @property
    def children(self) -> list[Person]:
        return [baby for pregnancy in self.pregnancies for baby in pregnancy.babies]

    @property
    def born(self) -> list[Person]:
        """Children alive today."""
        return [c for c in self.children if c.birth_date and not c.died_on]

    def is_led_by(self, code: str) -> bool:
        return self.family.lead_team is not None and self.family.lead_team.code == code

    def ward_on(self, day: date) -> str:
        """The 2011 ward the family lived in on `day`."""
        lived = [h for h in self.homes if h.since is None or h.since <= day]
        return (lived or self.homes)[-1].postcode.ward_2011

    def served_ward(self, day: date) -> str:
        """The LEAP ward whose teams work with the family; for those elsewhere, the nearest."""
        ward = self.ward_on(day)
        if ward in HEALTH_VISITING:
            return ward
        wards_lived = [home.postcode.ward_2011 for home in self.homes]
        within = [ward for ward in wards_lived if ward in HEALTH_VISITING]
        wards = list(HEALTH_VISITING)
        return within[0] if within else wards[int(self.luck * len(wards)) % len(wards)]

    def health_visiting(self, day: date) -> Team:
        return self.world.teams[HEALTH_VISITING[self.served_ward(day)]]

    def family_support(self, day: date) -> Team:
        return self.world.teams[FAMILY_SUPPORT[self.served_ward(day)]]

    def midwifery(self) -> Team:
        """Where she booked: mostly the nearer hospital; some are with the caseload midwives."""
        first = self.pregnancies[0].due_on if self.pregnancies else self.world.as_at
        if self.waits:
            return self.world.teams["st-thomas-midwifery"]
        draw = (self.luck * 7919) % 1
        if draw < 0.2:
            return self.world.teams["leap-caseload-midwifery"]
        if draw > 0.88:
            other = {"kings-midwifery": "st-thomas-midwifery"}
            near = MIDWIFERY[self.served_ward(first)]
            return self.world.teams[other.get(near, "kings-midwifery")]
        return self.world.teams[MIDWIFERY[self.served_ward(first)]]

    def is_here(self, day: date) -> bool:
        """Whether services here could have met the family on `day`: arrived, and not gone."""
        return (self.here_from is None or day >= self.here_from) and (
            self.left_on is None or day < self.left_on
        )

    def clinic_site(self, day: date) -> Site:
        """Where its child health clinic is: the same place, as long as the family stays."""
        sites = self.world.sites[self.served_ward(day)]
        return sites[int(self.luck * 101) % len(sites)]

    def caseload_service(self, team: Team) -> Service | None:
        """What LEAP's own midwives offer; the others' care is no service of LEAP's."""
        caseload = team.code == "leap-caseload-midwifery"
        return self.world.services["caseload-midwifery"] if caseload else None

    def allocated(self, day: date) -> User | None:
        """The health visitor who takes the family on, if she works where it lived that day."""
        here = self.health_visiting(day) == self.health_visiting(self.world.as_at)
        return self.visitor if here else None

    def could_happen(self, at: datetime) -> bool:
        """Whether something can have happened then: before today, and the family was here."""
        return at < self.world.until and self.is_here(at.date())

    def seen(self, at: datetime) -> bool:
        """The same for something that health visiting did."""
        return self.could_happen(at) and self.seen_at is not None and at >= self.seen_at

    def known_by(self, day: date) -> bool:
        """Whether health visiting knew the family on that day."""
        return self.seen_at is not None and day > self.seen_at.date() and self.is_here(day)

    def works_with(self, team: Team, at: datetime) -> bool:
        """Whether a spell of the team was running."""
        return any(
            spell.started_at <= at and (spell.ended_at is None or spell.ended_at > at)
            for spell in self.spells.get(team.code, [])
        )

    def led_by(self, at: datetime) -> Team | None:
        """The lead team at that time."""
        leads = [lead for lead in self.leads if lead[0] <= at]
        return max(leads, key=lambda lead: lead[0])[1] if leads else None

    def share_present(self, person: Person, kind: str) -> float:
        """How often a carer beside the first one is there."""
        if kind in ("phone", "text", "letter"):
            return 0.03
        role = next(role for carer, role in self.carers if carer is person)
        apart = self.form in ("parents apart", "two homes") and role == "father"
        return {"father": 0.08 if apart else 0.36, "grandparent": 0.3, "mother": 0.5}.get(
            role, 0.25
        )

    def worker(self, team: Team, day: date) -> User:
        """Who of `team` works with this family: one person, and now and then a colleague."""
        staff = self.world.staff[team.code]
        if self.visitor in staff and self.visitor and self.chance.happens(0.9):
            return self.visitor
        usual = staff[int(self.luck * 10_007) % len(staff)]
        return usual if self.chance.happens(0.85) else self.chance.choice(staff)
