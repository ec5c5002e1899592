"""Reading everything that anybody can be shown, for words that they must not be."""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpResponse
from django.test import Client

from tests.everyone.places import is_about_family, place
from tests.everyone.routes import Route, every_route
from tests.everyone.visits import same_cookies, undone
from tests.everyone.words import NHS_NUMBER, POSTCODE, Canary
from tests.everyone.world import Kind, World

SEARCHES = ("/families/?q={}", "/referrals/?q={}", "/sites/?q={}", "/admin/?q={}")
NOWHERE = ("/families/%00/", "/nothing/here/", "/api/v1/families/?cursor=%FF", "/families/?page=x")
BY_PERSON = "/families/?birth_date=1991-09-09&name={}"


def kind_of(canary: Canary) -> Kind:
    """The family of the sweep as a kind of family, so that addresses can name what it has."""
    named = {
        "family": "families.Family",
        "person": "families.Person",
        "child": "families.Person",
        "contact": "families.Contact",
        "observation": "families.Observation",
        "booking": "leap_sites.Booking",
        "referral": "referrals.Referral",
        "task": "referrals.Task",
        "request": "subject_access.Request",
        "break_glass": "families.BreakGlass",
        "odd_look": "families.OddLook",
        "decision": "families.SharingDecision",
        "consent": "families.ServiceConsent",
        "hold": "retention.LegalHold",
        "alert": "families.Alert",
        "follow_up": "families.FollowUp",
        "incoming": "referrals.Incoming",
        "merge": "merging.Merge",
        "loss": "life.Loss",
        "goal": "plans.Goal",
        "step": "plans.Step",
    }
    return Kind(canary.family, {thing: canary.rows[label] for thing, label in named.items()})


def addresses(world: World, canary: Canary) -> Iterator[str]:
    """Every address, of the family where it can name one, with every search and filter by what
    could find it, and some that are nowhere or cannot be read."""
    kind = kind_of(canary)
    for route in every_route():
        where = place(route, world, kind)
        if where is None:
            where = place(route, world, next(iter(world.kinds.values())))
        if where is not None:
            yield route.at(where)
            yield from _narrowed(route, route.at(where), canary)
    yield from _searches(canary)
    yield from (
        "/families/%00/",
        "/nothing/here/",
        "/api/v1/families/?cursor=%FF",
        "/families/?page=x",
    )


def _narrowed(route: Route, address: str, canary: Canary) -> Iterator[str]:
    rows = {label.rpartition(".")[2].lower(): row for label, row in canary.rows.items()}
    for name in route.filters:
        told = getattr(rows.get(name), "ref", None) or canary.family.ref
        yield f"{address}?{name}={told}"


def _searches(canary: Canary) -> Iterator[str]:
    words = [word for word, where in canary.words.items() if where.startswith("families.Person")]
    sought = [*words, "zyx", canary.family.ref, canary.family.name, NHS_NUMBER, POSTCODE]
    for word in sought:
        yield from (search.format(word) for search in SEARCHES)
    yield BY_PERSON.format(canary.rows["families.Person"].given_name)


def leaks(world: World, canary: Canary, role: str) -> list[str]:
    """What this reader was told of the family: where, and which words. Empty is well."""
    browser = world.browsers[role]
    found = []
    for address in addresses(world, canary):
        with undone(), same_cookies(browser), heard() as log:
            answer = browser.get(address)
            said = f"{everything_in(answer)}\n{log.getvalue()}"
        told = tells(canary, said, asked=address)
        found += [f"{role} at {address} ({answer.status_code}): {each}" for each in told]
    return found


def tells(canary: Canary, said: str, asked: str = "") -> list[str]:
    """Which of the family's words stand there, besides those that the reader gave."""
    said = said.lower()
    return [
        f"{word} ({where})"
        for word, where in canary.tell_tales.items()
        if word.lower() in said and word.lower() not in asked.lower()
    ]


def everything_in(answer: HttpResponse) -> str:
    """Status line, headers, cookies and body; a file as what is written in it."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{head}\n{answer.cookies.output()}\n{_readable(body)}"


def _readable(body: bytes) -> str:
    if not body.startswith(b"PK\x03\x04"):
        return body.decode("utf-8", "replace")
    with zipfile.ZipFile(io.BytesIO(body)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


@contextmanager
def heard() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, at whatever level, with tracebacks; but not by the
    database's own log of statements, which no process of ours turns on."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.addFilter(lambda line: not line.name.startswith("django.db"))
    root = logging.getLogger()
    before, root.level = root.level, logging.DEBUG
    root.addHandler(handler)
    try:
        yield written
    finally:
        root.removeHandler(handler)
        root.level = before


# What is new on a page each time it is made.
ALWAYS_NEW = re.compile(
    r'(csrfmiddlewaretoken" value="|nonce[=-]"?|name="submission" value="|submission=)[^"\'; ]+'
)

CHART = re.compile(r"chart-[0-9a-f]{8}")


def as_ever(answer: HttpResponse) -> tuple[int, str]:
    """An answer without what is new each time."""
    return answer.status_code, CHART.sub("chart", ALWAYS_NEW.sub(r"\1…", _readable(answer.content)))


# New each time, and of no family: how one signs in, how the machine is, what pages are made of.
OF_NOBODY = ("/account/", "/sign-in/", "/sign-out/", "/health/", "/design/")


def pages_without_arguments(world: World) -> list[str]:
    """Lists, counts, queues, exports and feeds: what could count a family without naming it."""
    taken = {route.address for route in every_route() if not route.takes}
    others = [
        route.at(place(route, world) or {})
        for route in every_route()
        if route.takes and not is_about_family(route, world) and place(route, world) is not None
    ]
    return sorted(each for each in {*taken, *others} if not each.startswith(OF_NOBODY))


def read_all(world: World, role: str, where: list[str]) -> dict[str, tuple[int, str]]:
    browser: Client = world.browsers[role]
    read = {}
    for address in where:
        with undone(), same_cookies(browser):
            read[address] = as_ever(browser.get(address))
    return read
