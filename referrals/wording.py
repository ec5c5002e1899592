"""How a referral stands, and what somebody else has just done to it, in words."""

from referrals.models import Referral, Status

# "This referral …"
STANDS: dict[str, str] = {
    Status.DRAFT: "has not been sent yet",
    Status.SENT: "has been sent and waits for an answer",
    Status.INFORMATION_ASKED: "waits for information from the sender",
    Status.ACKNOWLEDGED: "has been acknowledged",
    Status.ACCEPTED: "has been accepted",
    Status.IN_PROGRESS: "is in progress",
    Status.CLOSED: "has been closed",
    Status.DECLINED: "has been declined",
    Status.REDIRECTED: "has been redirected",
    Status.WITHDRAWN: "has been withdrawn",
    Status.EXPIRED: "has expired",
}
# "Someone else has just … this referral."
JUST: dict[str, str] = {
    Status.SENT: "sent",
    Status.INFORMATION_ASKED: "asked for information about",
    Status.ACKNOWLEDGED: "acknowledged",
    Status.ACCEPTED: "accepted",
    Status.IN_PROGRESS: "recorded the first contact for",
    Status.CLOSED: "closed",
    Status.DECLINED: "declined",
    Status.REDIRECTED: "redirected",
    Status.WITHDRAWN: "withdrawn",
    Status.EXPIRED: "ended",
}


def stands(referral: Referral) -> str:
    """How it stands, and with whom, as the end of “This referral …”."""
    given = f" and given to {referral.allocated_to}" if referral.allocated_to else ""
    by = f" by {referral.decided_by}" if referral.decided_by and referral.status in DECIDED else ""
    return f"{STANDS[referral.status]}{by}{given if referral.status in WITH_SOMEBODY else ''}"


DECIDED = (Status.ACCEPTED, Status.DECLINED, Status.REDIRECTED)
WITH_SOMEBODY = (Status.ACCEPTED, Status.IN_PROGRESS)


def what_happened(referral: Referral, *, since: Referral) -> str:
    """What somebody else did to it while you were looking at it as it was in `since`."""
    if referral.status == since.status:
        done = "paused" if referral.clock_paused_at else "resumed"
        return f"Someone else has just {done} the clock of this referral. Look at it again."
    given = referral.allocated_to if referral.status in WITH_SOMEBODY else None
    whom = f" {given} works on it." if given else ""
    return f"Someone else has just {JUST[referral.status]} this referral.{whom}"
