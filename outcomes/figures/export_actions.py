"""Letting figures out, and writing down that we did."""

from collections.abc import Sequence

from django.db import transaction

from leap.core.accounts.models import User
from leap.core.audit.log import record
from outcomes import rules
from outcomes.figures import exports
from outcomes.indicators import Indicator
from outcomes.periods import Period


@transaction.atomic
def export_figures(
    *, periods: Sequence[Period], exact: bool, by: User | None, reason: str = ""
) -> str:
    """A CSV file of the published figures of some periods; `by` is None at the terminal.

    Disclosure-controlled unless `exact`, which takes an admin or analyst. Raises NotAllowed, and
    `exports.NoFigures` for a period that has none.
    """
    if by is not None:
        rules.check_can_see(by)
        if exact:
            rules.check_can_see_exact(by)
    figures = exports.published_figures(periods)
    record(
        "figures.exported",
        by=by,
        periods=[period.code for period in periods],
        disclosive=exact,
        size=len(figures),
        reason=reason,
    )
    return exports.as_csv(figures, exact=exact)


@transaction.atomic
def see_exact(*, by: User, period: Period, indicator: Indicator | None = None) -> None:
    """Write down that `by` is shown exact figures on a page; NotAllowed for who may not be."""
    rules.check_can_see_exact(by)
    code = indicator.code if indicator else ""
    record("figures.seen_exact", by=by, period=period.code, indicator=code)
