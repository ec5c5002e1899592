"""Every kind of event that the log can hold, declared once.

A kind says in words what happened, which data it changes, whether somebody only looked, and whether
it belongs to the story of a family that its pages tell. The log refuses an event of any other kind,
and a test holds that each kind written anywhere in the code stands here.
"""

from dataclasses import dataclass

PEOPLE, CONTACTS, OBSERVATIONS = "people", "contacts", "observations"
SESSIONS, REFERRALS = "sessions", "referrals"  # of sessions: who came to them
PLACES = "places"  # postcodes with their wards, services, sites
EVERYTHING = frozenset({PEOPLE, CONTACTS, OBSERVATIONS, SESSIONS, REFERRALS, PLACES})


class UndeclaredError(ValueError):
    """An event was to be written whose kind nobody has declared."""


@dataclass(frozen=True)
class EventKind:
    """One kind of event. `changes` is what a figure could count otherwise because of it."""

    code: str
    label: str
    changes: frozenset[str] = frozenset()
    by_findings: frozenset[str] = frozenset()  # changed too where its `findings` are not none
    is_look: bool = False
    in_history: bool = False
    is_minor: bool = False  # in the history, and not among its significant events
    in_chronology: bool = False  # told there although the family's page does not tell it
    is_for_family: bool = True  # may stand on a paper that the family reads


def kind(code: str) -> EventKind:
    """The declaration of a kind; UndeclaredError says what to do where there is none."""
    try:
        return KINDS[code]
    except KeyError:
        raise UndeclaredError(
            f"“{code}” is not a declared kind of event. Declare it in leap/core/audit/kinds.py."
        ) from None


def label(code: str) -> str:
    """What happened, in words; an event that is older than its declaration keeps its code."""
    return KINDS[code].label if code in KINDS else code


def _changing(label: str, *changes: str, minor: bool = False, in_history: bool = True) -> EventKind:
    """A change to the records of a family; part of its history unless `in_history` is False."""
    return EventKind("", label, frozenset(changes), in_history=in_history, is_minor=minor)


def _told(label: str, *, minor: bool = False, for_family: bool = True) -> EventKind:
    """Part of a family's history that no figure counts."""
    return EventKind("", label, in_history=True, is_minor=minor, is_for_family=for_family)


def _in_chronology(label: str, *changes: str, minor: bool = False) -> EventKind:
    """Told where everything that happened stands, and not on the family's page."""
    return EventKind("", label, frozenset(changes), in_chronology=True, is_minor=minor)


def _noted(label: str) -> EventKind:
    """In the log alone."""
    return EventKind("", label)


def _look(label: str) -> EventKind:
    """Somebody read something, or took a copy."""
    return EventKind("", label, is_look=True)


