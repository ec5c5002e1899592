"""Registering a family once."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from families.people import actions as people_actions
from families.people import duplicates, identity_actions
from families.people.duplicates import PossibleDuplicatesFound
from families.people.registration_forms import FamilyForm, People
from families.people.rules import teams_to_register_for
from leap.core import parse
from leap.core.accounts.models import Team, User
from leap.core.exceptions import TooMany
from leap.core.http import signed_in
from leap.core.outbox.drafts import NoRoom, draft_in, keep_draft, sent_or_draft
from leap.core.outbox.idempotency import idempotent_post, perform

DRAFT = "register"
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "submission", "made_for"})


@require_http_methods(["GET", "POST"])
@sensitive_post_parameters()
@idempotent_post("family", route="families:register")
def register(request: HttpRequest) -> HttpResponse:
    """A new family with its people, led by one of the reader's teams."""
    user = signed_in(request)
    teams = teams_to_register_for(user)
    typed = sent_or_draft(request, form=DRAFT)
    if request.method == "GET":
        form, people = FamilyForm(typed, teams=teams), People(typed)
        if typed:
            _without_complaints(form, people)
        return _show(request, form, people, draft=draft_in(request))
    if "add" in request.POST:
        # The same form with room for another person, everything typed still there.
        longer = request.POST.copy()
        rows = parse.page_number(longer.get("form-TOTAL_FORMS"))
        longer["form-TOTAL_FORMS"] = str(rows + 1)
        form, people = FamilyForm(longer, teams=teams), People(longer)
        _without_complaints(form, people)
        return _show(request, form, people)
    form, people = FamilyForm(request.POST, teams=teams), People(request.POST)
    if not (form.is_valid() & people.is_valid()):
        return _show(request, form, people)
    return _try_to_save(request, form, people, user, teams)


def _try_to_save(
    request: HttpRequest, form: FamilyForm, people: People, user: User, teams: list[Team]
) -> HttpResponse:
    try:
        typed = form.cleaned_data
        everybody = people.people(typed["postcode"], typed["address"])
        lead_team = next(team for team in teams if team.code == typed["team"])
        if not typed["are_new"]:
            identity_actions.ask_for_identities(people=everybody, by=user)
        registered = perform(
            request,
            people_actions.register_family,
            name=typed["name"],
            people=everybody,
            lead_team=lead_team,
            by=user,
            are_new=typed["are_new"],
        )
        messages.success(request, "Family registered. You are the lead practitioner.")
        return redirect("families:family", registered["ref"])
    except PossibleDuplicatesFound as known:
        identity_actions.note_known_identities(
            alike=len(known.alike), elsewhere=known.is_elsewhere, by=user
        )
        return _show(
            request,
            form,
            people,
            alike=known.alike,
            is_elsewhere=known.is_elsewhere,
        )
    except TooMany as refusal:
        # What was typed is still there; that these are new can be said without asking.
        form.add_error(None, str(refusal))
        answer = _show(request, form, people)
        answer.status_code = 429
        return answer


def _without_complaints(form: FamilyForm, people: People) -> None:
    form.without_complaints()
    people.without_complaints()


@require_POST
@sensitive_post_parameters()
def known_already(request: HttpRequest) -> HttpResponse:
    """Who may be registered already, of those typed so far: a piece of the page."""
    user = signed_in(request)
    people = People(request.POST)
    people.is_valid()
    typed = people.so_far()
    try:
        identity_actions.ask_for_identities(people=typed, by=user)
    except TooMany as refusal:
        return render(request, "families/_known.html", {"refusal": refusal}, status=429)
    alike = duplicates.possible_duplicates(typed, user=user)
    elsewhere = bool(duplicates.families_elsewhere(typed, user=user))
    if alike or elsewhere:
        identity_actions.note_known_identities(alike=len(alike), elsewhere=elsewhere, by=user)
    return render(request, "families/_known.html", {"alike": alike, "is_elsewhere": elsewhere})


@require_POST
@sensitive_post_parameters()
def ask_knowing_team(request: HttpRequest) -> HttpResponse:
    """Ask the team that may know somebody already to get in touch, instead of a second record."""
    user = signed_in(request)
    teams = teams_to_register_for(user)
    people = People(request.POST)
    people.is_valid()
    team_code = request.POST.get("team", "")
    team = next((team for team in teams if team.code == team_code), teams[0])
    fields = {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}
    try:
        keep_draft(form=DRAFT, fields=fields, by=user)
    except NoRoom as full:
        form = FamilyForm(request.POST, teams=teams)
        form.add_error(None, f"Nobody was asked, since this page cannot be kept. {full}")
        return _show(request, form, people)
    typed = people.so_far()
    identity_actions.ask_for_identities(people=typed, by=user)
    known = duplicates.families_elsewhere(typed, user=user)
    people_actions.ask_who_knows(families=known, team=team, by=user)
    messages.success(
        request,
        "If another team works with this family, it has been asked to get in touch with you. What"
        " you typed is kept here until you register the family or discard it.",
    )
    return redirect("families:register")


def _show(request: HttpRequest, form: FamilyForm, people: People, **more: object) -> HttpResponse:
    context = {"form": form, "people": people, "draft_key": DRAFT, **more}
    return render(request, "families/register.html", context)
