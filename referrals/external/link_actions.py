"""The way in for somebody without an account: an address by e-mail, and a code by telephone.

Neither is kept. What proves an address is its hash; what proves a code can be worked out only with
the address and our secret key, so that a copy of the database opens nothing.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.notifications.types import NotificationType
from leap.core.outbox.actions import queue_email
from leap.core.ui.formatting import short_day
from referrals.external import rules
from referrals.models import ExternalReferral, ExternalReferralStep, SecureLink
from referrals.notifications import notify_team

DIGITS = 8
BODY = """{team} asks you to look at a referral.

Open it here, until {day}: {url}

It asks for a code of {digits} digits, which {team} gives you by telephone{number}, never by e-mail.
If you did not expect this, ring them on a number that you find yourself.

This message says nothing about anybody, on purpose. Please do not write about them by e-mail.
"""


@dataclass(frozen=True)
class ExternalReader:
    """Somebody without an account, as they say who they are."""

    name: str
    role: str
    organisation: str

    def __str__(self) -> str:
        return f"{self.name}, {self.organisation}"


def record_external_event(
    outside: ExternalReferral,
    kind: ExternalReferralStep.Kind,
    *,
    by: User | None = None,
    who: ExternalReader | None = None,
    text: str = "",
    key: str | None = None,
    **details: object,
) -> None:
    """Write down one step, and its one event in the log."""
    reader = {"name": who.name, "role": who.role, "organisation": who.organisation} if who else {}
    ExternalReferralStep.objects.create(
        outside=outside, kind=kind, by=by, text=text, key=key, **reader
    )
    record(
        f"outside.{kind}",
        by=by,
        family_ref=outside.family.ref,
        subject=outside,
        team_code=outside.from_team.code,
        outside=who if who and not by else "",
        way=outside.way,
        **details,
    )


def make_link(outside: ExternalReferral) -> str:
    """A new way in, in the place of any before: its address goes by e-mail. Returns the code, which
    is shown once to whoever gives it by telephone."""
    close_links(outside)
    token = secrets.token_urlsafe(32)
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    SecureLink.objects.create(
        outside=outside,
        token_hash=_hash(token),
        code_hash=_code_hash(token, code),
        expires_on=outside.answer_by,
    )
    team = outside.from_team
    body = BODY.format(
        team=team,
        url=settings.BASE_URL + reverse("referrals:by_link", args=[token]),
        day=short_day(outside.answer_by),
        digits=DIGITS,
        number=f" ({team.telephone})" if team.telephone else "",
    )
    queue_email(
        to=outside.receiver_email, subject=f"{team} asks you to look at a referral", body=body
    )
    return code


def close_links(outside: ExternalReferral) -> None:
    """From now on no link to it opens."""
    outside.links.filter(revoked_at=None).update(revoked_at=timezone.now())


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _code_hash(token: str, code: str) -> str:
    digits = "".join(character for character in code if character.isdigit())
    return salted_hmac(f"leap.outside.{token}", digits, algorithm="sha256").hexdigest()


@transaction.atomic
def open_link(*, token: str, code: str, who: ExternalReader, today: date) -> str:
    """Spend the code. Returns the key for the one browser that the link is open in from now on.

    Nothing is returned for a link that is not there, or is not open, or for a wrong code: they are
    not told apart. Tries at one link wait for one another, so that many at once get no more than
    one after the other.
    """
    # As it is now, while nobody else tries it. Read after the lock, and so with its referral.
    SecureLink.objects.select_for_update().filter(token_hash=_hash(token)).first()
    link = _link(token)
    is_right = constant_time_compare(link.code_hash if link else "", _code_hash(token, code))
    if not link or not rules.link_opens(link, today):
        return ""
    SecureLink.objects.filter(pk=link.pk).update(tries=F("tries") + 1)
    if not is_right:
        # Somebody with the address gave a wrong code. The fifth locks it, and its sender is told.
        link.refresh_from_db(fields=["tries"])
        outside = link.outside
        left = SecureLink.TRIES - link.tries
        record(
            "outside.wrong_code",
            by=None,
            family_ref=outside.family.ref,
            subject=outside,
            team_code=outside.from_team.code,
            tries_left=left,
        )
        if not left:
            record_external_event(outside, ExternalReferralStep.Kind.LOCKED)
            wrong = "A link to a referral is locked after five wrong codes. Send it again."
            notify_team(outside.from_team, NotificationType.RETURNED, wrong, outside, by=None)
        return ""
    key = secrets.token_urlsafe(32)
    reader = {"name": who.name, "role": who.role, "organisation": who.organisation}
    spent = SecureLink.objects.filter(pk=link.pk)
    spent.update(opened_at=timezone.now(), session_hash=_hash(key), **reader)
    record_external_event(link.outside, ExternalReferralStep.Kind.OPENED, who=who)
    return key


def referral_opened_with(token: str, key: str) -> tuple[ExternalReferral, ExternalReader] | None:
    """The referral that this browser has opened by this link, and by whom; nothing otherwise."""
    link = _link(token) if key else None
    if link is None or link.revoked_at or not link.opened_at:
        return None
    if not constant_time_compare(link.session_hash, _hash(key)) or link.outside.family.restriction:
        return None
    return link.outside, ExternalReader(link.name, link.role, link.organisation)


def _link(token: str) -> SecureLink | None:
    whole = ("outside__family", "outside__from_team__agency", "outside__sent_by")
    return SecureLink.objects.select_related(*whole).filter(token_hash=_hash(token)).first()


@transaction.atomic
def revoke(*, outside: ExternalReferral, by: User) -> None:
    """Close the link, opened or not. The referral stays where it is, with its sender."""
    rules.check_can_revoke(outside, by)
    close_links(outside)
    record_external_event(outside, ExternalReferralStep.Kind.REVOKED, by=by)
