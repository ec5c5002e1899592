"""What these pages share."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from families.access.loading import working_teams
from families.models import Family
from leap.core.accounts.models import Team, User


def ask(
    request: HttpRequest, family: Family, form: forms.Form, template: str, **more: object
) -> HttpResponse:
    """Show a form about the family."""
    return render(request, f"life/{template}.html", {"family": family, "form": form, **more})


def team_of(family: Family, user: User, code: str) -> Team:
    """The team somebody has chosen to write for."""
    return next(team for team in working_teams(family, user) if team.code == code)
