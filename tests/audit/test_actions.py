"""Every change is in the log: each public action records an event, or says here why it does not."""

import ast
from pathlib import Path

import pytest

from leap.ops.runtime.paths import ROOT

APPS = ("leap", "families", "referrals", "sites", "outcomes")
WRITERS = {"record", "record_all", "record_referral_event"}
PART = "part of the actions that call it, which record"
READS = "reads"
# Modules that change something and are called after what they are about.
ALSO = {
    "families.access.locking",
    "leap.core.outbox.drafts",
    "outcomes.calculation.growth_cutoffs",
    "outcomes.calculation.nights",
    "outcomes.calculation.steps",
    "referrals.transitions.transition",
}
WHY_NOT = {
    "sites.bookings.actions.add_attendances": PART,
    "leap.core.accounts.actions.create_team": (
        "the log stands on accounts: administration records it"
    ),
    "leap.core.accounts.actions.join_team": (
        "the log stands on accounts: administration records it"
    ),
    "leap.core.accounts.actions.create_first_admin": (
        "done once, at the terminal, before anybody is in"
    ),
    "leap.administration.actions.members.membership_of": READS,
    "leap.core.auth.actions.new_password_address": READS,
    "leap.core.auth.actions.clear_out": "throws away what has expired by the clock already",
    "families.observations.actions.new_observation": READS,
    "families.contacts.actions.contact_people": READS,
    "families.contacts.actions.refresh_last_contact": PART,
    "leap.casework.life_events.actions.losses.kind_of": READS,
    "leap.casework.life_events.actions.losses.families_of": READS,
    "families.access.involvement_actions.view_permission": READS,
    "families.access.involvement_actions.tidy_grants": (
        "they open nothing: access ends by the clock"
    ),
    "families.access.involvement_actions.grant_again": PART,
    "families.access.access_log_actions.seen_this_hour": READS,
    "referrals.transitions.task_actions.give_task": PART,
    "referrals.transitions.task_actions.end_tasks": PART,
    "referrals.attachments.actions.stored_path": READS,
    "referrals.external.link_actions.make_link": PART,
    "referrals.external.link_actions.close_links": PART,
    "referrals.external.link_actions.referral_opened_with": READS,
    "referrals.transitions.transition.transition": PART,
    "referrals.transitions.transition.change": PART,
    "referrals.transitions.transition.resume_clock": PART,
    "referrals.transitions.transition.write_transition": PART,
    "referrals.transitions.sender_actions.clocks_from_now": READS,
    "referrals.transitions.sender_actions.clocks_since": READS,
    "referrals.transitions.sender_update_actions.update_external_sender": PART,
    "outcomes.calculation.growth_cutoffs.fill_growth_cutoffs": (
        "a published reference, the same for everybody"
    ),
    "outcomes.calculation.nights.periods_touched": READS,
    "outcomes.calculation.steps.work_some": "the night records when it begins and is published",
    "outcomes.calculation.steps.figure": READS,
    "outcomes.calculation.nights.due_on": READS,
    "leap.core.outbox.actions.back_off": PART,
    "leap.core.outbox.actions.clear_out": ("throws away what nobody has touched for ninety days"),
    "leap.core.outbox.actions.queue_email_or_hold_back": PART,
    "leap.core.auth.actions.unknown_place": READS,
    "leap.core.auth.actions.opens": READS,
    "families.access.locking.lock_family": PART,
    "referrals.attachments.actions.clear_out_files": "deletes files that no record names",
    "leap.core.outbox.drafts.keep_draft": "what is being typed is no part of a record yet",
    "leap.core.outbox.drafts.draft_of": READS,
    "leap.core.outbox.drafts.name_of": READS,
    "leap.core.outbox.drafts.draft_in": READS,
    "leap.core.outbox.drafts.free_text_in": READS,
    "leap.core.outbox.drafts.drop_draft_of_request": ("what was typed was never part of a record"),
    "leap.core.outbox.drafts.drop_draft": "what was typed was never part of a record",
    "leap.core.outbox.actions.queue_email": (
        "the action that posts a message records what it is about"
    ),
    "leap.core.outbox.actions.queue_sms": "as for an e-mail",
    "leap.core.notifications.actions.notify": PART,
    "leap.core.notifications.actions.tell": PART,
    "leap.core.notifications.actions.mail": PART,
    "leap.core.notifications.actions.open_notice": "one's own, and no part of any record",
    "leap.core.notifications.actions.read_all": "one's own, and no part of any record",
    "leap.core.notifications.actions.send_digests": (
        "it tells of nothing new; each is kept as a Digest"
    ),
    "leap.core.notifications.actions.clear_out": (
        "throws away what is no part of any record, by its age"
    ),
    "leap.core.outbox.actions.deliver_waiting": "the outbox itself says what was delivered",
}


def modules():
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts).removesuffix(".__init__")
            acts = any(part == "actions" or part.endswith("_actions") for part in parts)
            if (acts or name in ALSO) and "migrations" not in parts:
                yield name, path


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    tree = ast.parse(path.read_text())
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


def called(node: ast.AST) -> set[str]:
    """The names that a function calls or hands on."""
    names = {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}
    return names | {part.attr for part in ast.walk(node) if isinstance(part, ast.Attribute)}


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
