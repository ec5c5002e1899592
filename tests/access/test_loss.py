"""Every reminder, list, letter and feed that mentioned a child, before and after his death.

Every address of the product is read by those who work with the family, on the day before and after.
His twin, of whom all the same is recorded, is in every place after that he was in before.
"""

from collections import defaultdict
from datetime import timedelta

import pytest
from django.utils import timezone

from families.access import involvement_actions
from families.contacts import actions as contact_actions
from families.inputs import NewContact, NewPerson, NextStep, ObservationInput
from families.models import Person
from families.people import actions as people_actions
from families.plans import actions as plans
from leap.casework.life_events import actions as life
from leap.core.outbox.models import Message
from referrals.models import Pathway
from referrals.tasks import tend_clocks
from referrals.transitions import sender_actions
from sites.bookings import actions as booking_actions
from tests.access import sweep
from tests.access.places import place
from tests.access.routes import every_route
from tests.access.visits import same_cookies, undone
from tests.access.world import Kind

LOST, TWIN = "Zyxlost", "Zyxtwin"
BORN = timezone.localdate() - timedelta(days=40)
READERS = ("leads", "works", "champion")
NOT_READ = (*sweep.OF_NOBODY, "/outcomes/", "/reports/", "/api/v1/docs/")

# Where he stands before, besides the record: what reminds of him, asks after him or expects him.
STOPS = {
    "leads": {
        "my_work", "families:due", "families:record_consent", "referrals:new", "referrals:withdraw",
        "life:loss", "life:leave", "life:adoption",
        "sites:book", "sites:cancel", "sites:register", "sites:session", "sites:walk_in",
    },
    "works": {"families:record_consent", "referrals:accept", "sites:book"},
    "champion": {"sites:register"},
}  # fmt: skip
# Where he may stand afterwards. His record, and what a family in mourning needs: each says that he
# has died.
SAYS_SO = {
    "families:family", "families:before", "offline:visit",
    "families:chronology", "families:print_chronology",
    "families:assessments", "families:growth", "families:protection", "families:log_contact",
    "families:correct_contact", "families:search", "families:find", "families:known",
    "life:changes", "plans:plan", "api:persons-list", "api:persons-detail",
    "referrals:referral", "api:referrals-list", "api:referrals-detail",
}  # fmt: skip
# What was written of him, as it was; and forms about the record that nothing offers of themselves.
AS_WRITTEN = {
    "families:contact", "api:families-list", "api:families-detail", "api:contacts-list",
    "api:contacts-detail", "api:observations-list", "api:observations-detail", "api:bookings-list",
    "api:bookings-detail", "families:restrict_person", "families:lift_person", "families:shield",
    "families:safe_contact", "families:change_person", "subject_access:new",
    # A second record of him would go on reminding: it has to be found and merged.
    "merging:merging",
}  # fmt: skip


@pytest.fixture
def twins(world):
    """Two boys of forty days, of each of whom everything is recorded that can be."""
    family = _family(world)
    kind = Kind(family)
    _plan(world, family)
    for name in (TWIN, LOST):  # the last one is the one that addresses name
        child = Person.objects.get(given_name=name, members__family=family)
        kind.things |= {"person": child, "child": child, **_recorded(world, family, child)}
    kind.things |= {"family": family, "referral": _referral(world, family)}
    world.things["session"].staff.create(practitioner=world.users["champion"])
    kind.things["booking"] = booking_actions.book(
        session=world.things["session"], family=family, by=world.users["leads"],
        people=list(Person.objects.filter(members__family=family, members__role="child")),
    )  # fmt: skip
    return kind


def _family(world):
    home = world.things["home"]
    boys = [
        NewPerson("child", name, "Berg", BORN, sex="male", postcode=home) for name in (LOST, TWIN)
    ]
    mother = NewPerson("mother", "Ada", "Berg", sex="female", postcode=home)
    by, team = world.users["leads"], world.teams["stockwell"]
    family = people_actions.register_family(
        name="Berg", lead_team=team, by=by, people=[mother, *boys]
    )
    elsewhere = people_actions.register_family(
        name="Berg", lead_team=world.teams["social-work"], by=world.users["social-worker"],
        people=boys,
    )  # fmt: skip
    _involve(elsewhere, team, by)  # who sees both is asked whether they are one
    _involve(family, world.teams["family-support"], by)
    return family


def _involve(family, team, by):
    involvement_actions.involve(family=family, team=team, reason="team_around_family", by=by)


