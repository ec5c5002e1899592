"""What follows from a referral's status is declared with the status, and nowhere else."""

import ast

import pytest
from django.db import connection

from leap.core.ui.statuses import declare, status_of
from leap.ops.runtime.paths import ROOT
from referrals.models import OVER, STATUSES, TAKEN_ON, UNANSWERED, WITH_A_CLOCK, Status
from referrals.models.statuses import OUTSIDE
from tests.test_house import FILES

DECLARED_IN = {"referrals/models/statuses.py", "referrals/models/transitions.py"}
OF_REFERRALS = {Status.INFORMATION_ASKED, Status.ACKNOWLEDGED, Status.REDIRECTED}


def lists_statuses(node):
    """A list, a set or a table that names several of a referral's statuses by hand."""
    if isinstance(node, ast.List | ast.Set | ast.Tuple):
        parts = node.elts
    elif isinstance(node, ast.Dict):
        parts = [key for key in node.keys if key is not None]
    else:
        return False
    named = [
        part.attr
        for part in parts
        if isinstance(part, ast.Attribute) and getattr(part.value, "id", "") == "Status"
    ]
    texts = [part.value for part in parts if isinstance(part, ast.Constant)]
    return len(set(named) & set(Status.names)) > 1 or len(set(texts) & OF_REFERRALS) > 1


def test_nobody_else_keeps_a_list_of_statuses():
    listing = {
        path.relative_to(ROOT).as_posix()
        for path in FILES
        if "referrals" in path.read_text()
        and not path.is_relative_to(ROOT / "leap" / "ops")
        and any(map(lists_statuses, ast.walk(ast.parse(path.read_text()))))
    }
    assert listing - DECLARED_IN == {
        "referrals/external/queries.py",  # the steps that somebody outside takes
        "referrals/external/rules.py",  # the moves that are no answer from outside
        "referrals/models/external.py",  # what a notification, receipted alone, is spared
    }


@pytest.mark.parametrize("status", Status)
def test_a_status_says_all_that_is_asked_of_it(status):
    facts = STATUSES[status]
    assert facts.stands
    assert facts.done
    assert facts.where
    assert bool(facts.onwards) == (status != Status.DRAFT)
    assert (status in OVER) == (not facts.may_become)
    assert status_of(status) == (status.label, facts.colour)


def test_what_waits_for_an_answer_has_a_clock():
    assert set(UNANSWERED) < set(WITH_A_CLOCK)
    assert set(UNANSWERED) < set(OUTSIDE)


def test_row_level_security_knows_the_same_lists_of_statuses(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT policyname, concat(qual, with_check) FROM pg_policies"
            " UNION ALL SELECT proname, prosrc FROM pg_proc"
            " WHERE pronamespace = current_schema::regnamespace AND proname LIKE 'leap%'"
        )
        texts = cursor.fetchall()
    # 'accepted' and the like are words of other tables, too; two of them together are a list.
    listing = {
        name: {status for status in Status if f"'{status}'" in text}
        for name, text in texts
        if sum(f"'{status}'" in text for status in Status) > 1
    }
    assert listing == {
        "leap_has_referral_to_answer": set(UNANSWERED),
        "leap_may_join": set(TAKEN_ON),
        "leap_check_sides": set(OVER),
    }


def test_a_word_means_one_thing_on_every_page():
    with pytest.raises(ValueError, match="already"):
        declare({"sent": ("Sent", "red")})
