"""Who may send a family's referral out of the partnership, and what of it may never leave."""

from datetime import date

from django.core.exceptions import ValidationError

from families.access.rules import check_can_work_with, check_is_open
from families.models import Family, Person, SafeContact, Shield
from leap.core.accounts.models import Team, User
from leap.core.exceptions import Conflict, NotAllowed
from referrals.external.disclosure import contains_any, safe_ways, undisclosable_texts
from referrals.models import ExternalReferral, SecureLink, Status, moves_outside
from referrals.models.statuses import COMES_BACK
from referrals.wording import status_in_words


def check_can_refer_outside(family: Family, team: Team, user: User) -> None:
    """A restricted family's record goes nowhere: whoever is named for it speaks with them."""
    check_is_open(family)
    check_can_work_with(family, team, user)
    check_may_leave(family)


def check_may_leave(family: Family) -> None:
    if family.restriction:
        raise NotAllowed(
            "This family’s record is restricted, so nothing of it leaves by link or on paper. "
            "Speak with the other service yourself."
        )


def check_says_nothing_shielded(family: Family, **texts: str) -> None:
    """What is typed must not say where somebody lives whose address is shielded."""
    never = undisclosable_texts(family)
    if wrong := [name for name, text in texts.items() if contains_any(never, text)]:
        sentence = "This says where somebody lives, or a number, that is shielded. Take it out."
        raise ValidationError(dict.fromkeys(wrong, sentence))


def check_is_agreed(knows: str, why_without: str) -> None:
    if knows != ExternalReferral.Knows.AGREES and not why_without.strip():
        raise ValidationError(
            {"why_without": "Say why it goes without their agreement. It stays on the record."}
        )


def check_sends(outside: ExternalReferral, user: User) -> None:
    if not user.works_in(outside.from_team_id):
        raise NotAllowed(f"Only {outside.from_team}, who sent this, can do this.")


def check_moves(outside: ExternalReferral, to: str) -> None:
    """Whether the table of moves leads from where it stands to `to`. Conflict where it does not."""
    if to not in moves_outside(outside.kind, outside.status):
        stands = status_in_words(outside)
        raise Conflict(f"This referral {stands}, so this cannot be done with it.")


def check_can_send_again(outside: ExternalReferral, user: User) -> None:
    check_sends(outside, user)
    check_may_leave(outside.family)
    if not outside.is_unfinished or outside.status == Status.INFORMATION_ASKED:
        stands = status_in_words(outside)
        raise Conflict(f"This referral {stands}, so no new link is sent.")


def check_can_revoke(outside: ExternalReferral, user: User) -> SecureLink:
    """The link that is open now."""
    check_sends(outside, user)
    link = outside.links.filter(revoked_at=None).first()
    if link is None:
        raise Conflict("No link to this referral is open.")
    return link


def link_opens(link: SecureLink, today: date) -> bool:
    """Whether a code may still be tried at this link."""
    spent = link.opened_at or link.revoked_at or link.tries >= SecureLink.TRIES
    outside = link.outside
    return (
        not spent
        and link.expires_on >= today
        and outside.is_unfinished
        and not outside.family.restriction
    )


def check_can_write_down(outside: ExternalReferral, user: User) -> None:
    """Whether its sender can write down what somebody outside has told them."""
    check_sends(outside, user)
    if not moves_outside(outside.kind, outside.status) - {Status.WITHDRAWN, Status.EXPIRED}:
        raise Conflict(f"This referral {status_in_words(outside)}, so no answer is awaited.")


def check_can_tell(outside: ExternalReferral, user: User) -> None:
    check_sends(outside, user)
    check_may_leave(outside.family)
    if outside.status != Status.INFORMATION_ASKED:
        raise Conflict("Nobody has asked anything about this referral.")


def check_can_take_back(outside: ExternalReferral, user: User) -> None:
    check_sends(outside, user)
    check_moves(outside, Status.WITHDRAWN)


def check_can_settle_outside(outside: ExternalReferral, user: User) -> None:
    check_sends(outside, user)
    if outside.status not in COMES_BACK or outside.settled_at:
        raise Conflict("This does not wait for you to say what you did instead.")


def check_can_print(outside: ExternalReferral, user: User) -> None:
    check_sends(outside, user)
    check_may_leave(outside.family)
    if not outside.is_unfinished:
        raise Conflict(f"This referral {status_in_words(outside)}, so nothing of it is printed.")


def check_can_write_to(outside: ExternalReferral, to: Person, user: User) -> None:
    """Whether a letter to this person may say where they were referred: only if it is safe."""
    check_can_print(outside, user)
    if outside.knows == ExternalReferral.Knows.NOT_TOLD:
        raise NotAllowed("They were not told of this referral, so no letter tells them.")
    if not all(
        SafeContact.Channel.LETTER in contact.channels for contact in safe_ways(outside.family)
    ):
        raise NotAllowed("A letter is not a safe way to reach this family. Use another.")
    shields = Shield.objects.live().filter(hidden_from=to)
    if shields.filter(person__members__family=outside.family).exists():
        raise NotAllowed(f"Somebody’s address is kept from {to.given_name}, so no letter goes.")
