"""What somebody has typed and not saved: how it is called, and where to go on."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import StrIndex, Substr
from django.urls import reverse

from families.models import Family
from leap.core.accounts.models import User
from leap.core.outbox.models import Draft

REF = "LB-"
LENGTH = len("LB-7K3M9")


@dataclass(frozen=True)
class Unfinished:
    """A form with typing in it: what it is about, and where to go on."""

    what: str
    url: str
    form: str
    saved_at: datetime


def unfinished_drafts(user: User) -> list[Unfinished]:
    """Their unsaved typing. What is about a family they no longer see stays out of sight."""
    visible = Family.objects.visible_to(user).filter(ref=OuterRef("ref"))
    drafts: QuerySet[Draft] = (
        Draft.objects.unsent()
        .filter(user=user)
        .defer("fields")
        .annotate(ref=Substr("form", StrIndex("form", Value(REF)), LENGTH))
        .annotate(family=Subquery(visible.values("name")[:1]))
        .order_by("-saved_at", "pk")
    )
    return [entry for draft in drafts if (entry := _named(draft))]


def _named(draft: Draft) -> Unfinished | None:
    """None for a family out of sight, and where nothing says which page the form is on."""
    kind, _, rest = draft.form.partition("-")
    family, is_about_one = draft.family, REF in draft.form  # type: ignore[attr-defined]
    if is_about_one and family is None:
        return None
    ref = rest[rest.index(REF) :][:LENGTH] if is_about_one else ""
    if kind in KINDS:
        what, address = KINDS[kind]
        url = address(ref, rest[len(ref) + 1 :])
    else:
        # life-birth, of life-birth-LB-7K3M9.
        what, url = FORMS.get("-".join(draft.form.split("-")[:2]), OTHER), draft.address
    if not url:
        return None
    about = f" {family} ({ref})" if ref else ""
    return Unfinished(f"{what}{about}", url, draft.form, draft.saved_at)


# Forms that save while one types, by the first word of their name.
KINDS: dict[str, tuple[str, Callable[[str, str], str]]] = {
    "register": ("A new family", lambda *_: reverse("families:register")),
    "contact": ("Contact with", lambda ref, _: reverse("families:log_contact", args=[ref])),
    "sharing": (
        "Sharing decision about",
        lambda ref, _: reverse("families:decide_sharing", args=[ref]),
    ),
    "referral": (
        "Referral of",
        lambda ref, pathway: f"{reverse('referrals:new')}?family={ref}&pathway={pathway}",
    ),
    "outside": (
        "Referral to somebody outside of",
        lambda ref, _: f"{reverse('referrals:refer_outside')}?family={ref}",
    ),
    "assessment": (
        "Assessment of somebody in",
        lambda ref, person: reverse("families:assessments", args=[ref, person]),
    ),
    "new": ("New address of", lambda ref, _: reverse("families:new_address", args=[ref])),
    "add": ("Somebody new in", lambda ref, _: reverse("families:add_person", args=[ref])),
}
# Forms that were refused, by their view. What they are about follows.
FORMS = {
    "families-add_alert": "Alert about",
    "families-break_glass": "Opening a record in an emergency",
    "families-change_person": "Changed details in",
    "families-correct_contact": "Correction of a contact with",
    "families-record_consent": "Consent to a service in",
    "families-safe_contact": "How somebody is safely reached in",
    "families-shield": "Address to be withheld in",
    "life-adopted": "An adoptive family",
    "life-adoption": "Adoption in",
    "life-birth": "Birth in",
    "life-close": "Closing the record of",
    "life-leave": "Somebody leaving",
    "life-loss": "Loss in",
    "life-move_out": "Move out of the area of",
    "plans-agree_step": "Step in the plan of",
    "plans-begin": "Plan for",
    "plans-hold_meeting": "Meeting about",
    "plans-set_goal": "Goal in the plan of",
    "prompts-decide": "Decision on a prompt about",
    "subject_access-new": "Request for the record of",
}
OTHER = "A form that was not saved"
