"""Recording a birth: whoever was on the way, and a twin nobody knew of."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access.loading import family_for, members_of, working_teams
from families.models import Family, Person
from leap.casework.life_events import actions, rules
from leap.casework.life_events.forms import BabyForm, BirthForm
from leap.casework.life_events.views.common import ask, team_of
from leap.core.exceptions import NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.drafts import sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform

MORE = 2  # babies of one birth whom nobody knew of


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("birth")
def birth(request: HttpRequest, ref: str) -> HttpResponse:
    """Who was born; on saving, what is due for them follows by itself."""
    user = signed_in(request)
    family = family_for(user, ref)
    rules.check_can_record(family, user)
    typed = sent_or_draft(request)
    form = BirthForm(typed, teams=working_teams(family, user))
    expected: list[Person | None] = [
        member.person for member in members_of(family, user) if member.person.is_unborn
    ]
    rows = [*expected, *[None] * MORE]
    babies = [
        BabyForm(typed, expected=person, prefix=person.ref if person else f"more-{place}")
        for place, person in enumerate(rows)
    ]
    sent = request.method == "POST"
    if sent and _are_valid(form, babies) and _save(request, family, form, babies):
        messages.success(request, "The birth is recorded, and the reviews that follow are due.")
        return redirect("families:family", family.ref)
    return ask(request, family, form, "birth", babies=babies)


def _are_valid(form: BirthForm, babies: list[BabyForm]) -> bool:
    """Each is asked, so that all is said at once."""
    fine = all([form.is_valid(), *[baby.is_valid() for baby in babies]])
    if fine and all(baby.is_blank for baby in babies):
        babies[0].add_error("came", "Say how the baby was born.")
        return False
    return fine


def _save(request: HttpRequest, family: Family, form: BirthForm, babies: list[BabyForm]) -> bool:
    user, shared = signed_in(request), form.cleaned_data
    try:
        born = [baby.baby(shared) for baby in babies if not baby.is_blank]
        team = team_of(family, user, shared["team"])
        perform(request, actions.record_birth, family=family, babies=born, team=team, by=user)
    except (NotAllowed, ValidationError) as refusal:
        errors = refusal.messages if isinstance(refusal, ValidationError) else str(refusal)
        form.add_error("on", errors)
        return False
    return True
