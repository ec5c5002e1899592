"""A family with an unmistakable word in every text field; nobody without it is told one of them."""

import re
from difflib import unified_diff

import pytest
from django.apps import apps
from django.utils import timezone

from families.models import Member, PossibleDuplicate
from tests.access import sweep
from tests.access.canary import release, unfilled
from tests.access.turns import EVERY_COMBINATION, is_turn_of
from tests.access.world import browser_of

READERS = [
    "signed-out",
    "leads",
    "manages",
    "works",
    "asked",
    "elsewhere",
    "manages-elsewhere",
    "admin",
    "analyst",
    "data-quality",
    "champion",
    "leaver",
    "token",
]

# What these few are not told through a broken queryset, or by a count, nobody else is likely to be.
# EVERY_COMBINATION=1 asks as each of them.
FEW = ["works", "elsewhere", "admin", "token"]
if EVERY_COMBINATION:
    FEW = READERS


@pytest.fixture
def canary(world):
    return release(world)


def test_there_is_a_word_in_every_text_field(canary):
    missing = unfilled(canary)
    assert not missing, (
        f"No word of the leak sweep stands in {', '.join(missing)}. Add a row of the model to _ROWS"
        " in tests/access/canary.py, or say in NO_WORD why no word can be written there."
    )


def test_whoever_works_with_the_family_reads_its_words(world, canary):
    """The sweep can fail: it finds the words where they are to be found."""
    world.browsers["social-worker"] = browser_of(world.users["social-worker"])
    disclosures = sweep.leaks(world, canary, "social-worker")
    assert any("zyxcontactnote" in disclosure for disclosure in disclosures)
    assert any("zyxpersongivenname" in disclosure for disclosure in disclosures)
    assert any("zyxreferralreason" in disclosure for disclosure in disclosures)


# Some pages open to one of these alone, so they ask everywhere; of the others some in turn.
ALWAYS = {"manages", "works", "admin"}


@pytest.mark.parametrize("role", READERS)
def test_nobody_else_is_told_one_of_its_words(world, canary, role):
    requests = requests_of(role, READERS, sweep.asks(world, [canary]), among=3)
    assert requests
    assert sweep.find_disclosures(world, requests, role, canary.tell_tales) == []


def requests_of(role, readers, requests, among):
    number = readers.index(role)
    return [ask for ask in requests if role in ALWAYS or is_turn_of(number, f"{ask}", among)]


@pytest.mark.parametrize("role", FEW)
def test_row_level_security_alone_tells_nobody_either(world, canary, role, monkeypatch):
    """Every queryset that narrows to what a reader may see now gives everything."""
    assert sabotage(monkeypatch) > 6
    requests = requests_of(role, FEW, sweep.asks(world, [canary]), among=2)
    assert sweep.find_disclosures(world, requests, role, canary.tell_tales) == []


# Of two people whom two agencies have on record: what it takes to decide whether they are one.
ON_THE_WORKLIST = {
    "families.Person.given_name",
    "families.Person.given_name of the father",
    "families.Person.family_name",
}


def test_the_data_quality_officer_is_told_whom_two_agencies_have_and_no_more(world, canary):
    """The mother is on record as one of another agency's people, too."""
    theirs = world.kinds["own"].family
    Member.objects.create(family=theirs, person=canary.rows["the father"], role="other")
    pair = canary.rows["families.PossibleDuplicate"]
    PossibleDuplicate.objects.filter(pk=pair.pk).update(weight=99)  # the first of many
    secret = {
        word: source
        for word, source in canary.tell_tales.items()
        if source not in ON_THE_WORKLIST and word != pair.ref
    }
    worklist = sweep.Ask("/merging/duplicates/")

    assert sweep.find_disclosures(world, [worklist], "data-quality", canary.tell_tales)
    assert sweep.find_disclosures(world, sweep.asks(world, [canary]), "data-quality", secret) == []


NARROWING = ("visible_to", "open_to", "in_layers_of")


def sabotage(monkeypatch):
    """Let every queryset give everything; how many there were to break."""
    broken = 0
    for model in apps.get_models():
        queryset = type(model._default_manager.all())
        for name in NARROWING:
            if hasattr(queryset, name):
                monkeypatch.setattr(queryset, name, lambda rows, _reader: rows.all())
                broken += 1
    return broken


# Counted over everybody and shown under disclosure control: a number there may go from nothing to
# confidential, which says no more than that it is small.
UNDER_DISCLOSURE_CONTROL = {"/referrals/pathways/"}
SMALL = re.compile(r">(0|\[c\])<")


@pytest.mark.parametrize("role", FEW)
def test_no_page_changes_when_the_family_comes(world, role, time_machine):
    """Not a count, not a line, not a figure."""
    time_machine.move_to(timezone.now(), tick=False)
    addresses = sweep.pages_without_arguments(world)
    before = sweep.read_all(world, role, addresses)
    release(world)
    after = sweep.read_all(world, role, addresses)
    for address in UNDER_DISCLOSURE_CONTROL:
        before[address], after[address] = small_alike(before[address]), small_alike(after[address])
    changed = {address: difference(before[address], after[address]) for address in addresses}
    assert {address: lines for address, lines in changed.items() if lines} == {}


def small_alike(answer):
    status, body = answer
    return status, SMALL.sub(">small<", body)


def difference(before, after):
    lines = [answer[1].splitlines() for answer in (before, after)]
    return "\n".join(line for line in unified_diff(*lines, n=0, lineterm=""))
