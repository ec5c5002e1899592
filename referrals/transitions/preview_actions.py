"""Showing a receiver the family before it accepts, which is noted."""

from dataclasses import dataclass

from django.http import HttpRequest

from families.models import Family
from leap.core.http import signed_in
from referrals.models import Referral
from referrals.preview import Preview, may_preview, preview_of
from referrals.transitions import receiver_actions


@dataclass(frozen=True)
class FamilyView:
    """How much of the family the reader of a referral sees."""

    family_is_visible: bool
    preview: Preview | None

    @property
    def family_has_a_name(self) -> bool:
        return self.family_is_visible or self.preview is not None


def show_family(request: HttpRequest, referral: Referral) -> FamilyView:
    """The family as the reader may see it. What a receiver previews is noted in the log."""
    user = signed_in(request)
    if Family.objects.visible_to(user).filter(pk=referral.family_id).exists():
        return FamilyView(True, preview_of(referral.family, user))
    if not may_preview(referral, user):
        return FamilyView(False, None)
    seen = set(request.session.get("previewed", []))
    receiver_actions.open_preview(referral=referral, by=user, seen=seen)
    request.session["previewed"] = sorted(seen)
    return FamilyView(False, preview_of(referral.family, user))
