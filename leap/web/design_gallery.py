"""Every piece our pages are made of, on one page: to look at, and for the accessibility tests."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from leap.core.ui.fields import DateField, DateField3, DateInput, IntegerField, TimeInput
from leap.core.ui.statuses import STATUSES

KINDS = [("home_visit", "Home visit"), ("clinic", "Clinic"), ("phone", "Telephone")]
YES_NO = [("yes", "Yes"), ("no", "No")]
PRESENT = [("child", "Child"), ("mother", "Mother"), ("father", "Father")]
WARDS = [
    {"label": "Coldharbour", "value": 0.742, "lower": 0.681, "upper": 0.795},
    {"label": "Stockwell", "value": 0.818, "lower": 0.765, "upper": 0.861},
    {"label": "Tulse Hill", "value": 0.604, "lower": 0.532, "upper": 0.672},
    {"label": "Vassall", "value": None, "lower": None, "upper": None, "note": "[c]"},
]
QUARTERS = [
    {"label": f"{2015 + n // 4} Q{n % 4 + 1}", "value": v, "lower": v - 0.06, "upper": v + 0.05}
    for n, v in enumerate((0.58, 0.61, 0.6, 0.66, 0.7, 0.69, 0.74, 0.78))
]


class EveryField(forms.Form):
    """One of each kind of field."""

    name = forms.CharField(label="Name", help_text="As the family says it.")
    phone = forms.CharField(
        label="Telephone",
        required=False,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    minutes = IntegerField(
        label="Minutes", widget=forms.NumberInput(attrs={"class": "govuk-input--width-3"})
    )
    kind = forms.ChoiceField(label="Kind of contact", choices=KINDS, widget=forms.RadioSelect)
    seen = forms.ChoiceField(
        label="Was the child seen?",
        choices=YES_NO,
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    present = forms.MultipleChoiceField(
        label="Who was there",
        choices=PRESENT,
        widget=forms.CheckboxSelectMultiple,
        help_text="Tick everyone.",
    )
    site = forms.ChoiceField(
        label="Site", choices=[("", "Choose a site"), ("mg", "Mostyn Gardens")]
    )
    on = DateField(label="Day", widget=DateInput)
    at = forms.TimeField(label="Time", widget=TimeInput)
    born_on = DateField3(label="Date of birth", help_text="For example, 31 3 2016")
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    agreed = forms.BooleanField(
        label="The family has agreed", help_text="They heard what is shared, and why."
    )


class Narrowed(forms.Form):
    """A form that narrows a list."""

    quiet = True
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *KINDS], required=False)
    mine = forms.BooleanField(label="Only mine", required=False)


@login_not_required
@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """In demonstration mode only."""
    if not settings.DEMO:
        raise Http404
    now = timezone.now()
    today = timezone.localdate()
    wrong = {
        "minutes": "an hour",
        "born_on_day": "31",
        "born_on_month": "2",
        "born_on_year": "2016",
    }
    context = {
        "fields": EveryField(auto_id="id_%s"),
        "wrong": EveryField(wrong, auto_id="wrong_%s"),
        "narrowed": Narrowed(auto_id="narrow_%s"),
        "statuses": list(STATUSES),
        "page": Paginator(range(400), 25).page(4),
        "cursors": {"previous": "abc", "next": "def"},
        "wards": WARDS,
        "quarters": QUARTERS,
        "note": "First line\nsecond line\n\nSecond paragraph, with <b>what somebody typed</b>.",
        "now": now,
        "long_ago": now - timedelta(days=40),
        "born_on": today - timedelta(days=40),
        "due_on": today + timedelta(days=61),
    }
    return render(request, "design.html", context)
