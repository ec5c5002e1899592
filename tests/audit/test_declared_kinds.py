"""Every kind of event is declared: what it says, what it changes, and whether it is a look."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from families.access import access_log
from leap.core.audit import kinds
from leap.core.audit.kinds import KINDS, UndeclaredError
from leap.core.audit.log import event, record
from leap.core.audit.models import Event
from leap.data_import.log import EVENTS
from leap.ops.runtime.paths import ROOT
from outcomes.indicators import INDICATORS
from outcomes.indicators.registry import GROWTH_CUTOFFS
from referrals.models.external import ExternalReferralStep

APPS = ("leap", "families", "referrals", "sites", "outcomes")
WRITE = {
    "record",
    "event",
    "note",
    "record_referral_event",
    "record_external_event",
    "_note",
    "_record",
    "_event",
}
A_KIND = re.compile(r"[a-z_]+\.[a-z_]+")
NOT_PYTHON = ("migrations", "runtime")


def sources() -> Iterator[ast.Module]:
    for app in APPS:
        for path in Path(ROOT, app).rglob("*.py"):
            if not {*NOT_PYTHON} & {*path.parts}:
                yield ast.parse(path.read_text())


def written_kinds() -> set[str]:
    """What stands in the code as the kind of an event that is written, by itself or by name."""
    named, kinds_written = {}, set()
    calls = []
    for tree in sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                named |= dict(_constants(node))
            if isinstance(node, ast.Call) and _called(node) in WRITE:
                calls.append(node)
    for call in calls:
        for argument in call.args[:2]:
            kinds_written |= {named.get(word, word) for word in _words(argument)}
    return {word for word in kinds_written if A_KIND.fullmatch(word)}


def _constants(node: ast.Assign) -> Iterator[tuple[str, str]]:
    names, values = node.targets[0], node.value
    pairs = [(names, values)]
    if isinstance(names, ast.Tuple) and isinstance(values, ast.Tuple):
        pairs = list(zip(names.elts, values.elts, strict=False))
    for name, value in pairs:
        is_word = isinstance(value, ast.Constant) and isinstance(value.value, str)
        if isinstance(name, ast.Name) and is_word:
            yield name.id, value.value


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", None) or getattr(node.func, "id", "")


def _words(argument: ast.expr) -> Iterator[str]:
    for part in ast.walk(argument):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value
        if isinstance(part, ast.Name):
            yield part.id


def test_every_kind_that_the_code_writes_is_declared():
    in_code = written_kinds()
    assert len(in_code) > 100
    assert {"sign_in.done", "break_glass.not_found", "family.opened", "family.unmerged"} <= in_code
    assert in_code - set(KINDS) == set()


def test_every_step_outside_is_declared():
    assert {f"outside.{step}" for step in ExternalReferralStep.Kind.values} <= set(KINDS)


def test_what_an_import_writes_is_declared():
    assert set(re.findall(r"'([a-z_]+\.[a-z_]+)'", EVENTS)) == {"family.imported"}
    assert "family.imported" in KINDS


@pytest.mark.parametrize("made_up", ["family.open", "contact", "session.opened", ""])
def test_an_undeclared_kind_is_refused(db, made_up):
    with pytest.raises(UndeclaredError, match="is not a declared kind"):
        event(made_up, by=None)
    with pytest.raises(UndeclaredError):
        record(made_up, by=None)
    assert not Event.objects.exists()


def test_a_declaration_is_whole_and_does_not_contradict_itself():
    for code, kind in KINDS.items():
        assert kind.code == code
        assert A_KIND.fullmatch(code), code
        assert kind.label[0].isupper(), code
        assert kind.changes | kind.by_findings <= kinds.EVERYTHING, code
        assert not (kind.is_look and (kind.changes or kind.in_history)), code
        assert kind.in_history or kind.in_chronology or not kind.is_minor, code


def test_who_has_looked_lists_declared_looks():
    assert set(access_log.LOOKS) <= kinds.LOOKS
    assert set(access_log.LOOKS.values()) - {""} <= set(access_log.HOW)


READS = {
    r"families_(person|member)\b": kinds.PEOPLE,
    r"families_contact(person)?\b": kinds.CONTACTS,
    r"families_observation\b": kinds.OBSERVATIONS,
    r"leap_sites_(session|attendance)\b": kinds.SESSIONS,
    r"referrals_referral\b": kinds.REFERRALS,
    r"outcomes_growthcutoff\b": GROWTH_CUTOFFS,
}


@pytest.mark.parametrize("code", INDICATORS)
def test_an_indicator_names_the_data_that_it_reads(code):
    declared = INDICATORS[code]
    sql = " ".join(
        [
            declared.population.sql,
            declared.numerator_sql,
            declared.denominator_sql,
            declared.known_sql,
        ]
    )
    tables = set(re.findall(r"\b(?:families|leap_sites|referrals|outcomes|accounts)_\w+", sql))
    data_read = {data for table, data in READS.items() if re.search(table, sql)}

    unknown = {table for table in tables if not any(re.match(known, table) for known in READS)}
    assert unknown <= {"referrals_pathway"}
    assert declared.inputs | {kinds.PEOPLE} == data_read | {kinds.PEOPLE}