FAMILIES = {
    "family.registered": _changing("Family registered", PEOPLE),
    "family.imported": _changing("Records imported", *EVERYTHING, minor=True),
    "family.person_added": _changing("Somebody added to the family", PEOPLE),
    "family.address_recorded": _changing("Address recorded", PEOPLE),
    "family.lead_moved": _told("Lead moved"),
    "family.allocated": _told("Lead practitioner changed"),
    "family.team_involved": _told("Team started working with the family"),
    "family.team_left": _told("Team stopped working with the family"),
    "family.involvement_changed": _told("How long a team stays was changed", minor=True),
    "family.birth": _changing("Birth recorded", PEOPLE, CONTACTS, OBSERVATIONS),
    "family.loss": _changing("Death recorded", PEOPLE),
    "family.loss_undone": _changing("Death taken back: it was a mistake", PEOPLE),
    "family.member_left": _changing("Somebody left the home", PEOPLE),
    "family.move_out": _told("Move out of the area announced"),
    "family.move_out_acknowledged": _told("Family taken on outside the area"),
    "family.move_out_called_off": _told("Move out of the area called off"),
    "family.closed": _told("Record closed"),
    "family.reopened": _told("Record opened again"),
    "family.child_adopted": _changing("Child left the family", PEOPLE),
    "family.merged": _changing("Families merged", *EVERYTHING, in_history=False),
    "family.unmerged": _changing("Families taken apart again", *EVERYTHING, in_history=False),
    "family.handover_note_left": _noted("Handover note left"),
    "family.named": _noted("Somebody named for the family"),
    "family.name_taken_off": _noted("Somebody no longer named for the family"),
    "family.restricted": _noted("Record kept for named people"),
    "family.opened_again": _noted("Record no longer kept for named people"),
    "family.opened": _look("Read the record"),
    "family.asked_about": _look("Asked whether a person is known"),
    "identities.asked": _look("Asked whether people are known"),
    "identities.known": _look("Was told who may be known"),
    "identities.held_up": _noted("Asked too often whether people are known"),
    "possible_duplicates.listed": _look("Listed possible duplicates"),
    "possible_duplicate.decided": _noted("Possible duplicate decided"),
    "families.searched": _look("Searched for families"),
    "records.listed": _look("Listed records"),
    "person.changed": _changing("Details of a person changed", PEOPLE, in_history=False),
    "person.merged": _changing("Persons merged", *EVERYTHING, in_history=False),
    "person.unmerged": _changing("Persons taken apart again", *EVERYTHING, in_history=False),
    "person.restricted": _noted("Person kept for named people"),
    "person.opened_again": _noted("Person no longer kept for named people"),
    "person.named": _noted("Somebody named for a person"),
    "person.name_taken_off": _noted("Somebody no longer named for a person"),
    "person.safe_contact": _noted("How a person is safely reached changed"),
    "address.shielded": _noted("Address kept from somebody"),
    "address.shown_again": _noted("Address no longer kept from somebody"),
    "records.imported": _changing("Import finished", *EVERYTHING, in_history=False),
}

WORK = {
    "contact.logged": EventKind(
        "", "Contact logged", frozenset({CONTACTS}), by_findings=frozenset({OBSERVATIONS})
    ),
    "contact.corrected": _changing("Contact corrected", CONTACTS, OBSERVATIONS, in_history=False),
    "contact.layer_changed": _noted("Who may read a contact changed"),
    "observation.recorded": _changing("Finding recorded", OBSERVATIONS, in_history=False),
    "assessment.recorded": _changing("Assessment recorded", OBSERVATIONS, in_history=False),
    "alert.added": _noted("Alert for visits added"),
    "alert.ended": _noted("Alert for visits ended"),
    "follow_up.done": _noted("Next step done"),
    "prompt.decided": _noted("Prompt decided"),
    "plan.opened": _told("Early help plan begun"),
    "plan.goal_set": _noted("Goal of a plan set"),
    "plan.scored": _noted("Goal of a plan scored"),
    "plan.step_agreed": _noted("Step of a plan agreed"),
    "plan.step_done": _noted("Step of a plan done"),
    "plan.met": _told("The team around the family met"),
    "plan.closed": _told("Early help plan closed"),
    "break_glass.opened": _told("Record opened in an emergency", for_family=False),
    "break_glass.ended": _noted("Gave the record back"),
    "break_glass.judged": _noted("Emergency opening judged"),
    "break_glass.not_found": _noted("Emergency opening of nobody known"),
    "break_glass.held_up": _noted("Too many emergency openings"),
    "odd_look.answered": _noted("Question about an opening answered"),
    "openings.looked_through": _noted("Openings of the day looked through"),
    "sharing.decided": _told("Sharing decision recorded", for_family=False),
    "sharing.withdrawn": _told("Sharing decision withdrawn", for_family=False),
    "consent.recorded": _told("Answer about a service recorded", minor=True),
}

