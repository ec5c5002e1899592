"""The page about moves, made from the table, so that the two cannot differ."""

from referrals.models import HOLDERS, MOVES, Holder, Status

HEAD = """# How a referral moves

Made from `MOVES` and `HOLDERS` in `referrals/models/moves.py` by `manage.py document_moves`.

Every referral stands in one status. Each status has a holder: whose turn it is. Until somebody
accepts, the sender stays responsible for the family. A handover moves the lead in the same
transaction that accepts it.

```mermaid
stateDiagram-v2
    [*] --> draft
"""


def moves_page() -> str:
    """The whole of docs/referral-moves.md."""
    arrows = [f"    {status} --> {to}" for status, to in _moves()]
    ends = [f"    {status} --> [*]" for status in Status.values if not MOVES[status]]
    table = [_line(status) for status in Status]
    lines = [
        *arrows,
        *ends,
        "```",
        "",
        "| Status | Whose turn | May move to |",
        "|---|---|---|",
        *table,
    ]
    return HEAD + "\n".join(lines) + "\n"


def _moves() -> list[tuple[str, str]]:
    return [(status, to) for status in Status.values for to in Status.values if to in MOVES[status]]


def _line(status: Status) -> str:
    onwards = [to.label.lower() for to in Status if to in MOVES[status]]
    turn = Holder(HOLDERS[status]).label
    return f"| {status.label} | {turn} | {', '.join(onwards) or 'nowhere: it is finished'} |"
