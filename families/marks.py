"""Whether something in the record is a fact, a professional's opinion, or what somebody reported.

What a code holds says it for findings. In a note the writer says it, by how a paragraph begins:
“Fact:”, “Opinion:” or “Told by her mother:”. A paragraph that says nothing is an account.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from families.codes import ASQ3_DOMAINS

# Answered by a parent or a carer about a child, and by an adult about themselves.
OF_CARERS = frozenset(
    {"first_feed", "feeding_6_8_weeks", "asqse2", "asqse2_score"}
    | {f"asq3_{domain}" for domain in ASQ3_DOMAINS}
    | {f"asq3_{domain}_score" for domain in ASQ3_DOMAINS}
)
OF_THEMSELVES = frozenset(
    {
        "epds_total",
        "epds_item_10",
        "wemwbs_total",
        "swemwbs_total",
        "smoking_at_delivery",
        "domestic_abuse_disclosed",
    }
)
JUDGED = frozenset({"home_conditions", "dash_score"})

BEGINS = re.compile(
    r"^\s*(?:(?P<fact>fact|facts|seen|observed)"
    r"|(?P<opinion>(?:my |professional )?(?:opinion|view|judgement))"
    r"|(?P<told>(?:told|reported|said) by (?P<by>[^:\n]{1,60})))\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """A paragraph of a note, with what it is in words."""

    mark: str
    text: str


def of_finding(code: str, person: str, by: str) -> str:
    """What a finding about `person`, recorded by `by`, is."""
    if code in JUDGED:
        return f"Opinion of {by}" if by else "Opinion"
    if code in OF_CARERS:
        return "Reported by a parent or carer"
    if code in OF_THEMSELVES:
        return f"Reported by {person}" if person else "Reported by her"
    return "Fact"


def of_note(note: str, by: str) -> Iterator[Part]:
    """The paragraphs of a note by `by`. Those that follow a mark are under it until the next."""
    mark = account = f"Account of {by}" if by else "Account"
    for paragraph in re.split(r"\n\s*\n|\n(?=[^\n:]{3,75}:)", note.replace("\r\n", "\n").strip()):
        if begun := BEGINS.match(paragraph):
            mark = _mark(begun, by)
            paragraph = paragraph[begun.end() :]
        if paragraph.strip():
            yield Part(mark or account, paragraph.strip())


def _mark(begun: re.Match[str], by: str) -> str:
    if begun["told"]:
        return f"Reported by {begun['by'].strip()}"
    if begun["opinion"]:
        return f"Opinion of {by}" if by else "Opinion"
    return "Fact"
