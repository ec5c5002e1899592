"""Deciding on a prompt."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from families.models import Family
from leap.casework.prompts import rules
from leap.casework.prompts.models import Decision
from leap.casework.prompts.queries import Prompt
from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.ids import new_ref


@transaction.atomic
def decide(
    *, family: Family, prompt: Prompt, choice: str, until: date | None, note: str, by: User
) -> Decision:
    """Record what `by` decided. ValidationError for a day that is too late, or no explanation."""
    rules.check_can_decide(family, by)
    if problem := rules.why_not_until(prompt.rule, choice, until):
        raise ValidationError({"until": problem})
    if choice == Decision.Choice.EXPLAINED and not note.strip():
        raise ValidationError({"note": "Say how it is explained."})
    made = Decision.objects.create(
        ref=new_ref("PD", 10),
        family=family,
        rule=prompt.rule,
        basis=prompt.basis,
        choice=choice,
        until=until if choice == Decision.Choice.NOT_NOW else None,
        note=note,
        by=by,
    )
    # Not which rule: the log is read by people who may not see what the prompt rests on.
    record("prompt.decided", by=by, family_ref=family.ref, subject=made, choice=choice)
    return made
