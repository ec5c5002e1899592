"""Reading everything that anybody can be shown, for words that they must not be.

Addresses are taken from the product's own, so that what is added is read by itself. There is no
calendar's feed yet; one would be read, with its folded lines put together.
"""

import io
import logging
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.http import HttpResponse
from django.test import Client

from families.models import Person
from tests.access.places import is_about_family, place
from tests.access.routes import Route, every_route
from tests.access.visits import same_cookies, undone
from tests.access.words import Canary
from tests.access.world import Kind, World
from tests.subject_access.reading import drawn, streams

SEARCHES = ("/families/?q={}", "/referrals/?q={}", "/sites/?q={}", "/admin/?q={}")
NOWHERE = ("/families/%00/", "/nothing/here/", "/api/v1/families/?cursor=%FF", "/families/?page=x")
TYPED = ("/families/find/", "/families/")  # looked for in the body of a request
BY_PERSON = "/families/?birth_date={}&name={}"
# What an address can name of a family, by the label of the row that it names.
NAMED = {
    "family": "families.Family",
    "person": "families.Person",
    "child": "families.Person",
    "contact": "families.Contact",
    "observation": "families.Observation",
    "booking": "leap_sites.Booking",
    "referral": "referrals.Referral",
    "task": "referrals.Task",
    "request": "subject_access.SubjectAccessRequest",
    "break_glass": "families.BreakGlass",
    "odd_look": "families.AccessAlert",
    "decision": "families.SharingDecision",
    "consent": "families.ServiceConsent",
    "hold": "retention.LegalHold",
    "alert": "families.SafetyAlert",
    "follow_up": "families.FollowUp",
    "incoming": "referrals.InboundReferral",
    "outside": "referrals.ExternalReferral",
    "merge": "merging.Merge",
    "loss": "life_events.Loss",
    "goal": "plans.Goal",
    "step": "plans.PlanStep",
}


@dataclass(frozen=True)
class Ask:
    """One request; what is typed into its fields is sent, and the answer followed."""

    address: str
    typed: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        return f"{self.address} for {', '.join(dict(self.typed).values())}".removesuffix(" for ")

    def of(self, browser: Client) -> HttpResponse:
        if self.typed:
            return browser.post(self.address, dict(self.typed), follow=True)
        return browser.get(self.address)


def kind_of(canary: Canary) -> Kind:
    """The family of the sweep as a kind of family, so that addresses can name what it has."""
    rows = canary.rows
    things = {thing: rows[label] for thing, label in NAMED.items() if label in rows}
    return Kind(canary.family, {"family": canary.family, **things})


def asks(world: World, canaries: list[Canary]) -> list[Ask]:
    """Every address, of the family where it can name one, with every search and filter by what
    could find it, and some that are nowhere or cannot be read. A route that was added since is
    among them by itself, a calendar's feed as well as a page."""
    requests = [Ask(address) for canary in canaries for address in _addresses(world, canary)]
    requests += [search for canary in canaries for search in _searches(canary)]
    return list(dict.fromkeys([*requests, *map(Ask, NOWHERE)]))


def _addresses(world: World, canary: Canary) -> Iterator[str]:
    kinds = [kind_of(canary), *world.kinds.values()]
    for route in every_route():
        places = (place(route, world, kind) for kind in kinds)
        arguments = next((arguments for arguments in places if arguments is not None), None)
        if arguments is None:
            raise LookupError(f"Say in tests/access/places.py what {route.address} takes.")
        yield route.at(arguments)
        yield from _narrowed(route, route.at(arguments), canary)


def _narrowed(route: Route, address: str, canary: Canary) -> Iterator[str]:
    rows = {label.rpartition(".")[2].lower(): row for label, row in canary.rows.items()}
    for name in route.filters:
        ref = getattr(rows.get(name), "ref", None) or canary.family.ref
        yield f"{address}?{name}={ref}"


