"""A family's chronology, on the screen and on paper for a conference."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from families.access.opening_actions import open_family
from families.history import chronology as chronologies
from families.history.chronology import ChronologyQuery
from leap.casework.event_details import with_details
from leap.core import parse
from leap.core.audit.kinds import CHRONOLOGY, MINOR
from leap.core.http import signed_in
from leap.core.ui.fields import DateField, DateInput

A_LOT = 1000  # pages


class ChronologyForm(forms.Form):
    """What of the chronology is shown."""

    show = forms.ChoiceField(
        label="Show",
        choices=[("", "Significant events"), ("everything", "Everything")],
        required=False,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--small"}),
    )
    known = DateField(
        label="As it was known on",
        required=False,
        widget=DateInput,
        error_messages={"invalid": "Give the day as a date, for example 2016-05-03."},
    )

    quiet = True

    def clean_known(self) -> date | None:
        known: date | None = self.cleaned_data["known"]
        if known and known > timezone.localdate():
            raise forms.ValidationError("This is in the future. Choose today or an earlier day.")
        return known

    def asked(self, page: str) -> ChronologyQuery:
        """As asked for; what is wrong counts as not given."""
        cleaned = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return ChronologyQuery(
            everything=cleaned.get("show") == "everything",
            known_on=cleaned.get("known"),
            page=min(parse.page_number(page), A_LOT),
        )


@require_GET
def chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """What happened to a family, the earliest first, from every agency that wrote it down."""
    family, user = open_family(request, ref), signed_in(request)
    form = ChronologyForm(request.GET)
    query = form.asked(request.GET.get("page", ""))
    read = chronologies.read(family, query, by=user, event_labels=CHRONOLOGY, minor=MINOR)
    read = replace(read, lines=with_details(read.lines, family, user))
    context = {"family": family, "form": form, "asked": query, "chronology": read}
    return render(request, "families/chronology.html", context)


AUDIENCES = {
    "professionals": "For practitioners only",
    "family": "For a conference with the family",
}


@require_GET
def print_chronology(request: HttpRequest, ref: str) -> HttpResponse:
    """The same for paper, for a stated audience: what must reach no paper is left out."""
    family, user = open_family(request, ref), signed_in(request)
    form = ChronologyForm(request.GET)
    query, audience = form.asked(""), request.GET.get("audience", "")
    audience = audience if audience in AUDIENCES else "family"
    with_family = audience == "family"
    read = chronologies.for_paper(
        family, query, event_labels=CHRONOLOGY, minor=MINOR, with_family=with_family
    )
    lines = with_details(read.lines, family, user, on_paper=True, notes=not with_family)
    read = replace(read, lines=lines)
    context: dict[str, Any] = {"family": family, "asked": query, "chronology": read}
    context |= {"audience": audience, "audience_words": AUDIENCES[audience], "by": user}
    context["today"] = timezone.localdate()
    return render(request, "families/print_chronology.html", context)
