"""How a referral stands, and what somebody else has just done to it, in words."""

from referrals.models import DECISIONS, STATUSES, TAKEN_ON, ExternalReferral, Referral


def status_details_in_words(referral: Referral) -> str:
    """How it stands, and with whom, as the end of “This referral …”."""
    allocation = f" and given to {referral.allocated_to}" if referral.allocated_to else ""
    by = ""
    if referral.decided_by and referral.status in DECISIONS:
        by = f" by {referral.decided_by}"
    return f"{status_in_words(referral)}{by}{allocation if referral.status in TAKEN_ON else ''}"


def status_in_words(referral: Referral | ExternalReferral) -> str:
    """How it stands and no more, as the end of “This referral …”."""
    return STATUSES[referral.status].stands


def what_happened(referral: Referral, *, since: Referral) -> str:
    """What somebody else did to it while you were looking at it as it was in `since`."""
    if referral.status == since.status:
        done = "paused" if referral.clock_paused_at else "resumed"
        return f"Someone else has just {done} the clock of this referral. Look at it again."
    practitioner = referral.allocated_to if referral.status in TAKEN_ON else None
    whom = f" {practitioner} works on it." if practitioner else ""
    return f"Someone else has just {STATUSES[referral.status].done} this referral.{whom}"