# A booking changes no figure: who came is marked in the register.
BOOKINGS = {
    "booking.made": _in_chronology("Place booked", minor=True),
    "booking.cancelled": _in_chronology("Place given back", minor=True),
    "register.marked": _changing("Register marked", SESSIONS, in_history=False),
    "register.walked_in": _changing("Somebody walked in", SESSIONS, in_history=False),
    "session.created": _noted("Session created"),
    "session.changed": _noted("Session changed"),
    "session.cancelled": _noted("Session cancelled"),
    "session.staff_named": _noted("Staff of a session named"),
    "register.opened": _look("Opened a register"),
}

REFERRED = {
    "referral.drafted": _noted("Referral drafted"),
    "referral.edited": _noted("Draft of a referral changed"),
    "referral.sent": _changing("Referral sent", REFERRALS),
    "referral.acknowledged": _changing("Referral acknowledged", REFERRALS, minor=True),
    "referral.accepted": _changing("Referral accepted", REFERRALS),
    "referral.declined": _changing("Referral declined", REFERRALS),
    "referral.redirected": _in_chronology("Referral sent on to another team", REFERRALS),
    "referral.information_asked": _changing(
        "Information asked about a referral", REFERRALS, minor=True
    ),
    "referral.information_given": _changing(
        "Information given for a referral", REFERRALS, minor=True
    ),
    "referral.withdrawn": _changing("Referral withdrawn", REFERRALS, minor=True),
    "referral.expired": _in_chronology("Referral came back without an answer", REFERRALS),
    "referral.first_contact": _changing(
        "First contact after a referral", REFERRALS, in_history=False
    ),
    "referral.closed": _changing("Referral closed", REFERRALS),
    "referral.paused": _changing("Clock of a referral paused", REFERRALS, in_history=False),
    "referral.resumed": _changing("Clock of a referral resumed", REFERRALS, in_history=False),
    "referral.allocated": _noted("Referral allocated"),
    "referral.challenged": _noted("Decision challenged"),
    "referral.challenge_raised": _noted("Challenge taken further"),
    "referral.challenge_proposed": _noted("How to settle a challenge proposed"),
    "referral.challenge_settled": _noted("Challenge settled"),
    "referral.escalated": _noted("Late referral escalated"),
    "referral.task_done": _noted("Task of a referral done"),
    "referral.task_handed_on": _noted("Task of a referral handed on"),
    "referral.file_added": _noted("File attached to a referral"),
    "referral.file_removed": _noted("File removed from a referral"),
    "referral.file_opened": _look("Opened a file of a referral"),
    "referral.previewed": _look("Previewed a referral"),
    "incoming.received": _noted("Referral from outside received"),
    "incoming.matched": _noted("Referral from outside matched"),
    "incoming.answered": _noted("Referral from outside answered"),
    "incoming.chased": _noted("Referral from outside chased"),
    "outside.sent": _told("Referred to somebody outside"),
    "outside.sent_again": _noted("Sent outside again, with a new link and code"),
    "outside.revoked": _noted("Link to somebody outside revoked"),
    "outside.locked": _noted("Link to somebody outside locked"),
    "outside.opened": _noted("Opened by somebody outside"),
    "outside.acknowledged": _noted("Acknowledged by somebody outside"),
    "outside.accepted": _told("Accepted by somebody outside"),
    "outside.declined": _told("Declined by somebody outside"),
    "outside.asked": _noted("Somebody outside asked for information"),
    "outside.told": _noted("Information given to somebody outside"),
    "outside.closed": _told("Somebody outside told what came of a referral"),
    "outside.withdrawn": _told("Referral to somebody outside withdrawn"),
    "outside.expired": _told("Referral to somebody outside came back without an answer"),
    "outside.settled": _noted("Said what was done instead of a referral outside"),
    "outside.printed": _look("Printed a referral outside"),
    "outside.wrong_code": _noted("Somebody outside gave a wrong code"),
    "pathway.changed": _noted("Pathway changed"),
    # What was sent and waits gets another day to be acknowledged by.
    "day.set_apart": _changing("Working day changed", REFERRALS, in_history=False),
    "day.put_back": _changing("Working day changed back", REFERRALS, in_history=False),
}

