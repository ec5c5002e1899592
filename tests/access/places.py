"""What the arguments of an address stand for, for each family of the world."""

from tests.access.routes import QUERY, Route
from tests.access.world import Kind, World

# What `ref` (or `code`) names, by how the address begins: the longest one counts. Things of a kind
# of family are visited for each kind, others once.
NAMED: dict[str, str] = {
    "/families/<": "family",
    "/families/break-glass/review/<": "break_glass",
    "/offline/visits/<": "family",
    "/referrals/<": "referral",
    "/referrals/tasks/<": "task",
    "/referrals/outside/<": "outside",
    "/referrals/incoming/<": "incoming",
    "/merging/<": "merge",
    "/subject-access/<": "request",
    "/subject-access/of/<": "family",
    "/retention/holds/<": "family",
    "/api/v1/families/": "family",
    "/api/v1/persons/": "person",
    "/api/v1/contacts/": "contact",
    "/api/v1/observations/": "observation",
    "/api/v1/referrals/": "referral",
    "/api/v1/bookings/": "booking",
    "/sessions/<": "session",
    "/api/v1/sessions/": "session",
    "/admin/practitioners/<": "practitioner",
    "/reports/<": "report",
    "/api/v1/reports/": "report",
    "/sites/<": "site",
    "/api/v1/sites/": "site",
    "/admin/teams/<": "team",
    "/admin/agencies/<": "agency",
}
# Arguments that mean the same wherever they stand.
ALWAYS = {
    "alert": "alert",
    "follow_up": "follow_up",
    "contact_ref": "contact",
    "booking_ref": "booking",
    "person_ref": "person",
    "person": "person",
    "practitioner": "practitioner",
    "who": "practitioner",
    "decision": "decision",
    "other_ref": "child",
    "basis": "observation",
    "day": "day",
    "file_ref": "attachment",
}
WORDS = {
    "indicator": "babies_breastfed_at_six_weeks",
    "form": "register",
    "file_format": "csv",
    "token": "made-up",
    "key": "3f0e6f0a-58a9-4c7e-9f53-6b6f1d2c7a10",
    "anything": "nothing/here/",
    "team": "family-support",
    "code": "midwives",
    "ref": "made-up",
    "rule": "harm",
    "place": "1",
    "verb": "accept",
    "loss": "LS-7K3M9QRS",
    "pair": "PD-7K3M9QRSTU",
    "goal": "GL-7K3M9QRS",
    "step": "ST-7K3M9QRS",
}
# Where the beginning of the address does not tell, by the route's name.
BY_NAME = {
    "families:explain": {"ref": "family"},
    "families:growth": {"person_ref": "child"},
    "merging:people": {"kept": "person", "gone": "child"},
    "merging:families": {"kept": "family", "gone": "family"},
}

# What an address goes on with where its page is about something named there alone.
QUERIES = {"subject_access:read": "?section=Contacts"}


def is_about_family(route: Route, world: World) -> bool:
    """Whether the address names something of a family, and so is visited for each kind."""
    things = {name for kind in world.kinds.values() for name in kind.things}
    return any(_thing(route, argument) in things for argument in route.takes)


def place(route: Route, world: World, kind: Kind | None = None) -> dict[str, str] | None:
    """What to fill into the address; None where a family of this kind has no such thing."""
    things = world.things | (kind.things if kind else {})
    filled = {}
    for argument in route.takes:
        thing = _thing(route, argument)
        if thing not in things and (thing or argument not in WORDS):
            return None
        filled[argument] = _written(things[thing]) if thing in things else WORDS[argument]
    return filled | {QUERY: QUERIES[route.name]} if route.name in QUERIES else filled


def _thing(route: Route, argument: str) -> str:
    """The name of the thing that this argument stands for, or nothing."""
    if argument in BY_NAME.get(route.name, {}):
        return BY_NAME[route.name][argument]
    if argument in ALWAYS:
        return ALWAYS[argument]
    if argument != route.takes[0] and argument in WORDS:
        return ""
    begins = [start for start in NAMED if route.address.startswith(start)]
    return NAMED[max(begins, key=len)] if begins and argument in ("ref", "code") else ""


def _written(thing: object) -> str:
    return str(getattr(thing, "ref", None) or getattr(thing, "code", None) or thing)
