"""What is kept inside a record is told to nobody else of those who see the record.

A person, an agency's own entries, an entry for one who is named, and an address that the father
must not learn. EVERY_COMBINATION=1 asks as every role; otherwise a practitioner of the other team
does, and through broken querysets the manager of the team that leads.
"""

import pytest
from django.utils import timezone

from leap.governance.subject_access import actions as subject_access
from leap.governance.subject_access.models import DisclosureItem
from tests.access import sweep
from tests.access.inside import release
from tests.access.test_leak_sweep import READERS, sabotage
from tests.access.turns import EVERY_COMBINATION
from tests.access.world import browser_of

ROLES, BEHIND_A_BROKEN_QUERYSET = ["works"], ["manages"]
if EVERY_COMBINATION:
    ROLES = READERS
    BEHIND_A_BROKEN_QUERYSET = ["leads", "manages", "works", "asked", "admin", "token"]
WARD = {"Vassall": "ward of the mother's address"}


@pytest.fixture
def inside(world):
    return release(world)


def leaks(world, inside, role):
    """What this role is told; on pages of the family not even the ward of the address."""
    requests = sweep.asks(world, [secret.canary for secret in inside.secrets.values()])
    theirs = [ask for ask in requests if inside.family.ref in ask.address]
    others = [ask for ask in requests if ask not in theirs]
    secrets = inside.hidden_from(role)
    return [
        *sweep.find_disclosures(world, theirs, role, secrets | WARD),
        *sweep.find_disclosures(world, others, role, secrets),
    ]


def test_those_who_may_read_it_find_it(world, inside):
    """The sweep can fail: Nia reads what is kept for her, social workers where the mother is."""
    for role in ("named", "social-worker"):
        world.browsers[role] = browser_of(world.users[role])
    hers = inside.secrets["address"].canary.rows["her family"].ref
    for role, address, word in (
        ("named", "/families/{}/", "zyxppersongivenname"),
        ("named", "/families/{}/", "zyxpcontactnote"),
        ("named", "/families/{}/", "zyxncontactnote"),
        ("named", "/families/{}/protection/", "zyxppersonfamilyname"),
        ("named", "/families/{}/plan/", "zyxpgoalwords"),
        ("named", "/api/v1/bookings/", "zyxpbookingaccessneeds"),
        ("leads", "/api/v1/observations/", "zyxhobservationvalue"),
        ("works", "/families/{}/", "zyxccontactnote"),
        ("social-worker", f"/families/{hers}/", "SE97 9ZQ"),
    ):
        ask = sweep.Ask(address.format(inside.family.ref))
        assert sweep.find_disclosures(world, [ask], role, {word: ""}), (
            f"{role} does not find {word}"
        )


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_is_told(world, inside, role):
    assert leaks(world, inside, role) == []


@pytest.mark.parametrize("role", BEHIND_A_BROKEN_QUERYSET)
def test_row_level_security_alone_keeps_what_it_can(world, inside, role, monkeypatch):
    """All but the address, for rows are walled and a shield is about columns."""
    assert sabotage(monkeypatch) > 6
    disclosures = leaks(world, inside, role)
    assert [disclosure for disclosure in disclosures if not disclosure.endswith(", address)")] == []


def test_the_father_is_not_told_the_address_in_an_answer_about_the_child(world, inside):
    """Nor when whoever reads the record for him lets every word of it leave."""
    (request,) = inside.requests
    manager = world.users["manages"]
    request.pieces.to_read().update(
        decision=DisclosureItem.Decision.KEEP, decided_at=timezone.now(), decided_by=manager
    )
    subject_access.finish(request=request, by=manager)
    request.refresh_from_db()
    text = sweep.readable(subject_access.export(request=request, by=manager))
    assert "Chidi" in text, "the answer could not be read"
    address = inside.secrets["address"].canary.tell_tales
    assert sweep.secret_words_in(address | WARD, text) == []