def _searches(canary: Canary) -> Iterator[Ask]:
    """By what somebody would look for: the words of a person, numbers, references, a postcode."""
    words = canary.words.items()
    sought = [word for word, source in words if "families.Person." in source or "." not in source]
    person = canary.rows.get("families.Person")
    for word in dict.fromkeys([*sought, "zyx", canary.family.ref, canary.family.name]):
        yield from (Ask(search.format(word)) for search in SEARCHES)
        yield from (Ask(address, (("q", word),)) for address in TYPED)
    if person:
        yield Ask(BY_PERSON.format(person.birth_date, person.given_name))
        yield Ask("/families/new/known/", tuple(_registered_again(person).items()))


def _registered_again(person: Person) -> dict[str, str]:
    """What somebody types who is about to register them: doubles are looked for meanwhile."""
    year, month, day = str(person.birth_date).split("-")
    typed = {
        "role": "mother",
        "given_name": person.given_name,
        "family_name": person.family_name,
        "nhs_number": person.nhs_number,
        "day_day": day,
        "day_month": month,
        "day_year": year,
    }
    counted = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0"}
    return counted | {f"form-0-{name}": value for name, value in typed.items()}


def leaks(world: World, canary: Canary, role: str) -> list[str]:
    """What this reader was told of the family: where, and which words. Empty is well."""
    return find_disclosures(world, asks(world, [canary]), role, canary.tell_tales)


def find_disclosures(
    world: World, requests: list[Ask], role: str, secret: dict[str, str]
) -> list[str]:
    """Which of these words a reader finds, in any answer or in what is logged meanwhile."""
    browser, disclosures = world.browsers[role], []
    for ask in requests:
        with undone(), same_cookies(browser), captured_log() as log:
            answer = ask.of(browser)
            text = f"{everything_in(answer)}\n{log.getvalue()}"
        words = secret_words_in(secret, text, query=f"{ask}")
        disclosures += [f"{role} at {ask} ({answer.status_code}): {word}" for word in words]
    return disclosures


def secret_words_in(secret: dict[str, str], text: str, query: str = "") -> list[str]:
    """Which of these words stand there, besides those that the reader gave."""
    text, query = text.lower(), query.lower()
    return [
        f"{word} ({source})"
        for word, source in secret.items()
        if word.lower() in text and word.lower() not in query
    ]


def everything_in(answer: HttpResponse) -> str:
    """Status line, headers, cookies and body; a file as what is written in it."""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return f"{head}\n{answer.cookies.output()}\n{readable(body)}"


def readable(body: bytes) -> str:
    """What somebody can read in it: a file's text, however it is packed."""
    if body.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            return "\n".join(readable(parts.read(name)) for name in parts.namelist())
    if body.startswith(b"%PDF"):
        return "\n".join([drawn(body), *(stream.decode("latin-1") for stream in streams(body))])
    if body.startswith(b"BEGIN:VCALENDAR"):
        body = FOLDED.sub(b"", body)
    return body.decode("utf-8", "replace")


FOLDED = re.compile(rb"\r?\n[ \t]")  # where a calendar goes on with a line


@contextmanager
def captured_log(form: logging.Formatter | None = None) -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, at whatever level, with tracebacks; but not by the
    database's own log of statements, which no process of ours turns on."""
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    handler.setFormatter(form)
    handler.addFilter(lambda line: not line.name.startswith("django.db"))
    root = logging.getLogger()
    before, root.level = root.level, logging.DEBUG
    root.addHandler(handler)
    try:
        yield log
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
    return answer.status_code, CHART.sub("chart", ALWAYS_NEW.sub(r"\1…", readable(answer.content)))


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
    return sorted(address for address in {*taken, *others} if not address.startswith(OF_NOBODY))


def read_all(world: World, role: str, addresses: list[str]) -> dict[str, tuple[int, str]]:
    browser: Client = world.browsers[role]
    answers = {}
    for address in addresses:
        with undone(), same_cookies(browser):
            answers[address] = as_ever(browser.get(address))
    return answers
