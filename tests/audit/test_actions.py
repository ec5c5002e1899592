"""Every change is in the log: each public action records an event, or says here why it does not."""

import ast
from pathlib import Path

import pytest

from leap.machine.places import ROOT

APPS = ("leap", "families", "referrals", "sites", "outcomes")
WRITERS = {"record", "record_all", "note_event"}
PART = "part of the actions that call it, which record"
READS = "reads"
WHY_NOT = {
    "leap.accounts.actions.found_team": "the log stands on accounts: administration records it",
    "leap.accounts.actions.join": "the log stands on accounts: administration records it",
    "leap.accounts.actions.create_first_admin": "done once, at the terminal, before anybody is in",
    "leap.administration.actions.members.membership_of": READS,
    "leap.signing_in.actions.new_password_address": READS,
    "leap.signing_in.actions.clear_out": "throws away what has expired by the clock already",
    "families.actions.contacts.layered": READS,
    "families.actions.contacts.layer_of": READS,
    "families.actions.contacts.new_observation": READS,
    "families.actions.contacts.people_of": READS,
    "families.actions.contacts.note_latest": PART,
    "leap.life.actions.losses.kind_of": READS,
    "leap.life.actions.losses.families_of": READS,
    "families.actions.involvement.view_permission": READS,
    "families.actions.involvement.tidy_grants": "they open nothing: access ends by the clock",
    "families.actions.involvement.grant_again": PART,
    "families.actions.opening.seen_this_hour": READS,
    "referrals.actions.duties.give_task": PART,
    "referrals.actions.duties.end_tasks": PART,
    "referrals.actions.attachments.where": READS,
    "referrals.actions.links.make_link": PART,
    "referrals.actions.links.close_links": PART,
    "referrals.actions.links.opened_with": READS,
    "referrals.actions.moving.move": PART,
    "referrals.actions.moving.change": PART,
    "referrals.actions.moving.resume_clock": PART,
    "referrals.actions.moving.write": PART,
    "referrals.actions.sending.clocks_from_now": READS,
    "referrals.actions.sending.clocks_since": READS,
    "referrals.actions.telling.tell_outside": PART,
    "outcomes.actions.growth.fill_growth_cutoffs": "a published reference, the same for everybody",
    "outcomes.actions.nights.periods_touched": READS,
    "outcomes.actions.steps.work_some": "the night records when it begins and is published",
    "outcomes.actions.steps.figure": READS,
    "outcomes.actions.working.due_on": READS,
    "leap.safekeeping.actions.back_off": PART,
    "leap.safekeeping.actions.clear_out": "throws away what nobody has touched for ninety days",
    "leap.safekeeping.actions.post_or_hold_back": PART,
    "leap.signing_in.actions.nowhere": READS,
    "leap.signing_in.actions.opens": READS,
    "families.actions.locking.lock_family": PART,
    "referrals.actions.attachments.clear_out_files": "deletes files that no record names",
    "leap.safekeeping.actions.keep_draft": "what is being typed is no part of a record yet",
    "leap.safekeeping.actions.kept_draft": "reads",
    "leap.safekeeping.actions.drop_draft": "what was typed was never part of a record",
    "leap.safekeeping.actions.post": "the action that posts a message records what it is about",
    "leap.safekeeping.actions.post_text": "as for an e-mail",
    "leap.notices.actions.notify": PART,
    "leap.notices.actions.tell": PART,
    "leap.notices.actions.mail": PART,
    "leap.notices.actions.open_notice": "one's own, and no part of any record",
    "leap.notices.actions.read_all": "one's own, and no part of any record",
    "leap.notices.actions.send_digests": "it tells of nothing new; each is kept as a Digest",
    "leap.notices.actions.clear_out": "throws away what is no part of any record, by its age",
    "leap.safekeeping.actions.deliver_waiting": "the outbox itself says what was delivered",
}


def modules():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "actions" in parts and "migrations" not in parts:
                yield ".".join(parts).removesuffix(".__init__"), path


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def called(node: ast.AST) -> set[str]:
    """The names that a function calls or hands on."""
    names = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return names | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


KNOWN = {f"{module}.{name}": node for module, path in modules() for name, node in
         functions(path).items()}  # fmt: skip
RECORDS = set(WRITERS)
while (
    more := {name.rsplit(".", 1)[1] for name, node in KNOWN.items() if called(node) & RECORDS}
    - RECORDS
):
    RECORDS |= more
PUBLIC = [name for name in KNOWN if not name.rsplit(".", 1)[1].startswith("_")]


@pytest.mark.parametrize("name", PUBLIC)
def test_an_action_records_what_it_did_or_says_why_not(name):
    records = bool(called(KNOWN[name]) & RECORDS)
    if not records and name not in WHY_NOT:
        pytest.fail(f"{name} changes something and records no event.", pytrace=False)
    if records and name in WHY_NOT:
        pytest.fail(f"{name} records an event now: take its reason away.", pytrace=False)


def test_no_reason_is_given_for_an_action_that_is_gone():
    assert set(WHY_NOT) <= set(PUBLIC)
