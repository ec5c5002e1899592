"""One person's assessments: what was found before, and a form for what was found now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from families.access.loading import member_named, working_teams
from families.access.opening_actions import open_family
from families.models import Family, Member
from families.observations import asq
from families.reviews.assessment_actions import record_assessment
from families.reviews.assessment_forms import AssessmentForm
from families.reviews.assessments import gestation_of, groups_for, history
from leap.core.accounts.models import User
from leap.core.http import signed_in
from leap.core.outbox.drafts import draft_in, sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("assessment", opens="families:assessments")
def assessments(request: HttpRequest, ref: str, person_ref: str) -> HttpResponse:
    """The history, and the form for those who write in the record."""
    family, user = open_family(request, ref), signed_in(request)
    member = member_named(family, user, person_ref)
    gestation = gestation_of(member.person, by=user) if member.is_child else None
    form = _form(request, family, member, gestation, user)
    if request.method == "POST" and form and form.is_valid():
        try:
            teams = {team.code: team for team in working_teams(family, user)}
            perform(
                request,
                record_assessment,
                family=family,
                findings=form.findings(),
                team=teams[form.cleaned_data["team"]],
                audience=form.audience(),
                by=user,
            )
        except ValidationError as problem:
            form.add_error("on", problem.messages)
        else:
            messages.success(request, "Assessment saved.")
            return redirect("families:assessments", family.ref, member.person.ref)
    context = {
        "family": family,
        "member": member,
        "person": member.person,
        "form": form,
        "draft_key": _draft_key(family, member),
        "groups": history(member.person, groups_for(member), by=user),
        "questionnaires": _questionnaires(member, gestation),
    }
    return render(request, "families/assessments.html", context)


def _questionnaires(member: Member, gestation: int | None) -> list[tuple[str, int]]:
    """Which of each instrument is for a child's age today."""
    if not member.is_child or member.person.died_on:
        return []
    today = timezone.localdate()
    questionnaires = (
        (i, asq.questionnaire_for_age(i, member.person, gestation, today)) for i in asq.TITLES
    )
    return [(asq.TITLES[instrument], months) for instrument, months in questionnaires if months]


def _draft_key(family: Family, member: Member) -> str:
    return f"assessment-{family.ref}-{member.person.ref}"


def _form(
    request: HttpRequest, family: Family, member: Member, gestation: int | None, user: User
) -> AssessmentForm | None:
    """None for those who only read here: the record is closed, or opened in an emergency; and for
    somebody who has died."""
    teams = working_teams(family, user)
    if not teams or family.closed_at or member.person.died_on:
        return None
    about: dict[str, Any] = {"member": member, "gestation": gestation, "teams": teams}
    typed = sent_or_draft(request, form=_draft_key(family, member))
    form = AssessmentForm(typed, **about, family=family, by=user)
    return form.without_complaints() if draft_in(request) else form
