"""The night: beginning it, working it off, publishing it; and exporting what it made."""

from outcomes.actions.exporting import export_figures, see_exact
from outcomes.actions.nights import begin_night, periods_touched
from outcomes.actions.publishing import publish
from outcomes.actions.steps import work_some
from outcomes.actions.working import begin_due_night, tend, work_off

__all__ = [
    "begin_due_night",
    "begin_night",
    "export_figures",
    "periods_touched",
    "publish",
    "see_exact",
    "tend",
    "work_off",
    "work_some",
]
