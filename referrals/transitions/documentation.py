"""The page about moves, made from the table, so that the two cannot differ."""

from referrals.models import MOVES, NOT_FOR, STATUSES, Pathway, Status

BEGIN, END = "<!-- diagram: manage.py document_moves -->", "<!-- /diagram -->"
HEAD = """# How a referral moves

Made from `statuses.py` and `transitions.py` in `referrals/models/` by `manage.py document_moves`.

Every referral stands in one status. Each status has a holder: whose turn it is. Until somebody
accepts, the sender stays responsible for the family. A handover moves the lead in the same
transaction that accepts it. What this comes to for people is in [handoffs](handoffs.md).

"""


def diagram() -> str:
    """Every status and every move between two, as Mermaid draws it."""
    arrows = [
        f"    {status} --> {to}"
        for status, to in [
            (status, to) for status in Status.values for to in Status.values if to in MOVES[status]
        ]
    ]
    ends = [f"    {status} --> [*]" for status in Status.values if not MOVES[status]]
    start = ["```mermaid", "stateDiagram-v2", "    [*] --> draft"]
    return "\n".join([*start, *arrows, *ends, "```"])


def moves_page() -> str:
    """The whole of docs/referral-moves.md."""
    onwards = {
        status: [to.label.lower() for to in Status if to in MOVES[status]] for status in Status
    }
    struck_out = {
        kind: sorted(
            f"{Status(a).label.lower()} to {Status(b).label.lower()}" for a, b in NOT_FOR[kind]
        )
        for kind in Pathway.Kind
    }
    lines = [
        diagram(),
        "",
        "| Status | Whose turn | May move to |",
        "|---|---|---|",
        *[
            f"| {status.label} | {STATUSES[status].holder.label} |"
            f" {', '.join(to) or 'nowhere: it is finished'} |"
            for status, to in onwards.items()
        ],
        "",
        "| Kind | Moves it has no use for |",
        "|---|---|",
        *[f"| {kind.label} | {', '.join(moves)} |" for kind, moves in struck_out.items()],
    ]
    return HEAD + "\n".join(lines) + "\n"


def with_diagram(page: str) -> str:
    """docs/handoffs.md with the diagram as the table has it now."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{diagram()}\n{END}{after}"
