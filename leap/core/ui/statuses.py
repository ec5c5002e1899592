"""Every status word people see, and its colour: one place, so that a word means one thing.

Green is settled and well, blue is moving, yellow waits for somebody, orange is late soon, red is
late or unsafe, grey is over.
"""

from leap.core.accounts.permissions import role_tags
from leap.core.ui.formatting import humanise

STATUSES: dict[str, tuple[str, str]] = {
    # disagreement about a referral, and links to people outside
    "disputed": ("Disagreed", "magenta"),
    "opened": ("Opened", "blue"),
    "revoked": ("Closed", "grey"),
    "locked": ("Locked", "red"),
    # requests to see a record, and what becomes of each piece
    "gathering": ("Being gathered", "blue"),
    "reviewing": ("Being read", "yellow"),
    "answered": ("Answered", "green"),
    "keep": ("Leaves", "green"),
    "hide": ("Words hidden", "orange"),
    "leave_out": ("Left out", "grey"),
    # clocks
    "on_time": ("On time", "green"),
    "green": ("On time", "green"),
    "due_soon": ("Due soon", "orange"),
    "amber": ("Due soon", "orange"),
    "due": ("Due", "yellow"),
    "due_today": ("Due today", "orange"),
    "late": ("Late", "red"),
    "red": ("Late", "red"),
    "overdue": ("Overdue", "red"),
    "paused": ("Paused", "purple"),
    "stopped": ("Stopped", "grey"),
    "done": ("Done", "green"),
    "done_late": ("Done late", "orange"),
    "missed": ("Missed", "red"),
    "not_due": ("Not due yet", "grey"),
    # families
    "open": ("Open", "blue"),
    "closed": ("Closed", "grey"),
    "lead": ("Lead", "teal"),
    "involved": ("Involved", "blue"),
    "hand_over_gap": ("No lead practitioner", "red"),
    "unborn": ("Unborn", "purple"),
    "died": ("Died", "grey"),
    "ended": ("Ended", "grey"),
    "merged": ("Merged", "grey"),
    # who may see
    "shared": ("Shared", "blue"),
    "agency": ("Own agency only", "purple"),
    "restricted": ("Restricted", "red"),
    "shielded": ("Shielded", "red"),
    "break_glass": ("Emergency access", "red"),
    "awaiting_review": ("Waiting for review", "yellow"),
    "justified": ("Justified", "green"),
    "not_justified": ("Not justified", "red"),
    # contacts, bookings and registers
    "attended": ("Attended", "green"),
    "was_not_brought": ("Was not brought", "red"),
    "no_access": ("No access", "orange"),
    "cancelled_by_family": ("Cancelled by family", "grey"),
    "cancelled_by_service": ("Cancelled by service", "orange"),
    "booked": ("Booked", "blue"),
    "confirmed": ("Confirmed", "blue"),
    "did_not_attend": ("Did not attend", "red"),
    "walked_in": ("Walked in", "teal"),
    "cancelled": ("Cancelled", "grey"),
    "waiting": ("Waiting", "yellow"),
    "offered": ("Place offered", "purple"),
    "lapsed": ("Offer lapsed", "grey"),
    "full": ("Full", "orange"),
    "places": ("Places", "green"),
    # prompts
    "act": ("Acting on it", "blue"),
    "explained": ("Explained", "green"),
    "not_now": ("Not now", "grey"),
    "new": ("New", "yellow"),
    # nights, figures and reports
    "running": ("Running", "blue"),
    "waiting_to_run": ("Waiting", "yellow"),
    "published": ("Published", "green"),
    "issued": ("Issued", "green"),
    "frozen": ("Frozen", "teal"),
    "failed": ("Failed", "red"),
    "unchanged": ("Unchanged", "grey"),
    "better": ("Better", "green"),
    "worse": ("Worse", "red"),
    "no_change": ("No clear change", "grey"),
    # parts of the system, and people who work here
    "ok": ("Working", "green"),
    "down": ("Not answering", "red"),
    "active": ("Active", "green"),
    "invited": ("Invited", "yellow"),
    "inactive": ("Left", "grey"),
    **role_tags(),
}


def declare(statuses: dict[str, tuple[str, str]]) -> None:
    """Take in the words and colours that an app declares with its own statuses."""
    for value, display in statuses.items():
        if STATUSES.setdefault(value, display) != display:
            raise ValueError(
                f"“{value}” is {STATUSES[value]} already, and cannot be {display} too."
            )


def status_of(value: str) -> tuple[str, str]:
    """The word and colour for a status; an unknown one comes out grey, in its own words."""
    return STATUSES.get(str(value), (humanise(value), "grey"))
