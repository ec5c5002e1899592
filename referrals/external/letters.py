"""A referral on paper: a form with a slip for whoever it goes to, and a letter to the family.

Accessible PDFs (PDF/UA-1) set by Typst. The form says what somebody outside reads by a link before
they accept, and no more. The letter says to whom the family was referred, and nothing of why.
"""

from pathlib import Path
from typing import TypedDict

from django.utils import timezone

from families.models import Person
from leap.core.typesetting import typeset
from leap.core.ui.formatting import short_day
from referrals.external.disclosure import disclosure_of
from referrals.models import ExternalReferral, Pathway

TEMPLATE = Path(__file__).with_name("paper.typ")
ASKED = {
    Pathway.Kind.REFERRAL: "Your help with what is said below",
    Pathway.Kind.HANDOVER: "To take this family on",
    Pathway.Kind.NOTIFICATION: "Nothing but to know, and to say that you have read it",
}
SLIP = {
    Pathway.Kind.REFERRAL: ("We accept.", "We decline.", "We need to know more first."),
    Pathway.Kind.HANDOVER: ("We take them on.", "We decline.", "We need to know more first."),
    Pathway.Kind.NOTIFICATION: ("We have read it.",),
}
BLANKS = ("Why, and what could be done instead:", "", "Name:", "Role:", "Where:", "Signed:", "Day:")


class LetterPart(TypedDict):
    title: str
    text: str


class LetterText(TypedDict):
    """All that a page of paper says."""

    title: str
    ref: str
    agency: str
    paragraphs: list[str]
    parts: list[LetterPart]
    slip: list[str]
    blanks: list[str]
    return_to: str


def form(outside: ExternalReferral) -> bytes:
    """For whoever it goes to, with a slip to send back."""
    return _set(form_text(outside))


def form_text(outside: ExternalReferral) -> LetterText:
    """What the form says."""
    seen, team = disclosure_of(outside), outside.from_team
    children = "\n".join(child.name_and_age for child in seen.children) or "No children recorded"
    answers = [f"{step.get_kind_display()}: {step.text}" for step in seen.messages]
    return LetterText(
        title="A referral to you",
        ref=outside.ref,
        agency=f"{team}, {team.agency.name}",
        paragraphs=[
            f"To {outside.whom}. Sent {short_day(timezone.localdate(outside.sent_at))}.",
            f"Please answer by {short_day(outside.answer_by)}, by the slip or on the telephone"
            f"{_number(outside)}. Until you accept, {team} stays responsible. How to reach the "
            "family is told to you when you do.",
        ],
        parts=[
            LetterPart(title="About", text=f"{children}\nWard: {seen.ward}"),
            LetterPart(title="What is asked", text=ASKED[Pathway.Kind(outside.kind)]),
            LetterPart(title="Why", text=seen.reason),
            *([LetterPart(title="Asked and answered", text="\n".join(answers))] if answers else []),
            LetterPart(title="Ask", text=f"{outside.sent_by}, {team}{_number(outside)}"),
        ],
        slip=list(SLIP[Pathway.Kind(outside.kind)]),
        blanks=list(BLANKS),
        return_to=f"Reference {outside.ref}. To {outside.sent_by}, {team}, {team.agency.name}, "
        f"by {short_day(outside.answer_by)}.",
    )


def letter(outside: ExternalReferral, to: Person) -> bytes:
    """To somebody of the family: to whom they were referred, and whom to ring. Never why."""
    return _set(letter_text(outside, to))


def letter_text(outside: ExternalReferral, to: Person) -> LetterText:
    """What the letter says. It has no address: whoever posts it knows which is safe."""
    team = outside.from_team
    paragraphs = [
        f"Dear {to.name},",
        f"On {short_day(timezone.localdate(outside.sent_at))} we asked {outside.organisation} "
        "to be in touch with you.",
        f"If you would rather they were not, or want to ask anything, ring us{_number(outside)}. "
        "You may also ask to see what we keep about you.",
        f"{outside.sent_by}\n{team}",
    ]
    return LetterText(
        title="We asked somebody to help",
        ref=outside.ref,
        agency=f"{team}, {team.agency.name}",
        paragraphs=paragraphs,
        parts=[],
        slip=[],
        blanks=[],
        return_to="",
    )


def _number(outside: ExternalReferral) -> str:
    telephone = outside.from_team.telephone
    return f" on {telephone}" if telephone else ""


def _set(text: LetterText) -> bytes:
    return typeset(TEMPLATE, "said", text, timezone.now())
