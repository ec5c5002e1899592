"""Whether something in the record is a fact, a professional's opinion, or what somebody reported.

What a code holds says it for findings. In a note the writer says it, by how a paragraph begins:
“Fact:”, “Opinion:” or “Told by her mother:”. A paragraph that says nothing is an account.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from families.observations.codes import CODES
from families.observations.declaration import Source

BEGINS = re.compile(
    r"^\s*(?:(?P<fact>fact|facts|seen|observed)"
    r"|(?P<opinion>(?:my |professional )?(?:opinion|view|judgement))"
    r"|(?P<told>(?:told|reported|said) by (?P<by>[^:\n]{1,60})))\s*:\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class NotePart:
    """A paragraph of a note, with what it is in words."""

    mark: str
    text: str


def provenance_of_finding(code: str, person: str, by: str) -> str:
    """What a finding about `person`, recorded by `by`, is."""
    source = CODES[code].source if code in CODES else None
    if source is Source.MEASURED:
        return "Fact"
    if source is Source.PRACTITIONER:
        return f"Opinion of {by}" if by else "Opinion"
    if source is Source.CARER:
        return "Reported by a parent or carer"
    if source is Source.THEMSELVES:
        return f"Reported by {person}" if person else "Reported by her"
    return f"Account of {by}" if by else "Account"


def note_parts(note: str, by: str) -> Iterator[NotePart]:
    """The paragraphs of a note by `by`. Those that follow a mark are under it until the next."""
    mark = account = f"Account of {by}" if by else "Account"
    for paragraph in re.split(r"\n\s*\n|\n(?=[^\n:]{3,75}:)", note.replace("\r\n", "\n").strip()):
        if begun := BEGINS.match(paragraph):
            if begun["told"]:
                mark = f"Reported by {begun['by'].strip()}"
            elif begun["opinion"]:
                mark = f"Opinion of {by}" if by else "Opinion"
            else:
                mark = "Fact"
            paragraph = paragraph[begun.end() :]
        if paragraph.strip():
            yield NotePart(mark or account, paragraph.strip())