def _recorded(world, family, child):
    by, team = world.users["leads"], world.teams["stockwell"]
    now = timezone.now()
    usual = {"kind": "home_visit", "concerned": [child]}
    for hours in (2, 4):
        new = NewContact(occurred_at=now - timedelta(hours=hours), outcome="no_access", **usual)
        contact_actions.log_contact(family=family, new=new, team=team, by=by)
    attended = NewContact(
        occurred_at=now - timedelta(hours=30),
        outcome="attended",
        findings=[ObservationInput(child, "weight_kg", "4.2")],
        next_step=NextStep(f"Weigh {child.given_name}", timezone.localdate() + timedelta(days=9)),
        **usual,
    )
    contact = contact_actions.log_contact(family=family, new=attended, team=team, by=by)
    goal = plans.set_goal(
        plan=family.plans.get(), words="Sleeps through", whose=child, off_paper=False, by=by
    )
    step = plans.agree_step(
        goal=goal, what=f"Ring about {child.given_name}", practitioner=by, who="",
        by_when=timezone.localdate(), by=by,
    )  # fmt: skip
    things = {"contact": contact, "follow_up": contact.follow_ups.get(), "goal": goal, "step": step}
    return things | {"observation": contact.observations.get()}


def _plan(world, family):
    plans.open_plan(
        family=family, team=world.teams["stockwell"], level="early_help", going_well="They sing.",
        worries="Sleep.", family_view="Rest.", kept="", review_on=timezone.localdate(),
        by=world.users["leads"],
    )  # fmt: skip


def _referral(world, family):
    return sender_actions.refer(
        family=family, pathway=Pathway.objects.get(code="health_visiting-to-early-help"),
        from_team=world.teams["stockwell"], to_team=world.teams["family-support"], reason="Sleep.",
        by=world.users["leads"],
    )  # fmt: skip


def addresses(world, kind):
    """Every address by its route's name, and what is asked of lists besides."""
    for route in every_route():
        arguments = place(route, world, kind) or place(route, world, world.kinds["own"])
        if arguments is not None and not route.address.startswith(NOT_READ):
            yield route.name, route.at(arguments)
            yield from ((route.name, route.at(arguments) + more) for more in _more(route, kind))


def _more(route, kind):
    family = f"?family={kind.family.ref}"
    return {
        "families:search": ["?q=berg", f"?q={kind.family.ref}"],
        "families:due": ["?whose=team"],
        "referrals:new": [family, f"{family}&pathway=health_visiting-to-early-help"],
        "sites:book": [family],
        "sites:walk_in": [family],
        "api:contacts-list": [family],
        "api:observations-list": [family],
        "api:bookings-list": [family],
    }.get(route.name, [])


def mentions(browser, kind, pages):
    """By child, the names of the routes that mention him to this reader; and, of those that mention
    the first, the names of those that do not say that somebody has died."""
    mentioned, silent = defaultdict(set), set()
    for name, text in _read(browser, pages):
        for child in (LOST, TWIN):
            if child.lower() in text or (
                child == LOST and kind.things["child"].ref.lower() in text
            ):
                mentioned[child].add(name)
        if name in mentioned[LOST] and "died" not in text:
            silent.add(name)
    return mentioned, silent


def _read(browser, pages):
    """What each address answers, in small letters; nothing where it is not for this reader."""
    for name, address in [*pages, *ASKED]:
        with undone(), same_cookies(browser):
            body = ASKED.get((name, address))
            answer = browser.post(address, body) if body else browser.get(address)
            yield name, sweep.everything_in(answer).lower() if answer.status_code == 200 else ""


# What is asked while somebody types.
ASKED = {
    ("families:find", "/families/find/"): {"q": "berg"},
    ("families:known", "/families/new/known/"): {
        "form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-role": "child",
        "form-0-given_name": LOST, "form-0-family_name": "Berg",
        **{f"form-0-day_{part}": getattr(BORN, part) for part in ("day", "month", "year")},
    },
}  # fmt: skip


def read_all(world, kind):
    """The lead practitioner reads every address; the others those that name the twin."""
    pages = list(addresses(world, kind))
    by_reader = {"leads": mentions(world.browsers["leads"], kind, pages)}
    routes = by_reader["leads"][0][TWIN] | {"referrals:accept", "referrals:acknowledge"}
    fewer = [page for page in pages if page[0] in routes]
    return by_reader | {
        reader: mentions(world.browsers[reader], kind, fewer) for reader in READERS[1:]
    }


def test_nothing_mentions_a_child_who_has_died_but_his_record_which_says_so(world, twins):
    before = read_all(world, twins)
    life.record_loss(
        family=twins.family, person=twins.things["child"], on=timezone.localdate(),
        team=world.teams["stockwell"], by=world.users["leads"],
    )  # fmt: skip
    after = read_all(world, twins)

    for reader in READERS:
        (was, _), (still, silent) = before[reader], after[reader]
        assert was[LOST] >= STOPS[reader], "the sweep does not see what it should"
        assert still[LOST] <= SAYS_SO | AS_WRITTEN
        assert silent <= AS_WRITTEN
        assert still[TWIN] >= was[TWIN]
    for message in _sent_since():
        assert LOST not in message.subject + message.body
        assert "died" not in message.subject + message.body


def _sent_since():
    """Everything that has gone out by e-mail or waits to, with what the clocks send by now."""
    tend_clocks()
    return Message.objects.all()
