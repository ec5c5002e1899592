"""What is to be recorded, as a form or a call gives it to an action."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any, Self

from django.db.models import TextChoices

from families.models import Layer, Member, Person
from leap.core.accounts.models import Team, User
from leap.core.reference_data.models import Postcode, Service, Site
from leap.core.ui.formatting import short_day


@dataclass(frozen=True)
class NewPerson:
    """Somebody to be registered, as a form or an API call gives them."""

    role: str
    given_name: str = ""
    family_name: str = ""
    birth_date: date | None = None
    due_date: date | None = None
    sex: str = Person.Sex.UNKNOWN
    nhs_number: str = ""
    ethnicity: str = ""
    language: str = ""
    interpreter: bool | None = None
    telephone: str = ""
    postcode: Postcode | None = None
    address: str = ""
    moved_in_on: date | None = None


@dataclass(frozen=True)
class NewAddress:
    """Where some of a family live, and what that changes."""

    class Change(TextChoices):
        MOVED = "moved", "They have moved there"
        SECOND_HOME = "second_home", "It is a second home, beside the one we know"
        PUT_RIGHT = "put_right", "The address we have is wrong: this is the right one"

    change: Change
    postcode: Postcode  # unsaved where the directory does not list it
    address: str  # house and street, blank where it is not known
    moved_in_on: date | None  # a London date; None where an address is put right


@dataclass(frozen=True)
class Details:
    """What is known of somebody in a family, as it stands or as it should."""

    role: str
    given_name: str
    family_name: str
    birth_date: date | None
    due_date: date | None
    sex: str
    nhs_number: str
    ethnicity: str
    language: str
    interpreter: bool | None
    telephone: str

    @classmethod
    def of(cls, member: Member) -> Self:
        """As it stands. The due date of somebody who has been born is not asked about."""
        person = member.person
        known = {n: getattr(person, n) for n in cls.__dataclass_fields__ if n != "role"}
        return cls(role=member.role, **known)

    @property
    def mark(self) -> str:
        """The same as long as nothing differs."""
        return sha256(repr(self).encode()).hexdigest()[:16]

    def labelled_values(self) -> Iterator[tuple[str, str, str]]:
        """Each by its name and by what it is called, for a page."""
        day = self.birth_date or self.due_date
        yield "role", "Who", str(Member.Role(self.role).label)
        yield "given_name", "First names", self.given_name
        yield "family_name", "Surname", self.family_name
        yield "day", "Date of birth, or due date", short_day(day)
        yield "sex", "Sex", str(Person.Sex(self.sex).label)
        yield "nhs_number", "NHS number", self.nhs_number
        yield "telephone", "Telephone", self.telephone
        yield "language", "First language", self.language

    def as_person(self) -> NewPerson:
        """For the checks that anybody new goes through."""
        born = {**vars(self), "due_date": None if self.birth_date else self.due_date}
        return NewPerson(**born)


@dataclass(frozen=True)
class ObservationInput:
    """One observation to be recorded: whose, which code, and the value as typed."""

    person: Person
    code: str
    value: str
    recorded_on: date | None = None  # None: the day of the contact, or today
    checked: bool = False  # unlikely as it is, whoever recorded it says that it is right


@dataclass(frozen=True)
class Audience:
    """Who may see an entry: everyone at work with the family, one's own agency, or named people.

    Whoever writes it is always among those named.
    """

    layer: str = Layer.SHARED
    named: list[User] = field(default_factory=list)

    def layer_fields(self, team: Team, by: User | None) -> dict[str, Any]:
        """The fields that keep an entry of `team` for this audience: its layer, and for whom."""
        if self.layer == Layer.AGENCY:
            return {"layer": Layer.AGENCY, "agency": team.agency, "named": None}
        if self.layer == Layer.RESTRICTED:
            named = {user.pk for user in [*self.named, *([by] if by else [])]}
            return {"layer": Layer.RESTRICTED, "agency": None, "named": sorted(named)}
        return {"layer": Layer.SHARED, "agency": None, "named": None}


EVERYONE = Audience()


@dataclass(frozen=True)
class NextStep:
    """What is to be done next, by when: by whoever writes it (`mine`), or anybody of the team."""

    what: str
    due_on: date
    mine: bool = True


@dataclass(frozen=True)
class NewContact:
    """A contact as a form or an API call gives it."""

    kind: str
    occurred_at: datetime
    outcome: str
    concerned: list[Person]
    present: list[Person] = field(default_factory=list)
    alone: list[Person] = field(default_factory=list)  # who was seen without anybody else
    review: str = ""  # of whomever it concerned whose age it fits
    reviews: dict[Person, str] = field(default_factory=dict)  # of each child, one by one
    service: Service | None = None
    site: Site | None = None
    session: str = ""  # the reference of the one it was logged from
    minutes: int | None = None
    note: str = ""
    tried: str = ""  # instead, where it was not attended
    findings: list[ObservationInput] = field(default_factory=list)
    audience: Audience = EVERYONE
    next_step: NextStep | None = None
