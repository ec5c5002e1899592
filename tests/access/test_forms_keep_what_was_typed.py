"""Whatever page has a form to type into: refused and opened again, it shows what was typed."""

from html.parser import HTMLParser
from itertools import product

import pytest

from tests.access.places import is_about_family, place
from tests.access.routes import API, Route, every_route
from tests.access.turns import EVERY_COMBINATION
from tests.access.visits import same_cookies, undone
from tests.access.world import browser_of

EVERY = 1 if EVERY_COMBINATION else 3  # of so many pages one is asked
WORDS = "Ada says that the nights are long."
TOO_LONG = " ".join([WORDS] * 400)  # no field takes so much: a form with such words is refused
TYPED_INTO = ("text", "search", "tel", "email", "number")
READERS = ("leads", "manages", "asked", "admin")  # the first who may open it types into it
KINDS = ("own", "closed")  # a family with an open record, and one to reopen
# Where nothing is kept, and why.
NEVER = {
    "families:search": "it is looked for, and saved nowhere",
    "design": "an example of each component",
    "offline:today": "what is typed there is sealed on the device",
    "referrals:send_in": "whoever types it has no account",
    "referrals:by_link": "whoever types it has no account",
    "referrals:answer_by_link": "whoever types it has no account",
}


class Forms(HTMLParser):
    """The forms that a page sends to its own address, each field with its value or None where
    somebody types into it."""

    def __init__(self, page: str):
        super().__init__()
        self.forms: list[dict[str, str | None]] = []
        self.inside: dict[str, str | None] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "form" and attributes.get("method") == "post" and not attributes.get("action"):
            self.inside = {}
            self.forms.append(self.inside)
        name = attributes.get("name")
        if self.inside is None or not name:
            return
        kind = attributes.get("type", "text")
        if tag == "textarea" or (tag == "input" and kind in TYPED_INTO):
            self.inside[name] = None
        elif tag == "input" and kind == "hidden":
            self.inside[name] = attributes.get("value", "")

    def handle_endtag(self, tag):
        if tag == "form":
            self.inside = None

    @property
    def to_type_into(self):
        return [form for form in self.forms if None in form.values()]


def _addresses(route: Route, world) -> list[str]:
    kinds = [world.kinds[name] for name in KINDS] if is_about_family(route, world) else [None]
    places = [place(route, world, kind) for kind in kinds]
    addresses = [route.at(arguments) for arguments in places if arguments is not None]
    if route.name in ("sites:book", "sites:walk_in"):
        addresses = [f"{address}?family={world.kinds['own'].family.ref}" for address in addresses]
    return addresses


def _is_asked(route: Route) -> bool:
    signs_in = route.name.startswith("accounts:")  # passwords and codes are never kept
    return not (route.address.startswith(API) or signs_in or route.name in NEVER)


def _forms_of(route, world, browsers):
    """The first reader and address for whom the page opens, with each form to type into."""
    for address, browser in product(_addresses(route, world), browsers):
        with undone(), same_cookies(browser):
            page = browser.get(address)
        if page.status_code == 405:
            break
        if page.status_code == 200 and "text/html" in page.headers.get("Content-Type", ""):
            return browser, address, Forms(page.content.decode()).to_type_into
    return None


def _what_is_lost(browser, address, form) -> str:
    fields = {name: TOO_LONG if value is None else value for name, value in form.items()}
    with undone(), same_cookies(browser):
        answer = browser.post(address, fields)
        if 300 <= answer.status_code < 400:
            return f"took {len(TOO_LONG)} characters"
        if answer.status_code >= 500:
            return f"answered {answer.status_code}"
        again = browser.get(address).content.decode()
    return "" if WORDS in again else f"answered {answer.status_code}, and kept nothing"


@pytest.fixture
def browsers(world):
    return [browser_of(world.users[name]) for name in READERS]


def test_every_form_is_there_again_as_it_was_refused(world, browsers):
    lost, form_count = [], 0
    for route in list(filter(_is_asked, every_route()))[::EVERY]:
        opened = _forms_of(route, world, browsers)
        if opened is None:
            continue
        browser, address, forms = opened
        form_count += len(forms)
        lost += [f"{route.name}: {loss}" for form in forms
                 if (loss := _what_is_lost(browser, address, form))]  # fmt: skip
    assert lost == []
    assert form_count > 40 // EVERY
