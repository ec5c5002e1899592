"""A leaver's screen: all that is theirs, and to whom it goes."""

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from leap.administration import actions, caseload, queries
from leap.administration.actions.leavers import Handing
from leap.administration.forms import HandOnForm
from leap.administration.views.invitations import shown_or_sent
from leap.core.accounts.models import Team, User
from leap.core.accounts.permissions import Capability
from leap.core.exceptions import Conflict, NotAllowed
from leap.core.http import signed_in
from leap.core.outbox.drafts import name_of, sent_or_draft
from leap.core.outbox.idempotency import perform


@dataclass
class LeaverPart:
    """What is theirs in one team, and the form that hands it on."""

    team: Team
    works: list[caseload.HeldWork]
    form: HandOnForm

    @property
    def shown(self) -> str:
        """What the form says was on the screen, so that a change meanwhile is noticed."""
        return " ".join(work.key for work in self.works)

    @property
    def rows(self) -> list[tuple[caseload.HeldWork, BoundField, BoundField]]:
        return [
            (work, self.form[f"to_{work.key}"], self.form[f"note_{work.key}"])
            for work in self.works
        ]


@shown_or_sent
def leaving(request: HttpRequest, ref: UUID) -> HttpResponse:
    """Everything that one practitioner holds, team by team, in the teams that the reader runs."""
    user = signed_in(request)
    person = queries.practitioner(user, ref)
    works = caseload.work_of_practitioner(person, reader=user)
    teams = {work.team.pk: work.team for work in works}
    parts = [
        _part(request, person, team, [work for work in works if work.team == team])
        for team in sorted(teams.values(), key=lambda team: team.name)
        if user.can_in(team, Capability.RUN_TEAM)
    ]
    sent = _sent(request, parts)
    if sent and sent.form.is_valid() and _handed_on(request, person, sent):
        return redirect(request.path)
    live = queries.live_spells(person)
    elsewhere = len(works) - sum(len(part.works) for part in parts)
    context = {
        "person": person,
        "parts": parts,
        "elsewhere": elsewhere,
        "drafts": caseload.drafts(person),
        "live": [spell for spell in live if user.can_in(spell.team_id, Capability.RUN_TEAM)],
        "may_close": user.can_everywhere(Capability.ADMINISTER)
        and person != user
        and not elsewhere,
    }
    status = 409 if sent and sent.form.is_stale else 200
    return render(request, "administration/leaving.html", context, status=status)


def _part(
    request: HttpRequest, person: User, team: Team, works: list[caseload.HeldWork]
) -> LeaverPart:
    typed = None
    if request.method != "POST" or request.POST.get("team") == team.code:
        typed = sent_or_draft(request, form=name_of(request, team.code))
    people = caseload.colleagues(team, without=person)
    refs = [work.key for work in works]
    return LeaverPart(team, works, HandOnForm(refs, people, typed, auto_id=f"{team.code}-%s"))


def _sent(request: HttpRequest, parts: list[LeaverPart]) -> LeaverPart | None:
    if request.method != "POST":
        return None
    for part in parts:
        if part.form.is_bound:
            return part
    raise Conflict("Nothing in this team is theirs any more: somebody has handed it on already.")


def _handed_on(request: HttpRequest, person: User, part: LeaverPart) -> bool:
    """Hand it on, once for each submission. False, with the form saying why, when it cannot be."""
    user = signed_in(request)
    handings = {ref: Handing(to, note) for ref, (to, note) in part.form.chosen().items()}
    try:
        went = perform(request, _hand_on, person, part.team, handings, user)["went"]
    except ValidationError as wrong:
        part.form.add_error(None, wrong)
    except (NotAllowed, Conflict) as refusal:
        part.form.add_error(None, str(refusal))
        part.form.is_stale = isinstance(refusal, Conflict)
    else:
        families = "one family" if went == 1 else f"{went} families"
        message = f"The work with {families} is handed on. The notes are on the families’ pages."
        messages.success(request, message)
        return True
    return False


def _hand_on(user: User, team: Team, handings: dict[str, Handing], by: User) -> dict[str, object]:
    return {"went": actions.hand_on(user=user, team=team, handings=handings, by=by)}
