"""Contacts that were written without a signal, coming in: each is logged once, or says why not."""

import json
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, QueryDict
from django.utils import timezone

from families.access.loading import family_for
from families.contacts import actions
from families.contacts.forms import LOG_CONTACT_ROUTE, draft_key, form_for
from families.contacts.rules import reviews_of
from families.inputs import NewContact
from families.models import Contact, ContactPerson, Family
from leap.casework.offline.device_lease import DeviceLease
from leap.casework.offline.payload_crypto import UnreadableError, decrypt_payload
from leap.casework.offline.visit_bundle import contact_form
from leap.casework.previsit_summary import what_it_was
from leap.core import parse
from leap.core.accounts.models import User
from leap.core.audit.kinds import HISTORY
from leap.core.audit.models import Event
from leap.core.exceptions import NotAllowed
from leap.core.http import clean_fields
from leap.core.outbox.drafts import NoRoom, draft_of, keep_draft
from leap.core.outbox.idempotency import run_idempotent
from leap.core.ui.formatting import when

SENT, REFUSED, MEANWHILE, DRAFT, WAIT = "sent", "refused", "meanwhile", "draft", "wait"
GONE = (
    "This family is not shared with you any more, or its record has become another one. What you"
    " wrote is kept here: copy it, and ask the team that works with them."
)
OTHER_DRAFT = "You have begun another contact with this family. Finish that one first."
# What about a family may make a contact another one than was written.
CHANGES = (
    "family.birth",
    "family.loss",
    "family.loss_undone",
    "family.member_left",
    "family.child_adopted",
    "family.move_out",
    "family.lead_moved",
    "family.reopened",
)


@dataclass(frozen=True)
class Written:
    """One contact as a device sealed it: under which key it is sent, what was typed, and what the
    family was like when it was written: as `since`, on our clock."""

    ref: str
    submission: str
    typed: QueryDict
    since: datetime


class RefusedError(Exception):
    """Not logged. `answer` says why, for the device."""

    def __init__(self, state: str, **answer: Any) -> None:
        super().__init__(state)
        self.answer = {"state": state, **answer}


def read(sealed: str, taking: DeviceLease) -> Written:
    """What the device sealed. UnreadableError for what cannot be read, or makes no sense."""
    try:
        payload = json.loads(decrypt_payload(b64decode(sealed, validate=True), taking.token))
        ref, submission, typed = (str(payload[name]) for name in ("ref", "submission", "typed"))
        since = parse.moment(str(payload["since"]))
    except (NotBase64, KeyError, TypeError, ValueError) as error:
        raise UnreadableError from error
    if not submission:
        raise UnreadableError
    return Written(ref[:20], submission[:100], clean_fields(QueryDict(typed)), since)


def send(written: Written, user: User) -> dict[str, object]:
    """Log it, as the form of the family's page would have. Safe to do any number of times.

    All of it happens under the key: once logged, it stays logged, whatever has changed since.
    """
    try:
        answer = run_idempotent(
            user=user,
            key=written.submission,
            route=LOG_CONTACT_ROUTE.format(ref=written.ref),
            work=lambda: _log(written, user),
        )
    except RefusedError as refused:
        return refused.answer
    except Http404:
        return {"state": REFUSED, "sentence": GONE}
    except NotAllowed as refusal:
        return {"state": REFUSED, "sentence": str(refusal)}
    return {"state": SENT, **answer}


def keep(written: Written, user: User) -> dict[str, object]:
    """Keep it with what is not finished, under the same key."""
    form = draft_key(written.ref)
    draft = draft_of(form=form, by=user)
    if draft and draft.fields.get("submission") != [written.submission]:
        return {"state": WAIT, "sentence": OTHER_DRAFT}
    fields = {**dict(written.typed.lists()), "submission": [written.submission]}
    try:
        keep_draft(form=form, fields=fields, by=user)
    except NoRoom as full:
        return {"state": WAIT, "sentence": str(full)}
    return {"state": DRAFT}


def _log(written: Written, user: User) -> dict[str, object]:
    family = family_for(user, written.ref)
    form = form_for(family, user, written.typed)
    if not form.is_valid():
        raise RefusedError(REFUSED, html=contact_form(family, form))
    if others := recorded_meanwhile(family, user, form.contact(), written.since):
        raise RefusedError(MEANWHILE, meanwhile=others, at=timezone.now().isoformat())
    try:
        new, team = form.contact(), form.chosen_team
        return {"contact": actions.log_contact(family=family, new=new, team=team, by=user).ref}
    except ValidationError as problem:
        form.say(problem)
        raise RefusedError(REFUSED, html=contact_form(family, form)) from problem


def recorded_meanwhile(
    family: Family, user: User, new: NewContact, since: datetime
) -> list[dict[str, str]]:
    """What happened that the writer could not know of: the same kind of contact on the same day,
    the same review, or a change in the family. As lines for the device."""
    alike = Q(kind=new.kind, occurred_on=timezone.localdate(new.occurred_at))
    for person, code in reviews_of(family, new).items():
        of_them = ContactPerson.objects.filter(contact=OuterRef("pk"), person=person, review=code)
        alike |= Q(Exists(of_them))
    contacts = family.contacts.in_layers_of(user).filter(alike, recorded_at__gt=since)
    related = contacts.select_related("by", "team").with_reviews()
    lines = [_line(contact) for contact in related.order_by("recorded_at")]
    events = Event.objects.filter(family_ref=family.ref, kind__in=CHANGES, at__gt=since)
    by_kind = {event.kind: event for event in events.exclude(by_ref=str(user.ref)).order_by("at")}
    return lines + [
        {"title": HISTORY[kind], "by": f"{event.by_name}, {when(event.at)}", "note": ""}
        for kind, event in by_kind.items()
    ]


def _line(contact: Contact) -> dict[str, str]:
    by = contact.by or contact.team
    title = f"{what_it_was(contact)}: {contact.get_outcome_display().lower()}"
    return {"title": title, "by": f"{by}, {when(contact.occurred_at)}", "note": contact.note}
