"""What is kept from practitioners inside a record that they see: four secrets and an address.

Stockwell health visiting leads the family and family support works with it. Nia of Stockwell is the
one who is named: for a person of the family, and for an entry. The father's record must not tell
where the mother and the children have gone, whom social workers look after in a record of hers.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.models import Family, Member, Observation, Person, Residence, Shield
from families.name_normalisation import search_text
from families.people import actions as people_actions
from families.plans.models import Plan
from leap.casework.merging import actions as merging
from leap.core.audit.log import record
from leap.core.reference_data.models import Postcode
from leap.governance.subject_access import actions as subject_access
from leap.governance.subject_access.actions.requests import NewRequest
from leap.governance.subject_access.models import SubjectAccessRequest
from tests.access.maker import Maker
from tests.access.words import Canary
from tests.access.world import World

# A number that passes its check, and postcodes that nobody else has.
NUMBER, HIDEOUT, REFUGE = "9990000026", "SE98 9ZQ", "SE97 9ZQ"
TELEPHONE = "020 7946 0777"
READERS = {"leads", "manages", "works", "token"}  # of the family's record


@dataclass
class Secret:
    """Words that stand in the record, and those of its readers who may read them. A manager learns
    the reference of an entry that a team of theirs wrote, to change who reads it."""

    canary: Canary
    open_to: frozenset[str] = frozenset({"named"})

    def hidden_from(self, role: str) -> dict[str, str]:
        """What this role must not be told."""
        if role in self.open_to:
            return {}
        words = dict(self.canary.tell_tales)
        if role == "manages" and "families.Contact" in self.canary.rows:
            del words[self.canary.rows["families.Contact"].ref]
        return words


@dataclass
class Inside:
    """The family and what is kept in it."""

    family: Family
    secrets: dict[str, Secret] = field(default_factory=dict)
    requests: list[SubjectAccessRequest] = field(default_factory=list)

    def hidden_from(self, role: str) -> dict[str, str]:
        """Every word that this role must not be told, and where it stands."""
        return {
            word: f"{source}, {name}"
            for name, secret in self.secrets.items()
            for word, source in secret.hidden_from(role).items()
        }


def release(world: World) -> Inside:
    """A family in which two teams work, with everything that can be kept in it."""
    family = world.add_family("Berg", "leads", "stockwell")
    involvement_actions.involve(
        family=family,
        team=world.teams["family-support"],
        reason="team_around_family",
        by=world.users["leads"],
    )
    inside = Inside(family)
    child = family.members.get(role="child").person
    inside.secrets["address"] = _address(world, inside, child)
    inside.secrets["person"] = _person(world, family, child)
    for name, (layer, role, open_to) in ENTRIES.items():
        inside.secrets[name] = _entry(world, family, child, name, layer, role, open_to)
    inside.requests.append(_asked_for(world, family, child))
    return inside


# An agency's own entries, and one for a practitioner who is named.
HEALTH = frozenset({"leads", "manages", "token", "named"})
ENTRIES = {
    "health": ("agency", "leads", HEALTH),
    "council": ("agency", "works", frozenset({"works", "social-worker"})),
    "named": ("restricted", "named", frozenset({"named"})),
}


def _maker(world: World, family: Family, role: str, mark: str) -> Maker:
    by = world.users[role]
    make = Maker(world, by.teams[0], by)
    make.canary.family = family
    make.mark, make.code = f"zyx{mark}", f"Z{mark.upper()}"
    return make


def _person(world: World, family: Family, child: Person) -> Secret:
    """Somebody of the family who is kept for Nia, with everything that hangs on a person."""
    make = _maker(world, family, "named", "p")
    make(
        "families.Person",
        nhs_number=NUMBER,
        birth_date="1988-08-08",
        sex="female",
        restriction="refuge",
        search_name=search_text("zyxppersongivenname", "zyxppersonfamilyname"),
    )
    make.canary.words |= {NUMBER: "NHS number", HIDEOUT: "postcode"}
    make("families.Member", **make.family, **make.person, role="grandparent")
    make("families.PersonReader", **make.person, practitioner=make.by)
    place = Postcode.objects.create(postcode=HIDEOUT, ward_2011="E05000435")
    make("families.Residence", **make.person, postcode=place)
    _contact(make, make.person["person"], named=None)
    _also_in_an_entry_of(make, child)
    _said_of_them(make, child)
    _planned_with_them(make)
    record("person.restricted", by=make.by, family_ref=family.ref, subject=make.person["person"])
    return Secret(make.canary)


def _contact(make: Maker, person: Person, **layer: Any) -> None:
    """An entry about somebody, with what was found, what comes next and how it stood before."""
    at = {"team": make.team, "by": make.by}
    make(
        "families.Contact",
        **make.family,
        **at,
        **layer,
        kind="home_visit",
        occurred_at=make.now,
        outcome="attended",
    )
    contact = make.of("families.Contact")
    about = {"contact": contact, "person": person}
    make("families.ContactPerson", **about, concerned=True)
    make(
        "families.Observation",
        **about,
        **layer,
        code="weight_kg",
        recorded_on=make.today,
        by=make.by,
    )
    make("families.ContactVersion", contact=contact, number=1, by=make.by, people=[person.pk])
    make("families.FollowUp", **make.family, **about, **at, due_on=make.today)
    record("contact.logged", by=make.by, family_ref=make.canary.family.ref, subject=contact)


def _also_in_an_entry_of(make: Maker, child: Person) -> None:
    """They were there when the child was seen, something is to be done for them, and of what was
    found of them at another time nobody made an entry."""
    family, person = make.canary.family, make.person["person"]
    contact = contact_actions.log_contact(
        family=family,
        new=make.world.a_visit_to(child),
        team=make.team,
        by=make.by,
    )
    contact.people.create(person=person, present=True)
    make("families.FollowUp", **make.family, **make.person, contact=contact, due_on=make.today,
         team=make.team, by=make.by)  # fmt: skip
    Observation.objects.create(
        ref="ZP-FOUND", person=person, code="weight_kg", value="zyxpfound", recorded_on=make.today
    )
    make.canary.words |= {"zyxpfound": "families.Observation.value without an entry"}


def _said_of_them(make: Maker, child: Person) -> None:
    person, at = make.person["person"], {"team": make.team, "by": make.by}
    make("families.SafeContact", **make.person, channels=["phone"])
    # Where the child lives is kept from them.
    make("families.Shield", person=child, hidden_from=person, by=make.by, reason="Kept")
    make("families.ServiceConsent", **make.family, **make.person, **at, answer="given")
    make("life_events.Loss", **make.family, **make.person, **at, kind="adult", on=make.today,
         stopped={})  # fmt: skip
    make("prompts.Decision", **make.family, rule="harm", choice="act", by=make.by, basis="ZP-FOUND")
    make("leap_sites.Booking", **make.family, session=make.world.things["session"], made_by=make.by)
    make(
        "leap_sites.Attendance",
        **make.person,
        session=make.world.things["session"],
        booking=make.of("leap_sites.Booking"),
    )
    day = {"asked_on": make.today, "proved_on": make.today, "due_on": make.today}
    make("subject_access.SubjectAccessRequest", **make.family, **make.person, **day, asker="self",
         asked_by=person, identity="passport", recorded_by=make.by, status="reviewing")  # fmt: skip
    request = make.of("subject_access.SubjectAccessRequest")
    make("subject_access.DisclosureItem", request=request, place=1,
         proposal="read", label="families.Contact.note", named=None)  # fmt: skip


def _planned_with_them(make: Maker) -> None:
    """A goal of their own, in a plan that everybody reads."""
    texts = dict.fromkeys(("going_well", "worries", "family_view"), "Said.")
    at = {"team": make.team, "by": make.by}
    plan = Plan.objects.create(ref="PL-7K3M9QRS", level="targeted", review_on=make.today,
                               **make.family, **at, **texts)  # fmt: skip
    make("plans.Goal", plan=plan, whose=make.person["person"], by=make.by)
    make("plans.PlanStep", goal=make.of("plans.Goal"), by_when=make.today)
    keys = [make.canary.family.pk]
    make("merging.Merge", kept_person=make.person["person"], gone_person=make.twice(),
         families=keys, by=make.by)  # fmt: skip
    make("merging.MergedRow", merge=make.of("merging.Merge"), table="families_person", key=1)


def _entry(
    world: World, family: Family, child: Person, name: str, layer: str, role: str, open_to: Any
) -> Secret:
    """An entry about the child that is not for everybody."""
    make = _maker(world, family, role, name[0])
    for_whom = {
        "agency": {"agency": make.team.agency, "named": None},
        "restricted": {"agency": None, "named": [make.by.pk]},
    }
    _contact(make, child, layer=layer, **for_whom[layer])
    return Secret(make.canary, open_to)


def _address(world: World, inside: Inside, child: Person) -> Secret:
    """Where the mother is, who has left the father: with the child, with a girl whose two records
    were made one, and in a record of her own that social workers lead."""
    family, by = inside.family, world.users["social-worker"]
    make = _maker(world, family, "social-worker", "s")
    mother = family.members.get(role="mother").person
    place = Postcode.objects.create(postcode=REFUGE, ward_2011="E05000436")  # Vassall
    hers = people_actions.register_family(name="Lund", people=[], lead_team=make.team, by=by)
    girl, again = _twice(world, family, hers)
    for number, person in enumerate((mother, child, girl)):
        Residence.objects.create(person=person, postcode=place, moved_in_on=make.today,
                                 address=f"{number} Zyxsaddress Street")  # fmt: skip
        Person.objects.filter(pk=person.pk).update(telephone=TELEPHONE)
        Member.objects.get_or_create(family=hers, person=person, defaults={"role": "child"})
    father = Person.objects.create(ref="P-FATHER22", given_name="Emil", family_name="Berg",
                                   search_name=search_text("Emil", "Berg"))  # fmt: skip
    Member.objects.create(family=family, person=father, role="father")
    Shield.objects.create(person=mother, hidden_from=father, reason="She fled.", by=by)
    involvement_actions.involve(
        family=hers, team=world.teams["stockwell"], reason="registered", by=by
    )
    merging.merge_people(kept=girl, gone=again, taken=[], by=world.users["leads"])
    involvement_actions.end_involvement(family=hers, team=world.teams["stockwell"], by=by, why="")
    make.canary.words = {
        "zyxsaddress": "families.Residence.address",
        REFUGE: "postcode",
        TELEPHONE: "telephone",
    }
    make.canary.rows = {"her family": hers}
    return Secret(make.canary, frozenset({"social-worker"}))


def _twice(world: World, family: Family, hers: Family) -> tuple[Person, Person]:
    """The girl as her mother's record has her, and as his has."""
    born = date(2024, 5, 6)
    girls = [
        Person.objects.create(ref=f"P-GIRL{n}", given_name="Inga", family_name="Berg",
                              birth_date=born, search_name=search_text("Inga", "Berg"))
        for n in (22, 33)
    ]  # fmt: skip
    for girl, household in zip(girls, (hers, family), strict=True):
        Member.objects.create(family=household, person=girl, role="child")
    return girls[0], girls[1]


def _asked_for(world: World, family: Family, child: Person) -> SubjectAccessRequest:
    """The father asks for what is kept about the child."""
    today = world.today
    father = family.members.get(role="father").person
    new = NewRequest(child, "parent", today, "passport", today, asked_by=father)
    request = subject_access.record_request(family=family, new=new, by=world.users["leads"])
    subject_access.gather(request=request)
    request.refresh_from_db()
    return request