RECORDS = {
    "subject_access.asked": _noted("Record asked for"),
    "subject_access.gathered": _noted("Record gathered"),
    "subject_access.extended": _noted("Time to answer extended"),
    "subject_access.decided": _noted("Part of a record decided"),
    "subject_access.proposals_accepted": _noted("Proposals for a record accepted"),
    "subject_access.finished": _noted("Request for a record answered"),
    "subject_access.exported": _look("Took a copy of the record"),
    "subject_access.expired": _noted("Copy of a record removed"),
    "retention.held": _noted("Record held"),
    "retention.hold_lifted": _noted("Hold of a record lifted"),
}

PROGRAMME = {
    "agency.founded": _noted("Agency added"),
    "agency.changed": _noted("Agency changed"),
    "team.founded": _noted("Team added"),
    "team.changed": _noted("Team changed"),
    "team.intake_paused": _noted("Intake paused"),
    "team.intake_resumed": _noted("Intake resumed"),
    "member.joined": _noted("Joined a team"),
    "member.left": _noted("Left a team"),
    "member.role_changed": _noted("Role in a team changed"),
    "practitioner.invited": _noted("Practitioner invited"),
    "practitioner.invited_again": _noted("Practitioner invited again"),
    "practitioner.changed": _noted("Details of a practitioner changed"),
    "practitioner.role_changed": _noted("Role in the programme changed"),
    "practitioner.deactivated": _noted("Practitioner deactivated"),
    "practitioner.reactivated": _noted("Practitioner reactivated"),
    "practitioner.work_handed_on": _noted("Work of a practitioner handed on"),
    "cut_offs.set": _noted("Cut-offs of an instrument set"),
    "message.tried_again": _noted("Message tried again"),
    "message.told": _noted("Message passed on by hand"),
    "notices.chosen": _noted("Notices chosen"),
    "night.begun": _noted("Night begun"),
    "night.published": _noted("Night published"),
    "figures.exported": _look("Exported figures"),
    "figures.seen_exact": _look("Saw exact figures"),
    "report.issued": _noted("Report issued"),
    "report.exported": _look("Exported a report"),
}

ACCOUNTS = {
    "sign_in.done": _noted("Signed in"),
    "sign_in.failed": _noted("Failed to sign in"),
    "sign_in.ended": _noted("Signed out"),
    "session.ended": _noted("Signed out elsewhere"),
    "sessions.ended": _noted("Signed out everywhere"),
    "access.ended": _noted("Access ended"),
    "password.changed": _noted("Password changed"),
    "password.forgotten": _noted("Password forgotten"),
    "second_factor.set_up": _noted("Second step set up"),
    "second_factor.removed": _noted("Second step removed"),
    "second_factor.reset": _noted("Second step reset"),
    "recovery_code.used": _noted("Recovery code used"),
    "recovery_codes.made": _noted("Recovery codes made"),
}

_PARTS = (FAMILIES, WORK, BOOKINGS, REFERRED, RECORDS, PROGRAMME, ACCOUNTS)


KINDS: dict[str, EventKind] = {
    code: EventKind(**{**vars(kind), "code": code})
    for part in _PARTS
    for code, kind in part.items()
}
LOOKS = frozenset(code for code, kind in KINDS.items() if kind.is_look)
# What a family's own pages tell, in words.
HISTORY = {code: kind.label for code, kind in KINDS.items() if kind.in_history}
CHRONOLOGY = HISTORY | {code: kind.label for code, kind in KINDS.items() if kind.in_chronology}
NOT_FOR_FAMILY = frozenset(code for code, kind in KINDS.items() if not kind.is_for_family)
MINOR = frozenset(code for code, kind in KINDS.items() if kind.is_minor)
