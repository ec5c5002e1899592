"""The pages of reports."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from leap.core.exceptions import why_not
from leap.core.http import signed_in
from leap.core.outbox.idempotency import idempotent_post, perform
from leap.core.ui.pagination import page_of
from outcomes import periods
from outcomes.models import Night, Report
from outcomes.reports import actions, html, output, payload, queries, rules
from outcomes.reports.forms import IssueForm

AT_ONCE = 25


def reports(request: HttpRequest) -> HttpResponse:
    """Those issued, and the form to issue one."""
    rules.check_can_see(signed_in(request))
    return _listed(request, IssueForm(queries.choices()))


@idempotent_post("report")
def issue(request: HttpRequest) -> HttpResponse:
    """Freeze a report and go to it."""
    user = signed_in(request)
    rules.check_can_issue(user)
    if request.method != "POST":
        return redirect("reports:reports")
    form = IssueForm(queries.choices(), request.POST)
    if not form.is_valid():
        return _listed(request, form)
    issued = perform(request, actions.issue, period=form.chosen, by=user)
    messages.success(request, f"Report {issued['ref']} is issued and frozen.")
    return redirect("reports:report", issued["ref"])


def report(request: HttpRequest, ref: str) -> HttpResponse:
    """One report: every figure with its definition, its as-at, its numbers and a chart."""
    rules.check_can_see(signed_in(request))
    report = _load(ref)
    frozen = payload.content_of(report)
    context = {
        "report": report,
        "content": frozen,
        "themes": list(html.themes(frozen)),
        "reach": html.reach(frozen),
        "delivered": html.delivered(frozen),
        "fingerprint": payload.fingerprint(report),
        "formats": _formats(),
        "newer": queries.has_newer_figures(report),
    }
    return render(request, "reports/report.html", context)


def download(request: HttpRequest, ref: str, file_format: str) -> HttpResponse:
    """The report as a file."""
    user = signed_in(request)
    rules.check_can_see(user)
    report = _load(ref)
    if file_format not in output.FORMATS:
        raise Http404
    written = actions.export(report=report, file_format=file_format, by=user)
    name = output.file_name(report, file_format)
    return HttpResponse(
        written,
        content_type=output.FORMATS[file_format].media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _load(ref: str) -> Report:
    return get_object_or_404(Report.objects.select_related("issued_by"), ref=ref.upper())


def _listed(request: HttpRequest, form: IssueForm) -> HttpResponse:
    issued = Report.objects.defer("content").select_related("issued_by").order_by("-issued_at")
    page = page_of(issued, AT_ONCE, request.GET.get("page"))
    reports = [(report, periods.parse(report.period)) for report in page.object_list]
    context = {
        "form": form,
        "refused": why_not(rules.check_can_issue, signed_in(request)),
        "night_is_running": Night.objects.running().exists,
        "page": page,
        "rows": [
            {"report": report, "period": period, "provisional": period.ends_on > report.as_at}
            for report, period in reports
        ],
        "formats": _formats(),
    }
    return render(request, "reports/reports.html", context)


def _formats() -> list[tuple[str, str]]:
    return [(name, file_format.title) for name, file_format in output.FORMATS.items()]
