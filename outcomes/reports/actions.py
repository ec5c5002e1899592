"""Issuing a report, and letting one out."""

from django.db import transaction
from django.utils import timezone

from leap.core.accounts.models import User
from leap.core.audit.log import record
from leap.core.ids import free_refs
from outcomes.models import Report
from outcomes.periods import Period
from outcomes.reports import output, payload, rules


@transaction.atomic
def issue(*, period: Period, by: User | None) -> Report:
    """Freeze the report of a period as its figures now stand; `by` is None at the terminal.

    Raises NotAllowed for who may not, and NoFigures for a period that has none.
    """
    if by is not None:
        rules.check_can_issue(by)
    [ref] = free_refs(Report, "RP", 6, 1)
    issued_at = timezone.now()
    frozen, as_at = payload.gather(
        period=period, ref=ref, issued_at=issued_at, issued_by=by.name if by else "the system"
    )
    report = Report.objects.create(
        ref=ref, period=period.code, as_at=as_at, content=frozen, issued_at=issued_at, issued_by=by
    )
    report.refresh_from_db()  # as the database keeps it, which is what every reader will write
    record(
        "report.issued",
        by=by,
        subject=report,
        period=period.code,
        as_at=as_at.isoformat(),
        fingerprint=payload.fingerprint(report),
    )
    return report


@transaction.atomic
def export(*, report: Report, file_format: str, by: User | None) -> bytes:
    """The report as a file. The same report gives the same bytes, whoever asks and whenever."""
    if by is not None:
        rules.check_can_see(by)
    written = output.write(report, file_format)
    record(
        "report.exported",
        by=by,
        subject=report,
        period=report.period,
        format=file_format,
        size=len(written),
    )
    return written
