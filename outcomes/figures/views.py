"""The pages of outcomes."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from leap.core.accounts.models import User
from leap.core.http import signed_in
from outcomes import periods, rules
from outcomes.figures import export_actions, exports, queries
from outcomes.figures.forms import ExactForm, PeriodForm
from outcomes.indicators import INDICATORS, Indicator
from outcomes.models import Night
from outcomes.periods import Period


@dataclass(frozen=True)
class FigureQuery:
    """What a page of figures was asked for, and what its reader may see."""

    period: Period | None
    form: PeriodForm
    exact: bool
    may_see_exact: bool


@require_GET
def outcomes(request: HttpRequest) -> HttpResponse:
    """Every indicator by ward, for one period."""
    query = _asked(request)
    night = queries.last_night()
    failed = queries.failed_in(night)
    themes = []
    if query.period:
        themes = queries.group_by_theme(query.period, exact=query.exact, failed=failed)
    context = {"asked": query, "themes": themes, "night": night, "marks": queries.MARKS}
    context["night_is_running"] = Night.objects.running().exists
    context["areas"] = queries.SHORT_AREAS.values()
    return render(request, "outcomes/outcomes.html", context)


@require_GET
def indicator(request: HttpRequest, indicator: str) -> HttpResponse:
    """One indicator: what it is, its figures by ward, through time, and who was counted."""
    if indicator not in INDICATORS:
        raise Http404
    declared = INDICATORS[indicator]
    query = _asked(request, declared)
    context = {"asked": query, "indicator": declared, "marks": queries.MARKS}
    context["night_is_running"] = Night.objects.running().exists
    if query.period:
        failed = queries.failed_in(queries.last_night())
        context["line"] = queries.line_of(declared, query.period, exact=query.exact, failed=failed)
        points = queries.time_series(declared, query.period, exact=query.exact)
        context |= {"points": points, "trend": queries.trend(points, declared)}
    return render(request, "outcomes/indicator.html", context)


@require_GET
def last_night(request: HttpRequest) -> HttpResponse:
    """What ran, how long, what failed and what was late."""
    rules.check_can_see(signed_in(request))
    nights = queries.recent_nights(timezone.localdate())
    latest = next((past for past in nights if past.night), None)
    steps = queries.steps_of(latest.night) if latest and latest.night else []
    context = {"nights": nights, "latest": latest, "steps": steps}
    return render(request, "outcomes/last_night.html", context)


@require_GET
def export(request: HttpRequest) -> HttpResponse:
    """The figures of a period as a file that may leave the partnership."""
    return _file(_period_or_404(request.GET.get("period", "")), by=signed_in(request))


@require_http_methods(["GET", "POST"])
def export_exact(request: HttpRequest) -> HttpResponse:
    """The exact figures of a period as a file, for a reason that is kept."""
    user = signed_in(request)
    rules.check_can_see_exact(user)
    data = request.POST if request.method == "POST" else request.GET
    period = _period_or_404(data.get("period", ""))
    form = ExactForm(request.POST or None, initial={"period": period.code})
    if form.is_valid():
        return _file(period, by=user, reason=form.cleaned_data["reason"])
    return render(request, "outcomes/export_exact.html", {"form": form, "period": period})


def _file(period: Period, *, by: User, reason: str = "") -> HttpResponse:
    """A CSV file; exact when there is a reason."""
    exact = bool(reason)
    try:
        text = export_actions.export_figures(periods=[period], exact=exact, by=by, reason=reason)
    except exports.NoFigures:
        raise Http404 from None
    name = f"figures-{period.code}{'-exact' if exact else ''}.csv"
    return HttpResponse(
        text,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _asked(request: HttpRequest, indicator: Indicator | None = None) -> FigureQuery:
    """What is asked for. Exact figures are shown to those who may see them, and logged."""
    user = signed_in(request)
    rules.check_can_see(user)
    code = indicator.code if indicator else ""
    choices = queries.periods_published(code)
    # The period named, if it has figures; otherwise the usual one.
    named = {period.code: period for period in choices}.get(request.GET.get("period", ""))
    period = named or queries.usual_period(choices, timezone.localdate(), code)
    exact = "exact" in request.GET and period is not None
    if exact and period:
        export_actions.see_exact(by=user, period=period, indicator=indicator)
    form = PeriodForm(choices, initial={"period": period.code if period else ""})
    return FigureQuery(period, form, exact, rules.can_see_exact(user))


def _period_or_404(code: str) -> Period:
    try:
        return periods.parse(code)
    except periods.NotAPeriod:
        raise Http404 from None
