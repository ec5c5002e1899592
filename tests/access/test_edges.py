"""Every page and every address of the API takes whatever is sent: refused in words, never an error.

What cannot be stored, what is out of the calendar and what no number can be goes into each
parameter of an address and into each field of a form.
"""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.access.places import is_about_family, place
from tests.access.routes import API, Route, every_route
from tests.access.turns import EVERY_COMBINATION
from tests.access.visits import same_cookies, undone
from tests.access.world import browser_of

EVERY = 1 if EVERY_COMBINATION else 3  # of so many addresses one is asked


PARAMETERS = (
    "q", "page", "at", "before", "since", "until", "period", "family", "pathway", "team", "show",
    "child", "there", "kind", "minutes", "site", "service", "review", "section", "on", "known",
    "whose", "stage", "back", "next", "cursor", "page_size", "questionnaire", "audience", "for",
    "days", "search", "agency", "person", "status", "exact", "birth_date", "name", "code", "day",
)  # fmt: skip
VALUES = (
    "\x00", "A\x00da", "LB-7K3M9\x00", "\u200b", "\ufeff\u202e", "0001-01-01", "9999-12-31",
    "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00", "0000-00-00", "9" * 30, "9" * 5000,
    "-1", "1e309", "NaN", "Infinity", "²", "٣", "1_0", "9999-Q4", "0001-Q1", "9999-12", "9999-00",
    "{}", "[]", "'\"<>", "%", "\\", "a" * 3000,
)  # fmt: skip


@pytest.fixture
def filled_routes(world):
    """The addresses that this round asks, with what stands in them filled in."""
    rows = [(route, _filled(route, world)) for route in every_route()]
    return [(route, address) for route, address in rows if address][::EVERY]


def _filled(route: Route, world) -> str:
    kinds = world.kinds.values() if is_about_family(route, world) else [None]
    places = (place(route, world, kind) for kind in kinds)
    arguments = next((arguments for arguments in places if arguments is not None), None)
    return route.at(arguments) if arguments else ""


def some(values, number, at_most=2):
    """Other ones at each address, so that all come up somewhere; every one, where all are asked."""
    if EVERY_COMBINATION:
        return values
    return [values[(number * at_most + offset) % len(values)] for offset in range(at_most)]


IN_PROGRAMME = ("/admin/", "/outcomes/", "/reports/", "/retention/", "/api/v1/reports")


class Readers:
    """Whoever may open most of what is at an address."""

    def __init__(self, world):
        self.leads, self.admin = (browser_of(world.users[name]) for name in ("leads", "admin"))
        for browser in (self.leads, self.admin):
            browser.raise_request_exception = False

    def of(self, address):
        return self.admin if address.startswith(IN_PROGRAMME) else self.leads


def errors(readers: Readers, asks: Iterator[tuple[str, str, object]]) -> list[str]:
    """What ended in an error of ours."""
    broken = []
    for method, address, body in asks:
        browser = readers.of(address)
        with undone(), same_cookies(browser):
            answer = _answer(browser, method, address, body)
        if answer.status_code >= 500:
            broken.append(f"{method} {address[:120]} {str(body)[:80]}: {answer.status_code}")
    return broken


def _answer(browser, method, address, body):
    if method == "GET":
        return browser.get(address)
    if address.startswith(API):
        key = {"idempotency-key": "sent-to-find-edges"}
        return browser.post(address, body, "application/json", headers=key)
    return browser.post(address, body)


def test_no_parameter_of_an_address_ends_in_an_error(world, filled_routes):
    def asks():
        for number, (_, address) in enumerate(filled_routes):
            for value in some(VALUES, number):
                joined = "&".join(f"{name}={quote(value)}" for name in PARAMETERS)
                yield "GET", f"{address}{'&' if '?' in address else '?'}{joined}", ""

    assert errors(Readers(world), asks()) == []


def test_no_part_of_an_address_ends_in_an_error(world, filled_routes):
    def asks():
        for number, (_, address) in enumerate(filled_routes):
            parts = address.strip("/").split("/")
            for place_, part in enumerate(parts):
                values = ("%00", f"{part}%00", "%E2%80%8B", "9999-99-99", "%F0%9F%91%B6")
                for value in some(values, number + place_, at_most=1):
                    changed = "/".join([*parts[:place_], value, *parts[place_ + 1 :]])
                    yield "GET", f"/{changed}/", ""

    assert errors(Readers(world), asks()) == []


def test_no_field_of_a_form_ends_in_an_error(world, filled_routes):
    readers = Readers(world)

    def asks():
        for number, (_, address) in enumerate(filled_routes):
            if address.startswith(API) or "sign" in address:
                continue
            reader = readers.of(address)
            with undone(), same_cookies(reader):
                page = reader.get(address)
            names = set(re.findall(r'name="([^"]+)"', page.content.decode(errors="replace")))
            names -= {"csrfmiddlewaretoken", "made_for"}
            for value in some(VALUES, number):
                yield "POST", address, {**dict.fromkeys(names, value), "submission": ""}

    assert errors(readers, asks()) == []


JSON = (
    '{"%s": "\\u0000"}', '{"%s": "\\ud800"}', '{"%s": 1e309}', '{"%s": NaN}', '{"%s": 1E+30}',
    '{"%s": "0001-01-01T00:00:00+14:00"}', '{"%s": "9999-12-31"}', '{"%s": [[[]]]}', '{"%s": true}',
    '{"%s": {"a": 1}}', '{"%s": null}', '{"%s": -1}', '{"%s": "3_8"}', '{"%s": "\\u200b"}', "[]",
    '"\\ud800"', "",
)  # fmt: skip


def test_no_body_ends_in_an_error(world):
    def asks():
        for route in every_route():
            if not route.address.startswith(API) or not (address := _filled(route, world)):
                continue
            serializers = getattr(getattr(route.view, "cls", None), "request_serializers", {})
            names = {name for kind in serializers.values() for name in kind().fields}
            for template in JSON:
                if "%s" not in template:
                    yield "POST", address, template
                    continue
                value = template.partition(": ")[2].removesuffix("}")
                fields = ", ".join(f'"{name}": {value}' for name in names or {"anything"})
                yield "POST", address, "{" + fields + "}"

    assert errors(Readers(world), asks()) == []


def test_an_error_would_be_seen(world, monkeypatch):
    def stumble(fields):
        raise ValueError

    monkeypatch.setattr("leap.web.middleware.clean_fields", stumble)
    assert errors(Readers(world), iter([("GET", "/families/due/?page=%00", "")]))
